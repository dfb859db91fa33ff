//! Who follows, mutes and blocks whom.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Follows,
    Mutes,
    Blocks,
    /// Accepts no direct messages from them.
    BlocksMessages,
}

/// All relations, oldest first: the kind, and the ids of who has it and to whom.
#[derive(Default)]
pub struct Relations(Vec<(Relation, String, String)>);

impl Relations {
    /// Adds a relation. One that is there already stays as it is.
    pub fn add(&mut self, relation: Relation, from: &str, to: &str) {
        if !self.has(relation, from, to) {
            self.0.push((relation, from.to_owned(), to.to_owned()));
        }
        // A block ends following in both directions.
        if relation == Relation::Blocks {
            self.remove(Relation::Follows, from, to);
            self.remove(Relation::Follows, to, from);
        }
    }

    pub fn remove(&mut self, relation: Relation, from: &str, to: &str) {
        self.0.retain(|(kind, subject, object)| (*kind, subject.as_str(), object.as_str()) != (relation, from, to));
    }

    pub fn has(&self, relation: Relation, from: &str, to: &str) -> bool {
        self.0.iter().any(|(kind, subject, object)| (*kind, subject.as_str(), object.as_str()) == (relation, from, to))
    }

    /// Whom a person follows (mutes, blocks), oldest first.
    pub fn from(&self, relation: Relation, user_id: &str) -> Vec<String> {
        let of_them = self.0.iter().filter(|(kind, from, _)| *kind == relation && from == user_id);
        of_them.map(|(_, _, to)| to.clone()).collect()
    }

    /// Who follows (mutes, blocks) a person, oldest first.
    pub fn to(&self, relation: Relation, user_id: &str) -> Vec<String> {
        let of_them = self.0.iter().filter(|(kind, _, to)| *kind == relation && to == user_id);
        of_them.map(|(_, from, _)| from.clone()).collect()
    }
}
