//! From the arguments of a method to the JSON of a request.

use serde_json::{Map, Value, json};
use twitter_core::parameters_object;

use super::variant::Argument;

const PARAMETERS: &str = "parameters";
const MEDIA_IDS: &str = "media_ids";
const FILES: &str = "files";
/// What these take may be JSON text; elsewhere a text that looks like JSON is still a text.
const MAY_BE_JSON: [&str; 5] = ["file", FILES, MEDIA_IDS, "poll_options", "fields"];

/// A request, and the data that it names by their index.
#[derive(Debug)]
pub(super) struct Request<'a> {
    pub json: String,
    pub bytes: Vec<&'a [u8]>,
}

/// Arguments of which no request can be made.
#[derive(Debug, PartialEq)]
pub(super) struct Refusal {
    field: String,
    message: &'static str,
}

impl Refusal {
    pub fn new(field: &str, message: &'static str) -> Self {
        Refusal { field: field.to_owned(), message }
    }

    pub fn into_envelope(self) -> String {
        // Of no function by name: nothing was sent, whichever it was.
        twitter_core::invalid_request("", &self.field, self.message)
    }
}

/// Arguments in the order of `fields`; behind them, JSON of further fields.
pub(super) fn positional<'a>(
    fields: &[&str],
    arguments: &[Argument<'a>],
    property: &str,
) -> Result<Request<'a>, Refusal> {
    let mut request = Map::new();
    let mut bytes = Vec::new();
    for (field, argument) in fields.iter().zip(arguments) {
        if let Some(value) = value_of(field, argument, &mut bytes)? {
            request.insert((*field).to_owned(), value);
        }
    }
    upload_what_is_no_id(&mut request);
    for (field, value) in further(arguments.get(fields.len()))? {
        if request.insert(field.clone(), value).is_some() {
            return Err(Refusal { field, message: "The field is given twice: by position and in the JSON." });
        }
    }
    lay_over_property(&mut request, property);
    Ok(Request { json: Value::Object(request).to_string(), bytes })
}

/// The request as JSON text, and data that it names `{"bytes":0}`.
pub(super) fn whole<'a>(
    request: Option<&Argument<'a>>,
    data: Option<&Argument<'a>>,
    property: &str,
) -> Result<Request<'a>, Refusal> {
    let text = match request {
        None | Some(Argument::Absent) => "",
        Some(Argument::Text(text)) => text,
        Some(_) => return Err(Refusal::new("request", "The request is JSON text.")),
    };
    let bytes = match data {
        None | Some(Argument::Absent) => Vec::new(),
        Some(Argument::Bytes(bytes)) => vec![*bytes],
        Some(_) => return Err(Refusal::new("data", "The data is BinaryData.")),
    };
    Ok(Request { json: with_property(text, property), bytes })
}

/// What isn't a JSON object goes on as it is: the engine says what is wrong with it.
fn with_property(text: &str, property: &str) -> String {
    if property.is_empty() {
        return text.to_owned();
    }
    let request = if text.trim().is_empty() { Some(Map::new()) } else { serde_json::from_str(text).ok() };
    match request {
        Some(mut request) => {
            lay_over_property(&mut request, property);
            Value::Object(request).to_string()
        }
        None => text.to_owned(),
    }
}

fn value_of<'a>(field: &str, argument: &Argument<'a>, bytes: &mut Vec<&'a [u8]>) -> Result<Option<Value>, Refusal> {
    Ok(Some(match argument {
        Argument::Absent => return Ok(None),
        Argument::Flag(flag) => Value::Bool(*flag),
        Argument::Number(number) => Value::Number(number.clone()),
        Argument::Text(text) if MAY_BE_JSON.contains(&field) => list_or_object(text),
        Argument::Text(text) => Value::String(text.clone()),
        Argument::Bytes(data) => {
            bytes.push(data);
            json!({"bytes": bytes.len() - 1})
        }
        Argument::Other => return Err(Refusal::new(field, "A value of this type can't be given here.")),
    }))
}

fn list_or_object(text: &str) -> Value {
    let parsed = text.trim_start().starts_with(['[', '{']).then(|| serde_json::from_str(text).ok()).flatten();
    parsed.unwrap_or_else(|| text.into())
}

/// The original takes ids and files in one list.
fn upload_what_is_no_id(request: &mut Map<String, Value>) {
    let Some(given) = request.shift_remove(MEDIA_IDS) else { return };
    let items = match given {
        Value::Array(items) => items,
        Value::String(text) if text.is_empty() => return,
        one => vec![one],
    };
    let (ids, files): (Vec<Value>, Vec<Value>) = items.into_iter().partition(is_id);
    for (field, items) in [(MEDIA_IDS, ids), (FILES, files)] {
        if !items.is_empty() {
            request.insert(field.to_owned(), items.into());
        }
    }
}

fn is_id(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.is_empty() && text.trim().bytes().all(|byte| byte.is_ascii_digit()),
        other => other.is_number(),
    }
}

fn further(argument: Option<&Argument>) -> Result<Map<String, Value>, Refusal> {
    let refusal = || Refusal::new("request", "The last argument is a JSON object of further fields.");
    match argument {
        None | Some(Argument::Absent) => Ok(Map::new()),
        Some(Argument::Text(text)) if text.trim().is_empty() => Ok(Map::new()),
        Some(Argument::Text(text)) => serde_json::from_str(text).map_err(|_| refusal()),
        Some(_) => Err(refusal()),
    }
}

/// The call's own parameters, key by key, over those of the property: as the original lays them over
/// its standard parameters.
fn lay_over_property(request: &mut Map<String, Value>, property: &str) {
    if property.is_empty() {
        return;
    }
    let own = request.shift_remove(PARAMETERS).filter(|own| !own.is_null() && own.as_str() != Some(""));
    let parameters = match own {
        None => property.into(),
        // What can't be read goes on as it is: the engine says what is wrong with it.
        Some(own) => match (parameters_object(property.into()), parameters_object(own.clone())) {
            (Some(mut below), Some(above)) => {
                below.extend(above);
                Value::Object(below)
            }
            (None, _) => property.into(),
            (_, None) => own,
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
        let request = positional(&["text", FILES, PARAMETERS], &arguments, "keys.json").unwrap();
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
            let request = positional(&[FILES], &[text(given)], "").unwrap();
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
            let request = positional(&[MEDIA_IDS], &[text(given)], "").unwrap();
            assert_eq!(json_of(request), expected, "{given}");
        }
    }

    #[test]
    fn parameters_lie_over_the_property() {
        let property = r#"{"client_id":"a","client_secret":"b"}"#;
        let request = positional(&[PARAMETERS], &[text(r#"{"client_id":"c","client_secret":""}"#)], property);
        assert_eq!(json_of(request.unwrap()), json!({"parameters": {"client_id": "c", "client_secret": "b"}}));
        let request = whole(Some(&text(r#"{"id":1,"parameters":{"proxy":"none"}}"#)), None, property).unwrap();
        let expected = json!({"id": 1, "parameters": {"client_id": "a", "client_secret": "b", "proxy": "none"}});
        assert_eq!(json_of(request), expected);
        // What is broken reaches the engine.
        let request = whole(Some(&text("{broken")), None, property).unwrap();
        assert_eq!(request.json, "{broken");
        let request = positional(&[PARAMETERS], &[text("no such file")], property).unwrap();
        assert_eq!(json_of(request), json!({"parameters": "no such file"}));
    }

    #[test]
    fn what_is_given_twice_is_refused() {
        let refusal = positional(&["text"], &[text("a"), text(r#"{"text":"b"}"#)], "").unwrap_err();
        assert_eq!(refusal.field, "text");
        assert!(refusal.into_envelope().contains("not_sent"));
        assert!(positional(&["text"], &[Argument::Other], "").is_err());
    }
}
