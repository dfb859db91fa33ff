//! Converts and checks the fields of an operation by their schemas.
//!
//! A value that can't be converted is an error only with `check_limits`. Without it the value is sent as it is: X may
//! accept more today than the table says.

use std::cell::Cell;

use serde_json::Value;

use super::json::{copy, items, text, texts, to_json};
use super::pattern;
use super::table::Table;
use crate::base::error::{Error, Result};
use crate::base::json::names_of;
use crate::base::message::{Argument, Message};
use crate::fields::{
    FieldType, Given, Naming, Noun, OTHER_FIELDS, Object, Shape, decimal, expected, flag, fold, is_digits, list,
    missing_field, no_choice, object, object_json, trimmed, under, whole,
};

/// RFC 3339, the form of date-time in JSON Schema.
pub(super) const DATE_TIME: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:\
    ([0-5][0-9]|60)(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$";
/// How deep schemas are followed. None of X's is deeper.
const DEEPEST: usize = 32;

pub(super) struct Checker<'t> {
    /// `check_limits`.
    pub strict: bool,
    /// Where schemas are looked up.
    table: &'t Table,
    /// How many more values are checked; the rest is sent unchecked. It is a limit for tables with very large schemas.
    values_left: Cell<u32>,
}

/// A text, number or boolean, written as text. `is_text`: in JSON it is a string.
struct Scalar {
    text: String,
    is_text: bool,
}

impl Scalar {
    fn json(self) -> String {
        if self.is_text { to_json(&self.text) } else { self.text }
    }
}

impl<'t> Checker<'t> {
    /// More than any request of X's needs.
    const MOST_VALUES: u32 = 100_000;

    pub fn new(strict: bool, table: &'t Table) -> Self {
        Checker { strict, table, values_left: Cell::new(Self::MOST_VALUES) }
    }

    /// The field's text for a path or a query. A list is joined by commas, and a text with commas counts as a list.
    pub fn url_text(&self, schema: &Value, given: Given) -> Result<String> {
        let schema = self.table.resolved(schema);
        if text(schema, "type") != "array" {
            return self.scalar_text(schema, given);
        }
        let parts = match given.shape()? {
            Shape::Text(text) if text.contains(',') => to_json(&text.split(',').collect::<Vec<_>>()),
            _ => given.json().to_owned(),
        };
        let item_schema = self.table.resolved(&schema["items"]);
        let texts = list(Given::written(&parts), &|item| self.scalar_text(item_schema, item))?;
        self.check_items(schema, &texts)?;
        Ok(texts.join(","))
    }

    /// The field's JSON for a body.
    pub fn json(&self, schema: &Value, given: Given) -> Result<String> {
        self.json_at(schema, given, 0)
    }

    fn json_at(&self, schema: &Value, given: Given, depth: usize) -> Result<String> {
        let schema = self.table.resolved(schema);
        let left = self.values_left.get().saturating_sub(1);
        self.values_left.set(left);
        if depth == DEEPEST || left == 0 {
            return given.without_nulls();
        }
        let (choices, properties) = (choices_of(schema), &schema["properties"]);
        if !choices.is_empty() && properties.is_null() {
            return self.first_that_fits(schema, choices, given, depth);
        }
        match text(schema, "type") {
            "" => given.without_nulls(),
            "array" => {
                let items = list(given, &|item| self.json_at(&schema["items"], item, depth + 1))?;
                self.check_items(schema, &items)?;
                Ok(format!("[{}]", items.join(",")))
            }
            "object" => match object(given) {
                Ok(fields) if !names_of(properties).is_empty() => self.object(schema, &fields, depth),
                Ok(_) => given.without_nulls(),
                Err(error) => self.json_or_unchecked(given, Err(error)),
            },
            _ => self.json_or_unchecked(given, self.scalar(schema, given).map(Scalar::json)),
        }
    }

    /// Converts by the first choice that the value fits. The keywords of the schema around the choices apply too.
    fn first_that_fits(&self, schema: &Value, choices: &[Value], given: Given, depth: usize) -> Result<String> {
        let strict = Checker::new(true, self.table);
        strict.values_left.set(self.values_left.get());
        let mut first_error = None;
        for choice in choices {
            let choice = with_outer_keywords(schema, self.table.resolved(choice));
            let fitting = strict.json_at(&choice, given, depth + 1);
            self.values_left.set(strict.values_left.get());
            match fitting {
                Ok(json) => return Ok(json),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        match first_error {
            Some(error) => self.json_or_unchecked(given, Err(error)),
            None => given.without_nulls(),
        }
    }

    fn object(&self, schema: &Value, fields: &Object, depth: usize) -> Result<String> {
        let (known, required) = (&schema["properties"], texts(&schema["required"]));
        let mut json = Vec::new();
        for (name, value) in fields {
            let field = match known.get(&**name) {
                None if self.strict && !is_open(schema) => return Err(self.unknown(name, &names_of(known))),
                _ if value.is_null() => continue,
                Some(_) if value.is_absent() && !required.contains(&&**name) => continue,
                Some(schema) => self.json_at(schema, *value, depth + 1).map_err(|error| under(error, name))?,
                None => value.without_nulls()?,
            };
            json.push((name.clone(), field));
        }
        self.check_required(&schema["required"], fields)?;
        self.check_alternatives(schema, fields)?;
        Ok(object_json(json))
    }

    /// An error for the first field of `required` that was not given.
    pub fn check_required(&self, required: &Value, fields: &Object) -> Result<()> {
        for name in texts(required) {
            if self.strict && fields.get(name).is_none_or(|value| value.is_null()) {
                return Err(missing_field(name));
            }
        }
        Ok(())
    }

    /// For the fields of an object whose schema has `anyOf` or `oneOf`: at least one choice has all that it requires.
    pub fn check_alternatives(&self, schema: &Value, fields: &Object) -> Result<()> {
        let mut needed = Vec::new();
        for choice in choices_of(schema) {
            match self.check_required(&self.table.resolved(choice)["required"], fields) {
                Ok(()) => return Ok(()),
                Err(error) => needed.extend(error.field.clone()),
            }
        }
        match needed.first() {
            Some(first) => {
                Err(Error::invalid(first, say!(one_of_fields_has_to_be_given { needed: needed.join(", ") })))
            }
            None => Ok(()),
        }
    }

    pub fn unknown(&self, name: &str, known: &[&str]) -> Error {
        const NAMING: Naming = Naming { noun: Noun::Field, others: OTHER_FIELDS, elsewhere: |_, _| None };
        NAMING.unknown(name, known)
    }

    /// The text of a value that is no list. Without `strict` it is the given value as text if it can't be converted.
    fn scalar_text(&self, schema: &Value, given: Given) -> Result<String> {
        match self.scalar(schema, given) {
            Err(_) if !self.strict => Ok(list(given, &String::read)?.join(",")),
            read => read.map(|scalar| scalar.text),
        }
    }

    /// `read`, or without `strict` the given value if it can't be converted.
    fn json_or_unchecked(&self, given: Given, read: Result<String>) -> Result<String> {
        match read {
            Err(_) if !self.strict => given.without_nulls(),
            read => read,
        }
    }

    fn scalar(&self, schema: &Value, given: Given) -> Result<Scalar> {
        let scalar = converted(schema, given)?;
        if self.strict {
            check_scalar(schema, &scalar)?;
        }
        Ok(scalar)
    }

    /// `items` are the converted items. They are only counted and compared.
    fn check_items(&self, schema: &Value, items: &[String]) -> Result<()> {
        if !self.strict {
            return Ok(());
        }
        let refuse = |said: Message| Err(Error::invalid("", say!(field_and_what { what: said })));
        let count = items.len() as u64;
        match (schema["minItems"].as_u64(), schema["maxItems"].as_u64()) {
            (Some(least), _) if count < least => return refuse(say!(too_few_items { count, least })),
            (_, Some(most)) if count > most => return refuse(say!(too_many_items { count, most })),
            _ => {}
        }
        let is_repeated = |index: usize| items[..index].contains(&items[index]);
        match (0..items.len()).find(|index| is_repeated(*index)) {
            Some(index) if schema["uniqueItems"] == true => refuse(say!(item_given_twice { index: index + 1 })),
            _ => Ok(()),
        }
    }
}

/// The choices of `anyOf` or `oneOf`.
pub(super) fn choices_of(schema: &Value) -> &[Value] {
    match items(&schema["anyOf"]) {
        [] => items(&schema["oneOf"]),
        choices => choices,
    }
}

/// One of a schema's choices, with the keywords of the schema around it. A keyword of the choice itself counts first.
pub(super) fn with_outer_keywords(schema: &Value, choice: &Value) -> Value {
    let mut joined = choice.clone();
    let mut outer = names_of(schema);
    outer.retain(|keyword| !matches!(*keyword, "anyOf" | "oneOf") && choice[keyword].is_null());
    copy(schema, &outer, &mut joined);
    joined
}

/// Whether an object accepts fields that are not among its `properties`.
pub(super) fn is_open(schema: &Value) -> bool {
    schema["additionalProperties"] == true || schema["additionalProperties"].is_object()
}

/// The same name for `tweet.fields`, `post.fields` and `post_fields`.
pub(super) fn canonical(name: &str) -> String {
    match fold(name) {
        name if name == "tweetfields" => "postfields".to_owned(),
        name => name,
    }
}

/// The value as the type that the schema has.
fn converted(schema: &Value, given: Given) -> Result<Scalar> {
    let (kind, has_pattern) = (text(schema, "type"), !schema["pattern"].is_null());
    let shape = given.shape()?;
    let text = match (kind, &shape) {
        ("boolean", _) => Some(flag(given)?.to_string()),
        ("integer", Shape::Number(number)) => whole(number).map(|number| number.to_string()),
        ("integer", Shape::Text(text)) => whole_of_text(text).map(|number| number.to_string()),
        ("integer", other) => return Err(expected(say!(a_whole_number), other)),
        // Its digits stay as they were written.
        ("number", Shape::Number(number)) => Some((*number).to_owned()),
        ("number", Shape::Text(text)) => number_of_text(text),
        ("number", other) => return Err(expected(say!(a_number), other)),
        // An id that was written as a float, such as 1.5e3. A float is exact for whole numbers up to 2^53.
        (_, Shape::Number(number)) if has_pattern && number.contains(['.', 'e', 'E']) => {
            whole(number).filter(|number| number.unsigned_abs() <= 1 << 53).map(|number| number.to_string())
        }
        _ if has_pattern => Some(trimmed(&String::read(given)?).to_owned()),
        _ => Some(String::read(given)?),
    };
    match (text, kind) {
        (Some(text), _) => Ok(Scalar { text, is_text: !matches!(kind, "boolean" | "integer" | "number") }),
        (None, "integer") => Err(Error::invalid("", say!(has_to_be_whole))),
        (None, "number") => Err(Error::invalid("", say!(has_to_be_number))),
        (None, _) => Err(Error::invalid("", say!(number_lost_digits))),
    }
}

fn whole_of_text(text: &str) -> Option<i128> {
    let text = trimmed(text);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if is_digits(digits) { whole(text.trim_start_matches('+')) } else { None }
}

/// A number that was given as a text, as JSON. Its digits stay as they were written if that is JSON.
fn number_of_text(text: &str) -> Option<String> {
    let (value, text) = (decimal(text)?, trimmed(text));
    let is_json = Given::parse(text).is_ok_and(|given| matches!(given.shape(), Ok(Shape::Number(_))));
    Some(if is_json { text.to_owned() } else { value.to_string() })
}

fn check_scalar(schema: &Value, scalar: &Scalar) -> Result<()> {
    let text = scalar.text.as_str();
    let refuse = |said: Message| Err(Error::invalid("", say!(field_and_what { what: said })));
    if let Some(choices) = schema["enum"].as_array() {
        let words: Vec<String> = choices.iter().map(choice_text).collect();
        if !words.iter().any(|word| word == text) {
            return Err(no_choice(text, &words.iter().map(String::as_str).collect::<Vec<_>>()));
        }
    }
    if !scalar.is_text {
        return check_range(schema, text);
    }
    let length = text.chars().count() as u64;
    match (schema["minLength"].as_u64(), schema["maxLength"].as_u64()) {
        (Some(least), _) if length < least => return refuse(say!(too_few_characters { length, least })),
        (_, Some(most)) if length > most => return refuse(say!(too_many_characters { length, most })),
        _ => {}
    }
    if schema["format"] == "date-time" && pattern::is_match(DATE_TIME, text) == Some(false) {
        return refuse(say!(is_no_time));
    }
    match schema["pattern"].as_str() {
        Some("^[0-9]{1,19}$") if pattern::is_match("^[0-9]{1,19}$", text) == Some(false) => refuse(say!(it_is_no_id)),
        Some(pattern) if pattern::is_match(pattern, text) == Some(false) => refuse(say!(has_another_form { pattern })),
        _ => Ok(()),
    }
}

fn check_range(schema: &Value, text: &str) -> Result<()> {
    let number: f64 = text.parse().unwrap_or_default();
    let (least, most) = range_of(schema);
    if number < least {
        return Err(Error::invalid("", say!(out_of_range_least { least: Argument::shown(&least) })));
    }
    if number > most {
        return Err(Error::invalid("", say!(out_of_range_most { most: Argument::shown(&most) })));
    }
    Ok(())
}

/// The range of a number. If X gives none, a whole number may go to 2^53 - 1: every JSON reader keeps that exactly.
pub(super) fn range_of(schema: &Value) -> (f64, f64) {
    let (lowest, highest) = match (schema["format"].as_str(), schema["type"].as_str()) {
        (Some("int32"), _) => (f64::from(i32::MIN), f64::from(i32::MAX)),
        (_, Some("integer")) => (-9_007_199_254_740_991.0, 9_007_199_254_740_991.0),
        _ => (f64::MIN, f64::MAX),
    };
    (schema["minimum"].as_f64().unwrap_or(lowest), schema["maximum"].as_f64().unwrap_or(highest))
}

/// A value of an `enum` as text.
fn choice_text(value: &Value) -> String {
    value.as_str().map_or_else(|| to_json(value), str::to_owned)
}
