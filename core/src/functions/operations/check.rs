//! Converts and checks the fields of an operation by their schemas.
//!
//! A value that can't be converted is an error only with `check_limits`. Without it the value is sent as it is: X may
//! accept more today than the table says.

use std::cell::Cell;

use serde_json::Value;

use super::pattern;
use super::table::Table;
use crate::base::error::{Error, Result};
use crate::base::json::names_of;
use crate::base::message::Message;
use crate::fields::{
    Given, Naming, Noun, OTHER_FIELDS, Object, Shape, expected, flag, list, missing_field, no_choice, text, trimmed,
    under, whole,
};
use crate::fields::{decimal, fold};

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
        if self.is_text { Value::from(self.text).to_string() } else { self.text }
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
        if schema["type"] != "array" {
            return self.text_or_unchecked(given, self.scalar(&schema, given).map(|scalar| scalar.text));
        }
        let parts = match given.shape()? {
            Shape::Text(text) => text.split(',').map(|part| Value::from(part).to_string()).collect(),
            _ => list(given, |item| Ok(item.json().to_owned()))?,
        };
        let items = self.table.resolved(&schema["items"]);
        let several = parts.len() > 1;
        let item_text = |(index, part): (usize, &String)| {
            let read = self.scalar(&items, Given::written(part)).map(|scalar| scalar.text);
            let read = if several { read.map_err(|error| under(error, &format!("[{index}]"))) } else { read };
            self.text_or_unchecked(Given::written(part), read)
        };
        let texts: Vec<String> = parts.iter().enumerate().map(item_text).collect::<Result<_>>()?;
        self.check_items(&schema, &texts)?;
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
        if let Some(choices) = choices_of(&schema)
            && schema["properties"].is_null()
        {
            return self.first_that_fits(&schema, choices, given, depth);
        }
        match schema["type"].as_str() {
            Some("array") => {
                let items = list(given, |item| self.json_at(&schema["items"], item, depth + 1))?;
                self.check_items(&schema, &items)?;
                Ok(format!("[{}]", items.join(",")))
            }
            Some("object") if schema["properties"].as_object().is_some_and(|properties| !properties.is_empty()) => {
                self.object(&schema, given, depth)
            }
            Some("object") => match given.shape()? {
                Shape::Object(_) => given.without_nulls(),
                other => self.json_or_unchecked(given, Err(expected(say!(an_object), &other))),
            },
            Some(_) => self.json_or_unchecked(given, self.scalar(&schema, given).map(Scalar::json)),
            None => given.without_nulls(),
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

    fn object(&self, schema: &Value, given: Given, depth: usize) -> Result<String> {
        let fields = match given.shape()? {
            Shape::Object(fields) => fields,
            other => return self.json_or_unchecked(given, Err(expected(say!(an_object), &other))),
        };
        let known = &schema["properties"];
        let mut written = Vec::new();
        let is_required = |name: &str| schema["required"].as_array().is_some_and(|names| names.contains(&name.into()));
        for (name, value) in &fields {
            let field = match known.get(&**name) {
                None if self.strict && !is_open(schema) => return Err(self.unknown(name, &names_of(known))),
                _ if value.is_null() => continue,
                Some(_) if value.is_absent() && !is_required(name) => continue,
                Some(schema) => self.json_at(schema, *value, depth + 1).map_err(|error| under(error, name))?,
                None => value.without_nulls()?,
            };
            written.push(format!("{}:{field}", Value::from(&**name)));
        }
        self.check_required(&schema["required"], &fields)?;
        self.check_alternatives(schema, &fields)?;
        Ok(format!("{{{}}}", written.join(",")))
    }

    /// An error for the first field of `required` that was not given.
    pub fn check_required(&self, required: &Value, fields: &Object) -> Result<()> {
        let mut required = required.as_array().into_iter().flatten().filter_map(Value::as_str);
        let is_given = |name: &str| fields.get(name).is_some_and(|value| !value.is_null());
        match required.find(|name| self.strict && !is_given(name)) {
            Some(name) => Err(missing_field(name)),
            None => Ok(()),
        }
    }

    /// For the fields of an object whose schema has `anyOf` or `oneOf`: at least one choice has all that it requires.
    pub fn check_alternatives(&self, schema: &Value, fields: &Object) -> Result<()> {
        let Some(choices) = choices_of(schema).filter(|_| self.strict) else { return Ok(()) };
        let mut needed = Vec::new();
        for choice in choices {
            let choice = self.table.resolved(choice);
            match self.check_required(&choice["required"], fields) {
                Ok(()) => return Ok(()),
                Err(error) => needed.extend(error.field.clone()),
            }
        }
        let first = needed.first().cloned().unwrap_or_default();
        Err(Error::invalid(&first, say!(one_of_fields_has_to_be_given { needed: needed.join(", ") })))
    }

    pub fn unknown(&self, name: &str, known: &[&str]) -> Error {
        const NAMING: Naming = Naming { noun: Noun::Field, others: OTHER_FIELDS, elsewhere: |_, _| None };
        NAMING.unknown(name, known)
    }

    /// `read`, or without `strict` the given value as text if it could not be converted.
    fn text_or_unchecked(&self, given: Given, read: Result<String>) -> Result<String> {
        match read {
            Err(_) if !self.strict => Ok(list(given, |item| text(item).map(|text| text.into_owned()))?.join(",")),
            read => read,
        }
    }

    /// The same for JSON.
    fn json_or_unchecked(&self, given: Given, read: Result<String>) -> Result<String> {
        match read {
            Err(_) if !self.strict => given.without_nulls(),
            read => read,
        }
    }

    fn scalar(&self, schema: &Value, given: Given) -> Result<Scalar> {
        let pattern = schema["pattern"].as_str();
        let scalar = match schema["type"].as_str() {
            Some("integer") => Scalar { text: whole_number(given)?, is_text: false },
            Some("number") => Scalar { text: number(given)?, is_text: false },
            Some("boolean") => Scalar { text: flag(given)?.to_string(), is_text: false },
            _ => Scalar { text: text_of(given, pattern)?, is_text: true },
        };
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

pub(super) fn choices_of(schema: &Value) -> Option<&Vec<Value>> {
    schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array())
}

/// One of a schema's choices, with the keywords of the schema around it. A keyword of the choice itself counts first.
pub(super) fn with_outer_keywords(schema: &Value, mut choice: Value) -> Value {
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        if !matches!(keyword.as_str(), "anyOf" | "oneOf") && choice[keyword].is_null() {
            choice[keyword] = value.clone();
        }
    }
    choice
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

fn whole_number(given: Given) -> Result<String> {
    let number = match given.shape()? {
        Shape::Number(number) => whole(number),
        Shape::Text(text) => trimmed(&text).parse().ok(),
        other => return Err(expected(say!(a_whole_number), &other)),
    };
    let number = number.ok_or_else(|| Error::invalid("", say!(has_to_be_whole)))?;
    Ok(number.to_string())
}

/// A number with its digits as they were written.
fn number(given: Given) -> Result<String> {
    let text = match given.shape()? {
        Shape::Number(number) => return Ok(number.to_owned()),
        Shape::Text(text) => text,
        other => return Err(expected(say!(a_number), &other)),
    };
    let value = decimal(&text).ok_or_else(|| Error::invalid("", say!(has_to_be_number)))?;
    let text = trimmed(&text);
    let is_json = Given::parse(text).is_ok_and(|given| matches!(given.shape(), Ok(Shape::Number(_))));
    Ok(if is_json { text.to_owned() } else { value.to_string() })
}

/// A text. If it has a pattern, as an id has, the white space around it is removed. A whole number that was written as
/// a float, such as 1.5e3, is then written with all its digits.
fn text_of(given: Given, pattern: Option<&str>) -> Result<String> {
    if pattern.is_none() {
        return text(given).map(|text| text.into_owned());
    }
    match given.shape()? {
        Shape::Number(number) if number.contains(['.', 'e', 'E']) => {
            // A float is exact for whole numbers up to 2^53.
            let exact = whole(number).filter(|number| number.unsigned_abs() <= 1 << 53);
            exact.map(|number| number.to_string()).ok_or_else(|| Error::invalid("", say!(number_lost_digits)))
        }
        _ => text(given).map(|text| trimmed(&text).to_owned()),
    }
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
        return Err(Error::invalid("", say!(out_of_range_least { least: least.to_string() })));
    }
    if number > most {
        return Err(Error::invalid("", say!(out_of_range_most { most: most.to_string() })));
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
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
