//! The JSON Schema of what `check` accepts: X's schemas, and what the conversions accept beside them.
//!
//! tests/schemas/operations.rs tests that both accept the same.

use serde_json::{Map, Value};

use super::check::{DATE_TIME, choices_of, is_open, range_of, with_outer_keywords};
use super::json::{copy, fields, items, text, texts};
use super::pattern::is_match_within;
use crate::fields::schema::{around, filled, of_decimal, of_flag, of_id, of_signed, of_text, optional};
use crate::functions::rules::{demand, given};

/// The schema of a field of a request, from the schema of its value. A field that isn't required may be empty or null.
pub(super) fn field(mut accepted: Value, is_required: bool, in_path: bool) -> Value {
    if !is_required {
        return optional(accepted);
    }
    let refused = if in_path { r#"{"enum":[null,"",".",".."]}"# } else { r#"{"enum":[null,""]}"# };
    accepted["not"] = filled(refused, &[]);
    accepted
}

/// The schema of what is accepted for a value of X's `schema`, which has no references. `left` is how many more schemas
/// are read; after that everything is accepted. It is a limit for tables with very large schemas.
pub(super) fn accepted(schema: &Value, in_body: bool, left: &mut u32) -> Value {
    // A pattern takes longer than other schemas.
    *left = left.saturating_sub(if schema["pattern"].is_null() { 1 } else { 50 });
    if *left == 0 {
        return Map::new().into();
    }
    match (text(schema, "type"), choices_of(schema)) {
        (_, choices @ [_, ..]) if in_body && schema["properties"].is_null() => {
            any_of(choices.iter().map(|choice| accepted(&with_outer_keywords(schema, choice), true, left)).collect())
        }
        ("array", _) => list(schema, in_body, left),
        ("object", _) if in_body => nested(schema, left),
        ("", _) if in_body => Map::new().into(),
        _ => any_of(scalar(schema)),
    }
}

/// A list. One value counts as a list of one. In a query one text with commas is a list too.
fn list(schema: &Value, in_body: bool, left: &mut u32) -> Value {
    let items = &schema["items"];
    let mut forms = if in_body { vec![accepted(items, true, left)] } else { scalar(items) };
    let mut list = filled(r#"{"type":"array","items":"$0"}"#, &[&any_of(forms.clone())]);
    copy(schema, &["minItems", "maxItems", "uniqueItems"], &mut list);
    let least = schema["minItems"].as_u64().unwrap_or_default();
    if !in_body {
        with_commas(&mut forms[0], least.saturating_sub(1), schema["maxItems"].as_u64());
    }
    if least > 1 {
        forms.truncate(usize::from(!in_body));
    }
    forms.insert(0, list);
    any_of(forms)
}

/// Changes the schema of one text to that of several with commas between them. `least` doesn't count the first text,
/// `most` does.
fn with_commas(text: &mut Value, least: u64, most: Option<u64>) {
    let one = match (&texts(&text["enum"])[..], text["pattern"].as_str()) {
        ([], None) => return,
        ([], Some(pattern)) => pattern[1..pattern.len() - 1].to_owned(),
        (words, _) => format!("({})", words.join("|").replace('.', r"\.")),
    };
    let most = most.map_or_else(String::new, |most| most.saturating_sub(1).to_string());
    let several = format!("^{one}(,{one}){{{least},{most}}}$");
    *text = filled(r#"{"type":"$0","pattern":"$1"}"#, &[&text["type"].take(), &several]);
}

/// An object within a body.
fn nested(schema: &Value, left: &mut u32) -> Value {
    let required = &schema["required"];
    let mut properties = Map::new();
    for (name, field) in fields(&schema["properties"]) {
        let mut accepted = accepted(field, true, left);
        if !texts(required).contains(&name) {
            accepted = optional(accepted);
        } else if field["type"] == "array" && field["minItems"].is_null() {
            accepted = any_of(vec![accepted, filled(r#"{"const":""}"#, &[])]);
        }
        properties.insert(name.to_owned(), accepted);
    }
    match properties.is_empty() {
        true => filled(r#"{"type":"object"}"#, &[]),
        false => object(properties, required, is_open(schema), choices_of(schema)),
    }
}

/// An object with these fields. At least one field that the `choices` of X's schema require has to be given.
pub(super) fn object(properties: Map<String, Value>, required: &Value, open: bool, choices: &[Value]) -> Value {
    let template = r#"{"type":"object","additionalProperties":"$0","properties":"$1"}"#;
    let mut object = filled(template, &[&open, &properties]);
    if !items(required).is_empty() {
        object["required"] = required.clone();
    }
    let mut needed = Vec::new();
    for choice in choices {
        for name in texts(&choice["required"]) {
            needed.push(given(&format!("{name}!")));
        }
    }
    if !needed.is_empty() {
        demand(&mut object, any_of(needed));
    }
    object
}

/// The schemas of the forms in which a text, number or boolean may be given. The first one is the schema for texts.
fn scalar(schema: &Value) -> Vec<Value> {
    let mut form = match (text(schema, "type"), schema["pattern"].as_str()) {
        ("integer", _) => {
            let (least, most) = range_of(schema);
            of_signed(least as i64, most as i64)
        }
        ("number", _) => of_decimal(),
        ("boolean", _) => of_flag(),
        _ if schema["enum"].is_array() => filled(r#"{"type":"string","enum":"$0"}"#, &[&schema["enum"]]),
        (_, Some("^[0-9]{1,19}$")) => of_id(),
        (_, Some(pattern)) => return of_pattern(schema, pattern),
        _ if schema["format"] == "date-time" => filled(r#"{"type":"string","pattern":"$0"}"#, &[&DATE_TIME]),
        _ => of_text(),
    };
    copy(schema, &["format", "minimum", "maximum", "minLength", "maxLength"], &mut form);
    vec![form]
}

/// Enough to try a short text. `describe` tries hundreds of patterns, which a file may have made hard to match.
const FEW_STEPS: u32 = 2_000;

/// The forms of a text with a pattern. The text may have white space around it. Numbers and booleans are a second form
/// if some number matches the pattern as text. That form has no pattern: JSON Schema can't match a number with one.
fn of_pattern(schema: &Value, pattern: &str) -> Vec<Value> {
    let mut text = filled(r#"{"type":"string"}"#, &[]);
    if is_match_within(FEW_STEPS, pattern, "").is_some() {
        let any = |is_anchored: bool| if is_anchored { "" } else { r"[\s\S]*" };
        let (before, after) = (any(pattern.starts_with('^')), any(pattern.ends_with('$')));
        let bare = pattern.trim_start_matches('^').trim_end_matches('$').replace(r"\x{", r"\u{");
        text["pattern"] = around(&format!("{before}{bare}{after}")).into();
    }
    copy(schema, &["minLength"], &mut text);
    if let Some(most) = schema["maxLength"].as_u64() {
        let length = around(&format!(r"[\s\S]{{0,{most}}}"));
        text["allOf"] = filled(r#"[{"pattern":"$0"}]"#, &[&length]);
    }
    let mut forms = vec![text];
    let numbers = ["7", "1234567890", "123456789012", "123456789012345"];
    if numbers.iter().any(|number| is_match_within(FEW_STEPS, pattern, number) != Some(false)) {
        forms.push(filled(r#"{"type":["integer","boolean"]}"#, &[]));
    }
    forms
}

fn any_of(mut forms: Vec<Value>) -> Value {
    if forms.len() == 1 { forms.remove(0) } else { filled(r#"{"anyOf":"$0"}"#, &[&forms]) }
}
