//! The options with which a simulator starts.

use crate::oauth2::exchange::Permission;

/// How a simulator starts; `Options::default()` suits most tests.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Serve https (HTTP/1.1 and HTTP/2 by ALPN) under a certificate authority made at start.
    pub tls: bool,
    /// How far the simulated server's clock is ahead of this machine's.
    pub clock_offset_seconds: i64,
    /// How long a video or GIF takes to process after FINALIZE.
    pub processing_seconds: u64,
    /// Life of an OAuth 2.0 authorization code.
    pub code_lifetime_seconds: u64,
    /// Life of an OAuth 2.0 access token; [`Simulator`](crate::Simulator) can change it later.
    pub access_token_lifetime_seconds: u64,
    /// What the application may do by OAuth 1.0a: the scopes of what its tokens are exchanged for.
    pub oauth1_permission: Permission,
    /// Answer the tweets of API 1.1 as X answers self-serve applications: 403, code 453.
    pub v1_closed: bool,
    /// How much of each request's body its record keeps.
    pub kept_body_bytes: usize,
    /// Refuse with 429 what exceeds X's rate limits. Otherwise requests are counted and reported in
    /// the headers (remaining never falls below 1), but none is refused.
    pub rate_limits: bool,
    /// Refuse media whose content isn't what its media type says. Turn it off to upload filler.
    pub check_content: bool,
    /// Answer uploads of API 2 without the `data` around their fields, as X's playground does.
    pub bare_uploads: bool,
    /// Refuse a finalize of API 2 without a JSON object for a body, as X does at times.
    pub finalize_needs_object: bool,
    /// Take tweets with several videos or GIFs, or with pictures beside them, as X does for some.
    pub mixed_media: bool,
    /// Show a person the redirect that their decision leads to, with the next step, where nothing on this machine
    /// listens at its address. Without it the browser is sent there, as X does it, and finds nobody.
    pub explain_redirects: bool,
    /// Redirect addresses registered beside the one in [`Credentials`](crate::Credentials).
    pub redirect_uris: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            tls: false,
            clock_offset_seconds: 0,
            processing_seconds: 1,
            code_lifetime_seconds: 30,
            access_token_lifetime_seconds: 7200,
            oauth1_permission: Permission::default(),
            v1_closed: false,
            kept_body_bytes: 64 * 1024,
            rate_limits: false,
            check_content: true,
            bare_uploads: false,
            finalize_needs_object: false,
            mixed_media: false,
            explain_redirects: false,
            redirect_uris: Vec::new(),
        }
    }
}
