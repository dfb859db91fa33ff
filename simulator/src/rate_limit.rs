//! X's rate limits: a window of fifteen minutes per user and endpoint, and of a day for posts.

use std::collections::HashMap;

use hyper::header::HeaderName;

const WINDOW_SECONDS: i64 = 15 * 60;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// The headers of each kind of limit: the limit, how much of it remains, and when its window ends.
const RATE: [&str; 3] = ["x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset"];
const USER_DAY: [&str; 3] = ["x-user-limit-24hour-limit", "x-user-limit-24hour-remaining", "x-user-limit-24hour-reset"];
const APP_DAY: [&str; 3] = ["x-app-limit-24hour-limit", "x-app-limit-24hour-remaining", "x-app-limit-24hour-reset"];

/// What an endpoint allows.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    user_per_window: u32,
    /// Of a user and of the application, for the endpoints that report them.
    user_per_day: Option<u32>,
    app_per_day: Option<u32>,
}

impl Limits {
    pub const fn window(user_per_window: u32) -> Self {
        Self { user_per_window, user_per_day: None, app_per_day: None }
    }

    pub const fn per_day(mut self, of_user: u32) -> Self {
        self.user_per_day = Some(of_user);
        self
    }

    pub const fn app_per_day(mut self, of_app: u32) -> Self {
        self.app_per_day = Some(of_app);
        self
    }
}

pub struct RateLimits {
    enforced: bool,
    windows: HashMap<String, Window>,
}

#[derive(Clone, Copy)]
struct Window {
    ends_at: i64,
    used: u32,
}

/// The state of the limits after a request, as headers, and whether the request exceeded one.
pub struct LimitStatus {
    pub headers: Vec<(HeaderName, String)>,
    pub exceeded: bool,
}

impl RateLimits {
    pub fn new(enforced: bool) -> Self {
        Self { enforced, windows: HashMap::new() }
    }

    /// Counts a request of `subject`, a user or the application.
    pub fn count(&mut self, limits: Limits, subject: &str, app: &str, endpoint: &str, now: i64) -> LimitStatus {
        let mut status = LimitStatus { headers: Vec::new(), exceeded: false };
        let window = format!("{subject} {endpoint}");
        self.count_in_window(&mut status, &window, RATE, limits.user_per_window, WINDOW_SECONDS, now);
        if let Some(per_user) = limits.user_per_day {
            let day = format!("day {subject} {endpoint}");
            self.count_in_window(&mut status, &day, USER_DAY, per_user, DAY_SECONDS, now);
        }
        if let Some(per_app) = limits.app_per_day {
            let day = format!("app day {app} {endpoint}");
            self.count_in_window(&mut status, &day, APP_DAY, per_app, DAY_SECONDS, now);
        }
        status
    }

    /// Counts the request in the window of this key, and adds the window's headers to the status.
    fn count_in_window(
        &mut self,
        status: &mut LimitStatus,
        key: &str,
        headers: [&'static str; 3],
        limit: u32,
        length: i64,
        now: i64,
    ) {
        let fresh = Window { ends_at: now + length, used: 0 };
        let window = self.windows.entry(key.to_owned()).or_insert(fresh);
        if window.ends_at <= now {
            *window = fresh;
        }
        status.exceeded |= self.enforced && window.used >= limit;
        window.used = window.used.saturating_add(1);
        // Where nothing is refused, at least 1 remains: some clients wait as soon as it is 0.
        let floor = if self.enforced { 0 } else { 1 };
        let remaining = limit.saturating_sub(window.used).max(floor);
        let [limit_name, remaining_name, reset_name] = headers.map(HeaderName::from_static);
        status.headers.push((limit_name, limit.to_string()));
        status.headers.push((remaining_name, remaining.to_string()));
        status.headers.push((reset_name, window.ends_at.to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enforced_limit_refuses_until_its_window_ends() {
        let mut limits = RateLimits::new(true);
        let mut count = |now| limits.count(Limits::window(2), "user", "app", "GET /x", now).exceeded;
        assert_eq!([count(0), count(1), count(2), count(899), count(900)], [false, false, true, true, false]);
    }

    #[test]
    fn a_reported_limit_never_reads_as_used_up() {
        let mut limits = RateLimits::new(false);
        for _ in 0..5 {
            let status = limits.count(Limits::window(2), "user", "app", "GET /x", 0);
            assert!(!status.exceeded);
            assert_eq!(status.headers[1].1, "1");
        }
    }
}
