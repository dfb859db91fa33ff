// The words of an error by which programs decide what to do. build.rs includes this file, to make the constants of the
// C header, so it has nothing else in it.

/// `error.kind`, in the order of `Kind`.
pub const KINDS: [&str; 12] = [
    "invalid_request",
    "missing_credentials",
    "authorization",
    "io",
    "network",
    "timeout",
    "canceled",
    "rate_limited",
    "api",
    "media_failed",
    "unexpected_response",
    "internal",
];

/// `error.reason` of `authorization`.
pub const REASONS: [&str; 8] =
    ["denied", "state", "state_expired", "code", "refresh_token", "access_token", "keys", "clock"];

/// `error.outcome`, in the order of `Outcome`.
pub const OUTCOMES: [&str; 3] = ["not_sent", "rejected", "unknown"];
