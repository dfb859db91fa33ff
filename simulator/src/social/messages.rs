//! Direct messages, in conversations of two people and of groups.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    MessageCreate,
    ParticipantsJoin,
}

impl EventKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::MessageCreate => "MessageCreate",
            Self::ParticipantsJoin => "ParticipantsJoin",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Event {
    pub id: String,
    pub conversation_id: String,
    pub kind: EventKind,
    pub sender_id: String,
    pub text: String,
    pub media_ids: Vec<String>,
    /// Ids of the people who joined; empty unless the kind is [`EventKind::ParticipantsJoin`].
    pub joined: Vec<String>,
    /// Seconds since 1970 by the simulator's clock.
    pub created_at: i64,
}

#[derive(Debug, Clone)]
pub struct Conversation {
    pub id: String,
    pub participants: Vec<String>,
}

/// All conversations and events, oldest first.
#[derive(Default)]
pub struct Messages {
    conversations: Vec<Conversation>,
    events: Vec<Event>,
}

/// The id of a conversation of two people: X joins their ids, the smaller one first.
pub fn id_of_two(one: &str, other: &str) -> String {
    let number = |id: &str| id.parse::<u64>().unwrap_or(u64::MAX);
    if number(one) <= number(other) { format!("{one}-{other}") } else { format!("{other}-{one}") }
}

impl Messages {
    pub fn conversation(&self, id: &str) -> Option<&Conversation> {
        self.conversations.iter().find(|conversation| conversation.id == id)
    }

    /// Begins a conversation, unless there is one of this id.
    pub fn begin(&mut self, id: &str, participants: &[String]) {
        if self.conversation(id).is_none() {
            self.conversations.push(Conversation { id: id.to_owned(), participants: participants.to_vec() });
        }
    }

    pub fn add(&mut self, event: Event) {
        self.events.push(event);
    }

    pub fn remove(&mut self, id: &str) {
        self.events.retain(|event| event.id != id);
    }

    /// The events for which `fits` is true, of all conversations that the person takes part in.
    pub fn of(&self, user_id: &str, fits: impl Fn(&Event) -> bool) -> Vec<Event> {
        let is_theirs = |event: &&Event| {
            let conversation = self.conversation(&event.conversation_id);
            conversation.is_some_and(|conversation| conversation.participants.iter().any(|id| id == user_id))
        };
        self.events.iter().filter(is_theirs).filter(|event| fits(event)).cloned().collect()
    }
}
