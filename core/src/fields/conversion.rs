//! Reads values of a request. Types that can be converted without loss are taken: text for a number, a number for text.

use std::borrow::Cow;

use crate::base::error::{Error, Result};
use crate::base::message::Message;
use crate::fields::errors::{under, wrong};
use crate::fields::given::{Given, Object, Shape};
use crate::fields::numbers;
use crate::fields::token::trimmed;

/// The text of a scalar: a number with the digits that it was written with.
pub(crate) fn text(given: Given<'_>) -> Result<Cow<'_, str>> {
    match given.shape()? {
        Shape::Text(text) => Ok(text),
        Shape::Flag(flag) => Ok(if flag { "true" } else { "false" }.into()),
        Shape::Number(number) => Ok(number.into()),
        other => Err(expected(say!(a_text), &other)),
    }
}

/// A whole number from 0 to `most`.
pub(super) fn integer(given: Given, most: u64) -> Result<u64> {
    let number = match given.shape()? {
        Shape::Number(number) => numbers::whole(number),
        // Digits alone: more than 38 of them are out of any range.
        Shape::Text(text) if is_digits(trimmed(&text)) => Some(trimmed(&text).parse().unwrap_or(i128::MAX)),
        Shape::Text(_) => None,
        other => return Err(expected(say!(a_whole_number), &other)),
    };
    let number = number.ok_or_else(|| wrong(say!(has_to_be_whole)))?;
    let in_range = u64::try_from(number).ok().filter(|number| *number <= most);
    in_range.ok_or_else(|| wrong(say!(negative_or_too_large)))
}

pub(crate) fn flag(given: Given) -> Result<bool> {
    let number = match given.shape()? {
        Shape::Flag(flag) => return Ok(flag),
        Shape::Number(number) => numbers::whole(number),
        Shape::Text(text) => match trimmed(&text) {
            "0" => Some(0),
            "1" => Some(1),
            text if text.eq_ignore_ascii_case("true") => Some(1),
            text if text.eq_ignore_ascii_case("false") => Some(0),
            _ => None,
        },
        other => return Err(expected(say!(a_flag), &other)),
    };
    match number {
        Some(0) => Ok(false),
        Some(1) => Ok(true),
        _ => Err(wrong(say!(has_to_be_flag))),
    }
}

/// An object's fields.
pub(crate) fn object(given: Given) -> Result<Object> {
    match given.shape()? {
        Shape::Object(fields) => Ok(fields),
        other => Err(expected(say!(an_object), &other)),
    }
}

/// A list, whose items are read by `read`. One value stands for a list of one; its errors name no index.
pub(crate) fn list<T>(given: Given, read: &dyn Fn(Given) -> Result<T>) -> Result<Vec<T>> {
    if given.is_absent() {
        return Ok(Vec::new());
    }
    match given.shape()? {
        Shape::List(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| read(item).map_err(|error| under(error, &format!("[{index}]"))))
            .collect(),
        _ => Ok(vec![read(given)?]),
    }
}

pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The error for a value of the wrong type. The value is not repeated: it may be a secret in the wrong place.
pub(crate) fn expected(what: Message, found: &Shape) -> Error {
    let found = match found {
        Shape::Null => say!(a_null),
        Shape::Flag(_) => say!(a_flag),
        Shape::Number(number) if number.contains(['.', 'e', 'E']) => say!(a_number_with_fraction),
        Shape::Number(_) => say!(a_number),
        Shape::Text(_) => say!(a_text),
        Shape::List(_) => say!(a_list),
        Shape::Object(_) => say!(an_object),
    };
    wrong(say!(has_to_be_other { what, found }))
}
