//! Direct messages.

use serde_json::{Map, Value, json};

use super::objects::{View, nothing_found};
use super::tweets::texts;
use super::{Call, Handled, operation};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::social::messages::{Event, EventKind, id_of_two};
use crate::social::relations::Relation;
use crate::state::lock;

const SENDING: Limits = Limits::window(15).per_day(1440).app_per_day(1440);
const DELETING: Limits = Limits::window(300).per_day(1500).app_per_day(4000);
const READING: Limits = Limits::window(15);

pub const OPERATIONS: &[Handled] = &[
    operation("createDirectMessagesConversation", |call| Box::pin(begin_group(call))).limited(SENDING),
    operation("createDirectMessagesByParticipantId", |call| Box::pin(to_person(call))).limited(SENDING),
    operation("createDirectMessagesByConversationId", |call| Box::pin(to_conversation(call))).limited(SENDING),
    operation("getDirectMessagesEvents", |call| Box::pin(all(call))).limited(READING),
    operation("getDirectMessagesEventsByConversationId", |call| Box::pin(of_conversation(call))).limited(READING),
    operation("getDirectMessagesEventsByParticipantId", |call| Box::pin(with_person(call))).limited(READING),
    operation("getDirectMessagesEventsById", |call| Box::pin(show(call))).limited(READING),
    operation("deleteDirectMessagesEvents", |call| Box::pin(remove(call))).limited(DELETING),
];

async fn begin_group(call: &mut Call) -> Outcome {
    let body = call.json().await?;
    let mut participants = texts(body.get("participant_ids"));
    for id in &participants {
        check_recipient(call, id, "participant_ids")?;
    }
    let message = body.get("message").and_then(Value::as_object).cloned().unwrap_or_default();
    check_message(call, &message)?;
    participants.retain(|id| id != call.user_id());
    participants.push(call.user_id().to_owned());
    let id = next_id(call);
    lock(&call.state.messages).begin(&id, &participants);
    let joined = Event {
        id: next_id(call),
        kind: EventKind::ParticipantsJoin,
        joined: participants,
        ..event(call, &id, &Map::new())
    };
    lock(&call.state.messages).add(joined);
    Ok(send(call, &id, &message))
}

async fn to_person(call: &mut Call) -> Outcome {
    let body = call.json().await?;
    let person = call.path_value("participant_id").to_owned();
    check_recipient(call, &person, "participant_id")?;
    check_message(call, &body)?;
    let id = begin_of_two(call, &person);
    Ok(send(call, &id, &body))
}

async fn to_conversation(call: &mut Call) -> Outcome {
    let body = call.json().await?;
    let id = call.path_value("dm_conversation_id").to_owned();
    let other = id.split_once('-').and_then(|(one, other)| match call.user_id() {
        me if me == one => Some(other.to_owned()),
        me if me == other => Some(one.to_owned()),
        _ => None,
    });
    let id = match other {
        Some(person) => {
            check_recipient(call, &person, "dm_conversation_id")?;
            begin_of_two(call, &person)
        }
        None => id,
    };
    let is_in_it = lock(&call.state.messages)
        .conversation(&id)
        .is_some_and(|conversation| conversation.participants.iter().any(|person| person == call.user_id()));
    if !is_in_it {
        let detail = format!("Could not find dm conversation with dm_conversation_id: [{id}].");
        return Err(Response::problem(404, "dm-conversation-not-found", "Not Found Error", &detail));
    }
    check_message(call, &body)?;
    Ok(send(call, &id, &body))
}

/// The conversation with one person, there from now on.
fn begin_of_two(call: &Call, person: &str) -> String {
    let id = id_of_two(call.user_id(), person);
    lock(&call.state.messages).begin(&id, &[call.user_id().to_owned(), person.to_owned()]);
    id
}

fn check_recipient(call: &Call, person: &str, parameter: &str) -> Result<(), Response> {
    if call.state.account(person).is_none() {
        return Err(Response::not_found("user", parameter, person));
    }
    let relations = lock(&call.state.relations);
    let refuses = [Relation::Blocks, Relation::BlocksMessages]
        .into_iter()
        .any(|relation| relations.has(relation, person, call.user_id()));
    if refuses || relations.has(Relation::Blocks, call.user_id(), person) {
        return Err(Response::forbidden("You do not have permission to DM one or more participants."));
    }
    Ok(())
}

/// A message has a text or a picture, which is the sender's own.
fn check_message(call: &Call, message: &Map<String, Value>) -> Result<(), Response> {
    let ids = media_ids(message);
    if ids.is_empty() && !message.contains_key("text") {
        return Err(Response::invalid(json!({}), "Requests must have at least one of text or attachments."));
    }
    let mut media = lock(&call.state.media);
    match ids.iter().find(|id| media.find(id, call.user_id(), call.state.clock.now()).is_none()) {
        Some(unknown) => Err(Response::invalid(json!({ "attachments": [unknown] }), "Your media IDs are invalid.")),
        None => Ok(()),
    }
}

fn media_ids(message: &Map<String, Value>) -> Vec<String> {
    let attached = message.get("attachments").and_then(Value::as_array).into_iter().flatten();
    attached.filter_map(|attachment| attachment["media_id"].as_str()).map(str::to_owned).collect()
}

fn send(call: &Call, conversation_id: &str, message: &Map<String, Value>) -> Response {
    let event = event(call, conversation_id, message);
    let data = json!({ "dm_conversation_id": conversation_id, "dm_event_id": event.id });
    lock(&call.state.messages).add(event);
    Response::data(201, data)
}

fn event(call: &Call, conversation_id: &str, message: &Map<String, Value>) -> Event {
    Event {
        id: next_id(call),
        conversation_id: conversation_id.to_owned(),
        kind: EventKind::MessageCreate,
        sender_id: call.user_id().to_owned(),
        text: message.get("text").and_then(Value::as_str).unwrap_or_default().to_owned(),
        media_ids: media_ids(message),
        joined: Vec::new(),
        created_at: call.state.clock.now(),
    }
}

fn next_id(call: &Call) -> String {
    lock(&call.state.timeline).next_id(call.state.clock.milliseconds())
}

async fn all(call: &mut Call) -> Outcome {
    listed(call, |_| true)
}

async fn of_conversation(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    listed(call, |event| event.conversation_id == id)
}

async fn with_person(call: &mut Call) -> Outcome {
    let id = id_of_two(call.user_id(), call.path_value("participant_id"));
    listed(call, |event| event.conversation_id == id)
}

fn listed(call: &Call, fits: impl Fn(&Event) -> bool) -> Outcome {
    let is_asked = |event: &Event| call.query.lists("event_types", event.kind.name());
    let events = lock(&call.state.messages).of(call.user_id(), |event| fits(event) && is_asked(event));
    Ok(View::new(call).events_page(&call.page(&events)?))
}

fn own(call: &Call) -> Option<Event> {
    let id = call.path_value("event_id");
    lock(&call.state.messages).of(call.user_id(), |event| event.id == id).pop()
}

async fn show(call: &mut Call) -> Outcome {
    let missing = || nothing_found("dm_event", "event_id", call.path_value("event_id"));
    Ok(own(call).map_or_else(missing, |event| View::new(call).event_response(&event)))
}

async fn remove(call: &mut Call) -> Outcome {
    let id = call.path_value("event_id");
    match own(call) {
        None => {
            let detail = format!("Could not find dm event with event_id: [{id}].");
            Err(Response::problem(404, "dm-not-found", "Not Found Error", &detail))
        }
        Some(event) if event.sender_id != call.user_id() => {
            Err(Response::problem(403, "dm-not-owner", "Forbidden", "You are not allowed to delete this message."))
        }
        Some(event) => {
            lock(&call.state.messages).remove(&event.id);
            Ok(Response::data(200, json!({ "deleted": true })))
        }
    }
}
