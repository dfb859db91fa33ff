//! Percentiles of what was measured.

use std::time::Duration;

use serde_json::{Value, json};

/// p50 and p99 in microseconds. `samples` is not empty.
pub fn percentiles(mut samples: Vec<Duration>) -> Value {
    samples.sort_unstable();
    let at = |share: f64| samples[((samples.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e6;
    json!({"p50_us": at(0.5), "p99_us": at(0.99)})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks() {
        let samples = (1..=101).rev().map(Duration::from_micros).collect();
        assert_eq!(percentiles(samples), json!({"p50_us": 51.0, "p99_us": 100.0}));
    }
}
