//! JSON Schema of fields. It describes every form that the conversions accept.
//!
//! The first entry of a `type` list or an `anyOf` is the form that the bindings offer. The others are conversions.

use serde_json::{Value, json};

/// The characters of `is_invisible`, as a character class of a regular expression (ECMA-262).
const INVISIBLE: &str = r"\t-\r \u0085\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff";
/// X's ids.
const ID: &str = "[0-9]{1,19}";

/// A regular expression for `pattern` with invisible characters around it.
pub(crate) fn around(pattern: &str) -> String {
    format!("^[{INVISIBLE}]*({pattern})[{INVISIBLE}]*$")
}

/// Text, or another scalar, which is converted to its text.
pub(crate) fn of_text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

/// See `token`. At least one character where it has to be filled.
pub(super) fn token_pattern(filled: bool) -> String {
    around(if filled { "[!#-&(-~]+" } else { "[!#-&(-~]*" })
}

/// A whole number, or its digits.
pub(crate) fn of_whole(least: u64, most: u64) -> Value {
    json!({
        "type": ["integer", "string"],
        "minimum": least,
        "maximum": most,
        "pattern": around(&format!("0*({})", range(least, most))),
    })
}

/// The whole numbers of a type, whose name is a `format` (OpenAPI's registry).
pub(super) fn of_type(name: &str, most: u64) -> Value {
    let mut whole = of_whole(0, most);
    whole["format"] = name.into();
    whole
}

pub(super) fn of_flag() -> Value {
    json!({
        "type": ["boolean", "integer", "string"],
        "minimum": 0,
        "maximum": 1,
        "pattern": around(&format!("[01]|{}|{}", any_case("true"), any_case("false"))),
    })
}

pub(super) fn of_decimal() -> Value {
    json!({
        "type": ["number", "string"],
        "pattern": around(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"),
    })
}

pub(super) fn of_id() -> Value {
    json!({
        "type": ["string", "integer"],
        "pattern": around(ID),
        "minimum": 0,
        "maximum": 9_999_999_999_999_999_999_u64,
    })
}

/// Ids as a list, or one text with commas between them; not more than `most`.
pub(crate) fn of_ids(most: Option<usize>) -> Value {
    let mut list = json!({"type": "array", "items": of_id()});
    if let Some(most) = most {
        list["maxItems"] = most.into();
    }
    let further = most.map_or_else(String::new, |most| (most - 1).to_string());
    let mut text = of_id();
    text["pattern"] =
        format!("^[{INVISIBLE},]*{ID}([{INVISIBLE}]*,[{INVISIBLE},]*{ID}){{0,{further}}}[{INVISIBLE},]*$").into();
    json!({ "anyOf": [list, text] })
}

/// One of several words, in upper or lower case. The numbers 2 and 2.0 stand for the word 2.
pub(crate) fn of_words(names: &mut dyn Iterator<Item = &'static str>) -> Value {
    let names: Vec<&str> = names.collect();
    let numbers: Vec<f64> = names.iter().filter_map(|name| name.parse().ok()).collect();
    let words: Vec<String> = names.iter().map(|name| any_case(&name.replace('.', r"\."))).collect();
    let mut forms =
        vec![json!({"type": "string", "enum": names}), json!({"type": "string", "pattern": around(&words.join("|"))})];
    if !numbers.is_empty() {
        forms.push(json!({"enum": numbers}));
    }
    json!({ "anyOf": forms })
}

/// A list, or one value for a list of one; null and the empty text for an empty list.
pub(crate) fn of_list(item: Value, one: Value) -> Value {
    optional(json!({"anyOf": [{"type": "array", "items": item}, one]}))
}

/// Allows null and the empty text too, which mean that the field is absent.
pub(crate) fn optional(mut schema: Value) -> Value {
    if schema.as_object().is_some_and(serde_json::Map::is_empty) {
        return schema;
    }
    let absence = json!({"enum": [null, ""]});
    match schema.get_mut("anyOf") {
        Some(Value::Array(forms)) => {
            if !forms.contains(&absence) {
                forms.push(absence);
            }
            schema
        }
        _ => json!({"anyOf": [schema, absence]}),
    }
}

/// The form that the bindings offer.
pub(crate) fn first_form(schema: &mut Value) -> &mut Value {
    if schema.get("anyOf").is_some() { first_form(&mut schema["anyOf"][0]) } else { schema }
}

fn any_case(word: &str) -> String {
    let letter = |c: char| match c.is_ascii_alphabetic() {
        true => format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase()),
        false => c.to_string(),
    };
    word.chars().map(letter).collect()
}

/// A regular expression for the whole numbers from `least` to `most`, without leading zeros.
pub(crate) fn range(least: u64, most: u64) -> String {
    let (shortest, longest) = (least.to_string().len(), most.to_string().len());
    let of_length = |length: usize| {
        let (zeros, nines) = (format!("1{}", "0".repeat(length - 1)), "9".repeat(length));
        let from = if length == shortest { least.to_string() } else { zeros };
        let to = if length == longest { most.to_string() } else { nines };
        same_length(from.as_bytes(), to.as_bytes())
    };
    (shortest..=longest).map(of_length).collect::<Vec<_>>().join("|")
}

fn same_length(from: &[u8], to: &[u8]) -> String {
    let ([first, from_rest @ ..], [last, to_rest @ ..]) = (from, to) else { return String::new() };
    let any = |count: usize| if count == 0 { String::new() } else { format!("[0-9]{{{count}}}") };
    let rest = from_rest.len();
    if from_rest.iter().all(|digit| *digit == b'0') && to_rest.iter().all(|digit| *digit == b'9') {
        return format!("[{}-{}]{}", *first as char, *last as char, any(rest));
    }
    if first == last {
        return format!("{}({})", *first as char, same_length(from_rest, to_rest));
    }
    let mut parts = vec![format!("{}({})", *first as char, same_length(from_rest, "9".repeat(rest).as_bytes()))];
    if last - first > 1 {
        parts.push(format!("[{}-{}]{}", (first + 1) as char, (last - 1) as char, any(rest)));
    }
    parts.push(format!("{}({})", *last as char, same_length("0".repeat(rest).as_bytes(), to_rest)));
    parts.join("|")
}
