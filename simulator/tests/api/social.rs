//! What was written can be read back: relations, bookmarks, lists and direct messages. And search.

use serde_json::{Value, json};
use twitter_simulator::{Account, Simulator};

use crate::start;
use crate::support::{Response, call, file, upload};

const SCOPES: &[&str] = &[
    "tweet.read",
    "tweet.write",
    "tweet.moderate.write",
    "users.read",
    "follows.read",
    "follows.write",
    "mute.read",
    "mute.write",
    "block.read",
    "block.write",
    "bookmark.read",
    "bookmark.write",
    "list.read",
    "list.write",
    "dm.read",
    "dm.write",
    "media.write",
    "timeline.read",
];

struct Person<'s> {
    simulator: &'s Simulator,
    id: String,
    token: String,
}

impl<'s> Person<'s> {
    /// The person whose account exists from the start.
    fn seeded(simulator: &'s Simulator) -> Self {
        Self::of(simulator, simulator.credentials().user_id)
    }

    fn new(simulator: &'s Simulator, name: &str) -> Self {
        let account: Account = simulator.add_account(name);
        Self::of(simulator, account.user_id)
    }

    fn of(simulator: &'s Simulator, id: String) -> Self {
        let token = simulator.access_token_for(&id, SCOPES).0;
        Self { simulator, id, token }
    }

    /// `{me}` in the target stands for the person's id.
    fn call(&self, method: &str, target: &str, body: Value) -> Response {
        call(self.simulator, &self.token, method, &target.replace("{me}", &self.id), &body)
    }

    fn succeed(&self, method: &str, target: &str, body: Value) -> Value {
        let response = self.call(method, target, body);
        assert!((200..300).contains(&response.status), "{method} {target}: {}", response.text());
        response.json()
    }

    fn get(&self, target: &str) -> Value {
        self.succeed("GET", target, Value::Null)
    }

    fn posts(&self, body: Value) -> String {
        self.succeed("POST", "/2/tweets", body)["data"]["id"].as_str().expect("an id").to_owned()
    }

    /// One field of each item of a list, over all its pages.
    fn all(&self, target: &str, field: &str) -> Vec<String> {
        let (mut found, mut token) = (Vec::new(), String::new());
        loop {
            let response = self.get(&format!("{target}{token}"));
            let items = response["data"].as_array().cloned().unwrap_or_default();
            found.extend(items.iter().map(|item| item[field].as_str().unwrap_or_default().to_owned()));
            let Some(next) = response["meta"]["next_token"].as_str() else {
                return found;
            };
            let parts = if target.contains('?') { "&" } else { "?" };
            token = format!("{parts}pagination_token={next}");
        }
    }
}

#[test]
fn relations_are_made_read_and_undone() {
    let simulator = start();
    let me = Person::seeded(&simulator);
    let others = ["one", "two", "three"].map(|name| Person::new(&simulator, name));
    for other in &others {
        let made = me.succeed("POST", "/2/users/{me}/following", json!({ "target_user_id": other.id }));
        assert_eq!(made["data"], json!({ "following": true, "pending_follow": false }));
    }
    let listed = me.all("/2/users/{me}/following?max_results=2", "username");
    assert_eq!(listed, ["three", "two", "one"]);
    assert_eq!(me.all("/2/users/me/following", "username"), listed);
    assert_eq!(others[0].all("/2/users/me/followers", "id"), [me.id.as_str()]);
    assert_eq!(me.all(&format!("/2/users/{}/followers", others[1].id), "id"), [me.id.as_str()]);
    let shown = me.get(&format!("/2/users/{}?user.fields=connection_status,public_metrics", others[0].id));
    assert_eq!(shown["data"]["connection_status"], json!(["following"]));
    assert_eq!(shown["data"]["public_metrics"]["followers_count"], 1);
    let undone = me.succeed("DELETE", &format!("/2/users/{{me}}/following/{}", others[0].id), Value::Null);
    assert_eq!(undone["data"]["following"], false);
    assert_eq!(me.all("/2/users/{me}/following", "username"), ["three", "two"]);
    for name in ["muting", "blocking"] {
        let target = format!("/2/users/{{me}}/{name}");
        assert_eq!(me.succeed("POST", &target, json!({ "target_user_id": others[1].id }))["data"][name], true);
        assert_eq!(me.all(&target, "username"), ["two"]);
        assert_eq!(me.succeed("DELETE", &format!("{target}/{}", others[1].id), Value::Null)["data"][name], false);
        assert_eq!(me.get(&target)["meta"]["result_count"], 0);
    }
}

#[test]
fn relations_are_ones_own_and_with_people_who_are_there() {
    let simulator = start();
    let me = Person::seeded(&simulator);
    let other = Person::new(&simulator, "other");
    let follow = |of: &str, target: &str| {
        me.call("POST", &format!("/2/users/{of}/following"), json!({ "target_user_id": target })).status
    };
    assert_eq!([follow(&me.id, "12"), follow(&me.id, &me.id), follow(&other.id, &me.id)], [404, 400, 400]);
    other.succeed("POST", "/2/users/{me}/blocking", json!({ "target_user_id": me.id }));
    assert_eq!(follow(&me.id, &other.id), 403);
    assert_eq!(me.call("GET", &format!("/2/users/{}/blocking", other.id), Value::Null).status, 400);
}

#[test]
fn bookmarks_are_kept_in_folders_too() {
    let simulator = start();
    let me = Person::seeded(&simulator);
    let other = Person::new(&simulator, "other");
    let posts = ["a", "b", "c"].map(|text| other.posts(json!({ "text": text })));
    let folder = me.succeed("POST", "/2/users/{me}/bookmarks/folders", json!({ "name": "Later" }));
    let folder = folder["data"]["id"].as_str().expect("an id").to_owned();
    let one = me.succeed("POST", "/2/users/{me}/bookmarks", json!({ "tweet_id": posts[0], "folder_id": folder }));
    assert_eq!(one["data"]["bookmarked"], true);
    let several = me.succeed("POST", "/2/users/{me}/bookmarks", json!({ "tweet_ids": [posts[1], posts[2], "12"] }));
    assert_eq!(several["data"][2], json!({ "tweet_id": "12", "bookmarked": false }));
    assert_eq!(several["errors"][0]["tweet_id"], "12");
    assert_eq!(me.all("/2/users/{me}/bookmarks?max_results=2", "text"), ["c", "b", "a"]);
    assert_eq!(me.all("/2/users/{me}/bookmarks/folders", "name"), ["Later"]);
    assert_eq!(me.all(&format!("/2/users/{{me}}/bookmarks/folders/{folder}"), "id"), [posts[0].as_str()]);
    let counted = me.get(&format!("/2/tweets/{}?post.fields=public_metrics", posts[0]));
    assert_eq!(counted["data"]["public_metrics"]["bookmark_count"], 1);
    me.succeed("DELETE", &format!("/2/users/{{me}}/bookmarks/{}", posts[0]), Value::Null);
    assert_eq!(me.all("/2/users/{me}/bookmarks", "text"), ["c", "b"]);
    assert_eq!(other.get("/2/users/{me}/bookmarks")["meta"]["result_count"], 0);
    assert_eq!(me.call("POST", "/2/users/{me}/bookmarks", json!({ "tweet_id": "12" })).status, 404);
    assert_eq!(me.call("GET", "/2/users/{me}/bookmarks/folders/12", Value::Null).status, 404);
}

#[test]
fn lists_have_members_followers_and_pins() {
    let simulator = start();
    let me = Person::seeded(&simulator);
    let [member, reader] = ["member", "reader"].map(|name| Person::new(&simulator, name));
    let made = me.succeed("POST", "/2/lists", json!({ "name": "Friends", "description": "of mine" }));
    let list = made["data"]["id"].as_str().expect("an id").to_owned();
    let at = |rest: &str| format!("/2/lists/{list}{rest}");
    assert_eq!(me.succeed("POST", &at("/members"), json!({ "user_id": member.id }))["data"]["is_member"], true);
    member.posts(json!({ "text": "by a member" }));
    reader.posts(json!({ "text": "by another" }));
    assert_eq!(reader.all(&at("/tweets"), "text"), ["by a member"]);
    assert_eq!(reader.all(&at("/members"), "username"), ["member"]);
    let followed = reader.succeed("POST", "/2/users/{me}/followed_lists", json!({ "list_id": list }));
    assert_eq!(followed["data"]["following"], true);
    let pinned = reader.succeed("POST", "/2/users/{me}/pinned_lists", json!({ "list_id": list }));
    assert_eq!(pinned["data"]["pinned"], true);
    for (person, path) in [(&reader, "followed_lists"), (&reader, "pinned_lists"), (&me, "owned_lists")] {
        assert_eq!(person.all(&format!("/2/users/{{me}}/{path}"), "name"), ["Friends"], "{path}");
    }
    assert_eq!(member.all("/2/users/{me}/list_memberships", "id"), [list.as_str()]);
    assert_eq!(me.all(&at("/followers"), "username"), ["reader"]);

    let changed = me.succeed("PUT", &at(""), json!({ "name": "Near friends", "private": true }));
    assert_eq!(changed["data"]["updated"], true);
    let fields = "?list.fields=description,follower_count,member_count,private&expansions=owner_id";
    let shown = me.get(&at(fields));
    assert_eq!(shown["data"]["name"], "Near friends");
    assert_eq!(shown["data"]["description"], "of mine");
    assert_eq!(
        [&shown["data"]["member_count"], &shown["data"]["follower_count"], &shown["data"]["private"]],
        [&json!(1), &json!(1), &json!(true)]
    );
    assert_eq!(shown["includes"]["users"][0]["id"], json!(me.id));
    assert!(reader.get(&at(""))["errors"].is_array(), "a private list is its owner's alone");

    assert_eq!(reader.call("DELETE", &at(""), Value::Null).status, 404);
    me.succeed("PUT", &at(""), json!({ "private": false }));
    assert_eq!(reader.call("DELETE", &at(""), Value::Null).status, 403);
    assert_eq!(me.call("POST", &at("/members"), json!({ "user_id": "12" })).status, 404);
    for (person, target) in [
        (&me, at(&format!("/members/{}", member.id))),
        (&reader, format!("/2/users/{{me}}/followed_lists/{list}")),
        (&reader, format!("/2/users/{{me}}/pinned_lists/{list}")),
    ] {
        person.succeed("DELETE", &target, Value::Null);
    }
    assert!(me.all(&at("/members"), "id").is_empty() && me.all(&at("/followers"), "id").is_empty());
    assert_eq!(me.succeed("DELETE", &at(""), Value::Null)["data"]["deleted"], true);
    assert!(me.get(&at(""))["errors"].is_array());
}

#[test]
fn a_search_finds_what_was_posted() {
    let simulator = start();
    let me = Person::seeded(&simulator);
    let other = Person::new(&simulator, "other");
    let first = me.posts(json!({ "text": "A cat and a #Dog" }));
    let second = other.posts(json!({ "text": "@demo_account concatenate https://example.com/a",
        "reply": { "in_reply_to_tweet_id": first } }));
    let third = other.posts(json!({ "text": "Only birds", "quote_tweet_id": first }));
    simulator.retweet_as(&me.id, &third);
    for (query, found) in [
        ("cat", vec![&first]),
        ("CAT #dog", vec![&first]),
        ("cat -#dog", vec![]),
        ("cat OR birds -is:retweet", vec![&third, &first]),
        ("(cat OR concatenate) from:other", vec![&second]),
        ("\"only birds\" is:quote", vec![&third]),
        ("@demo_account", vec![&second]),
        ("to:demo_account", vec![&second]),
        ("has:links", vec![&second]),
        ("url:example.com is:reply", vec![&second]),
        (&format!("conversation_id:{first}"), vec![&second, &first]),
    ] {
        let query = query.replace('#', "%23").replace(' ', "%20").replace('"', "%22");
        let response = me.get(&format!("/2/tweets/search/recent?query={query}"));
        let ids: Vec<&str> =
            response["data"].as_array().into_iter().flatten().filter_map(|post| post["id"].as_str()).collect();
        assert_eq!(ids, found, "{query}");
    }
    let wrong = me.call("GET", "/2/tweets/search/recent?query=colour:blue", Value::Null);
    assert_eq!((wrong.status, wrong.json()["title"].as_str()), (400, Some("Invalid Request")));

    let after = me.get(&format!("/2/tweets/search/recent?query=cat%20OR%20birds&since_id={second}"));
    assert_eq!(after["meta"]["result_count"], 2, "{after}");
    assert_eq!(after["meta"]["oldest_id"], json!(third));
    let expanded = me.get("/2/tweets/search/recent?query=cat&post.fields=created_at&expansions=author_id");
    assert_eq!(expanded["includes"]["users"][0]["username"], "demo_account");
    // The application's own token doesn't expire meanwhile.
    simulator.advance(8 * 86_400);
    let bearer = simulator.credentials().bearer;
    for (target, count) in [("recent", 0), ("all", 1)] {
        let response = call(&simulator, &bearer, "GET", &format!("/2/tweets/search/{target}?query=cat"), &Value::Null);
        assert_eq!(response.json()["meta"]["result_count"], count, "{target}: {}", response.text());
    }
}

#[test]
fn a_search_comes_in_pages_of_ten_unless_asked_otherwise() {
    let simulator = start();
    let me = Person::seeded(&simulator);
    for number in 0..25 {
        simulator.tweet_as(&me.id, &format!("number {number}"));
    }
    let first = me.get("/2/tweets/search/recent?query=number");
    assert_eq!(first["meta"]["result_count"], 10);
    let next = first["meta"]["next_token"].as_str().expect("more pages");
    let second = me.get(&format!("/2/tweets/search/recent?query=number&next_token={next}"));
    assert_eq!(second["data"][0]["text"], "number 14");
    assert_eq!(me.all("/2/tweets/search/recent?query=number&max_results=10", "id").len(), 25);
    let unknown = me.call("GET", "/2/tweets/search/recent?query=number&next_token=abc", Value::Null);
    assert!(unknown.json()["errors"][0]["parameters"].get("next_token").is_some());
    let bearer = simulator.credentials().bearer;
    let counted =
        call(&simulator, &bearer, "GET", "/2/tweets/counts/recent?query=number&granularity=day", &Value::Null);
    let counted = counted.json();
    assert_eq!(counted["meta"]["total_post_count"], 25, "{counted}");
    let counts: u64 =
        counted["data"].as_array().into_iter().flatten().filter_map(|day| day["post_count"].as_u64()).sum();
    assert_eq!(counts, 25);
}

#[test]
fn people_are_found_by_their_names() {
    let simulator = start();
    let me = Person::seeded(&simulator);
    for name in ["walker", "night_walker", "sleeper"] {
        simulator.add_account(name);
    }
    let found = me.get("/2/users/search?query=WALKER&max_results=1");
    assert_eq!(found["data"][0]["username"], "night_walker");
    let next = found["meta"]["next_token"].as_str().expect("one more page");
    let rest = me.get(&format!("/2/users/search?query=WALKER&max_results=1&next_token={next}"));
    assert_eq!(rest["data"][0]["username"], "walker");
    assert_eq!(me.get("/2/users/search?query=nobody")["data"], Value::Null);
}

#[test]
fn timelines_show_what_belongs_in_them() {
    let simulator = start();
    let me = Person::seeded(&simulator);
    let [friend, stranger] = ["friend", "stranger"].map(|name| Person::new(&simulator, name));
    me.succeed("POST", "/2/users/{me}/following", json!({ "target_user_id": friend.id }));
    let own = me.posts(json!({ "text": "mine" }));
    let friends = friend.posts(json!({ "text": "hello @demo_account" }));
    let strangers = stranger.posts(json!({ "text": "look", "quote_tweet_id": own }));
    let reply = stranger.posts(json!({ "text": "no", "reply": { "in_reply_to_tweet_id": own } }));
    let retweet = simulator.retweet_as(&friend.id, &strangers).id;
    let home = "/2/users/{me}/timelines/reverse_chronological";
    assert_eq!(me.all(home, "id"), [retweet.as_str(), friends.as_str(), own.as_str()]);
    assert_eq!(me.all(&format!("{home}?exclude=retweets&max_results=1"), "id"), [friends.as_str(), own.as_str()]);
    assert_eq!(me.all(&format!("{home}?until_id={friends}"), "id"), [own.as_str()]);
    assert_eq!(me.all("/2/users/{me}/mentions", "id"), [friends.as_str()]);
    assert_eq!(me.all(&format!("/2/tweets/{own}/quote_tweets"), "id"), [strangers.as_str()]);
    let theirs = format!("/2/users/{}/tweets", stranger.id);
    assert_eq!(me.all(&theirs, "id"), [reply.as_str(), strangers.as_str()]);
    assert_eq!(me.all(&format!("{theirs}?exclude=replies"), "id"), [strangers.as_str()]);
    assert!(me.all(&format!("{theirs}?end_time=2020-01-01T00:00:00Z"), "id").is_empty());
    me.succeed("POST", "/2/users/{me}/muting", json!({ "target_user_id": friend.id }));
    assert_eq!(me.all(home, "id"), [own.as_str()]);
    assert_eq!(
        me.call("GET", &format!("/2/users/{}/timelines/reverse_chronological", friend.id), Value::Null).status,
        400
    );

    let hide =
        |person: &Person, id: &str| person.call("PUT", &format!("/2/tweets/{id}/hidden"), json!({ "hidden": true }));
    assert_eq!(hide(&me, &reply).json()["data"]["hidden"], true);
    assert_eq!([hide(&stranger, &reply).status, hide(&me, &own).status, hide(&me, "12").status], [403, 403, 404]);
}

#[test]
fn messages_are_sent_and_read_by_both() {
    let simulator = start();
    let me = Person::seeded(&simulator);
    let [other, third] = ["other", "third"].map(|name| Person::new(&simulator, name));
    let picture = upload(&simulator, &me.token, "dm_image", "image/png", &file("picture.png"), 1 << 20);
    let to_other = format!("/2/dm_conversations/with/{}/messages", other.id);
    let sent = me.succeed("POST", &to_other, json!({ "text": "Hello", "attachments": [{ "media_id": picture }] }));
    let conversation = sent["data"]["dm_conversation_id"].as_str().expect("an id").to_owned();
    let event = sent["data"]["dm_event_id"].as_str().expect("an id").to_owned();
    let to_conversation = format!("/2/dm_conversations/{conversation}/messages");
    other.succeed("POST", &to_conversation, json!({ "text": "Hello yourself" }));
    assert_eq!(me.all("/2/dm_events?max_results=1", "text"), ["Hello yourself", "Hello"]);
    assert_eq!(other.all(&format!("/2/dm_conversations/{conversation}/dm_events"), "text").len(), 2);
    assert_eq!(me.all(&format!("/2/dm_conversations/with/{}/dm_events", other.id), "text").len(), 2);
    assert_eq!(third.get("/2/dm_events")["meta"]["result_count"], 0);
    let fields = "?dm_event.fields=created_at,dm_conversation_id&expansions=sender_id,attachments.media_keys";
    let shown = other.get(&format!("/2/dm_events/{event}{fields}"));
    assert_eq!(shown["data"]["dm_conversation_id"], json!(conversation));
    assert_eq!(shown["includes"]["users"][0]["username"], "demo_account");
    assert_eq!(shown["data"]["attachments"]["media_keys"], json!([format!("3_{picture}")]));

    let group = json!({ "conversation_type": "Group", "participant_ids": [other.id, third.id],
        "message": { "text": "All of us" } });
    let group = me.succeed("POST", "/2/dm_conversations", group)["data"]["dm_conversation_id"].clone();
    let of_group = format!("/2/dm_conversations/{}/dm_events", group.as_str().expect("an id"));
    assert_eq!(third.all(&of_group, "event_type"), ["MessageCreate", "ParticipantsJoin"]);
    assert_eq!(third.all(&format!("{of_group}?event_types=MessageCreate"), "text"), ["All of us"]);

    assert_eq!(other.call("DELETE", &format!("/2/dm_events/{event}"), Value::Null).status, 403);
    assert_eq!(third.call("DELETE", &format!("/2/dm_events/{event}"), Value::Null).status, 404);
    assert_eq!(me.succeed("DELETE", &format!("/2/dm_events/{event}"), Value::Null)["data"]["deleted"], true);
    assert_eq!(other.all("/2/dm_conversations/with/12/dm_events", "id").len(), 0);
    assert!(other.get(&format!("/2/dm_events/{event}"))["errors"].is_array());
}

#[test]
fn messages_reach_only_those_who_take_them() {
    let simulator = start();
    let me = Person::seeded(&simulator);
    let [other, third] = ["other", "third"].map(|name| Person::new(&simulator, name));
    let send = |id: &str, body: Value| me.call("POST", &format!("/2/dm_conversations/with/{id}/messages"), body).status;
    assert_eq!(send("12", json!({ "text": "a" })), 404);
    assert_eq!(send(&other.id, json!({ "text": "" })), 400);
    assert_eq!(send(&other.id, json!({ "attachments": [{ "media_id": "12" }] })), 400);
    let blocked = format!("/2/users/{}/dm", me.id);
    assert_eq!(other.succeed("POST", &format!("{blocked}/block"), Value::Null)["data"]["blocked"], true);
    assert_eq!(send(&other.id, json!({ "text": "a" })), 403);
    assert_eq!(other.succeed("POST", &format!("{blocked}/unblock"), Value::Null)["data"]["blocked"], false);
    assert_eq!(send(&other.id, json!({ "text": "a" })), 201);
    let to_theirs = format!("/2/dm_conversations/{}-{}/messages", other.id, third.id);
    let refused = me.call("POST", &to_theirs, json!({ "text": "a" }));
    assert_eq!(refused.status, 404);
    assert!(refused.json()["type"].as_str().is_some_and(|kind| kind.ends_with("/dm-conversation-not-found")));
}
