//! Rules that the types of fields don't express, as JSON Schema: limits, and which fields may be given together.
//!
//! The rules of a function stand in its module, beside the code that checks the same. tests/schemas/main.rs tests for
//! every function that both accept the same.

use serde_json::Value;

use crate::fields::schema::{Fills, around, filled, first_form, of_ids, of_whole, range};

/// One rule about a request. A field is named by its path, such as `media.media_ids`. See `given` for what `~`, `!` and
/// `.*` at the end of a path mean.
pub(crate) enum Rule {
    /// A whole number in this range.
    Range(&'static str, u64, u64),
    /// A number from -limit to limit. A schema can't limit a number that is given as text.
    Degrees(&'static str, i32),
    /// The least and the most characters.
    Length(&'static str, usize, usize),
    /// The least and the most items of a list.
    Items(&'static str, usize, usize),
    /// The most ids, as a list or as one text.
    Ids(&'static str, usize),
    /// A text that matches this pattern, or a value of one of these types. An empty text is allowed too: it counts as
    /// not given.
    Pattern(&'static str, &'static str, &'static [&'static str]),
    /// A whole number that may be negative, of 64 bits.
    Signed(&'static str),
    /// The code of a redirect, or the whole redirect.
    Code(&'static str),
    /// A text that doesn't match this pattern.
    NotPattern(&'static str, &'static str),
    /// At least one of these is given.
    AtLeastOne(&'static [&'static str]),
    /// Fields of only one of these groups are given.
    OnlyOneGroup(&'static [&'static [&'static str]]),
    /// If the first is given, at least one of the others is given too.
    Needs(&'static str, &'static [&'static str]),
    /// If this field is given, another one has one of these values.
    NeedsValue(&'static str, ValueOf),
    /// If a field has one of these values, this other field is given.
    ValueNeeds(ValueOf, &'static str),
    /// If a field has one of these values, only one page is asked for.
    ValueAllowsOnePage(ValueOf),
    /// Not more than so many in both lists together.
    Together(&'static str, &'static str, usize),
    /// The object of this field has no value under this name.
    Without(&'static str, &'static str),
    /// Rules about each object of a list.
    Each(&'static str, &'static [Rule]),
    /// Of the objects of a list only the first one may have a field. If the field `unless`, which is beside the list, is
    /// given, none may have it.
    OnlyFirstMayHave { list: &'static str, field: &'static str, unless: &'static str },
}

/// The rules of a function, in groups: functions share some of them.
pub(crate) type Rules = &'static [&'static [Rule]];

/// Values of a field: the texts that match a pattern, and further ones.
#[derive(Clone, Copy)]
pub(crate) struct ValueOf {
    pub field: &'static str,
    pub pattern: &'static str,
    /// A JSON list.
    pub further: &'static str,
}

pub(super) const fn is_true(field: &'static str) -> ValueOf {
    ValueOf { field, pattern: "1|[tT][rR][uU][eE]", further: "[true, 1]" }
}

pub(super) const fn is_false(field: &'static str) -> ValueOf {
    ValueOf { field, pattern: "0|[fF][aA][lL][sS][eE]", further: "[false, 0]" }
}

/// The rules of the parameters.
const PARAMETERS: &[Rule] = &[
    Rule::Range("chunk_size", 65_536, 5_000_000),
    Rule::Range("upload_concurrency", 1, 32),
    Rule::Range("timeout_seconds", 1, 86_400),
    Rule::Range("connect_timeout_seconds", 1, 86_400),
    Rule::Range("deadline_seconds", 0, 31_536_000),
    Rule::Range("max_wait_seconds", 0, 86_400),
    Rule::Range("max_retries", 0, 100),
    Rule::NotPattern("access_token", "[0-9]+-[!#-&(-~]*"),
];

/// Writes a function's rules into the schema of its request.
pub(crate) fn write(rules: Rules, schema: &mut Value) {
    rules.iter().flat_map(|rules| rules.iter()).for_each(|rule| rule.write(schema));
}

/// The same for the parameters' schema.
pub(crate) fn write_parameters(schema: &mut Value) {
    PARAMETERS.iter().for_each(|rule| rule.write(schema));
    schema["properties"]["user_agent"]["pattern"] = "^[ -~]*$".into();
}

impl Rule {
    fn write(&self, schema: &mut Value) {
        match *self {
            Rule::Range(field, least, most) => set_keywords(form(schema, field), of_whole(least, most)),
            Rule::Degrees(field, most) => set_keywords(form(schema, field), from_to((-most).into(), most.into())),
            Rule::Length(field, least, most) => write_length(schema, field, least, most),
            Rule::Items(field, least, most) => write_items(schema, field, least, most),
            Rule::Ids(field, most) => write_ids(schema, field, most),
            Rule::Pattern(field, pattern, types) => write_pattern(schema, field, pattern, types),
            Rule::Signed(field) => write_signed(schema, field),
            Rule::Code(field) => write_code(schema, field),
            Rule::NotPattern(field, pattern) => property(schema, field)["not"] = text_matching(pattern),
            Rule::AtLeastOne(fields) => demand(schema, any_given(fields)),
            Rule::OnlyOneGroup(groups) => demand_only_one(schema, groups),
            Rule::Needs(field, others) => demand(schema, where_then(given(field), any_given(others))),
            Rule::NeedsValue(field, value) => demand(schema, where_then(given(field), value.schema())),
            Rule::ValueNeeds(value, field) => demand(schema, where_then(value.schema(), given(field))),
            Rule::ValueAllowsOnePage(value) => demand(schema, where_then(value.schema(), one_page())),
            Rule::Together(first, second, most) => demand_together(schema, first, second, most),
            Rule::Without(field, name) => demand_without(schema, field, name),
            Rule::Each(list, rules) => write_each(schema, list, rules),
            Rule::OnlyFirstMayHave { list, field, unless } => write_only_first(schema, list, field, unless),
        }
    }
}

fn write_length(schema: &mut Value, field: &str, least: usize, most: usize) {
    let length = filled(r#"{"minLength":"$0","maxLength":"$1"}"#, &[&least, &most]);
    set_keywords(form(schema, field), length.clone());
    // One value is a list of one.
    let one = field.strip_suffix("[]").map(|list| &mut property(schema, list)["anyOf"][1]);
    if let Some(one) = one.filter(|one| one.get("type").is_some()) {
        set_keywords(one, length);
    }
}

fn write_items(schema: &mut Value, field: &str, least: usize, most: usize) {
    let list = form(schema, field);
    list["maxItems"] = most.into();
    if least > 1 {
        list["minItems"] = least.into();
        // One value would be a list of one. An empty list is absence, which a required field doesn't take.
        let list = list.clone();
        property(schema, field)["anyOf"] = filled(r#"["$0",{"enum":[null,"",[]]}]"#, &[&list]);
    }
}

fn write_ids(schema: &mut Value, field: &str, most: usize) {
    let ids = of_ids(Some(most));
    let field = property(schema, field);
    field["anyOf"][0] = ids["anyOf"][0].clone();
    field["anyOf"][1] = ids["anyOf"][1].clone();
}

fn write_pattern(schema: &mut Value, field: &str, pattern: &str, types: &[&str]) {
    let pattern = around(&format!("({pattern})?"));
    set_keywords(form(schema, field), filled(r#"{"type":"$0","pattern":"$1"}"#, &[&types, &pattern]));
}

fn write_signed(schema: &mut Value, field: &str) {
    let pattern = around(&format!("([+-]?0*({}))?", range(0, i64::MAX as u64)));
    let mut whole = from_to(i64::MIN.into(), i64::MAX.into());
    set_keywords(&mut whole, filled(r#"{"type":["string","integer"],"pattern":"$0"}"#, &[&pattern]));
    set_keywords(form(schema, field), whole);
}

fn write_code(schema: &mut Value, field: &str) {
    let redirect = format!("{}|[?]|&(code|state|error)=", around("(code|state|error)=.*").trim_end_matches('$'));
    form(schema, field)["pattern"] = format!("{}|{redirect}", around("[!#-&(-~]+")).into();
}

/// Of each two groups of fields one is not given.
fn demand_only_one(schema: &mut Value, groups: &[&[&str]]) {
    for (index, group) in groups.iter().enumerate() {
        for other in &groups[index + 1..] {
            demand(schema, not_both(any_given(group), any_given(other)));
        }
    }
}

fn demand_together(schema: &mut Value, first: &str, second: &str, most: usize) {
    for count in 1..most {
        demand(schema, not_both(at_least(first, count), at_least(second, most + 1 - count)));
    }
}

fn demand_without(schema: &mut Value, field: &str, name: &str) {
    let held = r#"{"type":"object","required":["$1"],"properties":{"$1":{"not":{"enum":[null,[]]}}}}"#;
    let rule = format!(r#"{{"not":{{"required":["$0"],"properties":{{"$0":{held}}}}}}}"#);
    demand(schema, filled(&rule, &[&field, &name]));
}

fn write_each(schema: &mut Value, list: &str, rules: &[Rule]) {
    let forms = &mut property(schema, list)["anyOf"];
    rules.iter().for_each(|rule| rule.write(&mut forms[0]["items"]));
    // One value is a list of one.
    rules.iter().for_each(|rule| rule.write(&mut forms[1]));
}

fn write_only_first(schema: &mut Value, list: &str, field: &str, unless: &str) {
    let mut with = given(field);
    with["type"] = "object".into();
    let values: [&dyn Fills; 2] = [&with, &list];
    form(schema, list)["allOf"] = filled(r#"[{"prefixItems":[{}],"items":{"not":"$0"}}]"#, &values);
    let nowhere = filled(r#"{"properties":{"$1":{"items":{"not":"$0"},"not":"$0"}}}"#, &values);
    demand(schema, where_then(given(unless), nowhere));
}

fn from_to(least: Value, most: Value) -> Value {
    filled(r#"{"minimum":"$0","maximum":"$1"}"#, &[&least, &most])
}

fn text_matching(pattern: &str) -> Value {
    filled(r#"{"type":"string","pattern":"$0"}"#, &[&around(pattern)])
}

/// `max_pages` is not given, or is 1.
fn one_page() -> Value {
    filled(
        r#"{"not":{"required":["max_pages"],"properties":{"max_pages":{"not":{"anyOf":[{"enum":[null,"",1]},"$0"]}}}}}"#,
        &[&text_matching("0*1")],
    )
}

fn not_both(first: Value, second: Value) -> Value {
    filled(r#"{"not":{"allOf":["$0","$1"]}}"#, &[&first, &second])
}

fn where_then(condition: Value, rule: Value) -> Value {
    filled(r#"{"if":"$0","then":"$1"}"#, &[&condition, &rule])
}

/// Adds a rule that a request has to fulfil too.
pub(super) fn demand(schema: &mut Value, rule: Value) {
    match schema.get_mut("allOf") {
        Some(Value::Array(rules)) => rules.push(rule),
        _ => schema["allOf"] = Value::Array(vec![rule]),
    }
}

/// The schema of the field at this path. A path that ends with `[]` means the items of a list.
fn property<'s>(schema: &'s mut Value, path: &str) -> &'s mut Value {
    if let Some((outer, inner)) = path.split_once('.') {
        return property(first_form(property(schema, outer)), inner);
    }
    match path.strip_suffix("[]") {
        Some(list) => &mut first_form(property(schema, list))["items"],
        None => &mut schema["properties"][path],
    }
}

/// The first form that the field at this path may have. It is the one that the bindings offer.
fn form<'s>(schema: &'s mut Value, path: &str) -> &'s mut Value {
    first_form(property(schema, path))
}

fn set_keywords(schema: &mut Value, keywords: Value) {
    for (keyword, value) in keywords.as_object().into_iter().flatten() {
        schema[keyword] = value.clone();
    }
}

/// The field at this path is given. The end of the path changes what that means: `.*` is an object that is not empty,
/// with `!` an empty list counts as given too, with `~` a text of white space alone doesn't.
pub(super) fn given(path: &str) -> Value {
    if let Some(name) = path.strip_suffix('~') {
        return filled(
            r#"{"required":["$0"],"properties":{"$0":{"not":{"anyOf":[{"const":null},{"type":"string","pattern":"$1"}]}}}}"#,
            &[&name, &around("")],
        );
    }
    if let Some(name) = path.strip_suffix('!') {
        return filled(r#"{"required":["$0"],"properties":{"$0":{"not":{"enum":[null,""]}}}}"#, &[&name]);
    }
    match path.split_once('.') {
        Some((outer, "*")) => filled(
            r#"{"required":["$0"],"properties":{"$0":{"type":"object","not":{"additionalProperties":{"const":null}}}}}"#,
            &[&outer],
        ),
        Some((outer, inner)) => {
            let mut within = given(inner);
            within["type"] = "object".into();
            filled(r#"{"required":["$0"],"properties":{"$0":"$1"}}"#, &[&outer, &within])
        }
        None => filled(r#"{"required":["$0"],"properties":{"$0":{"not":{"enum":[null,"",[]]}}}}"#, &[&path]),
    }
}

fn any_given(paths: &[&str]) -> Value {
    match paths {
        [path] => given(path),
        _ => filled(r#"{"anyOf":"$0"}"#, &[&paths.iter().map(|path| given(path)).collect::<Value>()]),
    }
}

impl ValueOf {
    /// The field is given and has one of the values.
    fn schema(&self) -> Value {
        let mut forms = vec![text_matching(self.pattern)];
        if let Ok(Value::Array(further)) = serde_json::from_str(self.further)
            && !further.is_empty()
        {
            forms.push(filled(r#"{"enum":"$0"}"#, &[&further]));
        }
        filled(r#"{"required":["$0"],"properties":{"$0":{"anyOf":"$1"}}}"#, &[&self.field, &forms])
    }
}

/// The list of this field has at least so many items. A single value counts as a list of one.
fn at_least(field: &str, count: usize) -> Value {
    if count == 1 {
        return given(field);
    }
    filled(r#"{"required":["$0"],"properties":{"$0":{"type":"array","minItems":"$1"}}}"#, &[&field, &count])
}
