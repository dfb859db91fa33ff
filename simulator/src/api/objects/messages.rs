//! Events of direct messages, with their senders and media.

use serde_json::{Map, Value, json};

use super::{Includes, View, media_keys, page_of, single};
use crate::calendar::Moment;
use crate::paging::Page;
use crate::response::Response;
use crate::social::messages::{Event, EventKind};

impl View<'_> {
    pub fn event_response(&self, event: &Event) -> Response {
        single(self.event(event), self.event_includes(std::slice::from_ref(event)))
    }

    pub fn events_page(&self, page: &Page<Event>) -> Response {
        page_of(page, |event| self.event(event), self.event_includes(&page.items))
    }

    fn event(&self, event: &Event) -> Value {
        let mut data = json!({ "id": event.id, "event_type": event.kind.name() });
        let asks = |field: &str| self.query.lists("dm_event.fields", field);
        if event.kind == EventKind::MessageCreate {
            data["text"] = json!(event.text);
        }
        if asks("created_at") {
            data["created_at"] = json!(Moment::new(event.created_at).iso());
        }
        if asks("dm_conversation_id") {
            data["dm_conversation_id"] = json!(event.conversation_id);
        }
        let carries = !event.media_ids.is_empty();
        if carries && (asks("attachments") || self.query.expands(&["attachments.media_keys"])) {
            data["attachments"] = json!({ "media_keys": media_keys(self.state(), &event.media_ids) });
        }
        if self.query.expands(&["sender_id"]) {
            data["sender_id"] = json!(event.sender_id);
        }
        if self.query.expands(&["participant_ids"]) && !event.joined.is_empty() {
            data["participant_ids"] = json!(event.joined);
        }
        data
    }

    fn event_includes(&self, events: &[Event]) -> Map<String, Value> {
        let mut includes = Includes::default();
        let mut people: Vec<String> = Vec::new();
        if self.query.expands(&["sender_id"]) {
            people.extend(events.iter().map(|event| event.sender_id.clone()));
        }
        if self.query.expands(&["participant_ids"]) {
            people.extend(events.iter().flat_map(|event| event.joined.iter().cloned()));
        }
        self.add_users(&mut includes, people.into_iter());
        if self.query.expands(&["attachments.media_keys"]) {
            let ids = events.iter().flat_map(|event| event.media_ids.iter());
            includes.add("media", ids.filter_map(|id| self.media(id)));
        }
        includes.0
    }
}
