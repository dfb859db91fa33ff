//! Finds emoji of several code points, which have the weight of one character. An emoji of one code point needs no
//! search: it is counted like any other character.

use super::emoji_table::{ACCEPT, EDGES, NODES, ROOT};

/// Finds the emoji of a text from its start on. A part of an emoji doesn't count as another emoji.
pub(super) struct Emoji<'t> {
    text: &'t [u16],
    /// Where the search goes on. This is never inside an emoji.
    searched: usize,
}

impl<'t> Emoji<'t> {
    pub(super) fn of(text: &'t [u16]) -> Self {
        Self { text, searched: 0 }
    }

    /// The length in units of the emoji that starts at `at`. `at` must increase from call to call.
    pub(super) fn starting_at(&mut self, at: usize) -> Option<usize> {
        while self.searched < at {
            self.searched += length(&self.text[self.searched..]).unwrap_or(1);
        }
        if self.searched > at {
            return None;
        }
        length(&self.text[at..])
    }
}

/// The length in units of the longest emoji that the text starts with.
fn length(text: &[u16]) -> Option<usize> {
    let mut node = ROOT;
    let mut longest = None;
    for (at, &unit) in text.iter().enumerate() {
        let Some(target) = step(node, unit) else { break };
        if target & ACCEPT != 0 {
            longest = Some(at + 1);
        }
        node = target & !ACCEPT;
    }
    longest
}

/// The target of the node's edge for this unit, with the flag `ACCEPT`.
fn step(node: u16, unit: u16) -> Option<u16> {
    let node = usize::from(node);
    let edges = &EDGES[usize::from(NODES[node])..usize::from(NODES[node + 1])];
    let at = edges.partition_point(|&(_, last, _)| last < unit);
    edges.get(at).filter(|&&(first, ..)| first <= unit).map(|&(.., target)| target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_sequence_counts() {
        for (text, expected) in [
            ("👨‍👩‍👧‍👦!", Some(11)),
            ("👨‍👩‍🚀", None),
            ("👨🏽‍🚀", Some(7)),
            ("👍🏿🏿", Some(4)),
            ("1️⃣", Some(3)),
            ("1⃣", Some(2)),
            ("1️", None),
            ("🇩🇪🇫🇷", Some(4)),
            ("🇽🇽", None),
            ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", Some(14)),
            ("©️", Some(2)),
            ("😀", None),
            ("", None),
        ] {
            let units: Vec<u16> = text.encode_utf16().collect();
            assert_eq!(length(&units), expected, "{text}");
        }
    }

    #[test]
    fn one_inside_another_is_none() {
        let units: Vec<u16> = "👍🏿1️⃣".encode_utf16().collect();
        let mut emoji = Emoji::of(&units);
        assert_eq!((emoji.starting_at(0), emoji.starting_at(2), emoji.starting_at(4)), (Some(4), None, Some(3)));
    }
}
