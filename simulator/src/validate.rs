//! Request bodies against the shapes that X's OpenAPI document gives them.

use serde_json::{Map, Value, json};

use crate::answer::Answer;

pub enum Shape {
    /// Shortest and longest, in characters.
    Text {
        min: usize,
        max: usize,
    },
    /// 1 to 19 digits, as a string.
    Id,
    Boolean,
    Integer {
        min: u64,
        max: u64,
    },
    Number,
    OneOf(&'static [&'static str]),
    List {
        min: usize,
        max: usize,
        of: &'static Shape,
    },
    Object(&'static Object),
    /// Two capital letters.
    LanguageCode,
    /// An object whose inside the document leaves open.
    Open,
}

pub const TEXT: Shape = Shape::Text { min: 0, max: usize::MAX };

pub struct Object {
    pub required: &'static [&'static str],
    pub fields: &'static [(&'static str, Shape)],
    /// Whether the document takes fields that it doesn't name.
    pub open: bool,
}

impl Object {
    pub const fn closed(required: &'static [&'static str], fields: &'static [(&'static str, Shape)]) -> Self {
        Self { required, fields, open: false }
    }

    pub const fn open(required: &'static [&'static str], fields: &'static [(&'static str, Shape)]) -> Self {
        Self { required, fields, open: true }
    }
}

/// Parses a JSON body and checks it.
pub fn body(bytes: &[u8], object: &Object) -> Result<Map<String, Value>, Answer> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| Answer::invalid(json!({}), &format!("The request body is not valid JSON: {error}")))?;
    check_object("$", &value, object).map_err(|violation| {
        let parameters = match violation.field {
            Some(field) => json!({ field: [violation.value] }),
            None => json!({}),
        };
        Answer::invalid(parameters, &violation.message)
    })?;
    match value {
        Value::Object(fields) => Ok(fields),
        _ => Ok(Map::new()),
    }
}

struct Violation {
    field: Option<String>,
    value: String,
    message: String,
}

fn violation(path: &str, value: &Value, expected: &str) -> Violation {
    Violation {
        field: path.strip_prefix("$.").map(str::to_owned),
        value: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        message: format!("{path}: {expected}"),
    }
}

fn check_object(path: &str, value: &Value, object: &Object) -> Result<(), Violation> {
    let Some(fields) = value.as_object() else {
        return Err(violation(path, value, "an object is expected"));
    };
    for name in object.required {
        if !fields.contains_key(*name) {
            return Err(violation(path, &Value::Null, &format!("the field {name} is required but missing")));
        }
    }
    for (name, value) in fields {
        let path = format!("{path}.{name}");
        match object.fields.iter().find(|(known, _)| known == name) {
            Some((_, shape)) => check(&path, value, shape)?,
            None if object.open => {}
            None => {
                return Err(violation(&path, value, "is not defined and additional fields are not allowed"));
            }
        }
    }
    Ok(())
}

fn check(path: &str, value: &Value, shape: &Shape) -> Result<(), Violation> {
    let fail = |expected: &str| Err(violation(path, value, expected));
    match shape {
        Shape::Text { min, max } => match value.as_str().map(|text| text.chars().count()) {
            None => fail("a string is expected"),
            Some(length) if length < *min => fail(&format!("must be at least {min} characters long")),
            Some(length) if length > *max => fail(&format!("must be at most {max} characters long")),
            Some(_) => Ok(()),
        },
        Shape::Id if value.as_str().is_some_and(is_id) => Ok(()),
        Shape::Id => fail("must match ^[0-9]{1,19}$"),
        Shape::Boolean if value.is_boolean() => Ok(()),
        Shape::Boolean => fail("a boolean is expected"),
        Shape::Number if value.is_number() => Ok(()),
        Shape::Number => fail("a number is expected"),
        Shape::Integer { min, max } => match value.as_u64() {
            Some(number) if (*min..=*max).contains(&number) => Ok(()),
            Some(_) => fail(&format!("must be between {min} and {max}")),
            None => fail("an integer is expected"),
        },
        Shape::OneOf(known) if value.as_str().is_some_and(|text| known.contains(&text)) => Ok(()),
        Shape::OneOf(known) => fail(&format!("must be one of {}", known.join(", "))),
        Shape::List { min, max, of } => {
            let Some(items) = value.as_array() else {
                return fail("an array is expected");
            };
            if items.len() < *min || items.len() > *max {
                return fail(&format!("must hold {min} to {max} items"));
            }
            let mut items = items.iter().enumerate();
            items.try_for_each(|(index, item)| check(&format!("{path}[{index}]"), item, of))
        }
        Shape::Object(object) => check_object(path, value, object),
        Shape::LanguageCode if value.as_str().is_some_and(is_language_code) => Ok(()),
        Shape::LanguageCode => fail("must match ^[A-Z]{2}$"),
        Shape::Open if value.is_object() => Ok(()),
        Shape::Open => fail("an object is expected"),
    }
}

pub fn is_id(text: &str) -> bool {
    (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_language_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}
