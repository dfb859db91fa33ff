//! Lists, with their fields and owners.

use serde_json::{Map, Value, json};

use super::{Includes, View, list_with, meta};
use crate::answer::Answer;
use crate::calendar::Moment;
use crate::paging::Page;
use crate::social::lists::List;

impl View<'_> {
    pub fn list_answer(&self, list: &List) -> Answer {
        let mut body = Map::from_iter([("data".to_owned(), self.list(list))]);
        self.include(&mut body, self.list_includes(std::slice::from_ref(list)));
        Answer::json(200, &Value::Object(body))
    }

    pub fn lists_page(&self, page: Page<List>) -> Answer {
        let data = page.items.iter().map(|list| self.list(list)).collect();
        list_with(data, self.list_includes(&page.items), Vec::new(), Some(meta(&page)))
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
