//! The `parameters` of every call: names, defaults, ranges, and where requests may go.

use std::borrow::Cow;
use std::path::PathBuf;

use serde_json::Value;
use url::Url;

use crate::base::address;
use crate::base::background;
use crate::base::error::{Error, Kind, Result};
use crate::base::message::{Language, Message};
use crate::base::secret::Secret;
use crate::base::small_file::{self, Fault};
use crate::fields::{
    self, FieldType, Given, Naming, Noun, Object, Shape, TOKEN, TRIMMED, choices, is_invisible, list, record, text,
};
use crate::x::addresses::Addresses;
use crate::x::oauth1::Keys;
use crate::x::redaction::Redactor;

/// The scopes of the original module (OPI_Twitter), and two more: `media.write` for uploads and `timeline.read` for
/// `get_reposts_of_me`.
const SCOPE: &str = "tweet.read tweet.write tweet.moderate.write users.read follows.read follows.write \
    offline.access space.read mute.read mute.write like.read like.write list.read list.write \
    block.read block.write bookmark.read bookmark.write media.write timeline.read";

const API_URL: &str = "https://api.x.com";
const UPLOAD_URL: &str = "https://upload.x.com";
const AUTHORIZE_URL: &str = "https://x.com/i/oauth2/authorize";
const PUBLISH_URL: &str = "https://publish.x.com";

choices! {
    /// Which keys sign a request.
    pub(crate) enum Auth { Auto = "auto", Oauth1 = "oauth1", Oauth2 = "oauth2", Bearer = "bearer" }
}

choices! {
    /// Which of X's two upload services is used.
    pub(crate) enum MediaApi { V2 = "2", V1 = "1.1" }
}

record! {
/// Settings and credentials, laid over the defaults key by key.
#[derive(Debug, Clone)]
pub(crate) struct Parameters {
    /// OAuth 2.0: the address to which X sends the browser back after the sign-in; it must be registered with X.
    pub redirect_uri: String [TRIMMED],
    /// OAuth 2.0: the application's id.
    pub client_id: String [TOKEN],
    /// OAuth 2.0: the application's secret; a public application has none.
    pub client_secret: Secret [TOKEN],
    /// OAuth 2.0: the user's token; it is valid for two hours.
    pub access_token: Secret [TOKEN],
    /// OAuth 2.0: gets a new access token; it can be used once, and X sends the next one with the answer.
    pub refresh_token: Secret [TOKEN],
    /// OAuth 1.0a: the account's access token, digits, a hyphen and text.
    pub oauth_token: Secret [TOKEN],
    /// OAuth 1.0a: the secret of `oauth_token`.
    pub oauth_token_secret: Secret [TOKEN],
    /// OAuth 1.0a: the application's API key.
    pub oauth_consumer_key: Secret [TOKEN],
    /// OAuth 1.0a: the application's API secret.
    pub oauth_consumer_secret: Secret [TOKEN],
    /// The application's own token, for what X gives to applications alone. `get_bearer_token` makes it.
    pub bearer_token: Secret [TOKEN],
    /// OAuth 2.0: what the sign-in link asks for, separated by blanks. The default asks for posting, uploading,
    /// reading, likes, follows, lists, blocks, mutes, bookmarks, spaces, and `offline.access`.
    pub scope: Scope,
    /// How requests are signed: `oauth1`, `oauth2`, `bearer` or `auto`. `auto` uses OAuth 2.0 where its token is given,
    /// else OAuth 1.0a where its four keys are, else `bearer_token`.
    pub auth: Auth,
    /// The API for uploads; `1.1` for accounts that still have it.
    pub media_api: MediaApi,
    /// The address of X's API.
    pub api_url: ApiUrl [TRIMMED],
    /// The address for uploads by API 1.1.
    pub upload_url: Cow<'static, str> [TRIMMED],
    /// The page on which a person authorizes the application.
    pub authorize_url: Cow<'static, str> [TRIMMED],
    /// The address that makes the HTML to embed a tweet.
    pub publish_url: Cow<'static, str> [TRIMMED],
    /// Allow addresses with `http://`. Without it they work on this machine only (127.0.0.1, [::1], localhost).
    pub allow_http: bool,
    /// The longest time in which nothing is sent or received. The answer to a large request may take longer.
    pub timeout_seconds: u64,
    /// The longest time to connect.
    pub connect_timeout_seconds: u64,
    /// The longest time for the whole call, with uploads, waits and retries; 0: no limit.
    pub deadline_seconds: u64,
    /// How often a request is repeated, where it may be repeated.
    pub max_retries: u32,
    /// The longest wait before a retry. Where X asks for more, the call ends with `rate_limited`.
    pub max_wait_seconds: u64,
    /// The address of a proxy: `http://`, `https://` or `socks5h://`. It may hold a user and a password
    /// (`DOMAIN\user` too). `none`: no proxy. Empty: the system's setting (`HTTPS_PROXY`, `NO_PROXY`, …). This
    /// machine is always reached directly.
    pub proxy: Secret,
    /// A PEM file with certificates that are trusted too, beside the system's.
    pub ca_file: String,
    /// The size of a segment in bytes, 65536 to 5000000. It is raised for a file that would need more than 10,000
    /// segments.
    pub chunk_size: u64,
    /// How many segments are sent at the same time, 1 to 32.
    pub upload_concurrency: u32,
    /// Check X's limits (sizes, numbers, lengths) before sending. `false` leaves that to X.
    pub check_limits: bool,
    /// OAuth 2.0: a file in which the library keeps the account's tokens and renews them. A sign-in makes it. It is
    /// also made from `access_token` and `refresh_token`.
    pub token_file: String,
    /// A file with newer operations of X than this version of the library knows. `update_operations` makes it.
    pub operations_file: String,
    /// A key of at least 32 bytes for the states of sign-ins. The default is derived from `client_secret`, else
    /// from `oauth_consumer_secret`.
    pub state_secret: Secret [TRIMMED],
    /// The name under which requests are sent.
    pub user_agent: Cow<'static, str>,
    /// The language of the library's messages: `en` or `ru`. X's own words stay as X wrote them.
    pub language: Language,
}
}

impl Default for Parameters {
    fn default() -> Self {
        Parameters {
            redirect_uri: String::new(),
            client_id: String::new(),
            client_secret: Secret::default(),
            access_token: Secret::default(),
            refresh_token: Secret::default(),
            oauth_token: Secret::default(),
            oauth_token_secret: Secret::default(),
            oauth_consumer_key: Secret::default(),
            oauth_consumer_secret: Secret::default(),
            bearer_token: Secret::default(),
            scope: Scope(SCOPE.into()),
            auth: Auth::Auto,
            media_api: MediaApi::V2,
            api_url: ApiUrl { text: API_URL.into(), parsed: None },
            upload_url: UPLOAD_URL.into(),
            authorize_url: AUTHORIZE_URL.into(),
            publish_url: PUBLISH_URL.into(),
            allow_http: false,
            timeout_seconds: 60,
            connect_timeout_seconds: 10,
            deadline_seconds: 0,
            max_retries: 3,
            max_wait_seconds: 60,
            proxy: Secret::default(),
            ca_file: String::new(),
            chunk_size: 4_194_304,
            upload_concurrency: 4,
            check_limits: true,
            token_file: String::new(),
            operations_file: String::new(),
            state_secret: Secret::default(),
            user_agent: concat!("twitter-native/", env!("CARGO_PKG_VERSION")).into(),
            language: Language::default(),
        }
    }
}

/// How errors about unknown parameters suggest the right name.
const NAMING: Naming = Naming { noun: Noun::Parameter, others: OTHER_NAMES, elsewhere: |_, _| None };

/// Names of X's site and of other libraries, each with the parameter that is meant.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("api_key", "oauth_consumer_key"),
    ("consumer_key", "oauth_consumer_key"),
    ("app_key", "oauth_consumer_key"),
    ("application_key", "oauth_consumer_key"),
    ("oauth_key", "oauth_consumer_key"),
    ("api_secret", "oauth_consumer_secret"),
    ("api_key_secret", "oauth_consumer_secret"),
    ("api_secret_key", "oauth_consumer_secret"),
    ("consumer_secret", "oauth_consumer_secret"),
    ("app_secret", "oauth_consumer_secret"),
    ("application_secret", "oauth_consumer_secret"),
    ("oauth_secret", "oauth_consumer_secret"),
    ("client_key", "oauth_consumer_key"),
    ("user_token", "oauth_token"),
    ("resource_owner_key", "oauth_token"),
    ("resource_owner_secret", "oauth_token_secret"),
    ("user_secret", "oauth_token_secret"),
    ("oauth_access_token", "oauth_token"),
    ("oauth_access_token_secret", "oauth_token_secret"),
    ("oauth_access_secret", "oauth_token_secret"),
    ("access_token_key", "oauth_token"),
    ("token", "oauth_token"),
    ("access_token_secret", "oauth_token_secret"),
    ("access_secret", "oauth_token_secret"),
    ("token_secret", "oauth_token_secret"),
    ("bearer", "bearer_token"),
    ("app_token", "bearer_token"),
    ("app_only_token", "bearer_token"),
    ("oauth2_access_token", "access_token"),
    ("user_access_token", "access_token"),
    ("app_id", "client_id"),
    ("oauth2_client_id", "client_id"),
    ("oauth2_client_secret", "client_secret"),
    ("oauth2_refresh_token", "refresh_token"),
    ("callback", "redirect_uri"),
    ("oauth_callback", "redirect_uri"),
    ("callback_url", "redirect_uri"),
    ("redirect_url", "redirect_uri"),
    ("scopes", "scope"),
    ("base_url", "api_url"),
    ("host", "api_url"),
    ("upload_host", "upload_url"),
    ("timeout", "timeout_seconds"),
    ("connect_timeout", "connect_timeout_seconds"),
    ("deadline", "deadline_seconds"),
    ("request_timeout", "timeout_seconds"),
    ("retries", "max_retries"),
    ("retry_count", "max_retries"),
    ("proxies", "proxy"),
    ("ca_bundle", "ca_file"),
    ("cafile", "ca_file"),
    ("ca_cert", "ca_file"),
    ("cacert", "ca_file"),
    ("verify", "ca_file"),
    ("https_proxy", "proxy"),
    ("http_proxy", "proxy"),
    ("proxy_url", "proxy"),
    ("agent", "user_agent"),
    ("auth_type", "auth"),
    ("auth_method", "auth"),
    ("token_path", "token_file"),
    ("cache_path", "token_file"),
];

/// The parameter that is meant by a name of X's site or of another library. Unless `exact`, a parameter with a similar
/// name is found too.
pub(crate) fn meant(name: &str, exact: bool) -> Option<String> {
    let known = fields::names(&mut Parameters::default());
    let other = NAMING.other(name, &known).map(str::to_owned);
    other.or_else(|| if exact { None } else { fields::nearest(name, &known) })
}

impl Parameters {
    /// Reads the `parameters` field: an object, a string with its JSON, or the path of a JSON file.
    ///
    /// Their secrets are added to `redactor` before anything is checked. `language` is used if the parameters name none.
    /// `tick` is called while a slow disk reads the file; its error ends the wait.
    pub fn read(
        given: Option<Given>,
        redactor: &mut Redactor,
        language: Language,
        addresses: &Addresses,
        tick: Tick,
    ) -> Result<Parameters> {
        let mut parameters = Parameters { language, ..Parameters::default() };
        let Some(given) = given else { return parameters.checked(addresses) };
        let json = json_of(given, tick)?;
        let given = parsed(&json)?;
        // An object with a name that can't be read is refused. It may hold secrets all the same.
        let object = object_in(given).inspect_err(|_| redactor.collect_json(json.text.as_bytes()));
        let overridden = object.and_then(|object| {
            redactor.collect(&object);
            fields::override_fields(&mut parameters, object, &NAMING)
        });
        let overridden = overridden.map_err(|error| fields::under(error, "parameters"));
        overridden.and_then(|()| parameters.checked(addresses)).map_err(|mut error| match &json.file {
            Some(path) => {
                error.language = named_language(given);
                error.path.get_or_insert_with(|| path.clone());
                error.with_hint(say!(about_the_parameters_file { path }))
            }
            None => error,
        })
    }

    fn checked(mut self, addresses: &Addresses) -> Result<Parameters> {
        self.follow_api_url(addresses)?;
        self.check()?;
        Ok(self)
    }

    /// Checks the addresses. If `api_url` isn't X's, the addresses that were left out are put below it: so a test
    /// against a simulator never reaches X.
    fn follow_api_url(&mut self, addresses: &Addresses) -> Result<()> {
        for (name, address) in [
            ("api_url", &mut self.api_url.text),
            ("upload_url", &mut self.upload_url),
            ("authorize_url", &mut self.authorize_url),
            ("publish_url", &mut self.publish_url),
        ] {
            // A borrowed address is a default, which needs no check.
            if let Cow::Owned(given) = address {
                let url = checked_url(name, given, self.allow_http, addresses)?;
                *given = url.as_str().trim_end_matches('/').to_owned();
                if name == "api_url" {
                    self.api_url.parsed = Some(url);
                }
            }
        }
        let parsed = match self.api_url.parsed.take() {
            Some(parsed) => parsed,
            None => addresses.parse(&self.api_url).map_err(no_address)?,
        };
        if is_of_x(self.api_url.parsed.insert(parsed)) {
            return Ok(());
        }
        let api_url = &self.api_url.text;
        if let Cow::Borrowed(_) = self.upload_url {
            self.upload_url = api_url.clone();
        }
        if let Cow::Borrowed(_) = self.authorize_url {
            self.authorize_url = format!("{api_url}/i/oauth2/authorize").into();
        }
        if let Cow::Borrowed(_) = self.publish_url {
            self.publish_url = api_url.clone();
        }
        Ok(())
    }

    fn check(&self) -> Result<()> {
        let access_token = self.access_token.expose();
        if access_token
            .split_once('-')
            .is_some_and(|(digits, _)| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return Err(Error::invalid("parameters.access_token", say!(access_token_of_oauth1))
                .with_suggestion(Some("oauth_token".to_owned())));
        }
        if !self.state_secret.is_empty() && self.state_secret.expose().len() < 32 {
            return Err(Error::invalid("parameters.state_secret", say!(state_secret_too_short)));
        }
        in_range("chunk_size", self.chunk_size, 65_536, 5_000_000)?;
        in_range("upload_concurrency", self.upload_concurrency.into(), 1, 32)?;
        in_range("timeout_seconds", self.timeout_seconds, 1, 86_400)?;
        in_range("connect_timeout_seconds", self.connect_timeout_seconds, 1, 86_400)?;
        in_range("deadline_seconds", self.deadline_seconds, 0, 31_536_000)?;
        in_range("max_wait_seconds", self.max_wait_seconds, 0, 86_400)?;
        in_range("max_retries", self.max_retries.into(), 0, 100)?;
        if self.user_agent.bytes().any(|byte| !(b' '..=b'~').contains(&byte)) {
            return Err(Error::invalid("parameters.user_agent", say!(has_to_be_printable)));
        }
        Ok(())
    }

    /// Whether there is an account's access token, or a file that one can come from.
    pub fn has_oauth2(&self) -> bool {
        !self.access_token.is_empty() || !self.token_file.is_empty()
    }

    pub fn has_oauth1(&self) -> bool {
        self.missing_oauth1().is_empty()
    }

    /// The names of the four keys of OAuth 1.0a that are empty.
    pub fn missing_oauth1(&self) -> Vec<&'static str> {
        let mut missing = self.missing_consumer();
        missing
            .extend(empty_of([("oauth_token", &self.oauth_token), ("oauth_token_secret", &self.oauth_token_secret)]));
        missing
    }

    /// The names of the application's two keys that are empty.
    pub fn missing_consumer(&self) -> Vec<&'static str> {
        empty_of([
            ("oauth_consumer_key", &self.oauth_consumer_key),
            ("oauth_consumer_secret", &self.oauth_consumer_secret),
        ])
        .collect()
    }

    pub fn oauth1_keys(&self) -> Keys<'_> {
        Keys {
            consumer_key: self.oauth_consumer_key.expose(),
            consumer_secret: self.oauth_consumer_secret.expose(),
            token: self.oauth_token.expose(),
            token_secret: self.oauth_token_secret.expose(),
        }
    }

    /// The application's two keys, without the account's token.
    pub fn consumer_keys(&self) -> Keys<'_> {
        Keys { token: "", token_secret: "", ..self.oauth1_keys() }
    }

    /// An address below `api_url`.
    pub fn api(&self, path: &str) -> Result<Url> {
        // `join` would take `//name` for another host.
        let is_path = path.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']));
        match &self.api_url.parsed {
            Some(url) if is_path && url.path() == "/" => url.join(path).map_err(no_address),
            _ => parse_url(&format!("{}{path}", self.api_url.text)),
        }
    }

    /// An address below `upload_url`.
    pub fn upload(&self, path: &str) -> Result<Url> {
        parse_url(&format!("{}{path}", self.upload_url))
    }
}

/// The names of the secrets that are empty.
fn empty_of<'s>(named: [(&'static str, &'s Secret); 2]) -> impl Iterator<Item = &'static str> + use<'s> {
    named.into_iter().filter(|(_, secret)| secret.is_empty()).map(|(name, _)| name)
}

/// Called while a file is read. Its error ends the wait.
pub(crate) type Tick<'t> = &'t mut dyn FnMut() -> Result<()>;

/// The JSON of the parameters.
struct Json<'r> {
    text: Cow<'r, str>,
    /// The file that it was read from.
    file: Option<String>,
}

/// The object in the request, the JSON in a text, or the content of the file that the text names.
fn json_of<'r>(given: Given<'r>, tick: Tick) -> Result<Json<'r>> {
    let in_request = |text| Ok(Json { text, file: None });
    if given.json().starts_with('{') {
        return in_request(given.json().into());
    }
    match given.shape().map_err(|error| fields::under(error, "parameters"))? {
        Shape::Text(text) if fields::trimmed(&text).is_empty() => in_request("{}".into()),
        Shape::Text(text) if looks_like_json(&text) => in_request(text.into_owned().into()),
        Shape::Text(path) => read_file(&path, tick),
        Shape::Null => in_request("{}".into()),
        _ => in_request(given.json().into()),
    }
}

/// The language that parameters name. `None` for parameters in a file, which is not read for this.
pub(crate) fn language_in(given: Given) -> Option<Language> {
    match given.shape().ok()? {
        Shape::Object(_) => named_language(given),
        Shape::Text(text) if looks_like_json(&text) => named_language(Given::parse(&text).ok()?),
        _ => None,
    }
}

fn named_language(parameters: Given) -> Option<Language> {
    FieldType::read(object_in(parameters).ok()?.shift_remove("language")?).ok()
}

fn read_file(path: &str, tick: Tick) -> Result<Json<'static>> {
    let place = PathBuf::from(path);
    let text = background::in_background(move || small_file::read_text(&place, small_file::LARGEST_JSON), tick)?;
    let text = text.map_err(|fault| unreadable(path, &fault))?;
    Ok(Json { text: text.into(), file: Some(path.to_owned()) })
}

fn parsed<'j>(json: &'j Json) -> Result<Given<'j>> {
    match &json.text {
        // A part of the request, which was parsed already.
        Cow::Borrowed(text) => Ok(Given::written(text)),
        Cow::Owned(text) => Given::parse(text).map_err(|malformed| {
            let called = match &json.file {
                Some(path) => say!(the_parameters_file { path }),
                None => say!(the_text_of_parameters),
            };
            let message = say!(called_malformed { called, malformed: Message::from(malformed) });
            let mut error = Error::invalid("parameters", message);
            error.path = json.file.clone();
            error
        }),
    }
}

fn object_in(given: Given<'_>) -> Result<Object<'_>> {
    match given.shape()? {
        Shape::Object(fields) => Ok(fields),
        _ => Err(Error::invalid("", say!(parameters_are_an_object))),
    }
}

/// Merges two sets of parameters into one JSON object. Where both have a key, the value of `overrides` is taken.
///
/// Each of the two is JSON: an object, a string that holds the JSON of an object, or a string with the path of a JSON
/// file. `None` where one of them can't be read.
pub(crate) fn merged(base: &str, overrides: &str) -> Option<String> {
    let read = |text| json_of(Given::parse(text).ok()?, &mut || Ok(())).ok();
    let (base, overrides) = (read(base)?, read(overrides)?);
    let (base, overrides) = (parsed(&base).ok()?, parsed(&overrides).ok()?);
    let mut fields = object_in(base).ok()?;
    // A value that counts as absent doesn't replace anything.
    fields.extend(object_in(overrides).ok()?.into_iter().filter(|(_, value)| !value.is_absent()));
    Some(fields::object_json(&fields))
}

fn unreadable(path: &str, fault: &Fault) -> Error {
    if may_be_key(path) {
        let message = say!(parameters_are_no_json { fault });
        return Error::new(Kind::Io, message).with_os_error(fault.os_error());
    }
    let error = Error::io(path, say!(parameters_file_cannot_be_read { path, fault })).with_os_error(fault.os_error());
    match fault {
        Fault::NotRegular(_) => error.with_hint(say!(save_content_as_file)),
        _ => error,
    }
}

/// Whether the text may be a key or token that was given as `parameters` by mistake. Then an error must not repeat it.
/// A short text isn't taken for a key, nor is one that begins like a path or ends like a file's name.
fn may_be_key(text: &str) -> bool {
    const SHORTEST_KEY: usize = 16;
    let text = text.trim();
    let drive = text.get(1..3).is_some_and(|rest| rest == ":\\" || rest == ":/");
    let extension = text.rsplit_once('.').is_some_and(|(_, rest)| {
        (1..=5).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let is_path = drive || extension || text.starts_with(['/', '.', '~', '\\']);
    text.len() >= SHORTEST_KEY && (!is_path || text.contains(char::is_control))
}

/// Scopes, separated by blanks. A list of scopes is accepted too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope(Cow<'static, str>);

impl std::ops::Deref for Scope {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl FieldType for Scope {
    fn read(given: Given) -> Result<Self> {
        let scopes = list(given, &|scope| text(scope).map(Cow::into_owned))?.join(" ");
        let words: Vec<&str> = scopes.split(is_invisible).filter(|word| !word.is_empty()).collect();
        Ok(Scope(words.join(" ").into()))
    }

    fn value(&mut self) -> Value {
        self.0.as_ref().into()
    }

    fn schema() -> Value {
        fields::schema::of_list(fields::schema::of_text(), fields::schema::of_text())
    }
}

/// The address of X's API, without a slash at its end.
#[derive(Debug, Clone)]
pub(crate) struct ApiUrl {
    text: Cow<'static, str>,
    /// `None` until all parameters were read.
    parsed: Option<Url>,
}

impl std::ops::Deref for ApiUrl {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl FieldType for ApiUrl {
    fn read(given: Given) -> Result<Self> {
        Ok(ApiUrl { text: FieldType::read(given)?, parsed: None })
    }

    fn value(&mut self) -> Value {
        self.text.value()
    }

    fn schema() -> Value {
        <Cow<'static, str> as FieldType>::schema()
    }
}

/// Whether the text was meant as JSON, even if it is incomplete. It is then never taken for a path: an error would show
/// it.
fn looks_like_json(text: &str) -> bool {
    text.trim_start_matches(is_invisible).starts_with(['{', '[', '"'])
}

fn in_range(name: &str, value: u64, lowest: u64, highest: u64) -> Result<()> {
    if (lowest..=highest).contains(&value) {
        return Ok(());
    }
    Err(Error::invalid(&format!("parameters.{name}"), say!(has_to_be_from_to { lowest, highest })))
}

pub(crate) fn parse_url(text: &str) -> Result<Url> {
    Url::parse(text).map_err(no_address)
}

fn no_address(_: url::ParseError) -> Error {
    Error::invalid("url", say!(is_not_an_address))
}

fn is_of_x(url: &Url) -> bool {
    matches!(url.host_str(), Some("api.x.com" | "api.twitter.com"))
}

/// Checks an address. It has to be https, or http on this machine or with `allow_http`. It must not have a user, a
/// password, a query or a fragment.
fn checked_url(name: &str, text: &str, allow_http: bool, addresses: &Addresses) -> Result<Url> {
    let refuse = |message: Message| Err(Error::invalid(&format!("parameters.{name}"), message));
    let Ok(url) = addresses.parse(text) else {
        return refuse(say!(parameter_is_no_address { name }));
    };
    if url.host_str().is_none_or(str::is_empty) || !matches!(url.scheme(), "http" | "https") {
        return refuse(say!(parameter_has_no_host { name }));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse(say!(parameter_holds_a_login { name }));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse(say!(parameter_holds_a_query { name }));
    }
    if url.scheme() == "http" && !allow_http && !address::is_loopback(&url) {
        return refuse(say!(parameter_is_http { name }));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> Result<Parameters> {
        Parameters::read(
            Some(Given::parse(&value.to_string()).expect("JSON")),
            &mut Redactor::default(),
            Language::default(),
            &Addresses::default(),
            &mut || Ok(()),
        )
    }

    #[test]
    fn other_addresses_follow_api_url() {
        let simulated = read(json!({"api_url": "http://127.0.0.1:9/"})).unwrap();
        assert_eq!(simulated.authorize_url, "http://127.0.0.1:9/i/oauth2/authorize");
        assert_eq!(simulated.upload_url, "http://127.0.0.1:9");
        assert_eq!(read(json!({})).unwrap().upload_url, UPLOAD_URL);
        let kept = read(json!({"api_url": "http://127.0.0.1:9", "upload_url": "http://127.0.0.1:8"})).unwrap();
        assert_eq!(kept.upload_url, "http://127.0.0.1:8");
    }

    #[test]
    fn http_stays_on_loopback() {
        for fine in ["http://localhost:1", "http://127.9.9.9", "http://[::1]:2", "https://example.com"] {
            assert!(read(json!({"api_url": fine})).is_ok(), "{fine}");
        }
        for refused in ["http://localhost.example.com", "http://10.0.0.1", "https://a:b@api.x.com", "ftp://x", "x"] {
            let error = read(json!({"api_url": refused})).unwrap_err();
            assert_eq!(error.field.as_deref(), Some("parameters.api_url"), "{refused}");
        }
        assert!(read(json!({"api_url": "http://10.0.0.1", "allow_http": 1})).is_ok());
    }

    #[test]
    fn an_address_below_api_url() {
        for (api_url, path, address) in [
            ("http://localhost:1", "/2/tweets", "http://localhost:1/2/tweets"),
            ("http://localhost:1/", "/2/a?b=c", "http://localhost:1/2/a?b=c"),
            ("http://localhost:1/x/", "/2/tweets", "http://localhost:1/x/2/tweets"),
            ("http://localhost:1", "//example.com/2", "http://localhost:1//example.com/2"),
            ("http://localhost:1", "/\\example.com/2", "http://localhost:1//example.com/2"),
        ] {
            assert_eq!(read(json!({"api_url": api_url})).unwrap().api(path).unwrap().as_str(), address);
        }
        assert_eq!(Parameters::default().api("/2/tweets").unwrap().as_str(), "https://api.x.com/2/tweets");
    }

    /// The names in ASCII are those of Python's codec.
    #[test]
    fn a_host_in_any_script() {
        for (given, host) in [
            ("https://пример.испытание", "https://xn--e1afmkfd.xn--80akhbyknj4f"),
            ("https://Bu\u{308}cher.Example:8443/", "https://xn--bcher-kva.example:8443"),
            ("https://例え。テスト", "https://xn--r8jz45g.xn--zckzah"),
            ("https://faß.de", "https://xn--fa-hia.de"),
            ("HTTPS://API.X.COM/2", "https://api.x.com/2"),
        ] {
            assert_eq!(&*read(json!({"api_url": given})).unwrap().api_url, host, "{given}");
        }
        for wrong in ["пример.рф", "https://", "https://при мер.рф", "https://例え.テスト:port"] {
            assert!(read(json!({"api_url": wrong})).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_of_other_libraries_are_known() {
        for (other, ours) in OTHER_NAMES {
            let error = read(json!({*other: "abcd"})).unwrap_err();
            assert_eq!(error.suggestion.as_deref(), Some(*ours), "{other}");
        }
        assert_eq!(read(json!({"accessSecret": "x"})).unwrap_err().suggestion.as_deref(), Some("oauth_token_secret"));
        let error = read(json!({"access_token": "12-abc"})).unwrap_err();
        assert_eq!(error.suggestion.as_deref(), Some("oauth_token"));
    }

    #[test]
    fn text_numbers_and_empties() {
        let parameters =
            read(json!({"chunk_size": "65536", "media_api": 1.1, "scope": ["a", "b"], "api_url": "", "proxy": null}))
                .unwrap();
        assert_eq!(parameters.chunk_size, 65536);
        assert_eq!(parameters.media_api, MediaApi::V1);
        assert_eq!(&*parameters.scope, "a b");
        assert_eq!(&*parameters.api_url, API_URL);
        assert!(read(json!({"chunk_size": 1})).is_err());
    }
}
