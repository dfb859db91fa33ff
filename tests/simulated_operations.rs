//! The simulator serves every operation of X's document. Its response to a valid request is one that the document
//! describes. Its error for an invalid request names the field.

#[path = "support/operations.rs"]
mod operations;
mod support;

use operations::{
    document, fields_of, invalid_values, name_of, operations_as_described, request_of, schema_errors, takes,
};
use serde_json::{Map, Value, json};
use support::{X, call, media, merged, succeed, text};

fn every_scope(document: &Value) -> Vec<&str> {
    let flow = &document["components"]["securitySchemes"]["OAuth2UserToken"]["flows"]["authorizationCode"];
    flow["scopes"].as_object().expect("scopes").keys().map(String::as_str).collect()
}

/// A simulator with what requests name: people, posts, a list, a message.
struct Scene {
    x: X,
    person: Value,
    application: Value,
}

impl Scene {
    fn new(scopes: &[&str]) -> Scene {
        let x = X::start();
        let person = merged(x.oauth2_with(scopes), json!({"max_retries": 0}));
        let application = json!({"api_url": x.simulator.url(), "bearer_token": x.credentials.bearer, "max_retries": 0});
        Scene { x, person, application }
    }

    fn keys(&self, operation: &Value) -> &Value {
        if takes(operation, "OAuth2UserToken") || operation["security"] == json!([]) {
            &self.person
        } else {
            &self.application
        }
    }

    /// The request with existing ids in place of made-up ones.
    fn with_existing_ids(&self, operation: &Value, request: Value) -> Value {
        let path = text(operation, "/path");
        let other = self.x.simulator.add_account("other").user_id;
        let mut real = Map::new();
        let mut set = |name: &str, value: Value| real.insert(name.to_owned(), value);
        let me = self.x.credentials.user_id.clone();
        let names_the_own =
            ["/2/users/{id}/", "/2/users/{source_user_id}/"].iter().any(|start| path.starts_with(start));
        if names_the_own && !path.ends_with("/dm/block") && !path.ends_with("/dm/unblock") {
            set("id", json!(me));
            set("source_user_id", json!(me));
        }
        if path.ends_with("/dm/block") || path.ends_with("/dm/unblock") {
            set("id", json!(other));
        }
        for name in ["target_user_id", "participant_id", "user_id"] {
            set(name, json!(other));
        }
        set("participant_ids", json!([other, self.x.simulator.add_account("third").user_id]));
        let tweet = self.x.own_tweet("there");
        for name in ["tweet_id", "source_tweet_id"] {
            set(name, json!(tweet));
        }
        set("tweet_ids", json!([tweet]));
        match path {
            "/2/tweets" => drop(set("ids", json!([tweet]))),
            "/2/users" => drop(set("ids", json!([other]))),
            "/2/users/{id}" => drop(set("id", json!(other))),
            "/2/media" | "/2/media/{media_key}" => {
                let key = format!("3_{}", text(&self.uploaded("tweet_image", "picture.png"), ""));
                set("media_key", json!(key));
                set("media_keys", json!([key]));
            }
            _ if path.starts_with("/2/tweets/{id}") => drop(set("id", json!(tweet))),
            _ => {}
        }
        set("username", json!("other"));
        set("usernames", json!(["other"]));
        if path.ends_with("/hidden") {
            let reply = json!({"text": "no", "reply": {"in_reply_to_tweet_id": tweet}});
            set("tweet_id", self.made("create_posts", reply, "/data/id"));
        }
        if path.contains("list") {
            let list = self.made("create_lists", json!({"name": "Friends"}), "/data/id");
            if path.starts_with("/2/lists/{id}") {
                set("id", list.clone());
            }
            set("list_id", list);
        }
        if path.contains("/dm_") {
            let sent = json!({"participant_id": other, "text": "Hello"});
            let sent = succeed("create_direct_messages_by_participant_id", &self.person, sent);
            set("event_id", sent["data"]["dm_event_id"].clone());
            set("dm_conversation_id", sent["data"]["dm_conversation_id"].clone());
            set("attachments", json!([{"media_id": self.uploaded("dm_image", "picture.png")}]));
            set("message", json!({"text": "Hello"}));
        }
        if path.contains("/bookmarks") {
            let folder = json!({"id": me, "name": "Later"});
            set("folder_id", self.made("create_users_bookmark_folder", folder, "/data/id"));
        }
        // Made-up tokens lead to no page.
        let tokens = ["pagination_token", "next_token"];
        let given = request.as_object().expect("an object").iter();
        let kept = given.filter(|(name, _)| !tokens.contains(&name.as_str()));
        let kept = kept.map(|(name, value)| (name.clone(), real.get(name).unwrap_or(value).clone()));
        self.completed(operation, kept.collect::<Map<_, _>>().into())
    }

    /// What a valid request needs beyond its schema.
    fn completed(&self, operation: &Value, mut request: Value) -> Value {
        let fields = request.as_object_mut().expect("an object");
        let uploads = |category: &str, file: &str| self.uploaded(category, file);
        match text(operation, "/id") {
            "createPosts" => {
                // X takes one of these alone.
                for name in ["media", "poll", "quote_tweet_id", "card_uri", "direct_message_deep_link"] {
                    fields.shift_remove(name);
                }
                fields.insert("text".to_owned(), json!("Hello"));
                if let Some(reply) = fields.get_mut("reply") {
                    reply["in_reply_to_tweet_id"] = json!(self.x.own_tweet("answered"));
                }
            }
            "createUsersBookmark" => {
                fields.insert("tweet_id".to_owned(), json!(self.x.own_tweet("kept")));
            }
            "createDirectMessagesByParticipantId" | "createDirectMessagesByConversationId" => {
                fields.insert("text".to_owned(), json!("Hello"));
            }
            "initializeMediaUpload" => {
                let whole = json!({"media_type": "image/png", "media_category": "tweet_image", "total_bytes": 12});
                fields.extend(whole.as_object().expect("an object").clone());
            }
            "appendMediaUpload" | "finalizeMediaUpload" => {
                let begun = json!({"media_type": "image/png", "media_category": "tweet_image",
                    "total_bytes": std::fs::metadata(media("picture.png")).expect("a file").len()});
                let id = self.made("initialize_media_upload", begun, "/data/id");
                if text(operation, "/id") == "finalizeMediaUpload" {
                    let whole = std::fs::read(media("picture.png")).expect("a file");
                    let whole = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, whole);
                    let segment = json!({"id": id, "segment_index": 0, "media": whole});
                    succeed("append_media_upload", &self.person, segment);
                } else {
                    fields.insert("media".to_owned(), json!("MTIK"));
                }
                fields.insert("id".to_owned(), id);
            }
            "mediaUpload" => {
                let picture = std::fs::read(media("picture.png")).expect("a file");
                let picture = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, picture);
                fields.insert("media".to_owned(), json!(picture));
                fields.insert("media_category".to_owned(), json!("tweet_image"));
            }
            "getMediaUploadStatus" => {
                fields.insert("media_id".to_owned(), uploads("tweet_video", "video.mp4"));
            }
            "createMediaMetadata" => {
                fields.insert("id".to_owned(), uploads("tweet_image", "picture.png"));
            }
            "createMediaSubtitles" | "deleteMediaSubtitles" => {
                let srt = json!({"base64": "MQowMDowMDowMCwwMDAgLS0+IDAwOjAwOjAxLDAwMApIaQo=", "name": "a.srt"});
                let request = json!({"file": srt, "type": "subtitles", "wait": false});
                let srt = succeed("upload_media_file", &self.person, request)["media_id"].clone();
                fields.insert("id".to_owned(), uploads("tweet_video", "video.mp4"));
                if let Some(subtitles) = fields.get_mut("subtitles") {
                    subtitles["id"] = srt;
                }
            }
            "getPostsCountsRecent" | "searchPostsRecent" => {
                // A recent search goes back a week.
                for name in ["start_time", "end_time"] {
                    fields.shift_remove(name);
                }
            }
            "getPostsCountsAll" | "searchPostsAll" if fields.contains_key("end_time") => {
                fields.insert("end_time".to_owned(), json!("2026-10-22T12:00:00Z"));
            }
            _ => {}
        }
        request
    }

    fn made(&self, function: &str, request: Value, pointer: &str) -> Value {
        json!(text(&succeed(function, &self.person, request), pointer))
    }

    fn uploaded(&self, category: &str, file: &str) -> Value {
        let request = json!({"file": media(file), "type": category, "wait": false});
        succeed("upload_media_file", &self.person, request)["media_id"].clone()
    }
}

/// The schema of the operation's success response, with the schemas that it refers to.
fn response_schema(document: &Value, operation: &Value) -> Option<Value> {
    let method = text(operation, "/method").to_ascii_lowercase();
    let responses = document["paths"][text(operation, "/path")][method.as_str()]["responses"].as_object()?;
    let (_, success) = responses.iter().find(|(status, _)| status.starts_with('2'))?;
    let mut schema = success["content"].get("application/json")?["schema"].clone();
    if schema.get("$ref").is_some() {
        schema = json!({"allOf": [schema]});
    }
    let schemas = &document["components"]["schemas"];
    let mut used = Map::new();
    add_referred(schemas, &schema, &mut used);
    schema["components"] = json!({"schemas": used});
    Some(schema)
}

/// The schemas that a schema refers to, and those that these do.
fn add_referred(schemas: &Value, schema: &Value, used: &mut Map<String, Value>) {
    match schema {
        Value::Object(fields) => {
            let name = fields.get("$ref").and_then(Value::as_str).and_then(|reference| reference.rsplit('/').next());
            if let Some(name) = name.filter(|name| !used.contains_key(*name)) {
                used.insert(name.to_owned(), schemas[name].clone());
                add_referred(schemas, &schemas[name], used);
            }
            fields.values().for_each(|field| add_referred(schemas, field, used));
        }
        Value::Array(items) => items.iter().for_each(|item| add_referred(schemas, item, used)),
        _ => {}
    }
}

#[test]
fn the_response_to_every_valid_request_fits_the_document() {
    let mut document = document();
    operations::make_checkable(&mut document["components"]["schemas"]);
    let scopes = every_scope(&document);
    let mut wrong = Vec::new();
    let operations = operations_as_described(&document);
    let called = operations.iter().filter(|operation| operation["streams"] != true);
    let mut count = 0;
    for operation in called {
        let schema = response_schema(&document, operation);
        for full in [false, true] {
            count += 1;
            let scene = Scene::new(&scopes);
            let request = scene.with_existing_ids(operation, request_of(operation, full));
            let mut envelope = call(&name_of(operation), scene.keys(operation), request.clone());
            if envelope["ok"] != true {
                wrong.push(format!("{} {request}: {}", name_of(operation), envelope["error"]));
                continue;
            }
            let result = envelope["result"].take();
            match &schema {
                Some(schema) => wrong.extend(
                    schema_errors(schema, &result, &name_of(operation))
                        .into_iter()
                        .map(|fault| format!("{fault} in {result}")),
                ),
                None if result["base64"].is_string() => {}
                None => wrong.push(format!("{}: no bytes in {result}", name_of(operation))),
            }
        }
    }
    assert!(count > 480, "{count}");
    assert!(wrong.is_empty(), "{} of {count}: {:#?}", wrong.len(), &wrong[..wrong.len().min(15)]);
}

#[test]
fn the_error_of_every_invalid_request_names_the_field() {
    let document = document();
    let scene = Scene::new(&every_scope(&document));
    let (mut wrong, mut count) = (Vec::new(), 0);
    for operation in operations_as_described(&document).iter().filter(|operation| operation["streams"] != true) {
        let name = name_of(operation);
        let (fields, required) = fields_of(operation);
        let mut smallest = request_of(operation, false);
        let path = text(operation, "/path");
        for own in ["id", "source_user_id"] {
            if path.starts_with(&format!("/2/users/{{{own}}}/")) {
                smallest[own] = json!(scene.x.credentials.user_id);
            }
        }
        if name == "append_media_upload" {
            let begun = json!({"media_type": "image/png", "media_category": "tweet_image", "total_bytes": 12});
            smallest["id"] = scene.made("initialize_media_upload", begun, "/data/id");
        }
        let unchecked = merged(scene.keys(operation).clone(), json!({"check_limits": false}));
        let in_path = |field: &str| path.contains(&format!("{{{field}}}"));
        let mut expect_refused = |what: &str, field: &str, request: Value| {
            if in_path(field) || field == "file" {
                return;
            }
            count += 1;
            let envelope = call(&name, &unchecked, request.clone());
            let details = envelope["error"]["details"].to_string();
            if envelope["error"]["status"] != 400 || !details.contains(field) {
                wrong.push(format!("{name}: {what} {field} in {request}: {envelope}"));
            }
        };
        let body = &operation["body"]["content"]["application/json"]["schema"];
        if body.is_null() || body["additionalProperties"] == false {
            expect_refused("unknown", "planted_name", merged(smallest.clone(), json!({"planted_name": 1})));
        }
        // Of alternatives each may be missing; the document names none that must be there.
        for field in required.iter().filter(|_| body["anyOf"].is_null()) {
            let mut request = smallest.clone();
            request.as_object_mut().expect("an object").shift_remove(field);
            expect_refused("missing", field, request);
        }
        for (field, schema) in fields.iter().filter(|(_, schema)| !schema.is_null()) {
            for value in invalid_values(schema) {
                expect_refused("out of range", field, merged(smallest.clone(), json!({field: value})));
            }
        }
    }
    assert!(count > 800, "{count} faults");
    assert!(wrong.is_empty(), "{} of {count}: {:#?}", wrong.len(), &wrong[..wrong.len().min(15)]);
}
