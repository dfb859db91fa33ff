//! Whether a request is allowed: what the schema says, and what the library says.

use std::collections::{BTreeMap, BTreeSet};

use boon::{Compiler, SchemaIndex, Schemas};
use proptest::prelude::{Strategy, any};
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use regex::Regex;
use serde_json::{Value, json};
use twitter_guest::Options;

use crate::support::closed_port::ClosedPort;
use crate::support::{library, message};

/// A restriction that JSON Schema can't express.
pub struct Restriction {
    /// The field's last name, or [`ANY_FIELD`].
    field: &'static str,
    /// A regular expression for the library's message, from the end of the field's name to the end.
    message: &'static str,
    /// What the restriction is.
    about: &'static str,
    /// The values that it can apply to.
    applies_to: fn(&Value) -> bool,
}

/// A restriction for every value of a field.
pub const fn restriction(field: &'static str, message: &'static str, about: &'static str) -> Restriction {
    Restriction { field, message, about, applies_to: |_| true }
}

impl Restriction {
    pub const fn only_for(mut self, applies_to: fn(&Value) -> bool) -> Restriction {
        self.applies_to = applies_to;
        self
    }
}

/// The name in a restriction that is about fields of any name.
pub const ANY_FIELD: &str = "*";

/// What `{"bytes": 0}` stands for.
const PICTURE: &[u8] = include_bytes!("../media/picture.png");

/// What the schemas say of requests, and what the library says.
pub struct Comparison {
    schemas: Schemas,
    index: BTreeMap<String, SchemaIndex>,
    pub described: BTreeMap<String, Value>,
    restrictions: &'static [Restriction],
    /// Those of the restrictions' messages, in the same order.
    expressions: Vec<Regex>,
    parameters: Value,
    differences: BTreeSet<String>,
    /// The indexes of the restrictions that were needed.
    needed_restrictions: BTreeSet<usize>,
    pub compared: usize,
    _port: ClosedPort,
}

impl Comparison {
    /// Of the functions with these schemas.
    pub fn of(described: BTreeMap<String, Value>, restrictions: &'static [Restriction]) -> Comparison {
        let (mut schemas, mut compiler, mut index) = (Schemas::new(), Compiler::new(), BTreeMap::new());
        for (name, request) in &described {
            let address = format!("http://schemas/{name}.json");
            compiler.add_resource(&address, request.clone()).expect("a schema");
            let compiled = compiler.compile(&address, &mut schemas).unwrap_or_else(|e| panic!("{name}: {e:#}"));
            index.insert(name.clone(), compiled);
        }
        let whole = |words: &str| Regex::new(&format!("^(?s:{words})$")).expect("an expression");
        let port = ClosedPort::take();
        let parameters = json!({
            "api_url": format!("http://127.0.0.1:{}", port.number()),
            // Where nobody can listen: a wait for a sign-in ends at once.
            "redirect_uri": format!("http://127.0.0.1:{}/", port.number()),
            "max_retries": 0, "client_id": "c", "client_secret": "s", "access_token": "a", "refresh_token": "r",
            "oauth_token": "1-t", "oauth_token_secret": "ts", "oauth_consumer_key": "k", "oauth_consumer_secret": "ks",
        });
        Comparison {
            schemas,
            index,
            described,
            restrictions,
            expressions: restrictions.iter().map(|restriction| whole(restriction.message)).collect(),
            parameters,
            differences: BTreeSet::new(),
            needed_restrictions: BTreeSet::new(),
            compared: 0,
            _port: port,
        }
    }

    /// The same refused request again, for its message in Russian.
    fn check_in_russian(&mut self, function: &str, mut request: Value) {
        let Some(parameters) = request["parameters"].as_object_mut() else { return };
        if parameters.contains_key("language") {
            return;
        }
        parameters.insert("language".to_owned(), "ru".into());
        let options = Options { bytes: &[PICTURE], ..Options::default() };
        let error = library().call_with(function, &request, options)["error"].take();
        let mut broken = message::broken_rules(&error);
        if !message::is_russian(error["message"].as_str().unwrap_or_default()) {
            broken.push("is not in Russian");
        }
        if !broken.is_empty() {
            self.differences.insert(format!("{}: {}", broken.join(", "), error["message"]));
        }
    }

    /// Notes a difference where only one of schema and library refuses the request.
    pub fn compare(&mut self, function: &str, request: &Value) {
        let mut request = request.clone();
        if request.get("parameters").is_none() {
            request["parameters"] = self.parameters.clone();
        }
        let refused = self.schemas.validate(&request, self.index[function]).err().map(|error| error.to_string());
        let options = Options { bytes: &[PICTURE], ..Options::default() };
        let envelope = library().call_with(function, &request, options);
        let error = &envelope["error"];
        let is_taken = error["kind"] != "invalid_request";
        if error.is_object() {
            let broken = message::broken_rules(error);
            if !broken.is_empty() {
                self.differences.insert(format!("{}: {}", broken.join(", "), error["message"]));
            }
            if !is_taken && self.compared.is_multiple_of(2) {
                self.check_in_russian(function, request.clone());
            }
        }
        self.compared += 1;
        if is_taken == refused.is_none() {
            return;
        }
        let message = error["message"].as_str().unwrap_or_default();
        if !is_taken && let Some(restriction) = self.not_in_schema(&request, error) {
            self.needed_restrictions.insert(restriction);
            return;
        }
        let shown = request.as_object_mut().and_then(|request| request.shift_remove("parameters"));
        let shown = if shown == Some(self.parameters.clone()) { Value::Null } else { shown.into() };
        let said = refused.map(|error| error.chars().take(300).collect::<String>());
        self.differences.insert(format!(
            "{function} {} (parameters {shown})\n   library: {}\n   schema: {said:?}",
            request.to_string().chars().take(300).collect::<String>(),
            if is_taken { "takes it".to_owned() } else { format!("{}: {message}", error["field"]) },
        ));
    }

    #[track_caller]
    pub fn assert_no_differences(&self) {
        let count = self.differences.len();
        let shown: Vec<&String> = self.differences.iter().take(60).collect();
        assert!(
            count == 0,
            "{count} of {} requests are judged differently. The limits and rules of a function's schema are \
             in its module (core/src/functions). The first ones:\n{}",
            self.compared,
            shown.iter().map(|d| d.as_str()).collect::<Vec<_>>().join("\n")
        );
    }

    /// The index of the restriction that this error is about.
    fn not_in_schema(&self, request: &Value, error: &Value) -> Option<usize> {
        let field = error["field"].as_str().unwrap_or_default();
        let message = error["message"].as_str().unwrap_or_default();
        let last = field.rsplit('.').next().unwrap_or_default();
        // What the message calls the field by.
        let names = [format!("`{field}`"), format!("`{last}`"), String::new()];
        let rest = names.iter().find_map(|name| message.strip_prefix(name))?;
        let value = value_at(request, field);
        self.restrictions.iter().zip(&self.expressions).position(|(restriction, expression)| {
            (restriction.field == ANY_FIELD || last.split('[').next() == Some(restriction.field))
                && expression.is_match(rest)
                && (restriction.applies_to)(value)
        })
    }

    #[track_caller]
    pub fn assert_every_restriction_was_needed(&self) {
        let unneeded = self.restrictions.iter().enumerate().filter(|(at, _)| !self.needed_restrictions.contains(at));
        let unneeded: Vec<String> = unneeded
            .map(|(_, Restriction { field, message, about, .. })| format!("{field}{message} ({about})"))
            .collect();
        assert!(unneeded.is_empty(), "restrictions that nothing needs: {unneeded:#?}");
    }
}

/// The value at a path such as `media.items[1].id`. One value may stand for a list: then a path goes through it. The
/// name of a field may have a dot.
fn value_at<'r>(request: &'r Value, path: &str) -> &'r Value {
    let names = request.as_object().into_iter().flat_map(|request| request.keys());
    let named = names.filter(|name| path.starts_with(*name)).max_by_key(|name| name.len());
    let Some(field) = named else { return request };
    let keys = path[field.len()..].split(['.', '[']).map(|key| key.trim_end_matches(']'));
    keys.fold(&request[field], |value, key| match key.parse::<usize>() {
        Ok(index) => value.get(index).unwrap_or(value),
        Err(_) => value.get(0).filter(|_| value.is_array()).unwrap_or(value).get(key).unwrap_or(value),
    })
}

/// A function, whether its required fields are given, and what else is: a field, a value, and whether the value is
/// right.
pub type Choices = (Index, bool, Vec<(Index, Index, bool)>);

/// What 20,000 random requests are made of. The same seed gives the same ones.
pub fn random_choices(seed: u64) -> impl Iterator<Item = Choices> {
    let picks = proptest::collection::vec((any::<Index>(), any::<Index>(), any::<bool>()), 1..6);
    let config = Config { rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::with_cases(1) };
    let mut runner = TestRunner::new(config);
    let strategy = (any::<Index>(), any::<bool>(), picks);
    (0..20_000).map(move |_| strategy.new_tree(&mut runner).expect("a tree").current())
}
