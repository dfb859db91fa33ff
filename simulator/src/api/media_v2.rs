//! Media of API v2.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

use super::uploads::{self, Fields, MAX_SEGMENT_BYTES, MAX_SEGMENT_INDEX, Moment};
use super::{Access, Call, Route, delete, get, post, wrong_content_type};
use crate::answer::{Answer, Outcome};
use crate::media::category::Category;
use crate::media::content;
use crate::media::parts::Part;
use crate::media::store::NewUpload;
use crate::rate_limit::Limits;
use crate::validate::{Object, Shape, TEXT, is_id};

const ACCESS: Access = Access::User(&["media.write"]);

pub const ROUTES: &[Route] = &[
    post("/2/media/upload", ACCESS, |call| Box::pin(one_shot(call))).limited(Limits::window(500)),
    get("/2/media/upload", ACCESS, |call| Box::pin(status(call))).limited(Limits::window(1000)),
    post("/2/media/upload/initialize", ACCESS, |call| Box::pin(initialize(call))).limited(Limits::window(1875)),
    post("/2/media/upload/{id}/append", ACCESS, |call| Box::pin(append(call))).limited(Limits::window(1875)),
    post("/2/media/upload/{id}/finalize", ACCESS, |call| Box::pin(finalize(call))).limited(Limits::window(1875)),
    post("/2/media/metadata", ACCESS, |call| Box::pin(create_metadata(call))).limited(Limits::window(500)),
    post("/2/media/subtitles", ACCESS, |call| Box::pin(create_subtitles(call))).limited(Limits::window(100)),
    delete("/2/media/subtitles", ACCESS, |call| Box::pin(delete_subtitles(call))).limited(Limits::window(100)),
];

const CATEGORIES: Shape = Shape::OneOf(&[
    "amplify_video",
    "tweet_gif",
    "tweet_image",
    "tweet_video",
    "dm_gif",
    "dm_image",
    "dm_video",
    "subtitles",
]);

/// One request takes no amplify_video.
const ONE_SHOT_CATEGORIES: &[&str] =
    &["tweet_image", "tweet_video", "tweet_gif", "dm_image", "dm_video", "dm_gif", "subtitles"];

const MEDIA_TYPES: Shape = Shape::OneOf(&[
    "video/mp4",
    "video/webm",
    "video/mp2t",
    "video/quicktime",
    "text/srt",
    "text/vtt",
    "image/jpeg",
    "image/gif",
    "image/bmp",
    "image/png",
    "image/webp",
    "image/pjpeg",
    "image/tiff",
    "model/gltf-binary",
    "model/vnd.usdz+zip",
]);

const INITIALIZE: Object = Object::closed(
    &["media_type", "total_bytes", "media_category"],
    &[
        ("additional_owners", Shape::List { min: 0, max: usize::MAX, of: &Shape::Id }),
        ("media_category", CATEGORIES),
        ("media_type", MEDIA_TYPES),
        ("shared", Shape::Boolean),
        ("total_bytes", Shape::Integer { min: 0, max: 17_179_869_184 }),
    ],
);

const APPEND: Object = Object::closed(
    &["media", "segment_index"],
    &[("media", TEXT), ("segment_index", Shape::Integer { min: 0, max: MAX_SEGMENT_INDEX })],
);

const ONE_SHOT: Object = Object::closed(
    &["media", "media_category"],
    &[("additional_owners", TEXT), ("media", TEXT), ("media_category", Shape::OneOf(ONE_SHOT_CATEGORIES))],
);

const METADATA: Object = Object::open(
    &["id"],
    &[
        ("id", Shape::Id),
        (
            "metadata",
            Shape::Object(&Object::open(
                &[],
                &[
                    (
                        "alt_text",
                        Shape::Object(&Object::open(&["text"], &[("text", Shape::Text { min: 0, max: 1000 })])),
                    ),
                    ("allow_download_status", Shape::Object(&Object::open(&[], &[("allow_download", Shape::Boolean)]))),
                    ("audience_policy", Shape::Open),
                    (
                        "content_expiration",
                        Shape::Object(&Object::open(&["timestamp_sec"], &[("timestamp_sec", Shape::Number)])),
                    ),
                    (
                        "domain_restrictions",
                        Shape::Object(&Object::open(
                            &["whitelist"],
                            &[("whitelist", Shape::List { min: 0, max: usize::MAX, of: &TEXT })],
                        )),
                    ),
                    (
                        "found_media_origin",
                        Shape::Object(&Object::open(&["provider", "id"], &[("id", TEXT), ("provider", TEXT)])),
                    ),
                    ("geo_restrictions", Shape::Open),
                    ("management_info", Shape::Object(&Object::open(&["managed"], &[("managed", Shape::Boolean)]))),
                    ("preview_image", Shape::Object(&Object::open(&["media_key"], &[("media_key", Shape::Open)]))),
                    ("sensitive_media_warning", Shape::Open),
                    ("shared_info", Shape::Object(&Object::open(&["shared"], &[("shared", Shape::Boolean)]))),
                    (
                        "sticker_info",
                        Shape::Object(&Object::open(
                            &["stickers"],
                            &[("stickers", Shape::List { min: 0, max: usize::MAX, of: &Shape::Open })],
                        )),
                    ),
                    ("upload_source", Shape::Object(&Object::open(&["upload_source"], &[("upload_source", TEXT)]))),
                ],
            )),
        ),
    ],
);

const VIDEO_CATEGORIES: Shape = Shape::OneOf(&["AmplifyVideo", "TweetVideo"]);

const CREATE_SUBTITLES: Object = Object::open(
    &["id", "media_category", "subtitles"],
    &[
        ("id", Shape::Id),
        ("media_category", VIDEO_CATEGORIES),
        (
            "subtitles",
            Shape::Object(&Object::open(
                &["id", "language_code", "display_name"],
                &[("display_name", TEXT), ("id", Shape::Id), ("language_code", Shape::LanguageCode)],
            )),
        ),
    ],
);

const DELETE_SUBTITLES: Object = Object::open(
    &["id", "media_category", "language_code"],
    &[("id", Shape::Id), ("language_code", Shape::LanguageCode), ("media_category", VIDEO_CATEGORIES)],
);

fn refused(message: impl AsRef<str>) -> Answer {
    Answer::invalid(json!({}), message.as_ref())
}

async fn initialize(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    let body = call.json(&INITIALIZE).await?;
    let category = text(&body, "media_category");
    let new = NewUpload {
        user_id: call.user_id().to_owned(),
        additional_owners: texts(&body, "additional_owners"),
        category: Category::named(&category).ok_or_else(|| refused("media_category is unknown."))?,
        media_type: text(&body, "media_type"),
        total_bytes: body.get("total_bytes").and_then(Value::as_u64).unwrap_or(0),
    };
    let id = uploads::begin(call, new).map_err(refused)?;
    let answer = uploads::with_upload(call, &id, |upload| {
        let expires = upload.expires_after(call.state.clock.now());
        Ok(json!({ "id": upload.id, "media_key": upload.media_key(), "expires_after_secs": expires }))
    });
    Ok(answered(call, answer.map_err(refused)?))
}

async fn append(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    let id = path_id(call)?;
    let _under_way = uploads::begin_append(call, &id).map_err(refused)?;
    let (index, part) = segment(call).await?;
    uploads::finish_append(call, &id, index, MAX_SEGMENT_INDEX, part).map_err(refused)?;
    let expires_at = uploads::with_upload(call, &id, |upload| Ok(upload.expires_at)).map_err(refused)?;
    Ok(answered(call, json!({ "expires_at": expires_at })))
}

async fn segment(call: &mut Call) -> Result<(u64, Part), Answer> {
    if !call.head.is_multipart() {
        let body = call.json(&APPEND).await?;
        let index = body.get("segment_index").and_then(Value::as_u64).unwrap_or(0);
        return Ok((index, decoded(call, &body, MAX_SEGMENT_BYTES)?));
    }
    let fields = uploads::multipart(call, MAX_SEGMENT_BYTES).await.map_err(refused)?;
    check_fields(&fields, &["segment_index"])?;
    let index =
        fields.text("segment_index").ok_or_else(|| refused("$.segment_index: is missing but it is required"))?;
    let Some(index) = index.parse::<u64>().ok().filter(|index| *index <= MAX_SEGMENT_INDEX) else {
        let message = format!("$.segment_index: must be between 0 and {MAX_SEGMENT_INDEX}");
        return Err(Answer::invalid(json!({ "segment_index": [index] }), &message));
    };
    let part = fields.media.ok_or_else(|| refused("$.media: is missing but it is required"))?;
    Ok((index, part))
}

fn check_fields(fields: &Fields, known: &[&str]) -> Result<(), Answer> {
    for (name, value) in &fields.texts {
        if !known.contains(&name.as_str()) {
            let message = format!("$.{name}: is not defined and additional fields are not allowed");
            return Err(Answer::invalid(json!({ name: [value] }), &message));
        }
    }
    Ok(())
}

async fn finalize(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    let id = path_id(call)?;
    let body = call.bytes().await?;
    if !body.is_empty() && !call.head.is_json() {
        return Err(wrong_content_type());
    }
    if call.state.options.finalize_needs_object && body.is_empty() {
        return Err(refused("Request body must be a JSON object."));
    }
    if !body.is_empty() && !serde_json::from_slice(&body).is_ok_and(|body: Map<String, Value>| body.is_empty()) {
        return Err(refused("$: additional fields are not allowed"));
    }
    uploads::finalize(call, &id).await.map_err(refused)?;
    described(call, &id, Moment::Finalize)
}

async fn one_shot(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    let limit = Category::named("tweet_video").map_or(0, |category| category.max_bytes);
    let (category, owners, part) = if call.head.is_multipart() {
        let fields = uploads::multipart(call, limit).await.map_err(refused)?;
        check_fields(&fields, &["media_category", "additional_owners"])?;
        let category = fields.text("media_category").unwrap_or_default().to_owned();
        if !ONE_SHOT_CATEGORIES.contains(&category.as_str()) {
            let message = format!("$.media_category: must be one of {}", ONE_SHOT_CATEGORIES.join(", "));
            return Err(Answer::invalid(json!({ "media_category": [category] }), &message));
        }
        let owners = fields.text("additional_owners").unwrap_or_default().to_owned();
        (category, owners, fields.media.ok_or_else(|| refused("$.media: is missing but it is required"))?)
    } else {
        let body = call.json(&ONE_SHOT).await?;
        let part = decoded(call, &body, limit)?;
        (text(&body, "media_category"), text(&body, "additional_owners"), part)
    };
    let owners: Vec<String> = owners.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    if !owners.iter().all(|id| is_id(id)) {
        return Err(refused("$.additional_owners: must be ids separated by commas"));
    }
    let category = Category::named(&category).ok_or_else(|| refused("media_category is unknown."))?;
    let start = part.start().map_err(|error| refused(error.to_string()))?;
    // Nothing declares the type here, so the content has to show it.
    let media_type = match (category.name, content::media_type(&start)) {
        ("subtitles", _) if start.starts_with(b"WEBVTT") => "text/vtt",
        ("subtitles", _) => "text/srt",
        (_, Some(media_type)) => media_type,
        (_, None) if !call.state.options.check_content => category.usual_type(),
        (_, None) => return Err(refused("media type unrecognized.")),
    };
    let id = uploads::one_shot(call, category, media_type, owners, part).await.map_err(refused)?;
    described(call, &id, Moment::Finalize)
}

async fn status(call: &mut Call) -> Outcome {
    call.check_query(&["media_id", "command"])?;
    if call.query_value("command").is_some_and(|command| command != "STATUS") {
        return Err(refused("The `command` query parameter value is not one of [STATUS]"));
    }
    let id = call.query_value("media_id").unwrap_or_default();
    if !is_id(&id) {
        return Err(Answer::invalid(json!({ "media_id": [id] }), "The `media_id` query parameter is not valid"));
    }
    call.record.update(|record| record.media_id = Some(id.clone()));
    // X knows the status of what it processes only.
    let processed = uploads::with_upload(call, &id, |upload| Ok(upload.processing.is_some()));
    if processed != Ok(true) {
        return Err(refused("BadRequest: Not found").because("nothing is being processed under this id"));
    }
    described(call, &id, Moment::Status)
}

fn answered(call: &Call, fields: Value) -> Answer {
    if call.state.options.bare_uploads { Answer::json(200, &fields) } else { Answer::data(200, fields) }
}

fn described(call: &Call, id: &str, moment: Moment) -> Outcome {
    let answer = uploads::with_upload(call, id, |upload| {
        let mut answer = Map::new();
        answer.insert("id".to_owned(), json!(upload.id));
        answer.insert("media_key".to_owned(), json!(upload.media_key()));
        answer.extend(uploads::describe(call, upload, moment));
        Ok(Value::Object(answer))
    });
    Ok(answered(call, answer.map_err(refused)?))
}

async fn create_metadata(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    let body = call.json(&METADATA).await?;
    let id = text(&body, "id");
    let metadata = body.get("metadata").cloned().unwrap_or_else(|| json!({}));
    call.record.update(|record| record.media_id = Some(id.clone()));
    uploads::with_upload(call, &id, |upload| {
        if let Some(alt_text) = metadata.pointer("/alt_text/text").and_then(Value::as_str) {
            upload.alt_text = Some(alt_text.to_owned());
        }
        upload.metadata = metadata.clone();
        Ok(())
    })
    .map_err(refused)?;
    Ok(answered(call, json!({ "id": id, "associated_metadata": metadata })))
}

async fn create_subtitles(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    let body = call.json(&CREATE_SUBTITLES).await?;
    let id = text(&body, "id");
    let subtitles = body.get("subtitles").cloned().unwrap_or_default();
    let file = subtitles.get("id").and_then(Value::as_str).unwrap_or_default();
    uploads::with_upload(call, file, |upload| match upload.new.category.name {
        "subtitles" => Ok(()),
        _ => Err("$.subtitles.id: is not a subtitles upload".to_owned()),
    })
    .map_err(refused)?;
    uploads::with_upload(call, &id, |upload| {
        upload.subtitles.retain(|known| known["language_code"] != subtitles["language_code"]);
        upload.subtitles.push(subtitles.clone());
        Ok(())
    })
    .map_err(refused)?;
    let category = text(&body, "media_category");
    Ok(Answer::data(200, json!({ "id": id, "media_category": category, "associated_subtitles": [subtitles] })))
}

async fn delete_subtitles(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    let body = call.json(&DELETE_SUBTITLES).await?;
    let language = text(&body, "language_code");
    let deleted = uploads::with_upload(call, &text(&body, "id"), |upload| {
        let before = upload.subtitles.len();
        upload.subtitles.retain(|known| known["language_code"] != language);
        Ok(upload.subtitles.len() < before)
    });
    Ok(Answer::data(200, json!({ "deleted": deleted.map_err(refused)? })))
}

fn path_id(call: &Call) -> Result<String, Answer> {
    let id = call.path_value("id");
    if is_id(id) {
        return Ok(id.to_owned());
    }
    let message = format!("The `id` path parameter value [{id}] does not match ^[0-9]{{1,19}}$");
    Err(Answer::invalid(json!({ "id": [id] }), &message))
}

fn decoded(call: &Call, body: &Map<String, Value>, limit: u64) -> Result<Part, Answer> {
    let bytes = BASE64_STANDARD.decode(text(body, "media"));
    let bytes = bytes.map_err(|_| refused("$.media: is not base64"))?;
    uploads::part_of(&call.state, &bytes, limit).map_err(refused)
}

fn text(body: &Map<String, Value>, name: &str) -> String {
    body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts(body: &Map<String, Value>, name: &str) -> Vec<String> {
    let items = body.get(name).and_then(Value::as_array);
    let items = items.into_iter().flatten().filter_map(Value::as_str);
    items.map(str::to_owned).collect()
}
