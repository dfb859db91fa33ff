//! The part of X's search language for which posts here have the data: words, phrases, hashtags, mentions, `-`, `OR`,
//! parentheses, and the operators of [`OPERATORS`].

use crate::tweets::Post;
use crate::tweets::text::{Piece, has_word, mentions, pieces};
use crate::tweets::timeline::Timeline;

/// What a search asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Query {
    All(Vec<Query>),
    Any(Vec<Query>),
    Not(Box<Query>),
    Text(String),
    Operator(String, String),
}

const OPERATORS: [&str; 9] =
    ["from", "to", "conversation_id", "is", "has", "url", "retweets_of", "in_reply_to_tweet_id", "lang"];

/// What `is:` and `has:` can ask for.
const KINDS: [&str; 3] = ["retweet", "reply", "quote"];
const PARTS: [&str; 5] = ["links", "media", "images", "mentions", "hashtags"];

/// # Errors
/// X's sentence about what it doesn't understand.
pub fn parse(text: &str) -> Result<Query, String> {
    let tokens = tokens(text)?;
    let mut rest = tokens.as_slice();
    let query = any(&mut rest)?;
    match rest.first() {
        None => Ok(query),
        Some(_) => Err(unbalanced()),
    }
}

const UNFINISHED_QUOTE: &str = "There were errors processing your request: a quote does not end";

fn unbalanced() -> String {
    "There were errors processing your request: parentheses do not match".to_owned()
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Or,
    Not,
    /// With whether it stood in quotes.
    Word(String, bool),
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '(' => {
                tokens.push(Token::Open);
                1
            }
            ')' => {
                tokens.push(Token::Close);
                1
            }
            '-' if rest.len() > 1 => {
                tokens.push(Token::Not);
                1
            }
            '"' => {
                let phrase = rest[1..].split_once('"').map(|(phrase, _)| phrase);
                let phrase = phrase.ok_or(UNFINISHED_QUOTE)?;
                tokens.push(Token::Word(phrase.to_owned(), true));
                phrase.len() + 2
            }
            _ => {
                let word = first_word(rest)?;
                tokens.push(if word == "OR" { Token::Or } else { Token::Word(word.to_owned(), false) });
                word.len()
            }
        };
        rest = rest[taken..].trim_start();
    }
    Ok(tokens)
}

/// The text up to the next space or parenthesis. Spaces in a quoted value of an operator don't end it.
fn first_word(text: &str) -> Result<&str, String> {
    let end = text.find(|letter: char| letter.is_whitespace() || "()".contains(letter));
    let word = &text[..end.unwrap_or(text.len())];
    let Some((name, _)) = word.split_once(":\"") else { return Ok(word) };
    let value = name.len() + 2;
    let length = text[value..].find('"').ok_or(UNFINISHED_QUOTE)?;
    Ok(&text[..value + length + 1])
}

/// Two terms beside each other bind more than `OR`.
fn any(rest: &mut &[Token]) -> Result<Query, String> {
    let mut alternatives = vec![all(rest)?];
    while rest.first() == Some(&Token::Or) {
        *rest = &rest[1..];
        alternatives.push(all(rest)?);
    }
    Ok(if alternatives.len() == 1 { alternatives.remove(0) } else { Query::Any(alternatives) })
}

fn all(rest: &mut &[Token]) -> Result<Query, String> {
    let mut parts = Vec::new();
    while rest.first().is_some_and(|token| !matches!(token, Token::Or | Token::Close)) {
        parts.push(one(rest)?);
    }
    match parts.len() {
        0 => Err("There were errors processing your request: something to look for is missing".to_owned()),
        1 => Ok(parts.remove(0)),
        _ => Ok(Query::All(parts)),
    }
}

fn one(rest: &mut &[Token]) -> Result<Query, String> {
    let Some((token, after)) = rest.split_first() else {
        return Err(unbalanced());
    };
    *rest = after;
    match token {
        Token::Not => Ok(Query::Not(Box::new(one(rest)?))),
        Token::Open => {
            let query = any(rest)?;
            match rest.split_first() {
                Some((Token::Close, after)) => *rest = after,
                _ => return Err(unbalanced()),
            }
            Ok(query)
        }
        Token::Word(word, quoted) => term(word, *quoted),
        Token::Or | Token::Close => Err(unbalanced()),
    }
}

fn term(word: &str, quoted: bool) -> Result<Query, String> {
    let operator = word.split_once(':').filter(|(name, value)| {
        !quoted
            && !value.is_empty()
            && !value.starts_with("//")
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    });
    match operator {
        None => Ok(Query::Text(word.to_owned())),
        Some(("is", value)) if !KINDS.contains(&value) => Err(invalid(word)),
        Some(("has", value)) if !PARTS.contains(&value) => Err(invalid(word)),
        Some((name, value)) if OPERATORS.contains(&name) => {
            Ok(Query::Operator(name.to_owned(), value.trim_matches('"').trim_start_matches('@').to_owned()))
        }
        Some((name, _)) => Err(invalid(name)),
    }
}

fn invalid(operator: &str) -> String {
    format!(
        "There were errors processing your request: Reference to invalid operator '{operator}'. Operator is not \
         available in current product or product packaging"
    )
}

/// What posts are searched by.
pub struct Search<'a> {
    timeline: &'a Timeline,
    /// A person's username by their id.
    named: &'a dyn Fn(&str) -> String,
}

impl<'a> Search<'a> {
    pub fn over(timeline: &'a Timeline, named: &'a dyn Fn(&str) -> String) -> Self {
        Self { timeline, named }
    }

    pub fn fits(&self, query: &Query, post: &Post) -> bool {
        match query {
            Query::All(parts) => parts.iter().all(|part| self.fits(part, post)),
            Query::Any(parts) => parts.iter().any(|part| self.fits(part, post)),
            Query::Not(part) => !self.fits(part, post),
            Query::Text(text) => match text.strip_prefix('@') {
                Some(name) => mentions(&post.tweet.text, name),
                None => has_word(&post.tweet.text, text),
            },
            Query::Operator(name, value) => self.has(name, value, post),
        }
    }

    fn has(&self, name: &str, value: &str, post: &Post) -> bool {
        let is_person = |id: &str| id == value || (self.named)(id).eq_ignore_ascii_case(value);
        let (tweet, is_retweet) = (&post.tweet, post.retweet.is_some());
        let links = || {
            pieces(&tweet.text).into_iter().filter_map(|piece| match piece {
                Piece::Link(link) => Some(link.to_lowercase()),
                Piece::Plain(_) => None,
            })
        };
        match (name, value) {
            ("from", _) => is_person(post.user_id()),
            ("retweets_of", _) => is_retweet && is_person(&tweet.user_id),
            ("to", _) => {
                let replied = tweet.in_reply_to.as_ref().and_then(|id| self.timeline.get(id));
                !is_retweet && replied.is_some_and(|replied| is_person(&replied.user_id))
            }
            ("conversation_id", id) => !is_retweet && self.timeline.root(tweet).id == id,
            ("in_reply_to_tweet_id", id) => !is_retweet && tweet.in_reply_to.as_deref() == Some(id),
            ("url", part) => links().any(|link| link.contains(&part.to_lowercase())),
            // The simulator does not detect the language of a text.
            ("lang", _) => true,
            ("is", "retweet") => is_retweet,
            ("is", "reply") => !is_retweet && tweet.in_reply_to.is_some(),
            ("is", "quote") => !is_retweet && tweet.body.get("quote_tweet_id").is_some(),
            ("has", "links") => links().next().is_some(),
            ("has", "media" | "images") => !tweet.media_ids.is_empty(),
            ("has", "mentions") => tweet.text.contains('@'),
            ("has", "hashtags") => tweet.text.contains('#'),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(word: &str) -> Query {
        Query::Text(word.to_owned())
    }

    #[test]
    fn or_binds_less_than_standing_together() {
        let query = parse("cat dog OR -(bird \"two words\")").expect("a query");
        let not = Query::Not(Box::new(Query::All(vec![text("bird"), text("two words")])));
        assert_eq!(query, Query::Any(vec![Query::All(vec![text("cat"), text("dog")]), not]));
        assert_eq!(parse("from:@Demo"), Ok(Query::Operator("from".to_owned(), "Demo".to_owned())));
        assert_eq!(parse("https://x.com/a"), Ok(text("https://x.com/a")));
    }

    #[test]
    fn what_is_no_query_is_refused() {
        for wrong in ["(cat", "cat)", "cat OR", "\"cat", "colour:blue", "is:blue", "has:colour", "()", "url:\"a b"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
