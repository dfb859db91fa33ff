//! What X's headers say about limits (`x-rate-limit-*`, the 24-hour ones, `retry-after`).

use http::header::{HeaderMap, HeaderName};
use serde::Serialize;

/// The window of a limit: requests allowed, requests left, and when the next window begins (seconds since 1970).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Window {
    pub limit: u64,
    pub remaining: u64,
    pub reset: u64,
}

/// The 15-minute window, and X's 24-hour windows where it sends them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RateLimit {
    #[serde(flatten)]
    window: Option<Window>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_24h: Option<Window>,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_24h: Option<Window>,
}

/// The headers of a window.
struct Names {
    limit: HeaderName,
    remaining: HeaderName,
    reset: HeaderName,
}

static QUARTER_HOUR: Names = Names {
    limit: HeaderName::from_static("x-rate-limit-limit"),
    remaining: HeaderName::from_static("x-rate-limit-remaining"),
    reset: HeaderName::from_static("x-rate-limit-reset"),
};
static USER_24H: Names = Names {
    limit: HeaderName::from_static("x-user-limit-24hour-limit"),
    remaining: HeaderName::from_static("x-user-limit-24hour-remaining"),
    reset: HeaderName::from_static("x-user-limit-24hour-reset"),
};
static APP_24H: Names = Names {
    limit: HeaderName::from_static("x-app-limit-24hour-limit"),
    remaining: HeaderName::from_static("x-app-limit-24hour-remaining"),
    reset: HeaderName::from_static("x-app-limit-24hour-reset"),
};

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

impl Names {
    fn window(&self, headers: &HeaderMap) -> Option<Window> {
        Some(Window {
            limit: number(headers, &self.limit)?,
            remaining: number(headers, &self.remaining)?,
            reset: number(headers, &self.reset)?,
        })
    }
}

impl RateLimit {
    pub fn of(headers: &HeaderMap) -> Option<RateLimit> {
        let limits = RateLimit {
            window: QUARTER_HOUR.window(headers),
            user_24h: USER_24H.window(headers),
            app_24h: APP_24H.window(headers),
        };
        (limits.window.is_some() || limits.user_24h.is_some() || limits.app_24h.is_some()).then_some(limits)
    }
}

/// 32 days, in seconds. No limit of X lasts longer than a month. A longer time is a mistake, such as a reset in
/// milliseconds.
const LONGEST_WAIT: u64 = 32 * 24 * 60 * 60;

/// When X will accept a request again that it refused for a limit. All numbers are seconds from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    /// X says when: the later of `retry-after` and the latest reset among the limits that are used up.
    Asked(u64),
    /// X names a limit that isn't used up, so another limit must be. It isn't known when that one ends. This is when
    /// the window of the named limit ends.
    UntilReset(u64),
    NotSaid,
}

impl Wait {
    /// Reads the headers. Times are compared with X's clock (the `Date` header), else with `local_now`. `cap`: the
    /// request was refused for a usage cap, so the 15-minute window is ignored.
    pub fn of(headers: &HeaderMap, local_now: u64, cap: bool) -> Wait {
        let now = server_time(headers).unwrap_or(local_now);
        let windows = EXHAUSTIBLE.iter().skip(usize::from(cap));
        let resets: Vec<u64> = windows.filter_map(|window| window.end_if_exhausted(headers)).collect();
        let last = resets.iter().filter_map(|reset| seconds_until(*reset, now)).max();
        if let Some(seconds) = retry_after(headers, now).max(last) {
            return Wait::Asked(seconds);
        }
        let is_ahead = |reset: &u64| !cap && resets.is_empty() && *reset >= now;
        match number(headers, &QUARTER_HOUR.reset).filter(is_ahead).and_then(|reset| seconds_until(reset, now)) {
            Some(seconds) => Wait::UntilReset(seconds),
            None => Wait::NotSaid,
        }
    }

    pub fn asked(self) -> Option<u64> {
        match self {
            Wait::Asked(seconds) => Some(seconds),
            Wait::UntilReset(_) | Wait::NotSaid => None,
        }
    }
}

/// A window that can be used up.
struct Exhaustible {
    names: &'static Names,
    /// Whether the window counts as used up if there is a reset, but no number of remaining requests.
    by_reset_alone: bool,
}

static EXHAUSTIBLE: [Exhaustible; 3] = [
    Exhaustible { names: &QUARTER_HOUR, by_reset_alone: true },
    Exhaustible { names: &USER_24H, by_reset_alone: false },
    Exhaustible { names: &APP_24H, by_reset_alone: false },
];

impl Exhaustible {
    fn end_if_exhausted(&self, headers: &HeaderMap) -> Option<u64> {
        let is_exhausted = match number(headers, &self.names.remaining) {
            Some(remaining) => remaining == 0,
            None => self.by_reset_alone,
        };
        if is_exhausted { number(headers, &self.names.reset) } else { None }
    }
}

/// Seconds until a reset, plus one: the next window begins within that second. `None` for a reset that is more than 15
/// minutes ago or too far ahead, since it can't belong to a current window.
fn seconds_until(reset: u64, now: u64) -> Option<u64> {
    const WINDOW: u64 = 15 * 60;
    let seconds = reset.saturating_sub(now).saturating_add(1);
    (reset.saturating_add(WINDOW) >= now && seconds <= LONGEST_WAIT).then_some(seconds)
}

/// The `Retry-After` header (RFC 9110 section 10.2.3): a number of seconds, or a date. `None` for 0, for a date that
/// has passed, for a time that is too far ahead, and for anything else.
fn retry_after(headers: &HeaderMap, now: u64) -> Option<u64> {
    let value = headers.get("retry-after")?.to_str().ok()?.trim();
    let seconds = value.parse().ok().or_else(|| http_date(value)?.checked_sub(now));
    seconds.filter(|seconds| (1..=LONGEST_WAIT).contains(seconds))
}

/// The `Date` header, in seconds since 1970.
pub(crate) fn server_time(headers: &HeaderMap) -> Option<u64> {
    http_date(headers.get("date")?.to_str().ok()?.trim())
}

/// A date (RFC 9110 section 5.6.7), in seconds since 1970. X writes UTC instead of GMT in some responses.
fn http_date(text: &str) -> Option<u64> {
    let text = text.strip_suffix("UTC").map_or_else(|| text.to_owned(), |date| format!("{date}GMT"));
    let time = httpdate::parse_http_date(&text).ok()?;
    time.duration_since(std::time::UNIX_EPOCH).ok().map(|since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[(&'static str, &str)]) -> HeaderMap {
        list.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn wait(list: &[(&'static str, &str)]) -> Wait {
        Wait::of(&headers(list), 1000, false)
    }

    #[test]
    fn the_latest_reset_among_the_exhausted_counts() {
        let both = [
            ("x-rate-limit-limit", "100"),
            ("x-rate-limit-remaining", "40"),
            ("x-rate-limit-reset", "1500"),
            ("x-user-limit-24hour-limit", "17"),
            ("x-user-limit-24hour-remaining", "0"),
            ("x-user-limit-24hour-reset", "1090"),
        ];
        assert_eq!(wait(&both), Wait::Asked(91));
        assert_eq!(wait(&[("retry-after", "7")]), Wait::Asked(7));
        assert_eq!(wait(&[("retry-after", "7"), ("x-rate-limit-reset", "1100")]), Wait::Asked(101));
        assert_eq!(wait(&[("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "990")]), Wait::Asked(1));
    }

    #[test]
    fn what_says_nothing_of_when_is_no_number() {
        for nothing in [
            &[][..],
            &[("retry-after", "0")],
            &[("retry-after", "-5")],
            &[("retry-after", "soon")],
            &[("retry-after", "99999999999999999999999")],
            &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), ("date", "Sun, 06 Nov 1994 08:49:47 GMT")],
            &[("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "99")],
            &[("x-rate-limit-remaining", "7"), ("x-rate-limit-reset", "999")],
            &[("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "later")],
            &[("x-app-limit-24hour-reset", "5000")],
            &[("retry-after", "18446744073709551615")],
            &[("retry-after", "Fri, 31 Dec 2099 00:00:00 GMT")],
            &[("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "1790000000000")],
            &[("x-rate-limit-remaining", "7"), ("x-rate-limit-reset", "1790000000000")],
        ] {
            assert_eq!(wait(nothing), Wait::NotSaid, "{nothing:?}");
        }
        let open = [("x-rate-limit-remaining", "29990"), ("x-rate-limit-reset", "1899")];
        assert_eq!(wait(&open), Wait::UntilReset(900));
    }

    #[test]
    fn a_date_is_counted_from_the_servers_clock() {
        for zone in ["GMT", "UTC"] {
            let date = format!("Sun, 06 Nov 1994 08:49:37 {zone}");
            let until = format!("Sun, 06 Nov 1994 08:49:47 {zone}");
            let dated = headers(&[("date", &date), ("retry-after", &until)]);
            assert_eq!(Wait::of(&dated, 5, false), Wait::Asked(10));
            assert_eq!(server_time(&dated), Some(784_111_777));
        }
    }
}
