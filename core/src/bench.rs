//! Inner steps for the benchmark (feature `bench`): what the C ABI only shows together with all the rest.

use serde_json::value::RawValue;
use url::Url;

use crate::base::secret::Secret;
use crate::x::envelope;
use crate::x::http_report::HttpReport;
use crate::x::oauth1::{self, Keys};

/// Keys and address of one request, read beforehand.
pub struct Signing {
    keys: [Secret; 4],
    method: String,
    url: Url,
    fields: Vec<(String, String)>,
}

impl Signing {
    /// `keys`: the application's key and secret, the account's token and secret. Panics where `url` is none.
    pub fn new(keys: [&str; 4], method: &str, url: &str, fields: &[(&str, &str)]) -> Self {
        Signing {
            keys: keys.map(|key| Secret::from(key.to_owned())),
            method: method.to_owned(),
            url: Url::parse(url).expect("an address"),
            fields: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        }
    }

    /// The header, with a fresh nonce and time.
    pub fn header(&self) -> String {
        let [consumer_key, consumer_secret, token, token_secret] = &self.keys;
        let keys = Keys {
            consumer_key: consumer_key.expose(),
            consumer_secret: consumer_secret.expose(),
            token: token.expose(),
            token_secret: token_secret.expose(),
        };
        let stamp = oauth1::fresh_stamp().expect("the system gives random bytes");
        let signed =
            oauth1::SignedParts { method: &self.method, url: &self.url, form: &self.fields, oauth_field: None };
        oauth1::authorization_header(&keys, &stamp, &signed)
    }
}

/// The envelope of a success of one request with `result`, valid JSON.
pub fn envelope(result: &RawValue) -> String {
    let http = HttpReport { status: Some(201), requests: 1, attempts: 1, auth: "oauth2", ..HttpReport::default() };
    envelope::success(result, Some(http))
}
