//! The query of an operation of API v2.

use std::collections::BTreeMap;

/// A query that X's document allows.
#[derive(Default)]
pub struct Query(pub BTreeMap<String, String>);

impl Query {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn list(&self, name: &str) -> Vec<String> {
        self.get(name).into_iter().flat_map(|value| value.split(',')).map(str::to_owned).collect()
    }

    pub fn lists(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|list| list.split(',').any(|item| item == value))
    }

    /// Whether a post's field is asked for, in either spelling of the parameter.
    pub fn has_post_field(&self, field: &str) -> bool {
        self.lists("post.fields", field) || self.lists("tweet.fields", field)
    }

    pub fn expands(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.lists("expansions", name))
    }

    /// How many items a page holds: all that fit where the query doesn't say.
    pub fn max_results(&self) -> usize {
        self.get("max_results").and_then(|number| number.parse().ok()).unwrap_or(100)
    }
}
