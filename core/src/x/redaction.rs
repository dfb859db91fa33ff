//! Removes secrets from errors and log lines.

use std::cell::OnceCell;

use serde_json::Value;
use zeroize::Zeroizing;

use crate::base::encoding::{base64_standard, percent_encode};
use crate::fields::{Given, Object, Shape, trimmed};

const MASK: &str = "[redacted]";

/// The fewest bytes of a secret. With shorter values, ordinary words would be masked. No key of X is that short.
const SHORTEST: usize = 4;

/// The names that secrets have in requests and in X's responses.
const SECRET_NAMES: &[&str] = &[
    "access_token",
    "api_key",
    "api_secret",
    "authorization",
    "bearer_token",
    "client_secret",
    "code",
    "code_verifier",
    "consumer_key",
    "consumer_secret",
    "id_token",
    "oauth_consumer_key",
    "oauth_consumer_secret",
    "oauth_nonce",
    "oauth_signature",
    "oauth_token",
    "oauth_token_secret",
    "oauth_verifier",
    "proxy_password",
    "refresh_token",
    "session",
    "state_secret",
    "token",
];

/// Names that end in `_token`, but are names for the page of a list.
const PAGE_NAMES: &[&str] = &["next_token", "pagination_token", "previous_token"];

/// Whether a field of this name may hold a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let is = |other: &&str| name.eq_ignore_ascii_case(other);
    let ends_with = |end: &str| {
        name.len() >= end.len() && name.as_bytes()[name.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes())
    };
    ends_with("_secret") || (ends_with("_token") && !PAGE_NAMES.iter().any(is)) || SECRET_NAMES.iter().any(is)
}

/// Secrets as they were given, without other forms such as percent-encoded ones.
#[derive(Default)]
struct Secrets(Vec<Zeroizing<String>>);

impl Secrets {
    fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|secret| secret.as_str())
    }

    /// Adds every value that has the name of a secret, at any depth. The JSON may be invalid: a value that can't be
    /// read is left out. It was not used, and errors don't repeat it.
    fn collect(&mut self, given: Given) {
        if given.json().starts_with('{') {
            let _ = given.for_each_field(|name, value| self.collect_field(&name, value));
        } else if let Ok(Shape::List(items)) = given.shape() {
            items.into_iter().for_each(|item| self.collect(item));
        }
    }

    fn collect_field(&mut self, name: &str, value: Given) {
        if value.json().starts_with(['{', '[']) {
            return self.collect(value);
        }
        match value.shape() {
            Ok(Shape::Number(digits)) if is_secret_name(name) => {
                self.add(digits);
            }
            Ok(Shape::Text(text)) => {
                if is_secret_name(name) {
                    self.add(&text);
                }
                match name {
                    // The code may be given as the whole redirect address.
                    "code" | "url" => self.add_query(&text),
                    "proxy" => self.add_proxy(&text),
                    "parameters" => {
                        if let Ok(inner) = Given::parse(&text) {
                            self.collect(inner);
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Adds a secret without the blanks around it. Returns whether it is new.
    fn add(&mut self, secret: &str) -> bool {
        let secret = trimmed(secret);
        let is_new = secret.len() >= SHORTEST && !self.0.iter().any(|known| known.as_str() == secret);
        if is_new {
            self.0.push(Zeroizing::new(secret.to_owned()));
        }
        is_new
    }

    /// Adds the secrets in the query of an address, such as the code in a redirect address.
    fn add_query(&mut self, address: &str) {
        let query = address.split_once('?').map_or(address, |(_, query)| query);
        let query = query.split_once('#').map_or(query, |(query, _)| query).trim();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if is_secret_name(&name) {
                self.add(&value);
            }
        }
    }

    /// Adds the password of a proxy address, and user and password as HTTP Basic encodes them.
    fn add_proxy(&mut self, address: &str) {
        let Some((user_info, _)) = address.rsplit_once('@') else { return };
        let user_info = user_info.split_once("//").map_or(user_info, |(_, rest)| rest);
        let Some((user, password)) = user_info.split_once(':') else { return };
        self.add(password);
        let decoded: Vec<u8> = percent_encoding::percent_decode_str(password).collect();
        self.add(&String::from_utf8_lossy(&decoded));
        let user: Vec<u8> = percent_encoding::percent_decode_str(user).collect();
        self.add(&base64_standard(&[user.as_slice(), b":", &decoded].concat()));
    }
}

/// Replaces every known secret by `[redacted]`, in every form in which it may appear: percent-encoded, in JSON, in
/// HTML and so on.
#[derive(Default)]
pub(crate) struct Redactor {
    secrets: Secrets,
    /// Every form of every secret, made when the first text comes. The longest ones come first, since a secret may
    /// contain another one.
    needles: OnceCell<Vec<Zeroizing<String>>>,
}

impl Redactor {
    /// Adds the secrets of an object that was read.
    pub fn collect(&mut self, fields: &Object) {
        fields.iter().for_each(|(name, value)| self.secrets.collect_field(name, *value));
        self.needles.take();
    }

    /// Adds the secrets of JSON as it was written: under repeated names too, and where it can't be read. What isn't JSON
    /// has none: no error repeats a part of it.
    pub fn collect_json(&mut self, json: &[u8]) {
        if let Some(json) = std::str::from_utf8(json).ok().and_then(|text| Given::parse(text).ok()) {
            self.secrets.collect(json);
            self.needles.take();
        }
    }

    pub fn add(&mut self, secret: &str) {
        if self.secrets.add(secret) {
            self.needles.take();
        }
    }

    fn needles(&self) -> &[Zeroizing<String>] {
        self.needles.get_or_init(|| {
            let mut needles: Vec<_> = self.secrets.iter().flat_map(forms_of).map(Zeroizing::new).collect();
            needles.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            needles.dedup();
            needles
        })
    }

    /// Whether the text is long enough for a secret. No form of a secret is shorter than the secret itself.
    fn may_contain_secret(&self, text: &str) -> bool {
        self.secrets.iter().any(|secret| secret.len() <= text.len())
    }

    /// The text without secrets. These are the known ones, and values that follow the name of a secret, as in
    /// incomplete JSON with tokens.
    pub fn text(&self, text: &str) -> String {
        let mut clean = text.to_owned();
        let needles = if self.may_contain_secret(text) { self.needles() } else { &[] };
        for needle in needles {
            if clean.contains(needle.as_str()) {
                clean = clean.replace(needle.as_str(), MASK);
            }
        }
        mask_named_values(&clean)
    }

    /// Redacts JSON: known secrets anywhere, even in names, and every value that has the name of a secret.
    pub fn json(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Number(number) => {
                let text = number.to_string();
                if self.text(&text) != text {
                    *value = Value::from(MASK);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            Value::Object(fields) => {
                for (name, mut value) in std::mem::take(fields) {
                    // X's error code is called `code` too: it is a number or a short word.
                    if name != "code" && is_secret_name(&name) {
                        mask_texts(&mut value);
                    } else {
                        self.json(&mut value);
                    }
                    fields.insert(self.text(&name), value);
                }
            }
            _ => {}
        }
    }
}

/// All forms of a secret: as it is, and as it is written in a query, a form, JSON and HTML.
fn forms_of(secret: &str) -> Vec<String> {
    // A longer value doesn't fit in a header or an address, so it is no secret. Its forms would take too much memory.
    const LONGEST: usize = 8192;
    if secret.len() > LONGEST {
        return vec![secret.to_owned()];
    }
    // A response of X may quote a JSON body in a JSON string.
    let json = json_escaped(secret);
    let json_twice = json_escaped(&json);
    // PHP escapes slashes in JSON.
    let json_of_php = json.replace('/', "\\/");
    let mut forms = vec![secret.to_owned(), json.clone(), json_twice, json_escaped(&json_of_php), json_of_php];
    for text in [secret, &json] {
        let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        // Go's templates escape the plus sign, those of JavaScript slashes and equals signs.
        forms.push(html.replace('\'', "&#39;").replace('+', "&#43;"));
        forms.push(html.replace('\'', "&#39;").replace('/', "&#x2F;").replace('=', "&#x3D;"));
        forms.extend([html.replace('\'', "&#39;"), html.replace('\'', "&#x27;"), html]);
    }
    // Python keeps slashes when it encodes a path.
    forms.push(percent_encode(secret.as_bytes()).replace("%2F", "/"));
    // A value that was sent encoded may come back encoded once more.
    for text in [secret, &json, &percent_encode(secret.as_bytes())] {
        forms.push(percent_encode(text.as_bytes()));
        forms.push(url::form_urlencoded::byte_serialize(text.as_bytes()).collect());
    }
    let lower: Vec<String> = forms.iter().filter(|form| form.contains('%')).map(|form| lower_escapes(form)).collect();
    forms.extend(lower);
    forms
}

fn json_escaped(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.strip_prefix('"').and_then(|quoted| quoted.strip_suffix('"')).unwrap_or(text).to_owned()
}

/// Percent-encoding in lower case (`%2f`), which is also used.
fn lower_escapes(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut lower = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let (escape, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        lower.push('%');
        lower.push_str(&escape.to_ascii_lowercase());
        lower.push_str(rest);
    }
    lower
}

fn mask_texts(value: &mut Value) {
    match value {
        Value::String(_) | Value::Number(_) => *value = Value::from(MASK),
        Value::Array(items) => items.iter_mut().for_each(mask_texts),
        Value::Object(fields) => fields.values_mut().for_each(mask_texts),
        _ => {}
    }
}

/// Masks the value in `"access_token":"abc`, `access_token=abc` and `oauth_signature%3D%22abc`. The text may be
/// incomplete. Only names with an underscore count here, since `code` and `token` are ordinary words too.
fn mask_named_values(text: &str) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_name) {
        let end = rest[start..].find(|c| !is_name(c)).map_or(rest.len(), |length| start + length);
        let mut name = &rest[start..end];
        if rest[..start].ends_with('%') {
            name = name.get(2..).unwrap_or("");
        }
        let named = name.contains('_') && is_secret_name(name);
        clean.push_str(&rest[..end]);
        rest = &rest[end..];
        if let Some((before, length)) = named.then(|| value_after_name(rest)).flatten() {
            clean.push_str(&rest[..before]);
            clean.push_str(MASK);
            rest = &rest[before + length..];
        }
    }
    clean.push_str(rest);
    clean
}

/// Where a value begins after its name, and its length, in bytes. `None` if no value follows.
fn value_after_name(text: &str) -> Option<(usize, usize)> {
    const QUOTES: &[&str] = &["\\\"", "\"", "'", "&quot;", "&#34;", "&#39;", "%22", "%27", "%5C%22", "%5c%22"];
    const EQUALS: &[&str] = &["=", "%3D", "%3d"];
    const COLONS: &[&str] = &[":", "%3A", "%3a"];
    /// After a name and a colon, a sentence may follow. A value of this many characters is not an ordinary word.
    const LONGER_THAN_WORDS: usize = 16;
    let (mut rest, mut separated, mut quoted, mut colon) = (text, false, false, false);
    while !rest.starts_with(MASK) {
        let strip = |marks: &[&str]| marks.iter().find_map(|mark| rest.strip_prefix(mark));
        rest = if let Some(rest) = strip(QUOTES) {
            quoted = separated;
            rest
        } else if let Some(rest) = strip(EQUALS) {
            separated = true;
            rest
        } else if let Some(rest) = strip(COLONS) {
            (separated, colon) = (true, true);
            rest
        } else if let Some(rest) = strip(&[" ", "[", "%20"]) {
            rest
        } else {
            break;
        };
    }
    let length = value_length(rest);
    let is_value = separated && length > 0 && (quoted || !colon || length >= LONGER_THAN_WORDS);
    is_value.then_some((text.len() - rest.len(), length))
}

/// The length of the value at the beginning of a text: of the characters that tokens and signatures consist of,
/// percent-encoded or not.
fn value_length(text: &str) -> usize {
    const ENDS: [&str; 8] = ["20", "22", "26", "27", "2C", "3C", "3E", "7D"];
    let goes_on = |(at, c): (usize, char)| match c {
        '%' => !text.get(at + 1..at + 3).is_some_and(|escape| ENDS.iter().any(|end| end.eq_ignore_ascii_case(escape))),
        _ => c.is_ascii_alphanumeric() || "-._~+/=:!*".contains(c),
    };
    text.char_indices().find(|next| !goes_on(*next)).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_of_a_secret_is_masked() {
        let mut redactor = Redactor::default();
        let request = json!({"parameters": {"client_secret": "a b/c+d\"e\n", "proxy": "http://u:p%40ss1@h:1"}});
        redactor.collect_json(request.to_string().as_bytes());
        for leak in ["x a b/c+d\"e y", "a%20b%2Fc%2Bd%22e", "a b/c+d\\\"e", "p%40ss1", "p@ss1"] {
            assert!(redactor.text(leak).contains(MASK), "{leak}");
        }
    }

    #[test]
    fn credentials_are_masked_as_pages_and_programs_write_them() {
        let mut redactor = Redactor::default();
        redactor.add("Y2lk/nM+Q==");
        for leak in [
            "Y2lk&#x2F;nM+Q&#x3D;&#x3D;",
            "Y2lk/nM&#43;Q==",
            "Y2lk\\/nM+Q==",
            "Y2lk\\\\/nM+Q==",
            "Y2lk/nM%2BQ%3D%3D",
            "Y2lk/nM%2bQ%3d%3d",
        ] {
            assert_eq!(redactor.text(&format!("Basic {leak}.")), "Basic [redacted].", "{leak}");
        }
    }

    #[test]
    fn no_form_is_shorter_than_its_secret() {
        for secret in ["plain", "a b/c+d\"e", "<&>'\"", "%2F%2f%zz%", "при вет", "\u{1}\n\\", "a%20b\u{1f600}"] {
            for form in forms_of(secret) {
                assert!(form.len() >= secret.len(), "{form} of {secret}");
            }
        }
    }

    #[test]
    fn a_secret_that_comes_late_is_masked_too() {
        let mut redactor = Redactor::default();
        redactor.add("planted1");
        assert_eq!(redactor.text("planted1 planted2"), "[redacted] planted2");
        redactor.add("planted2");
        assert_eq!(redactor.text("planted1 planted2"), "[redacted] [redacted]");
        assert_eq!(redactor.text("planted2"), MASK);
    }

    #[test]
    fn a_token_that_x_sent_is_masked_by_its_name() {
        let redactor = Redactor::default();
        let mut details = json!({"access_token": "fresh", "code": "89", "nested": ["{\"refresh_token\": \"brok"]});
        redactor.json(&mut details);
        assert_eq!(
            details,
            json!({"access_token": MASK, "code": "89", "nested": ["{\"refresh_token\": \"[redacted]"]})
        );
    }

    #[test]
    fn running_text_keeps_its_words() {
        for (text, clean) in [
            ("code_verifier: must be given", "code_verifier: must be given"),
            ("The access_token has expired. Bearer token?", "The access_token has expired. Bearer token?"),
            ("a=b&oauth_signature=ab%2Bc%3D&x=1", "a=b&oauth_signature=[redacted]&x=1"),
            ("oauth_signature%3D%22ab%252B%22%2C x", "oauth_signature%3D%22[redacted]%22%2C x"),
            ("{\"access_token\": \"abc", "{\"access_token\": \"[redacted]"),
            ("%26code_verifier%3Dabc%26", "%26code_verifier%3D[redacted]%26"),
            ("refresh_token: 0123456789abcdef", "refresh_token: [redacted]"),
            ("access_token=[redacted]", "access_token=[redacted]"),
            ("é%é access_token", "é%é access_token"),
        ] {
            assert_eq!(mask_named_values(text), clean);
        }
    }
}
