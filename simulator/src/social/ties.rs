//! Who follows, mutes and blocks whom.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    Follows,
    Mutes,
    Blocks,
    /// Takes no direct messages from them.
    BlocksMessages,
}

/// All ties, oldest first.
#[derive(Default)]
pub struct Ties(Vec<(Tie, String, String)>);

impl Ties {
    /// Nothing changes where it is so already.
    pub fn add(&mut self, tie: Tie, from: &str, to: &str) {
        if !self.has(tie, from, to) {
            self.0.push((tie, from.to_owned(), to.to_owned()));
        }
        // Who blocks a person doesn't follow them, nor they them.
        if tie == Tie::Blocks {
            self.remove(Tie::Follows, from, to);
            self.remove(Tie::Follows, to, from);
        }
    }

    pub fn remove(&mut self, tie: Tie, from: &str, to: &str) {
        self.0.retain(|(kind, subject, object)| (*kind, subject.as_str(), object.as_str()) != (tie, from, to));
    }

    pub fn has(&self, tie: Tie, from: &str, to: &str) -> bool {
        self.0.iter().any(|(kind, subject, object)| (*kind, subject.as_str(), object.as_str()) == (tie, from, to))
    }

    /// Whom a person follows (mutes, blocks), oldest first.
    pub fn from(&self, tie: Tie, user_id: &str) -> Vec<String> {
        let of_them = self.0.iter().filter(|(kind, from, _)| *kind == tie && from == user_id);
        of_them.map(|(_, _, to)| to.clone()).collect()
    }

    /// Who follows (mutes, blocks) a person, oldest first.
    pub fn to(&self, tie: Tie, user_id: &str) -> Vec<String> {
        let of_them = self.0.iter().filter(|(kind, _, to)| *kind == tie && to == user_id);
        of_them.map(|(_, from, _)| from.clone()).collect()
    }
}
