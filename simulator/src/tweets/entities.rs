//! Hashtags, mentions and links of a text, in the form of API 1.1.

use serde_json::{Value, json};

use super::text::{Piece, pieces};
use crate::account::Account;

/// `entities` of a status. A mention is listed only if `account` finds the name. Indices count characters, from 0.
pub fn of(text: &str, account: impl Fn(&str) -> Option<Account>) -> Value {
    let (mut hashtags, mut mentions, mut urls) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    for piece in pieces(text) {
        match piece {
            Piece::Link(link) => {
                let length = link.chars().count();
                urls.push(json!({
                    "url": link,
                    "expanded_url": link,
                    "display_url": link.split("://").last(),
                    "indices": [at, at + length],
                }));
                at += length;
            }
            Piece::Plain(plain) => {
                for (mark, name, start) in marked(plain) {
                    let indices = [at + start, at + start + 1 + name.chars().count()];
                    if mark == '#' {
                        hashtags.push(json!({ "text": name, "indices": indices }));
                    } else if let Some(account) = account(&name) {
                        mentions.push(json!({
                            "screen_name": account.screen_name,
                            "name": account.name,
                            "id": account.user_id.parse::<u64>().unwrap_or(0),
                            "id_str": account.user_id,
                            "indices": indices,
                        }));
                    }
                }
                at += plain.chars().count();
            }
        }
    }
    json!({ "hashtags": hashtags, "symbols": [], "user_mentions": mentions, "urls": urls })
}

/// The words after `#` and `@`: the mark, the word, and the mark's position in characters.
fn marked(text: &str) -> Vec<(char, String, usize)> {
    let letters: Vec<char> = text.chars().collect();
    let is_word = |letter: &char| letter.is_alphanumeric() || *letter == '_';
    let starts = letters.iter().enumerate().filter(|(at, letter)| {
        let begins = *at == 0 || !is_word(&letters[at - 1]);
        begins && matches!(letter, '#' | '@')
    });
    let words = starts.map(|(at, mark)| {
        let name: String = letters[at + 1..].iter().copied().take_while(is_word).collect();
        (*mark, name, at)
    });
    words.filter(|(_, name, _)| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_stand_where_the_text_has_them() {
        let someone = Account::new("demo", "Demo");
        let found = of("ä #tag a#b @demo @nobody https://x.com/#no", |name| (name == "demo").then(|| someone.clone()));
        assert_eq!(found["hashtags"], json!([{ "text": "tag", "indices": [2, 6] }]));
        assert_eq!(found["user_mentions"][0]["indices"], json!([11, 16]));
        assert_eq!(found["user_mentions"].as_array().map(Vec::len), Some(1));
        assert_eq!(found["urls"][0]["indices"], json!([25, 42]));
    }
}
