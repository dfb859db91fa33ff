//! From the arguments of a method to the JSON of a request. Values that are JSON keep their text, numbers their digits.

use std::collections::BTreeMap;

use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use twitter_core::message::{Language, Message};
use twitter_core::{merged_parameters, say, trimmed};

use super::text;
use super::variant::Argument;

const PARAMETERS: &str = "parameters";
const MEDIA_IDS: &str = "media_ids";
const FILES: &str = "files";
/// In these fields a text may be JSON. In all others a text that looks like JSON is still a text.
const MAY_BE_JSON: [&str; 5] = ["file", FILES, MEDIA_IDS, "poll_options", "fields"];

/// The fields of a request.
type Fields = BTreeMap<String, Box<RawValue>>;

/// A request, and the data that it refers to by index: `{"bytes":0}`.
#[derive(Debug)]
pub(super) struct Request<'a> {
    pub json: String,
    pub bytes: Vec<&'a [u8]>,
}

/// Arguments of which no request can be made.
#[derive(Debug)]
pub(super) struct Refusal {
    field: String,
    message: Message,
}

impl Refusal {
    pub fn new(field: &str, message: Message) -> Self {
        Refusal { field: field.to_owned(), message }
    }

    pub fn into_envelope(self, language: Language) -> String {
        // Without a function's name: nothing was sent, whichever function it was.
        twitter_core::invalid_request("", &self.field, self.message, language)
    }
}

/// From arguments in the order of `fields`. Behind them may stand one more: JSON with further fields.
pub(super) fn from_positional<'a>(
    fields: &[&str],
    arguments: &[Argument<'a>],
    property: &str,
) -> Result<Request<'a>, Refusal> {
    let mut request = Fields::new();
    let mut bytes = Vec::new();
    for (field, argument) in fields.iter().zip(arguments) {
        if let Some(value) = value_of(field, argument, &mut bytes)? {
            request.insert((*field).to_owned(), value);
        }
    }
    separate_files_from_ids(&mut request);
    for (field, value) in further_fields(arguments.get(fields.len()))? {
        if request.insert(field.clone(), value).is_some() {
            return Err(Refusal { field, message: say!(given_by_position_and_in_json) });
        }
    }
    merge_with_property(&mut request, property);
    Ok(Request { json: to_json(&request), bytes })
}

/// From the request as JSON text, and data that it refers to as `{"bytes":0}`.
pub(super) fn from_json<'a>(
    request: Option<&Argument<'a>>,
    data: Option<&Argument<'a>>,
    property: &str,
) -> Result<Request<'a>, Refusal> {
    let text = match request {
        None | Some(Argument::Absent) => "".into(),
        Some(argument) => argument.to_json_text().ok_or_else(|| Refusal::new("request", say!(request_is_json_text)))?,
    };
    let bytes = match data {
        None | Some(Argument::Absent) => Vec::new(),
        Some(Argument::Bytes(bytes)) => vec![*bytes],
        Some(_) => return Err(Refusal::new("data", say!(data_is_binary_data))),
    };
    Ok(Request { json: with_property_parameters(&text, property), bytes })
}

/// Text that isn't a JSON object is passed on as it is: the engine says what is wrong with it.
fn with_property_parameters(text: &str, property: &str) -> String {
    if property.is_empty() {
        return text.to_owned();
    }
    let text = trimmed(text);
    match if text.is_empty() { Some(Fields::new()) } else { serde_json::from_str(text).ok() } {
        Some(mut request) => {
            merge_with_property(&mut request, property);
            to_json(&request)
        }
        None => text.to_owned(),
    }
}

fn to_json(request: &Fields) -> String {
    serde_json::to_string(request).expect("texts and JSON are JSON")
}

fn value_of<'a>(
    field: &str,
    argument: &Argument<'a>,
    bytes: &mut Vec<&'a [u8]>,
) -> Result<Option<Box<RawValue>>, Refusal> {
    Ok(Some(match argument {
        Argument::Absent => return Ok(None),
        Argument::Bool(flag) => raw(flag),
        Argument::Number(digits) => parsed(digits).expect("digits are JSON"),
        Argument::Text(text) if MAY_BE_JSON.contains(&field) => json_or_text(text),
        Argument::Text(text) => raw(text),
        // The engine says what is wrong with it.
        Argument::InvalidUtf16(units) if field == PARAMETERS => raw(&text::with_escapes(units)),
        Argument::InvalidUtf16(units) => {
            let json = parsed(&text::with_escapes(units)).filter(|_| MAY_BE_JSON.contains(&field));
            json.unwrap_or_else(|| parsed(&text::json_string(units)).expect("a string"))
        }
        Argument::Bytes(data) => {
            bytes.push(data);
            raw(&json!({"bytes": bytes.len() - 1}))
        }
        Argument::Inexact => {
            let message = say!(platform_rounds_it);
            return Err(Refusal::new(field, message));
        }
        Argument::Unsupported => return Err(Refusal::new(field, say!(value_of_wrong_type))),
    }))
}

fn raw(value: &impl serde::Serialize) -> Box<RawValue> {
    to_raw_value(value).expect("texts and flags are JSON")
}

fn parsed(json: &str) -> Option<Box<RawValue>> {
    serde_json::from_str(json).ok()
}

fn json_or_text(text: &str) -> Box<RawValue> {
    let json = trimmed(text);
    let given = if json.starts_with(['[', '{']) { parsed(json) } else { None };
    given.unwrap_or_else(|| raw(&text))
}

/// OPI_Twitter takes ids and files in one list: what is no id becomes a file.
fn separate_files_from_ids(request: &mut Fields) {
    let Some(given) = request.remove(MEDIA_IDS) else { return };
    let items = match serde_json::from_str(given.get()) {
        Ok(items) => items,
        Err(_) if given.get() == r#""""# => return,
        Err(_) => vec![given],
    };
    let (ids, files): (Vec<Box<RawValue>>, _) = items.into_iter().partition(|item| is_id(item));
    for (field, items) in [(MEDIA_IDS, ids), (FILES, files)] {
        if !items.is_empty() {
            request.insert(field.to_owned(), raw(&items));
        }
    }
}

fn is_id(item: &RawValue) -> bool {
    match serde_json::from_str(item.get()) {
        Ok(Value::String(text)) => !text.is_empty() && trimmed(&text).bytes().all(|byte| byte.is_ascii_digit()),
        Ok(other) => other.is_number(),
        Err(_) => false,
    }
}

fn further_fields(argument: Option<&Argument>) -> Result<Fields, Refusal> {
    let refusal = || Refusal::new("request", say!(last_argument_is_an_object));
    match argument {
        None | Some(Argument::Absent) => Ok(Fields::new()),
        Some(argument) => {
            let text = argument.to_json_text().ok_or_else(refusal)?;
            let text = trimmed(&text);
            if text.is_empty() { Ok(Fields::new()) } else { serde_json::from_str(text).map_err(|_| refusal()) }
        }
    }
}

/// The property's parameters, overridden key by key by the call's own. OPI_Twitter does the same with its standard
/// parameters.
fn merge_with_property(request: &mut Fields, property: &str) {
    if property.is_empty() {
        return;
    }
    let property = raw(&property);
    let own = request.remove(PARAMETERS).filter(|own| !["null", r#""""#].contains(&own.get()));
    let parameters = match own {
        None => property,
        Some(own) => match merged_parameters(property.get(), own.get()) {
            Some(merged) => parsed(&merged).expect("an object"),
            // Parameters that can't be read are passed on as they are: the engine says what is wrong with them.
            None if merged_parameters(property.get(), "{}").is_none() => property,
            None => own,
        },
    };
    request.insert(PARAMETERS.to_owned(), parameters);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Argument<'static> {
        Argument::Text(text.to_owned())
    }

    fn json_of(request: Request) -> Value {
        serde_json::from_str(&request.json).unwrap()
    }

    #[test]
    fn arguments_stand_for_fields() {
        let picture = [1_u8, 2];
        let arguments =
            [text("[\"no list\"]"), Argument::Bytes(&picture), Argument::Absent, text(r#"{"alt_texts":"x"}"#)];
        let request = from_positional(&["text", FILES, PARAMETERS], &arguments, "keys.json").unwrap();
        assert_eq!(request.bytes, [&picture[..]]);
        assert_eq!(
            json_of(request),
            json!({"text": "[\"no list\"]", "files": {"bytes": 0}, "alt_texts": "x", "parameters": "keys.json"})
        );
    }

    #[test]
    fn an_array_is_json_or_one_value() {
        for (given, expected) in [
            (r#"["a","b"]"#, json!(["a", "b"])),
            ("a.png", json!("a.png")),
            ("[broken", json!("[broken")),
            (r#"{"path":"a"}"#, json!({"path": "a"})),
        ] {
            let request = from_positional(&[FILES], &[text(given)], "").unwrap();
            assert_eq!(json_of(request)["files"], expected, "{given}");
        }
    }

    #[test]
    fn media_that_are_no_ids_are_files() {
        for (given, expected) in [
            (r#"["123",456,"a.png"]"#, json!({"media_ids": ["123", 456], "files": ["a.png"]})),
            ("123", json!({"media_ids": ["123"]})),
            ("a.png", json!({"files": ["a.png"]})),
            ("", json!({})),
        ] {
            let request = from_positional(&[MEDIA_IDS], &[text(given)], "").unwrap();
            assert_eq!(json_of(request), expected, "{given}");
        }
    }

    #[test]
    fn parameters_take_precedence_over_the_property() {
        let property = r#"{"client_id":"a","client_secret":"b"}"#;
        let request = from_positional(&[PARAMETERS], &[text(r#"{"client_id":"c","client_secret":""}"#)], property);
        assert_eq!(json_of(request.unwrap()), json!({"parameters": {"client_id": "c", "client_secret": "b"}}));
        let request = from_json(Some(&text(r#"{"id":1,"parameters":{"proxy":"none"}}"#)), None, property).unwrap();
        let expected = json!({"id": 1, "parameters": {"client_id": "a", "client_secret": "b", "proxy": "none"}});
        assert_eq!(json_of(request), expected);
        // What is broken reaches the engine.
        let request = from_json(Some(&text("{broken")), None, property).unwrap();
        assert_eq!(request.json, "{broken");
        let request = from_positional(&[PARAMETERS], &[text("no such file")], property).unwrap();
        assert_eq!(json_of(request), json!({"parameters": "no such file"}));
    }

    #[test]
    fn numbers_and_json_keep_their_digits() {
        let arguments = [Argument::Number("1.10".to_owned()), text("[1.10, 12345678901234567890123]")];
        let further_fields = text("\u{feff}{\"query\":{\"a\":1e400}}");
        let request =
            from_positional(&["text", "poll_options"], &[&arguments[..], &[further_fields]].concat(), "").unwrap();
        let expected = r#"{"poll_options":[1.10, 12345678901234567890123],"query":{"a":1e400},"text":1.10}"#;
        assert_eq!(request.json, expected);
        let request = from_json(Some(&text("{\"text\":1e400}")), None, "{\"proxy\":\"none\"}").unwrap();
        assert!(request.json.contains("\"text\":1e400"), "{}", request.json);
        assert!(from_positional(&["text"], &[Argument::Inexact], "").is_err());
    }

    #[test]
    fn half_a_character_reaches_the_engine() {
        let cut = || Argument::InvalidUtf16(vec![0x61, 0xd83d]);
        assert_eq!(from_positional(&["text"], &[cut()], "").unwrap().json, r#"{"text":"a\ud83d"}"#);
        assert_eq!(from_json(Some(&cut()), None, "").unwrap().json, "a\\ud83d");
    }

    #[test]
    fn what_is_given_twice_is_refused() {
        let refusal = from_positional(&["text"], &[text("a"), text(r#"{"text":"b"}"#)], "").unwrap_err();
        assert_eq!(refusal.field, "text");
        assert!(refusal.into_envelope(Language::default()).contains("not_sent"));
        assert!(from_positional(&["text"], &[Argument::Unsupported], "").is_err());
    }
}
