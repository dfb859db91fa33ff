//! The methods and properties of an object, with their names in English and Russian. The names of functions come from
//! the table in `twitter-core`. Of X's operations only those that are built in are methods: a host may list the methods
//! when it makes an object, before it can set an `operations_file`.

use std::ffi::c_long;

use twitter_core::{FUNCTIONS, Function};

use crate::per_process::PerProcess;

/// Compares two names. 1C ignores case, in every alphabet.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

/// English and Russian. The platform numbers the languages in this order.
type Names = [&'static str; 2];

fn has_name(names: Names, name: &str) -> bool {
    names.iter().any(|known| is_same(known, name))
}

fn by_language(names: Names, language: c_long) -> Option<&'static str> {
    usize::try_from(language).ok().and_then(|language| names.get(language).copied())
}

fn entry<T: Copy>(table: &[T], index: c_long) -> Option<T> {
    usize::try_from(index).ok().and_then(|index| table.get(index).copied())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Version,
    Parameters,
    LastError,
    RaiseExceptions,
    LogFile,
}

pub(super) const PROPERTIES: [Property; 5] =
    [Property::Version, Property::Parameters, Property::LastError, Property::RaiseExceptions, Property::LogFile];

impl Property {
    pub fn at(index: c_long) -> Option<Property> {
        entry(&PROPERTIES, index)
    }

    fn names(self) -> Names {
        match self {
            Property::Version => ["Version", "Версия"],
            Property::Parameters => ["Parameters", "Параметры"],
            Property::LastError => ["LastError", "ПоследняяОшибка"],
            Property::RaiseExceptions => ["RaiseExceptions", "ВызыватьИсключения"],
            Property::LogFile => ["LogFile", "ФайлЖурнала"],
        }
    }

    pub fn name(self, language: c_long) -> Option<&'static str> {
        by_language(self.names(), language)
    }

    pub fn is_writable(self) -> bool {
        matches!(self, Property::Parameters | Property::RaiseExceptions | Property::LogFile)
    }
}

pub(super) fn find_property(name: &str) -> Option<usize> {
    PROPERTIES.iter().position(|property| has_name(property.names(), name))
}

#[derive(Clone, Copy)]
pub(super) enum Method {
    Function(&'static Function),
    /// Any function by its name.
    Call,
    /// The same in the background.
    Start,
    Poll,
    Cancel,
    /// An operation of X.
    Operation(&'static Operation),
}

/// The add-in's own methods. They are numbered after the functions and before the operations.
const ADDIN_METHODS: [Method; 4] = [Method::Call, Method::Start, Method::Poll, Method::Cancel];

/// An operation of X under its names.
#[derive(Clone)]
pub(super) struct Operation {
    /// As in C and Python: `get_users_by_username`.
    pub name: String,
    /// As in 1C and C#: `GetUsersByUsername`. There is no Russian one.
    en: String,
}

/// The operations that are methods, in the order of their names.
fn operations() -> &'static [Operation] {
    static OPERATIONS: PerProcess<Vec<Operation>> = PerProcess::new();
    OPERATIONS.get(|parent| parent.cloned().unwrap_or_else(|| without_taken_names(twitter_core::operations())))
}

/// Leaves out operations whose name a function or another method has.
fn without_taken_names(operations: Vec<(String, String)>) -> Vec<Operation> {
    let is_taken =
        |en: &str| find_function(en).is_some() || ADDIN_METHODS.iter().any(|method| has_name(method.names(), en));
    let mut named = Vec::new();
    for (name, en) in operations {
        if !is_taken(&en) {
            named.push(Operation { name, en });
        }
    }
    named
}

impl Method {
    pub fn count() -> usize {
        FUNCTIONS.len() + ADDIN_METHODS.len() + operations().len()
    }

    pub fn at(index: c_long) -> Option<Method> {
        let index = usize::try_from(index).ok()?;
        if let Some(function) = FUNCTIONS.get(index) {
            return Some(Method::Function(function));
        }
        let index = index - FUNCTIONS.len();
        match ADDIN_METHODS.get(index) {
            Some(method) => Some(*method),
            None => operations().get(index - ADDIN_METHODS.len()).map(Method::Operation),
        }
    }

    fn names(self) -> Names {
        match self {
            Method::Function(function) => [function.en, function.ru],
            Method::Call => ["Call", "Вызвать"],
            Method::Start => ["Start", "Начать"],
            Method::Poll => ["Poll", "Опросить"],
            Method::Cancel => ["Cancel", "Отменить"],
            Method::Operation(operation) => [&operation.en, &operation.en],
        }
    }

    pub fn name(self, language: c_long) -> Option<&'static str> {
        by_language(self.names(), language)
    }

    /// How many arguments the method has. A function has one more than its positional ones: JSON with further fields.
    pub fn arity(self) -> usize {
        match self {
            Method::Function(function) => function.arguments.len() + 1,
            Method::Call | Method::Start => 3,
            Method::Poll => 2,
            Method::Cancel | Method::Operation(_) => 1,
        }
    }

    /// Whether this argument may be left out. A function without a required one returns an envelope that says so.
    pub fn is_optional_argument(self, argument: usize) -> bool {
        let needed = if let Method::Function(_) | Method::Operation(_) = self { 0 } else { 1 };
        (needed..self.arity()).contains(&argument)
    }
}

pub(super) fn find_method(name: &str) -> Option<usize> {
    let function = FUNCTIONS.iter().position(|function| has_name([function.en, function.ru], name));
    let own =
        || ADDIN_METHODS.iter().position(|method| has_name(method.names(), name)).map(|index| FUNCTIONS.len() + index);
    let operation = || operations().iter().position(|operation| is_same(&operation.en, name));
    function.or_else(own).or_else(|| operation().map(|index| FUNCTIONS.len() + ADDIN_METHODS.len() + index))
}

/// The engine's name of a function or operation, which may be given by any of its names.
pub(super) fn called_name(name: &str) -> String {
    let name = name.trim();
    let operation =
        || operations().iter().find(|operation| is_same(&operation.en, name) || is_same(&operation.name, name));
    match find_function(name) {
        Some(function) => function.name.to_owned(),
        None => match operation() {
            Some(operation) => operation.name.clone(),
            // An operation that isn't built in, or a mistake.
            None if is_camel_case(name) => twitter_core::snake_case(name),
            None => name.to_owned(),
        },
    }
}

fn is_camel_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A function by any of its three names.
pub(super) fn find_function(name: &str) -> Option<&'static Function> {
    let name = name.trim();
    FUNCTIONS.iter().find(|function| is_same(function.name, name) || has_name([function.en, function.ru], name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_method_alone() {
        let mut names = Vec::new();
        for index in 0..Method::count() {
            let method = Method::at(index as c_long).unwrap();
            for name in method.names() {
                assert_eq!(find_method(name), Some(index), "{name}");
                assert_eq!(find_method(&name.to_uppercase()), Some(index), "{name}");
                assert_eq!(find_method(&name.to_lowercase()), Some(index), "{name}");
                assert!(find_property(name).is_none(), "{name}");
                names.push(name.to_lowercase());
            }
        }
        names.sort();
        names.dedup();
        // Operations have one name in both languages.
        assert_eq!(names.len(), 2 * Method::count() - operations().len());
        assert!(operations().len() > 200);
        assert!(Method::at(-1).is_none());
        assert!(Method::at(Method::count() as c_long).is_none());
    }

    #[test]
    fn a_name_that_is_taken_stays_whose_it_is() {
        let operation = |name: &str, en: &str| (name.to_owned(), en.to_owned());
        let with_names = without_taken_names(vec![
            operation("get_tweet", "GetTweet"),
            operation("poll", "Poll"),
            operation("get_tomorrow", "GetTomorrow"),
        ]);
        let names: Vec<&str> = with_names.iter().map(|operation| operation.name.as_str()).collect();
        assert_eq!(names, ["get_tomorrow"]);
    }

    #[test]
    fn a_call_goes_by_any_of_the_names() {
        for (given, expected) in [
            (" ПОЛУЧИТЬТВИТ", "get_tweet"),
            ("GetTweet ", "get_tweet"),
            ("Get_Tweet", "get_tweet"),
            ("getusersbyusername", "get_users_by_username"),
            ("GET_USERS_BY_USERNAME", "get_users_by_username"),
            // What a file of operations may have, or nothing.
            ("GetTomorrowById", "get_tomorrow_by_id"),
            ("get_tomorrow_by_id", "get_tomorrow_by_id"),
            ("Завтра", "Завтра"),
            ("a b", "a b"),
            ("A b", "A b"),
            ("", ""),
        ] {
            assert_eq!(called_name(given), expected, "{given}");
        }
    }

    #[test]
    fn positional_arguments_are_fields_of_the_request() {
        let engine = twitter_core::Engine::new();
        let described = twitter_core::call(&engine, "describe", b"{}", twitter_core::Host::default());
        let described: serde_json::Value = serde_json::from_str(&described).unwrap();
        for (function, entry) in FUNCTIONS.iter().zip(described["result"].as_array().unwrap()) {
            for argument in function.arguments {
                assert!(entry["request"]["properties"].get(argument).is_some(), "{}: {argument}", function.name);
            }
        }
    }
}
