//! The simulated processing of a video or GIF.

use serde_json::{Value, json};

#[derive(Debug, Clone)]
pub struct Processing {
    pub started_ms: i64,
    pub duration_ms: i64,
    /// Whether it will end as `failed` instead of `succeeded`.
    pub invalid: bool,
}

impl Processing {
    pub fn state(&self, now_ms: i64) -> &'static str {
        match self.percent(now_ms) {
            100 if self.invalid => "failed",
            100 => "succeeded",
            0..=9 => "pending",
            _ => "in_progress",
        }
    }

    fn percent(&self, now_ms: i64) -> i64 {
        let passed = now_ms.saturating_sub(self.started_ms);
        if passed >= self.duration_ms {
            return 100;
        }
        (passed.max(0) * 100 / self.duration_ms).min(99)
    }

    /// `processing_info` at this time.
    pub fn info(&self, now_ms: i64) -> Value {
        let left_ms = (self.started_ms + self.duration_ms - now_ms).max(0);
        // X asks clients to check again after a few seconds, and never after less than one.
        let check_after = (left_ms / 1000).clamp(1, 5);
        match self.state(now_ms) {
            "pending" => json!({ "state": "pending", "check_after_secs": check_after }),
            "succeeded" => json!({ "state": "succeeded", "progress_percent": 100 }),
            "failed" => json!({
                "state": "failed",
                "progress_percent": 100,
                "error": { "code": 1, "name": "InvalidMedia", "message": "file is invalid" },
            }),
            state => json!({
                "state": state,
                "check_after_secs": check_after,
                "progress_percent": self.percent(now_ms),
            }),
        }
    }

    /// `processing_info` in the response to FINALIZE: always pending, even if processing takes no time.
    pub fn first_info(&self) -> Value {
        json!({ "state": "pending", "check_after_secs": (self.duration_ms / 1000).clamp(1, 5) })
    }
}

#[cfg(test)]
mod tests {
    use super::Processing;

    #[test]
    fn the_states_follow_each_other() {
        let work = |invalid| Processing { started_ms: 1000, duration_ms: 10_000, invalid };
        let states = [0, 1000, 2500, 10_999, 11_000].map(|now| work(false).state(now));
        assert_eq!(states, ["pending", "pending", "in_progress", "in_progress", "succeeded"]);
        assert_eq!(work(true).info(11_000)["error"]["name"], "InvalidMedia");
        assert_eq!(work(false).info(6000)["progress_percent"], 50);
        assert_eq!(work(false).info(6000)["check_after_secs"], 5);
    }
}
