//! Names of methods and properties, in both languages, and what stands behind them. The functions'
//! names are those of the one table.

use std::ffi::c_long;

use twitter_core::{FUNCTIONS, Function};

/// Whether two names are one: 1C ignores case, in every alphabet.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

/// English and Russian, by the platform's numbers.
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
}

/// The methods behind the functions.
const OWN: [Method; 4] = [Method::Call, Method::Start, Method::Poll, Method::Cancel];

impl Method {
    pub fn count() -> usize {
        FUNCTIONS.len() + OWN.len()
    }

    pub fn at(index: c_long) -> Option<Method> {
        let index = usize::try_from(index).ok()?;
        match FUNCTIONS.get(index) {
            Some(function) => Some(Method::Function(function)),
            None => OWN.get(index - FUNCTIONS.len()).copied(),
        }
    }

    fn names(self) -> Names {
        match self {
            Method::Function(function) => [function.en, function.ru],
            Method::Call => ["Call", "Вызвать"],
            Method::Start => ["Start", "Начать"],
            Method::Poll => ["Poll", "Опросить"],
            Method::Cancel => ["Cancel", "Отменить"],
        }
    }

    pub fn name(self, language: c_long) -> Option<&'static str> {
        by_language(self.names(), language)
    }

    /// With positional arguments comes one more: JSON of what the original does not have.
    pub fn arity(self) -> usize {
        match self {
            Method::Function(function) => function.arguments.len() + 1,
            Method::Call | Method::Start => 3,
            Method::Poll => 2,
            Method::Cancel => 1,
        }
    }

    /// Whether this argument may be left out. A function that lacks one says so in its envelope.
    pub fn may_lack(self, argument: usize) -> bool {
        let needed = if let Method::Function(_) = self { 0 } else { 1 };
        (needed..self.arity()).contains(&argument)
    }
}

pub(super) fn find_method(name: &str) -> Option<usize> {
    let function = FUNCTIONS.iter().position(|function| has_name([function.en, function.ru], name));
    let own = || OWN.iter().position(|method| has_name(method.names(), name)).map(|index| FUNCTIONS.len() + index);
    function.or_else(own)
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
        assert_eq!(names.len(), 2 * Method::count());
        assert!(Method::at(-1).is_none());
        assert!(Method::at(Method::count() as c_long).is_none());
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
