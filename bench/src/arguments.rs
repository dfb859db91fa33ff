//! `name=value` arguments.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

pub struct Arguments(BTreeMap<String, String>);

impl Arguments {
    pub fn parse(given: &[String]) -> Result<Self> {
        let split = |argument: &String| {
            let (name, value) = argument.split_once('=').with_context(|| format!("{argument} is not NAME=VALUE"))?;
            Ok((name.to_owned(), value.to_owned()))
        };
        given.iter().map(split).collect::<Result<_>>().map(Arguments)
    }

    pub fn optional(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn required(&self, name: &str) -> Result<&str> {
        self.optional(name).with_context(|| format!("{name}=… is missing"))
    }

    pub fn number(&self, name: &str, default: u64) -> Result<u64> {
        self.optional(name).map_or(Ok(default), |value| value.parse().with_context(|| format!("{name} is no number")))
    }
}
