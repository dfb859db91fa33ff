//! Host names: labels with dots between them. A host name ends at the last top-level domain among them.

use super::tlds;
use super::units::is_host;

/// The dots of a text that end a label. All that is needed of a dot is computed once, so that the time is linear and
/// not quadratic.
pub(super) struct Hosts<'t> {
    text: &'t [u16],
    dots: Vec<Dot>,
}

struct Dot {
    at: usize,
    /// Where the label before it starts at the earliest.
    earliest: usize,
    /// The place after the last underscore in that label. The label before a top-level domain can't have an underscore.
    after_underscore: usize,
    /// The end of the top-level domain after it.
    tld: Option<usize>,
    /// The end of a host name that goes on with the next label and the dot after it.
    end_with_next: Option<usize>,
}

impl<'t> Hosts<'t> {
    pub(super) fn of(text: &'t [u16]) -> Self {
        let mut dots = dots(text);
        for at in (1..dots.len()).rev() {
            let next = &dots[at];
            let first = dots[at - 1].at + 1;
            if next.earliest == first && is_host(text[first]) {
                dots[at - 1].end_with_next = next.end(first);
            }
        }
        Self { text, dots }
    }

    /// The end of the host name that starts at `start`, if there is one.
    pub(super) fn end(&self, start: usize) -> Option<usize> {
        if !self.text.get(start).is_some_and(|&unit| is_host(unit)) {
            return None;
        }
        let dot = self.dots.get(self.dots.partition_point(|dot| dot.at < start))?;
        if dot.earliest <= start { dot.end(start) } else { None }
    }
}

impl Dot {
    /// The end of a host name whose label before this dot starts at `start`.
    fn end(&self, start: usize) -> Option<usize> {
        self.end_with_next.or(self.tld.filter(|_| self.after_underscore <= start))
    }
}

fn dots(text: &[u16]) -> Vec<Dot> {
    let mut dots = Vec::new();
    let (mut earliest, mut after_underscore) = (0, 0);
    for (at, &unit) in text.iter().enumerate() {
        match u8::try_from(unit) {
            Ok(b'-') => {}
            Ok(b'_') => after_underscore = at + 1,
            Ok(b'.') => {
                if at > earliest && is_host(text[at - 1]) {
                    dots.push(Dot {
                        at,
                        earliest,
                        after_underscore,
                        tld: tlds::end(text, at + 1),
                        end_with_next: None,
                    });
                }
                earliest = at + 1;
            }
            _ if is_host(unit) => {}
            _ => earliest = at + 1,
        }
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_of(text: &str) -> Option<usize> {
        Hosts::of(&text.encode_utf16().collect::<Vec<u16>>()).end(0)
    }

    #[test]
    fn reaches_to_the_last_top_level_domain() {
        assert_eq!(end_of("a.com.de.x/"), Some(8));
        assert_eq!(end_of("a_b.com.de"), Some(10));
        assert_eq!(end_of("a.b_c.com"), None);
        assert_eq!(end_of("a.com.b_c.net"), Some(5));
        assert_eq!(end_of("a.com_"), Some(5));
        for not_one in ["com", ".com", "-a.com", "a-.com", "a..com", "a.b", "a b.com", "a/b.com", ""] {
            assert_eq!(end_of(not_one), None, "{not_one}");
        }
    }
}
