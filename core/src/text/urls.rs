//! Finds the URLs of a text. X shortens each of them, so all have the same weight.

use super::hosts::Hosts;
use super::units::{self, has_at, is_boundary, is_path, is_plain_host, is_query, may_end_path, may_end_query, run_end};
use super::{labels, tlds};

/// The longest URL, scheme included, in UTF-16 units.
const MAX_URL: usize = 4096;
/// The scheme of a URL that is written without one.
const DEFAULT_SCHEME: &str = "https://";
const SCHEMES: [&str; 2] = ["http://", DEFAULT_SCHEME];
const MAX_TCO_SLUG: usize = 40;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Url {
    pub(super) start: usize,
    pub(super) length: usize,
}

/// The URLs in the order of their starts.
pub(super) fn find(text: &[u16]) -> Vec<Url> {
    let hosts = Hosts::of(text);
    let mut urls = Vec::new();
    let mut from = 0;
    while let Some(candidate) = next(text, &hosts, from) {
        from = candidate.end;
        candidate.push_urls(text, &mut urls);
    }
    urls
}

/// A part of the text that looks like a URL. X counts some of these parts as plain text.
struct Candidate {
    start: usize,
    /// The length of the scheme in units, if there is one.
    scheme: Option<usize>,
    domain: std::ops::Range<usize>,
    has_path: bool,
    end: usize,
}

/// The first candidate from `from` on. It is at the start of the text or after a boundary character.
fn next(text: &[u16], hosts: &Hosts, from: usize) -> Option<Candidate> {
    (from..text.len()).find_map(|at| {
        let behind = is_boundary(text[at]).then(|| candidate(text, hosts, at + 1)).flatten();
        behind.or_else(|| if at == 0 { candidate(text, hosts, 0) } else { None })
    })
}

fn candidate(text: &[u16], hosts: &Hosts, start: usize) -> Option<Candidate> {
    let scheme = SCHEMES.iter().find(|scheme| has_at(text, start, scheme)).map(|scheme| scheme.len());
    let domain = start + scheme.unwrap_or(0);
    let domain = domain..hosts.end(domain)?;
    let port = port_end(text, domain.end);
    let path = path_end(text, port);
    Some(Candidate { start, scheme, domain, has_path: path > port, end: query_end(text, path) })
}

impl Candidate {
    fn push_urls(&self, text: &[u16], urls: &mut Vec<Url>) {
        let domain = &text[self.domain.clone()];
        let length = self.end - self.start + self.scheme.unwrap_or(DEFAULT_SCHEME.len());
        if length > MAX_URL || !labels::fit(domain) {
            return;
        }
        match self.scheme {
            Some(_) if begins_as_punycode(domain) && plain_domains(domain).is_empty() => {}
            Some(_) => urls.extend(self.with_scheme(text)),
            None => self.without_scheme(text, urls),
        }
    }

    /// A URL of t.co ends after its slug and query. Further parts of a path don't belong to it.
    fn with_scheme(&self, text: &[u16]) -> Option<Url> {
        let url = &text[..self.end];
        let end = match tco_slug(url, self.domain.start) {
            Some(slug) if slug.len() > MAX_TCO_SLUG => return None,
            Some(slug) => query_end(url, slug.end),
            None => self.end,
        };
        Some(Url { start: self.start, length: end - self.start })
    }

    /// Without a scheme only the parts in Latin letters are URLs, and path and query belong to the last one.
    fn without_scheme(&self, text: &[u16], urls: &mut Vec<Url>) {
        let before = self.start.checked_sub(1).map(|at| text[at]);
        if before.is_some_and(|unit| matches!(u8::try_from(unit), Ok(b'-' | b'_' | b'.' | b'/'))) {
            return;
        }
        let found = urls.len();
        for (start, length) in plain_domains(&text[self.domain.clone()]) {
            urls.push(Url { start: self.start + start, length });
        }
        if let Some(last) = urls[found..].last_mut().filter(|_| self.has_path) {
            last.length += self.end - self.domain.end;
        }
    }
}

/// Only in lower case, as in the published implementation.
fn begins_as_punycode(domain: &[u16]) -> bool {
    domain.iter().copied().take(4).eq("xn--".encode_utf16())
}

/// Start and length of the domains in Latin letters within a domain. The start is where the text of such a domain first
/// occurs after the one before it. That may be too early, but the published implementation does the same.
fn plain_domains(domain: &[u16]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut last_end = 0;
    let mut at = 0;
    while at < domain.len() {
        let labels = plain_labels(domain, at);
        if let Some(end) = labels.end {
            let plain = &domain[at..end];
            let start =
                domain[last_end..].windows(plain.len()).position(|window| window == plain).unwrap_or(0) + last_end;
            last_end = start + plain.len();
            found.push((start, plain.len()));
        }
        at = labels.end.unwrap_or(labels.next);
    }
    found
}

/// Labels in Latin letters with dots between them.
struct PlainLabels {
    /// The end of the last top-level domain among them.
    end: Option<usize>,
    /// Where to search next if there is none.
    next: usize,
}

fn plain_labels(domain: &[u16], start: usize) -> PlainLabels {
    let mut labels = PlainLabels { end: None, next: start + 1 };
    let mut label = start;
    loop {
        let dot = run_end(domain, label, is_plain_host);
        if dot == label || domain.get(dot) != Some(&u16::from(b'.')) {
            labels.next = labels.next.max(dot);
            return labels;
        }
        label = dot + 1;
        labels.next = label;
        labels.end = tlds::end(domain, label).or(labels.end);
    }
}

/// Where the slug of a t.co URL is: the letters and digits after `t.co/`. `host` is the start of the host.
fn tco_slug(url: &[u16], host: usize) -> Option<std::ops::Range<usize>> {
    const HOST: &str = "t.co/";
    let start = host + HOST.len();
    if !has_at(url, host, HOST) {
        return None;
    }
    let end = run_end(url, start, units::is_alphanumeric);
    (end > start).then_some(start..end)
}

/// The end of the port, or `at` if there is none. `path_end` and `query_end` do the same.
fn port_end(text: &[u16], at: usize) -> usize {
    if text.get(at) != Some(&u16::from(b':')) {
        return at;
    }
    let end = run_end(text, at + 1, units::is_digit);
    if end > at + 1 { end } else { at }
}

/// The last character of a path is one that doesn't end a sentence. Balanced parentheses right after such a character
/// belong to the path too.
fn path_end(text: &[u16], start: usize) -> usize {
    if text.get(start) != Some(&u16::from(b'/')) {
        return start;
    }
    let mut end = start + 1;
    let mut at = end;
    while let Some(&unit) = text.get(at) {
        if is_path(unit) {
            at += 1;
            if may_end_path(unit) {
                end = at;
            }
        } else if let Some(closed) = balanced_end(text, at) {
            if at == end {
                end = closed;
            }
            at = closed;
        } else {
            break;
        }
    }
    end
}

/// The end of parentheses that are not empty. They may hold one more such pair.
fn balanced_end(text: &[u16], start: usize) -> Option<usize> {
    let [open, close] = [b'(', b')'].map(u16::from);
    let is = |at: usize, unit: u16| text.get(at) == Some(&unit);
    if !is(start, open) {
        return None;
    }
    let mut at = run_end(text, start + 1, is_path);
    if is(at, open) {
        let inner = run_end(text, at + 1, is_path);
        if inner == at + 1 || !is(inner, close) {
            return None;
        }
        at = run_end(text, inner + 1, is_path);
    }
    (at > start + 1 && is(at, close)).then_some(at + 1)
}

fn query_end(text: &[u16], start: usize) -> usize {
    if text.get(start) != Some(&u16::from(b'?')) {
        return start;
    }
    let run = run_end(text, start + 1, is_query);
    let last = text[start + 1..run].iter().rposition(|&unit| may_end_query(unit));
    last.map_or(start, |last| start + 1 + last + 1)
}
