//! Pages of lists, newest first. Their tokens are issued by the simulator and have no meaning for clients.

use std::collections::HashMap;

use crate::random;

/// The tokens issued so far. Each can be used for the list that it came from, any number of times.
#[derive(Default)]
pub struct PageTokens(HashMap<String, Place>);

struct Place {
    list: String,
    /// The page ends before this index, counted from the oldest item, so new items don't move it.
    end: usize,
}

pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
    pub previous: Option<String>,
}

/// The token isn't one of this list.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownToken;

impl PageTokens {
    /// A page of `items`, which stand oldest first. `list` names the list and its reader.
    pub fn page<T: Clone>(
        &mut self,
        list: &str,
        items: &[T],
        size: usize,
        token: Option<&str>,
    ) -> Result<Page<T>, UnknownToken> {
        let end = match token {
            None => items.len(),
            Some(token) => self.0.get(token).filter(|place| place.list == list).ok_or(UnknownToken)?.end,
        };
        let end = end.min(items.len());
        let start = end.saturating_sub(size);
        Ok(Page {
            items: items[start..end].iter().rev().cloned().collect(),
            next: (start > 0).then(|| self.issue(list, start)),
            previous: (end < items.len()).then(|| self.issue(list, (end + size).min(items.len()))),
        })
    }

    /// Digits alone: API 1.1's cursors are numbers.
    fn issue(&mut self, list: &str, end: usize) -> String {
        let token = random::id();
        self.0.insert(token.clone(), Place { list: list.to_owned(), end });
        token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lead_forth_and_back_whatever_is_added() {
        let mut tokens = PageTokens::default();
        let mut items: Vec<u32> = (1..=5).collect();
        let first = tokens.page("a", &items, 2, None).expect("a page");
        assert_eq!((first.items, first.previous.is_some()), (vec![5, 4], false));
        items.push(6);
        let second = tokens.page("a", &items, 2, first.next.as_deref()).expect("a page");
        assert_eq!(second.items, [3, 2]);
        let last = tokens.page("a", &items, 2, second.next.as_deref()).expect("a page");
        assert_eq!((last.items, last.next.is_some()), (vec![1], false));
        let back = tokens.page("a", &items, 2, second.previous.as_deref()).expect("a page");
        assert_eq!(back.items, [5, 4]);
        assert!(tokens.page("b", &items, 2, second.next.as_deref()).is_err());
        assert!(tokens.page("a", &items, 2, Some("1")).is_err());
    }
}
