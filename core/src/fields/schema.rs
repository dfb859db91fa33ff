//! JSON Schema of fields. It describes every form that the conversions accept.
//!
//! The first entry of a `type` list or an `anyOf` is the form that the bindings offer. The others are conversions.

use serde_json::Value;

/// The characters of `is_invisible`, as a character class of a regular expression (ECMA-262).
const INVISIBLE: &str = r"\t-\r \u0085\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff";
const WHOLE: &str = r#"{"type":["integer","string"],"minimum":"$0","maximum":"$1","pattern":"$2"}"#;
/// X's ids.
const ID: &str = "[0-9]{1,19}";

/// A regular expression for `pattern` with invisible characters around it.
pub(crate) fn around(pattern: &str) -> String {
    format!("^[{INVISIBLE}]*({pattern})[{INVISIBLE}]*$")
}

/// What a template takes. It is lent as a trait object, so that each of the many uses of `filled` takes little code.
pub(crate) trait Fills {
    fn value(&self) -> Value;
}

impl<T: Clone + Into<Value>> Fills for T {
    fn value(&self) -> Value {
        self.clone().into()
    }
}

/// The JSON of a template: `"$0"` stands for the first value, as a value or as a name. Parsing templates takes a fifth of
/// the code that `json!` takes for as many objects.
pub(crate) fn filled(json: &str, values: &[&dyn Fills]) -> Value {
    fn fill(value: Value, values: &[&dyn Fills]) -> Value {
        let named = |text: &str| values.get(text.strip_prefix('$')?.parse::<usize>().ok()?).map(|value| value.value());
        match value {
            Value::String(text) => named(&text).unwrap_or(Value::String(text)),
            Value::Array(items) => items.into_iter().map(|item| fill(item, values)).collect(),
            Value::Object(fields) => {
                let name = |name: String| match named(&name) {
                    Some(Value::String(named)) => named,
                    _ => name,
                };
                fields.into_iter().map(|(field, value)| (name(field), fill(value, values))).collect()
            }
            other => other,
        }
    }
    fill(json.parse().unwrap_or_default(), values)
}

/// Text, or another scalar, which is converted to its text.
pub(crate) fn of_text() -> Value {
    filled(r#"{"type":["string","number","boolean"]}"#, &[])
}

/// See `token`. At least one character where it has to be filled.
pub(super) fn token_pattern(filled: bool) -> String {
    around(if filled { "[!#-&(-~]+" } else { "[!#-&(-~]*" })
}

/// A whole number, or its digits.
pub(crate) fn of_whole(least: u64, most: u64) -> Value {
    let pattern = around(&format!("0*({})", range(least, most)));
    filled(WHOLE, &[&least, &most, &pattern])
}

/// The whole numbers of a type, whose name is a `format` (OpenAPI's registry).
pub(super) fn of_type(name: &str, most: u64) -> Value {
    let mut whole = of_whole(0, most);
    whole["format"] = name.into();
    whole
}

/// A whole number that may be negative, or its digits.
pub(crate) fn of_signed(least: i64, most: i64) -> Value {
    let digits = |from: i64, to: i64| range(from.unsigned_abs(), to.unsigned_abs());
    let mut pattern = format!("[+]?0*({})", digits(least.max(0), most.max(least).max(0)));
    if least <= 0 {
        pattern += &format!("|-0*({})", digits(most.min(0).max(least), least));
    }
    filled(WHOLE, &[&least, &most, &around(&pattern)])
}

pub(crate) fn of_flag() -> Value {
    let pattern = around("[01]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]");
    filled(r#"{"type":["boolean","integer","string"],"minimum":0,"maximum":1,"pattern":"$0"}"#, &[&pattern])
}

pub(crate) fn of_decimal() -> Value {
    let pattern = around(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?");
    filled(r#"{"type":["number","string"],"pattern":"$0"}"#, &[&pattern])
}

pub(crate) fn of_id() -> Value {
    let template = r#"{"type":["string","integer"],"pattern":"$0","minimum":0,"maximum":9999999999999999999}"#;
    filled(template, &[&around(ID)])
}

/// Ids as a list, or one text with commas between them; not more than `most`.
pub(crate) fn of_ids(most: Option<usize>) -> Value {
    let mut list = filled(r#"{"type":"array","items":"$0"}"#, &[&of_id()]);
    if let Some(most) = most {
        list["maxItems"] = most.into();
    }
    let further = most.map_or_else(String::new, |most| (most - 1).to_string());
    let mut text = of_id();
    text["pattern"] =
        format!("^[{INVISIBLE},]*{ID}([{INVISIBLE}]*,[{INVISIBLE},]*{ID}){{0,{further}}}[{INVISIBLE},]*$").into();
    filled(r#"{"anyOf":["$0","$1"]}"#, &[&list, &text])
}

/// One of several words, in upper or lower case. The numbers 2 and 2.0 stand for the word 2.
pub(crate) fn of_words(names: &mut dyn Iterator<Item = &'static str>) -> Value {
    let names: Vec<&str> = names.collect();
    let numbers: Vec<f64> = names.iter().filter_map(|name| name.parse().ok()).collect();
    let words: Vec<String> = names.iter().map(|name| any_case(&name.replace('.', r"\."))).collect();
    let pattern = around(&words.join("|"));
    let words = r#"{"anyOf":[{"type":"string","enum":"$0"},{"type":"string","pattern":"$1"}]}"#;
    let mut schema = filled(words, &[&names, &pattern]);
    if let Some(forms) = schema["anyOf"].as_array_mut().filter(|_| !numbers.is_empty()) {
        forms.push(filled(r#"{"enum":"$0"}"#, &[&numbers]));
    }
    schema
}

/// A list, or one value for a list of one; null and the empty text for an empty list.
pub(crate) fn of_list(item: Value, one: Value) -> Value {
    optional(filled(r#"{"anyOf":[{"type":"array","items":"$0"},"$1"]}"#, &[&item, &one]))
}

/// Allows null and the empty text too, which mean that the field is absent.
pub(crate) fn optional(mut schema: Value) -> Value {
    if schema.as_object().is_some_and(serde_json::Map::is_empty) {
        return schema;
    }
    let absence = filled(r#"{"enum":[null,""]}"#, &[]);
    match schema.get_mut("anyOf") {
        Some(Value::Array(forms)) => {
            if !forms.contains(&absence) {
                forms.push(absence);
            }
            schema
        }
        _ => filled(r#"{"anyOf":["$0","$1"]}"#, &[&schema, &absence]),
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

/// The same for two numbers with equally many digits: `same_length(b"25", b"60")` is `2([5-9])|[3-5][0-9]{1}|6([0-0])`.
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
