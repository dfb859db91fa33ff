//! Lists, with their fields and owners.

use serde_json::{Map, Value, json};

use super::{Includes, View, page_of, single};
use crate::calendar::Moment;
use crate::paging::Page;
use crate::response::Response;
use crate::social::lists::List;

impl View<'_> {
    pub fn list_response(&self, list: &List) -> Response {
        single(self.list(list), self.list_includes(std::slice::from_ref(list)))
    }

    pub fn lists_page(&self, page: &Page<List>) -> Response {
        page_of(page, |list| self.list(list), self.list_includes(&page.items))
    }

    fn list(&self, list: &List) -> Value {
        let mut data = json!({ "id": list.id, "name": list.name });
        let fields = [
            ("created_at", json!(Moment::new(list.created_at).iso())),
            ("description", json!(list.description)),
            ("follower_count", json!(list.followers.len())),
            ("member_count", json!(list.members.len())),
            ("private", json!(list.private)),
        ];
        for (field, value) in fields {
            if self.query.lists("list.fields", field) {
                data[field] = value;
            }
        }
        if self.query.expands(&["owner_id"]) {
            data["owner_id"] = json!(list.owner_id);
        }
        data
    }

    fn list_includes(&self, lists: &[List]) -> Map<String, Value> {
        let mut includes = Includes::default();
        if self.query.expands(&["owner_id"]) {
            self.add_users(&mut includes, lists.iter().map(|list| list.owner_id.clone()));
        }
        includes.0
    }
}
