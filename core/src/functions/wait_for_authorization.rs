//! A whole sign-in in one call, for programs on the person's own machine: opens the browser, waits for the redirect and
//! gets the tokens.

use std::time::{Duration, Instant};

use serde_json::value::RawValue;

use crate::base::error::{Error, Kind, Result};
use crate::base::secret::Secret;
use crate::base::time::unix_now;
use crate::fields::{TOKEN, TRIMMED, record};
use crate::functions::authorization::{
    Link, LinkResult, STATE, VERIFIER, check_client, exchange, given_or_derived, make_link,
};
use crate::functions::rules::{Rule, Rules, is_false};
use crate::sign_in::loopback::{Address, Browser, Listener, Page, Visit};
use crate::sign_in::oauth2::{ChallengeMethod, Redirect, StateOrigin, VerifierKind, check_state};
use crate::x::call::{Call, Level, Stage, TICK};
use crate::x::parameters::Parameters;

const WAIT_SECONDS: u64 = 300;
/// A state that this library made is valid for the same time.
const LONGEST_WAIT_SECONDS: u64 = 600;
/// How many times `TICK` the browser has to read its page. A browser that is still there reads it at once.
const TICKS_FOR_PAGE: usize = 20;

record! {
    #[derive(Default)]
    pub(crate) struct Wait {
        /// Your own state, or that of an earlier link.
        state: Option<String> [TRIMMED],
        /// The verifier of the earlier link, or your own (RFC 7636: 43 to 128 characters).
        code_verifier: Option<Secret> [TOKEN],
        /// RFC 7636 section 4.2.
        code_challenge_method: Option<ChallengeMethod>,
        /// Any text that names the session. For an earlier link: the same as there.
        session: Option<String>,
        /// `client` makes the verifier one value per client_id and redirect_uri.
        verifier: Option<VerifierKind>,
        /// Whether the link is opened in a browser; true unless given. With false, show the link of
        /// get_authorization_link yourself, and give its `state` here.
        open_browser: Option<bool>,
        /// Longest wait for the person, in seconds, 1 to 600; 300 unless given.
        wait_seconds: Option<u64>,
    }
}

pub(super) const RULES: Rules = &[&[
    VERIFIER,
    STATE,
    Rule::Range("wait_seconds", 1, LONGEST_WAIT_SECONDS),
    Rule::ValueNeeds(is_false("open_browser"), "state~"),
]];

pub(crate) fn wait(call: &Call, request: Wait) -> Result<Box<RawValue>> {
    let parameters = &call.parameters;
    check_client(parameters)?;
    let address = Address::of(&parameters.redirect_uri)?;
    let wait_seconds = request.wait_seconds.unwrap_or(WAIT_SECONDS);
    if !(1..=LONGEST_WAIT_SECONDS).contains(&wait_seconds) {
        return Err(Error::invalid("wait_seconds", say!(wait_seconds_out_of_range { longest: LONGEST_WAIT_SECONDS })));
    }
    let opens_browser = request.open_browser.unwrap_or(true);
    let session = request.session.clone().unwrap_or_default();
    let link = link_of(parameters, request, opens_browser, &session)?;
    call.add_secret(link.code_verifier.expose());

    // Listens before the browser opens: if the person is signed in to X, the redirect comes very soon.
    let listener = Listener::open(call.agent()?.event_loop(), &address)?;
    call.log(Level::Information, || format!("waiting at {} for {}", parameters.redirect_uri, link.url));
    let browser = if opens_browser { Some(Browser::open(&link.url)?) } else { None };
    SignIn { call, link, session, listener, browser, started: Instant::now(), seconds: wait_seconds }.run()
}

/// The link of this sign-in: a new one, or the one that the caller made before.
fn link_of(parameters: &Parameters, request: Wait, opens_browser: bool, session: &str) -> Result<LinkResult> {
    let Wait { state, mut code_verifier, code_challenge_method, session: given_session, mut verifier, .. } = request;
    match &state {
        Some(state) => {
            // A state of this library that would be refused later, such as an expired one, is refused now.
            if let StateOrigin::Library(kind) = check_state(parameters, state, Some(state), session, unix_now())? {
                verifier = Some(kind);
            }
            if !opens_browser {
                let kind = verifier.unwrap_or_default();
                code_verifier = Some(given_or_derived(parameters, code_verifier, kind, state, session)?);
            }
        }
        None if !opens_browser => {
            return Err(Error::invalid("state", say!(state_of_link_is_missing)));
        }
        None => {}
    }
    make_link(parameters, Link { state, code_verifier, code_challenge_method, session: given_session, verifier })
}

struct SignIn<'c, 'e> {
    call: &'c Call<'e>,
    link: LinkResult,
    session: String,
    listener: Listener<'c>,
    browser: Option<Browser>,
    started: Instant,
    seconds: u64,
}

/// What a visit means.
enum Verdict {
    /// It is not of this sign-in, and the wait goes on.
    Unrelated(Page),
    Refused(Error),
    Code(String),
}

impl SignIn<'_, '_> {
    fn run(mut self) -> Result<Box<RawValue>> {
        let longest = Duration::from_secs(self.seconds);
        loop {
            let waited = self.started.elapsed();
            self.call.report_throttled(Stage::Waiting, waited.as_secs().min(self.seconds), self.seconds)?;
            self.call.tick()?;
            let left = longest.saturating_sub(waited);
            if left.is_zero() {
                return Err(self.no_redirect_came());
            }
            if let Some(browser) = &mut self.browser {
                browser.check()?;
            }
            let timeout = self.call.remaining().map_or(left, |remaining| left.min(remaining)).min(TICK);
            let Some(visit) = self.listener.next(timeout) else { continue };
            match self.classify(&visit) {
                Verdict::Unrelated(page) => drop(visit.respond(page)),
                Verdict::Refused(error) => {
                    let page = if error.reason == Some("denied") { Page::Denied } else { Page::Failed };
                    self.show(visit, page);
                    return Err(error);
                }
                Verdict::Code(code) => {
                    let token = exchange(self.call, &code, self.link.code_verifier.clone());
                    self.show(visit, if token.is_ok() { Page::SignedIn } else { Page::Failed });
                    return token;
                }
            }
        }
    }

    /// A request without the state of this sign-in neither completes it nor makes it fail.
    fn classify(&self, visit: &Visit) -> Verdict {
        let Ok(redirect) = Redirect::parse(&visit.query) else { return Verdict::Unrelated(Page::Foreign) };
        let Some(state) = redirect.state.as_deref() else { return Verdict::Unrelated(Page::Foreign) };
        let expected = Some(self.link.state.as_str());
        if let Err(error) = check_state(&self.call.parameters, state, expected, &self.session, unix_now()) {
            self.call.log(Level::Warning, || format!("a redirect was not taken: {}", error.message));
            let expired = error.reason == Some("state_expired");
            return Verdict::Unrelated(if expired { Page::Expired } else { Page::Foreign });
        }
        if let Some(refusal) = redirect.refusal() {
            return Verdict::Refused(refusal);
        }
        match redirect.code.filter(|code| !code.is_empty()) {
            Some(code) => Verdict::Code(code),
            None => Verdict::Unrelated(Page::Foreign),
        }
    }

    /// Sends the page to the person's browser and gives it time to read it. If the call is canceled meanwhile, the
    /// result of the sign-in stays the same: the code can't be used again.
    fn show(&mut self, visit: Visit, page: Page) {
        let mut written = visit.respond(page);
        let Ok(agent) = self.call.agent() else { return };
        for _ in 0..TICKS_FOR_PAGE {
            if agent.event_loop().wait(TICK, &mut written).is_some() || self.call.tick().is_err() {
                return;
            }
        }
    }

    fn no_redirect_came(&self) -> Error {
        let mut error = Error::new(Kind::Timeout, say!(nobody_came_back_from_x { seconds: self.seconds }));
        error.retryable = true;
        error
    }
}
