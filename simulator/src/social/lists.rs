//! Lists of people.

#[derive(Debug, Clone)]
pub struct List {
    pub id: String,
    pub owner_id: String,
    pub name: String,
    pub description: String,
    /// Only its owner sees it.
    pub private: bool,
    /// Seconds since 1970 by the simulator's clock.
    pub created_at: i64,
    /// User ids, oldest first. The next two fields are the same.
    pub members: Vec<String>,
    pub followers: Vec<String>,
    pub pinned_by: Vec<String>,
}

impl List {
    pub fn is_visible_to(&self, user_id: &str) -> bool {
        !self.private || self.owner_id == user_id
    }
}

/// All lists, oldest first.
#[derive(Default)]
pub struct Lists(Vec<List>);

impl Lists {
    pub fn add(&mut self, list: List) {
        self.0.push(list);
    }

    pub fn remove(&mut self, id: &str) {
        self.0.retain(|list| list.id != id);
    }

    pub fn find(&mut self, id: &str) -> Option<&mut List> {
        self.0.iter_mut().find(|list| list.id == id)
    }

    /// The lists for which `fits` is true and which `reader` may see.
    pub fn select(&self, reader: &str, fits: impl Fn(&List) -> bool) -> Vec<List> {
        self.0.iter().filter(|list| list.is_visible_to(reader) && fits(list)).cloned().collect()
    }
}
