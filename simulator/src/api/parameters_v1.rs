//! Parameters of API 1.1's tweets: from the query or a form, each of its kind.
//!
//! X passes over names that it doesn't know; here they are refused, so that a misspelt one is noticed.

use std::collections::BTreeMap;

use super::Call;
use crate::encoding::texts;
use crate::ids::is_id;
use crate::response::Response;

pub enum Rule {
    Id,
    /// So many at most, comma-separated.
    Ids(usize),
    /// `true`, `t`, `1` and their opposites.
    Boolean,
    Integer(i64, i64),
    Number(f64, f64),
    OneOf(&'static [&'static str]),
    Text,
}

pub type Parameter = (&'static str, Rule);

/// What statuses in the response contain.
pub const STATUS_OPTIONS: &[Parameter] = &[
    ("include_entities", Rule::Boolean),
    ("include_ext_alt_text", Rule::Boolean),
    ("include_card_uri", Rule::Boolean),
    ("tweet_mode", Rule::OneOf(&["compat", "extended"])),
];
pub const TRIM_USER: &[Parameter] = &[("trim_user", Rule::Boolean)];
/// Where in a list of statuses a response begins and ends.
pub const ID_RANGE: &[Parameter] = &[("since_id", Rule::Id), ("max_id", Rule::Id)];

/// Parameters that have passed their checks.
#[derive(Debug)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// From texts that may not be told apart by where they stood.
    pub fn check(
        pairs: impl Iterator<Item = (String, String)>,
        tables: &[&[Parameter]],
    ) -> Result<Self, InvalidParameter> {
        let mut known = BTreeMap::new();
        for (name, value) in pairs {
            let mut all = tables.iter().copied().flatten();
            let Some((_, rule)) = all.find(|(known, _)| *known == name) else {
                return Err(InvalidParameter::new(&name, "the endpoint has no such parameter"));
            };
            check(&name, &value, rule)?;
            if known.insert(name.clone(), value).is_some() {
                return Err(InvalidParameter::new(&name, "it is given more than once"));
            }
        }
        Ok(Self(known))
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// False where it isn't given.
    pub fn is_true(&self, name: &str) -> bool {
        matches!(self.get(name), Some("true" | "t" | "1"))
    }

    pub fn is_false(&self, name: &str) -> bool {
        matches!(self.get(name), Some("false" | "f" | "0"))
    }

    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    pub fn count(&self, default: usize) -> usize {
        self.get("count").and_then(|count| count.parse().ok()).unwrap_or(default)
    }

    pub fn list(&self, name: &str) -> Vec<String> {
        let items = self.get(name).into_iter().flat_map(|list| list.split(','));
        items.map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
    }

    pub fn required(&self, name: &str) -> Result<&str, Response> {
        let value = self.get(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| Response::v1(403, 38, &format!("{name} parameter is missing.")))
    }

    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

/// A parameter that is wrong, and why.
#[derive(Debug)]
pub struct InvalidParameter {
    pub name: String,
    pub problem: String,
}

impl InvalidParameter {
    pub fn new(name: &str, problem: &str) -> Self {
        Self { name: name.to_owned(), problem: problem.to_owned() }
    }
}

impl From<InvalidParameter> for Response {
    fn from(InvalidParameter { name, problem }: InvalidParameter) -> Self {
        let response = match name.as_str() {
            "lat" | "long" => Response::v1(400, 3, "Invalid coordinates."),
            _ => Response::v1(400, 44, &format!("{name} parameter is invalid.")),
        };
        response.because(format!("{name}: {problem}"))
    }
}

impl Call {
    /// The parameters of an API 1.1 endpoint; each must be in one of these tables.
    pub async fn parameters(&mut self, tables: &[&[Parameter]]) -> Result<Parameters, Response> {
        if self.form.is_none() && !self.bytes().await?.is_empty() {
            return Err(
                Response::v1(400, 214, "Bad request.").because("the body is no application/x-www-form-urlencoded")
            );
        }
        let form = self.form.clone().unwrap_or_default();
        let given = texts(self.head.query_pairs()).chain(texts(form));
        Ok(Parameters::check(given.filter(|(name, _)| !name.starts_with("oauth_")), tables)?)
    }
}

fn check(name: &str, value: &str, rule: &Rule) -> Result<(), InvalidParameter> {
    let require = |right: bool, expected: &str| match right {
        true => Ok(()),
        false => Err(InvalidParameter::new(name, &format!("`{value}` is not {expected}"))),
    };
    match rule {
        Rule::Text => Ok(()),
        Rule::Id => require(is_id(value), "an id"),
        Rule::Ids(most) => {
            let ids: Vec<&str> = value.split(',').map(str::trim).collect();
            require(ids.len() <= *most, &format!("a list of at most {most}"))?;
            require(ids.iter().all(|id| is_id(id)), "a list of ids")
        }
        Rule::Boolean => require(matches!(value, "true" | "t" | "1" | "false" | "f" | "0"), "true or false"),
        Rule::Integer(min, max) => {
            let right = value.parse::<i64>().is_ok_and(|number| (*min..=*max).contains(&number));
            require(right, &format!("between {min} and {max}"))
        }
        Rule::Number(min, max) => {
            let right = value.parse::<f64>().is_ok_and(|number| (*min..=*max).contains(&number));
            require(right, &format!("between {min} and {max}"))
        }
        Rule::OneOf(known) => require(known.contains(&value), &format!("one of {}", known.join(", "))),
    }
}
