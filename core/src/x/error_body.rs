//! Reads the body of a refusal, in every form that X uses: the problem document (RFC 9457), a list of errors, OAuth's
//! `error` (RFC 6749 section 5.2), `code` and `message` alone, the XML of the OAuth 1.0a endpoints, and plain text.
//! HTML and any other XML don't come from X.

use http::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;

use crate::base::encoding::without_mark;
use crate::base::json::from_json;
use crate::x::redaction::is_secret_name;

/// How many characters of X's words a message repeats.
const LONGEST_WORDS: usize = 500;
/// How many bytes of a body that isn't JSON are kept in `details`.
const LONGEST_TEXT: usize = 4096;
/// How many bytes are searched for secrets at least: more than are kept, so that a secret at the place of the cut is
/// still found.
const LONGEST_READ: usize = 4 * LONGEST_TEXT;
/// How many bytes are searched at most. A body of which so much becomes so little holds hardly anything but secrets.
const MOST_READ: usize = 1 << 20;
/// How many errors of a list a message repeats.
const MOST_ERRORS: usize = 3;

/// Who wrote a body, as far as its form shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Writer {
    /// There is no body.
    #[default]
    Nobody,
    /// The body is JSON, or the XML of the OAuth 1.0a endpoints.
    X,
    /// The body is plain text, which X and proxies send.
    Anybody,
    /// The body is HTML or other XML. Something between here and X wrote it, such as a proxy.
    NotX,
}

/// The kinds of endpoints, by the form of their errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Api,
    /// OAuth 2.0: a single word in `error` is a code.
    Token,
    /// OAuth 1.0a: plain texts and forms have the content type of HTML.
    OAuth1,
}

/// What a body says.
#[derive(Debug, Default)]
pub(crate) struct ErrorBody {
    pub writer: Writer,
    /// X's error code: a number or a word.
    pub code: Option<String>,
    pub title: Option<String>,
    /// The text for a person, in one line and without a full stop. For an HTML page: its title.
    pub words: Option<String>,
    /// What follows `/problems/` in the problem's type. The part before it varies.
    pub kind: Option<String>,
    /// X's more exact reason within the type, such as `client-not-enrolled`.
    pub reason: Option<String>,
    /// The period of a usage cap: `Monthly` or `Daily`.
    pub period: Option<String>,
    /// The whole body if it is JSON, else its beginning as text.
    pub details: Option<Value>,
}

impl ErrorBody {
    /// `clean` removes secrets from a text.
    pub fn read(headers: &HeaderMap, body: &[u8], endpoint: Endpoint, clean: &dyn Fn(&str) -> String) -> ErrorBody {
        let body = without_mark(body);
        if body.iter().all(u8::is_ascii_whitespace) {
            return ErrorBody::default();
        }
        let mut read = match from_json::<Value>(body) {
            Some(Value::Null) => return ErrorBody::default(),
            Some(value) => ErrorBody::of_json(value, endpoint),
            None => ErrorBody::of_text(headers, body, endpoint, clean),
        };
        read.words = read.words.map(|words| in_one_line(&clean(&words))).filter(|words| !words.is_empty());
        read
    }

    /// Reads a body that was parsed already, of an endpoint of the API. Secrets are not removed.
    pub fn of_value(value: Value) -> ErrorBody {
        let mut read = ErrorBody::of_json(value, Endpoint::Api);
        read.words = read.words.map(|words| in_one_line(&words)).filter(|words| !words.is_empty());
        read
    }

    fn of_json(value: Value, endpoint: Endpoint) -> ErrorBody {
        let entries = entries_of(&value);
        let field = |name: &str| text(&value, name).or_else(|| entries.iter().find_map(|entry| text(entry, name)));
        let problem = field("type").and_then(|kind| Some(kind.split_once("/problems/")?.1.to_owned()));
        ErrorBody {
            writer: Writer::X,
            code: field("code").or_else(|| oauth_code(&value, endpoint)),
            title: field("title"),
            words: words_of(&value, &entries),
            kind: problem.map(|kind| kind.trim_end_matches('/').to_owned()),
            reason: field("reason"),
            period: field("period"),
            details: Some(value),
        }
    }

    fn of_text(headers: &HeaderMap, body: &[u8], endpoint: Endpoint, clean: &dyn Fn(&str) -> String) -> ErrorBody {
        let text = beginning(body, LONGEST_READ);
        let details = Some(text_of(body, clean));
        if let Some((code, words)) = read_x_xml(&text) {
            return ErrorBody { writer: Writer::X, code, words: Some(words), details, ..ErrorBody::default() };
        }
        if is_markup(body) || (endpoint != Endpoint::OAuth1 && is_html(headers)) {
            return ErrorBody { writer: Writer::NotX, words: page_title(&text), details, ..ErrorBody::default() };
        }
        // Incomplete JSON is not a sentence. Nor is compressed text or UTF-16.
        let is_sentence = |text: &String| {
            let is_odd = |byte: u8| byte < b' ' && !byte.is_ascii_whitespace();
            !text.trim_start().starts_with(['{', '[']) && !text.bytes().any(is_odd)
        };
        let words = Some(text).filter(is_sentence);
        ErrorBody { writer: Writer::Anybody, words, details, ..ErrorBody::default() }
    }

    /// Whether X's words are this sentence, which is given without a full stop. Case doesn't matter, nor does the
    /// prefix of the OAuth 1.0a endpoints.
    pub fn says(&self, sentence: &str) -> bool {
        let words = self.words.as_deref().unwrap_or_default();
        let words = words.strip_prefix("Error processing your OAuth request: ").unwrap_or(words);
        words.eq_ignore_ascii_case(sentence)
    }

    pub fn has_code(&self, codes: &[&str]) -> bool {
        self.code.as_deref().is_some_and(|code| codes.contains(&code))
    }

    pub fn has_kind(&self, kind: &str) -> bool {
        self.kind.as_deref() == Some(kind)
    }
}

/// Whether the content type is HTML.
fn is_html(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"].iter().any(|html| essence.eq_ignore_ascii_case(html))
}

/// Whether a body begins like HTML or XML.
pub(crate) fn is_markup(body: &[u8]) -> bool {
    without_mark(body).trim_ascii_start().starts_with(b"<")
}

/// The beginning of a body as text for `details`, without secrets.
pub(crate) fn text_of(body: &[u8], clean: &dyn Fn(&str) -> String) -> Value {
    let mut text = clean(&beginning(body, LONGEST_READ));
    let mut read = LONGEST_READ;
    // Secrets became shorter, so the place of the cut came nearer to what is kept.
    while text.len() < LONGEST_READ && read < body.len() {
        if read >= MOST_READ {
            return Value::from("");
        }
        read *= 2;
        text = clean(&beginning(body, read));
    }
    let end = (0..=LONGEST_TEXT.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.truncate(end.unwrap_or(0));
    Value::from(text.replace('\0', "\u{fffd}"))
}

/// The beginning of a body.
fn beginning(body: &[u8], longest: usize) -> String {
    String::from_utf8_lossy(&body[..body.len().min(longest)]).into_owned()
}

/// The text in one line: white space becomes one blank, a long text is cut. The full stop is removed, since the message
/// goes on after it.
fn in_one_line(text: &str) -> String {
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    let end = line.char_indices().nth(LONGEST_WORDS).map(|(end, _)| end);
    match end {
        Some(end) => format!("{}…", &line[..end]),
        None => line.trim_end_matches('.').to_owned(),
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    match value.get(name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The errors in a body: the items of the body itself if it is a list, those of `errors`, and those of `error`.
/// `errors` and `error` may also be one object, and `errors` one text.
fn entries_of(value: &Value) -> Vec<&Value> {
    let lists = [Some(value).filter(|value| value.is_array()), value.get("errors"), value.get("error")];
    let mut entries = Vec::new();
    for list in lists.into_iter().flatten() {
        match list {
            Value::Array(items) => entries.extend(items),
            Value::Object(_) => entries.push(list),
            Value::String(_) if value.get("errors") == Some(list) => entries.push(list),
            _ => {}
        }
    }
    entries
}

/// The code in the field `error` (RFC 6749 section 5.2). Outside of OAuth, X writes a sentence there.
fn oauth_code(value: &Value, endpoint: Endpoint) -> Option<String> {
    let error = value.get("error")?.as_str()?;
    let is_word = !error.is_empty() && error.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    (is_word && (endpoint == Endpoint::Token || value.get("error_description").is_some())).then(|| error.to_owned())
}

/// The text for a person. The entries of a list of errors say more than the text beside the list, so they come first.
fn words_of(value: &Value, entries: &[&Value]) -> Option<String> {
    let mut all: Vec<String> = entries.iter().flat_map(|entry| words_of_entry(entry)).collect();
    if all.is_empty() {
        all = named_words(value, &["detail", "error_description", "message", "error", "title"]);
    }
    if all.is_empty() {
        all = value.pointer("/data/errors").map(words_of_entry).unwrap_or_default();
    }
    let mut said: Vec<&str> = Vec::new();
    for words in &all {
        let words = words.trim().trim_end_matches('.');
        if said.len() < MOST_ERRORS && !said.contains(&words) {
            said.push(words);
        }
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// The texts of the first of these fields that has one, its name in any case; of a text, the text itself.
fn named_words(value: &Value, names: &[&str]) -> Vec<String> {
    let Value::Object(fields) = value else { return value.as_str().map(str::to_owned).into_iter().collect() };
    for name in names {
        let field = fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        let words = match field {
            Some((_, Value::Number(number))) => vec![number.to_string()],
            Some((_, value)) => words_of_entry(value),
            None => Vec::new(),
        };
        if !words.is_empty() {
            return words;
        }
    }
    Vec::new()
}

/// The texts of one error. If it has no known field for a text, the texts and the lists of texts in it are taken, as in
/// `{"errors":{"text":["is too long"]}}`; but not those of a field that may hold a secret.
fn words_of_entry(entry: &Value) -> Vec<String> {
    let is_text =
        |value: &Value| value.is_string() || value.as_array().is_some_and(|items| items.iter().all(Value::is_string));
    match entry {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()).into_iter().collect(),
        Value::Object(fields) => {
            let named = named_words(entry, &["message", "detail", "error_description", "title", "error", "errors"]);
            if !named.is_empty() {
                return named;
            }
            let others = fields.iter().filter(|(name, value)| is_text(value) && !is_secret_name(name));
            others.flat_map(|(_, value)| words_of_entry(value)).collect()
        }
        Value::Array(items) => items.iter().flat_map(words_of_entry).collect(),
        _ => Vec::new(),
    }
}

/// Code and text of X's XML: `<errors><error code="415">…</error></errors>`, or the older
/// `<hash><request>…</request><error>…</error></hash>`.
fn read_x_xml(text: &str) -> Option<(Option<String>, String)> {
    let mut root = text.trim_start_matches('\u{feff}').trim_start();
    if root.starts_with("<?xml") {
        root = root.split_once("?>")?.1.trim_start();
    }
    let inside = ["<errors>", "<hash>"].iter().find_map(|tag| root.strip_prefix(tag))?;
    let (attributes, rest) = inside.split_once("<error")?.1.split_once('>')?;
    let (words, _) = rest.split_once("</error>")?;
    let code = attributes.split_once("code=").map(|(_, value)| value.trim_matches(['"', '\'', '/', ' ']).to_owned());
    Some((code, unescaped(words)))
}

fn page_title(page: &str) -> Option<String> {
    // Only ASCII letters change, so positions in `lower` are the same in `page`.
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    Some(unescaped(&page[start..end]))
}

fn unescaped(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    entities.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read_as(content_type: &str, body: &[u8]) -> ErrorBody {
        let headers = [(CONTENT_TYPE, content_type.parse().unwrap())].into_iter().collect();
        ErrorBody::read(&headers, body, Endpoint::Api, &str::to_owned)
    }

    fn read(body: Value) -> ErrorBody {
        read_as("application/json", body.to_string().as_bytes())
    }

    #[test]
    fn every_shape_of_json_is_read() {
        for (body, code, words) in [
            (json!({"title": "Forbidden", "detail": "No way."}), None, Some("No way")),
            (
                json!({"errors": [{"parameters": {}, "message": "Bad ids."}], "detail": "One or more."}),
                None,
                Some("Bad ids"),
            ),
            (
                json!({"errors": [{"message": "One."}, {"message": "Two."}, {"message": "One."}]}),
                None,
                Some("One; Two"),
            ),
            (json!({"errors": [{"code": 187, "message": "Twice."}]}), Some("187"), Some("Twice")),
            (json!({"errors": "Status is a duplicate."}), None, Some("Status is a duplicate")),
            (json!({"errors": ["Told as a text."]}), None, Some("Told as a text")),
            (json!({"errors": {"message": "Told in an object.", "code": 7}}), Some("7"), Some("Told in an object")),
            (json!({"errors": {"text": ["is too long"]}}), None, Some("is too long")),
            (json!({"errors": [{"detail": "In a list.", "title": "T"}]}), None, Some("In a list")),
            (json!({"error": {"message": "An object.", "code": 32}}), Some("32"), Some("An object")),
            (json!({"request": "/1.1/a", "error": "media type unrecognized."}), None, Some("media type unrecognized")),
            (json!({"request": "/1.1/a", "error": "unrecognized"}), None, Some("unrecognized")),
            (
                json!({"error": "invalid_request", "error_description": "Spent."}),
                Some("invalid_request"),
                Some("Spent"),
            ),
            (json!({"code": 88, "message": "Slow down"}), Some("88"), Some("Slow down")),
            (json!({"detail": "Alone."}), None, Some("Alone")),
            (json!([{"code": 34, "message": "In a bare list."}]), Some("34"), Some("In a bare list")),
            (json!("A text."), None, Some("A text")),
            (json!({"title": "Only a title"}), None, Some("Only a title")),
            (json!({"errors": [{"errors": [{"message": "In a list of a list."}]}]}), None, Some("In a list of a list")),
            (json!({"error": {"errors": [{"message": "Deep."}], "code": 5}}), Some("5"), Some("Deep")),
            (json!({"errors": [{"message": {"text": "An object of words."}}]}), None, Some("An object of words")),
            (json!({"message": ["One.", "Two."]}), None, Some("One; Two")),
            (json!({"Message": "By another name."}), None, Some("By another name")),
            (json!({"errors": [{"parameters": {"id": ["x"]}}], "detail": "One or more."}), None, Some("One or more")),
            (json!({"errors": [{"access_token": "a key", "text": ["is too long"]}]}), None, Some("is too long")),
            (json!({"access_token": "a key", "token_type": "bearer"}), None, None),
            (json!({"data": {"id": "1", "processing_info": {"state": "failed"}}}), None, None),
            (json!({"errors": [7], "title": {}}), None, None),
            (json!({"errors": {}}), None, None),
            (json!(7), None, None),
        ] {
            let read = read(body.clone());
            assert_eq!((read.code.as_deref(), read.words.as_deref()), (code, words), "{body}");
            assert_eq!((read.writer, read.details.as_ref()), (Writer::X, Some(&body)));
        }
        let typed = read(json!({"errors": [{"type": "https://api.twitter.com/2/problems/credits/"}]}));
        assert_eq!(typed.kind.as_deref(), Some("credits"));
        let headers = [(CONTENT_TYPE, "text/html".parse().unwrap())].into_iter().collect();
        for (body, writer) in [("Failed to validate", Writer::Anybody), ("<html>Failed</html>", Writer::NotX)] {
            let read = ErrorBody::read(&headers, body.as_bytes(), Endpoint::OAuth1, &str::to_owned);
            assert_eq!(read.writer, writer, "{body}");
        }
        let token =
            ErrorBody::read(&HeaderMap::new(), br#"{"error":"invalid_grant"}"#, Endpoint::Token, &str::to_owned);
        assert_eq!(token.code.as_deref(), Some("invalid_grant"));
    }

    #[test]
    fn texts_and_pages_are_told_apart() {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><errors><error code=\"415\">Not &quot;approved&quot;.</error></errors>";
        for (content_type, body, writer, code, words) in [
            ("application/xml", xml, Writer::X, Some("415"), Some("Not \"approved\"")),
            (
                "application/xml",
                "<hash>\n<request>/1/a</request>\n<error>Not so.</error></hash>",
                Writer::X,
                None,
                Some("Not so"),
            ),
            ("application/xml", "<Error><Code>AccessDenied</Code></Error>", Writer::NotX, None, None),
            (
                "text/html",
                "<!DOCTYPE html><title>Attention&nbsp;Required</title>",
                Writer::NotX,
                None,
                Some("Attention Required"),
            ),
            ("text/plain", " \n<html></html>", Writer::NotX, None, None),
            ("text/html; charset=utf-8", "blocked", Writer::NotX, None, None),
            ("text/plain", "Bad  request:\n\tno.", Writer::Anybody, None, Some("Bad request: no")),
            ("text/plain", " \n", Writer::Nobody, None, None),
            ("application/json", "{\"title\":\"Forb", Writer::Anybody, None, None),
            ("application/json", "\x1f\u{8b}\x08compressed", Writer::Anybody, None, None),
        ] {
            let read = read_as(content_type, body.as_bytes());
            assert_eq!((read.writer, read.code.as_deref(), read.words.as_deref()), (writer, code, words), "{body}");
        }
    }

    #[test]
    fn no_part_of_a_secret_stays_before_the_cut() {
        let mut redactor = crate::x::redaction::Redactor::default();
        redactor.add("canary-of-the-account");
        for padding in 4070..4100 {
            let body = format!("{}canary-of-the-account{}", "x".repeat(padding), "ж".repeat(100));
            let read =
                ErrorBody::read(&HeaderMap::new(), body.as_bytes(), Endpoint::Api, &|text: &str| redactor.text(text));
            let text = read.details.as_ref().and_then(Value::as_str).unwrap();
            assert!(!text.contains("can") && text.len() <= 4096, "{padding}");
        }
    }

    #[test]
    fn a_body_full_of_secrets_shows_no_part_of_the_last_one() {
        let mut redactor = crate::x::redaction::Redactor::default();
        let secret = format!("canary-{}", "x".repeat(80));
        redactor.add(&secret);
        for count in [190, 200, 1000, 5000, 20_000] {
            let body = format!("<p>{}", format!("{secret} ").repeat(count));
            let text = text_of(body.as_bytes(), &|text: &str| redactor.text(text));
            assert!(!text.to_string().contains("can"), "{count}");
        }
    }
}
