//! Unknown names: suggests what was meant, and decides whether an error may repeat the name.

use crate::base::error::Error;
use crate::base::message::Message;

/// A kind of names, such as fields or parameters, and what other libraries call them.
pub(crate) struct Naming {
    pub noun: Noun,
    /// Pairs of a name that X or another library uses, and our name for it. If a name has several pairs, the first one
    /// whose second name is known counts.
    pub others: &'static [(&'static str, &'static str)],
    /// The other place where the name belongs, if there is one: with `true` only for an exact name, with `false` for a
    /// similar one too.
    pub elsewhere: fn(&str, bool) -> Option<String>,
}

/// What is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noun {
    Field,
    Parameter,
    Function,
}

/// The fields of objects within a request.
pub(super) const INNER: Naming = Naming { noun: Noun::Field, others: OTHER_FIELDS, elsewhere: |_, _| None };

/// What others call the fields of requests.
pub(crate) const OTHER_FIELDS: &[(&str, &str)] = &[
    ("status", "text"),
    ("message", "text"),
    ("tweet", "text"),
    ("content", "text"),
    ("text", "status"),
    ("tweet_text", "text"),
    ("tweet_id", "id"),
    ("post_id", "id"),
    ("status_id", "id"),
    ("id_str", "id"),
    ("tweet_ids", "ids"),
    ("post_ids", "ids"),
    ("id", "ids"),
    ("id", "media_id"),
    ("ids", "id"),
    ("media", "media_ids"),
    ("media_id", "media_ids"),
    ("media_id_string", "media_id"),
    ("media", "files"),
    ("media", "file"),
    ("image", "file"),
    ("image", "files"),
    ("images", "files"),
    ("photo", "files"),
    ("photos", "files"),
    ("picture", "files"),
    ("video", "files"),
    ("video", "file"),
    ("path", "file"),
    ("filename", "file"),
    ("file", "files"),
    ("files", "file"),
    ("media_category", "type"),
    ("category", "type"),
    ("mime_type", "media_type"),
    ("content_type", "media_type"),
    ("alt_text", "alt_texts"),
    ("options", "poll_options"),
    ("duration_minutes", "poll_duration"),
    ("poll_duration_minutes", "poll_duration"),
    ("quote_id", "quote_tweet_id"),
    ("quoted_tweet_id", "quote_tweet_id"),
    ("in_reply_to_tweet_id", "reply"),
    ("in_reply_to_status_id", "reply"),
    ("reply_to", "reply"),
    ("exclude_reply_user_ids", "reply"),
    ("place_id", "geo"),
    ("username", "screen_name"),
    ("latitude", "lat"),
    ("longitude", "long"),
    ("lon", "long"),
    ("lng", "long"),
    ("endpoint", "path"),
    ("uri", "url"),
    ("address", "url"),
    ("body", "json"),
    ("data", "json"),
    ("payload", "json"),
    ("params", "query"),
    ("parameters_query", "query"),
    ("verifier", "oauth_verifier"),
    ("pin", "oauth_verifier"),
    ("callback_url", "callback"),
    ("oauth_callback", "callback"),
    ("redirect", "url"),
    ("function", "name"),
];

impl Naming {
    /// The error for a name that isn't among `known`.
    pub fn unknown(&self, name: &str, known: &[&str]) -> Error {
        if may_be_secret(name) {
            return Error::invalid("", self.key_in_its_place());
        }
        let (suggestion, hint) = self.suggestion(name, known);
        let hint = hint.unwrap_or_else(|| match known {
            [] => say!(there_is_none_here),
            known => say!(there_are { known: known.join(", ") }),
        });
        let message = match self.noun {
            Noun::Field => say!(no_such_field { name, hint }),
            Noun::Parameter => say!(no_such_parameter { name, hint }),
            Noun::Function => say!(no_such_function { name, hint }),
        };
        Error::invalid(name, message).with_suggestion(suggestion)
    }

    fn key_in_its_place(&self) -> Message {
        match self.noun {
            Noun::Field => say!(key_in_place_of_field),
            Noun::Parameter => say!(key_in_place_of_parameter),
            Noun::Function => say!(key_in_place_of_function),
        }
    }

    /// The name that was probably meant, and the end of a sentence that says so; empty if there is none.
    pub fn suggestion(&self, name: &str, known: &[&str]) -> (Option<String>, Option<Message>) {
        let called = |ours: &str| say!(here_it_is_called { ours });
        let belongs = |ours: &str| say!(it_belongs_to { ours });
        let near = |ours: &str| say!(or_did_you_mean { ours });
        let other = self.other(name, known).map(|ours| (ours.to_owned(), called(ours)));
        let found = other
            .or_else(|| (self.elsewhere)(name, true).map(|ours| (ours.clone(), belongs(&ours))))
            .or_else(|| nearest(name, known).map(|ours| (ours.clone(), near(&ours))))
            .or_else(|| (self.elsewhere)(name, false).map(|ours| (ours.clone(), near(&ours))));
        found.map_or((None, None), |(ours, hint)| (Some(ours), Some(hint)))
    }

    /// Our name for a name that others use. Names of environment variables begin with the service: TWITTER_API_KEY,
    /// X_API_KEY.
    pub fn other<'k>(&self, name: &str, known: &[&'k str]) -> Option<&'k str> {
        let folded = fold(name);
        let ours = |folded: &str| {
            let is_meant = |(other, ours): &&(&str, &str)| fold(other) == folded && known.contains(ours);
            let other = self.others.iter().find(is_meant).map(|(_, ours)| *ours);
            other.or_else(|| known.iter().copied().find(|known| fold(known) == folded))
        };
        let bare = folded.strip_prefix("twitter").or_else(|| folded.strip_prefix('x'));
        ours(&folded).or_else(|| bare.and_then(ours))
    }
}

/// The known name that is nearest to a mistyped one.
pub(crate) fn nearest(name: &str, known: &[&str]) -> Option<String> {
    let folded = fold(name);
    known
        .iter()
        .map(|candidate| (strsim::jaro_winkler(&folded, &fold(candidate)), *candidate))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.to_owned())
}

/// `apiKey`, `API-Key` and `api_key` are one name.
pub(crate) fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '.' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Whether a text in the place of a name may be a key or a token: it is long, and not made of words as names are. An
/// error must not repeat it.
pub(crate) fn may_be_secret(name: &str) -> bool {
    /// X's shortest keys have 25 characters; half of one is a secret too.
    const SHORTEST: usize = 16;
    let words: Vec<&str> = name.split(['_', '.', '-', ' ']).collect();
    let most_digits = if words.len() > 1 { 2 } else { 0 };
    name.len() >= SHORTEST && !words.iter().all(|word| is_word(word, most_digits))
}

/// token, oauth1, TWITTER, accessTokenSecret: short, few digits, and few capitals unless all of it is in capitals.
fn is_word(word: &str, most_digits: usize) -> bool {
    const LONGEST: usize = 20;
    let count = |is: fn(&u8) -> bool| word.bytes().filter(is).count();
    let (digits, capitals) = (count(u8::is_ascii_digit), count(u8::is_ascii_uppercase));
    let humps = word.split(char::is_uppercase);
    word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && digits <= most_digits
        && (capitals <= word.len() / 4 || capitals == word.len() && word.len() <= LONGEST)
        && humps.into_iter().all(|hump| hump.len() < LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_keys() {
        for name in [
            "acces_token",
            "acces_token_secret_key",
            "accessTokenSecret",
            "OAuthConsumerKey",
            "TWITTER_API_KEY_SECRET",
            "oauth1-token-secret",
            "twitter.consumer.key",
            "access token secret",
            "oauth.accessTokenSecret",
            "x",
        ] {
            assert!(!may_be_secret(name), "{name}");
        }
        for key in [
            "xvz1evFS4wEEPTGEFPHBog",
            "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
            "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
            "abcdefghijklmnopqrstuvwxyz",
            "d41d8cd98f00b204e9800998ecf8427e",
            "AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0",
            "QkFhSUlPbGdkSEtM",
        ] {
            assert!(may_be_secret(key), "{key}");
        }
    }
}
