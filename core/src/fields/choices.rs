//! Fields that take one of several words.

use crate::base::error::{Error, Result};
use crate::fields::conversion::text;
use crate::fields::errors::wrong;
use crate::fields::given::{Given, Shape};
use crate::fields::names::nearest;
use crate::fields::token::trimmed;

/// One of the words of a `choices!`.
pub(crate) fn choice<T: Copy>(given: Given, names: &[(&'static str, T)]) -> Result<T> {
    let words: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    chosen(given, &words).map(|at| names[at].1)
}

/// The index of the given word in `names`.
fn chosen(given: Given, names: &[&str]) -> Result<usize> {
    let text = text(given)?;
    let word = match given.shape()? {
        // 2.0 is the word 2.
        Shape::Number(number) => number.parse().map_or(text, |number: f64| number.to_string().into()),
        _ => text,
    };
    let found = names.iter().position(|name| name.eq_ignore_ascii_case(trimmed(&word)));
    found.ok_or_else(|| no_choice(&word, names))
}

pub(crate) fn no_choice(given: &str, names: &[&str]) -> Error {
    let suggestion = nearest(given, names);
    let hint = suggestion.as_ref().map(|name| say!(did_you_mean { name }));
    wrong(say!(is_one_of { names: names.join(", "), hint })).with_suggestion(suggestion)
}

/// An enum that is given as one of several words. The first is the default. Other words for a choice follow it after `|`.
macro_rules! choices {
    (
        $(#[doc = $about:literal])*
        $visibility:vis enum $type:ident { $($(#[doc = $doc:literal])* $choice:ident = $name:literal $(| $alias:literal)*),* $(,)? }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $visibility enum $type { $($(#[doc = $doc])* $choice),* }

        impl $type {
            const NAMES: &[(&'static str, $type)] =
                &[$(($name, $type::$choice),)* $($(($alias, $type::$choice),)*)*];

            /// The first word for this choice.
            pub fn name(self) -> &'static str {
                match self { $($type::$choice => $name),* }
            }
        }

        impl Default for $type {
            fn default() -> Self {
                Self::NAMES[0].1
            }
        }

        impl $crate::fields::FieldType for $type {
            fn read(given: $crate::fields::Given) -> $crate::base::error::Result<Self> {
                $crate::fields::choice(given, Self::NAMES)
            }

            fn value(&mut self) -> serde_json::Value {
                self.name().into()
            }

            fn schema() -> serde_json::Value {
                let mut names = Self::NAMES.iter().map(|(name, _)| *name);
                $crate::fields::schema::of_words(&mut names)
            }
        }
    };
}
pub(crate) use choices;
