//! Media of API v2.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

use super::tweets::texts;
use super::uploads::{self, Fields, MAX_SEGMENT_BYTES, MAX_SEGMENT_INDEX, Moment};
use super::{Call, Handled, operation, refused_field, wrong_content_type};
use crate::ids::is_id;
use crate::media::category::Category;
use crate::media::content;
use crate::media::parts::Part;
use crate::media::store::NewUpload;
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};

pub const OPERATIONS: &[Handled] = &[
    operation("mediaUpload", |call| Box::pin(one_shot(call))).limited(Limits::window(500)),
    operation("getMediaUploadStatus", |call| Box::pin(status(call))).limited(Limits::window(1000)),
    operation("initializeMediaUpload", |call| Box::pin(initialize(call))).limited(Limits::window(1875)),
    operation("appendMediaUpload", |call| Box::pin(append(call))).limited(Limits::window(1875)),
    operation("finalizeMediaUpload", |call| Box::pin(finalize(call))).limited(Limits::window(1875)),
    operation("createMediaMetadata", |call| Box::pin(create_metadata(call))).limited(Limits::window(500)),
    operation("createMediaSubtitles", |call| Box::pin(create_subtitles(call))).limited(Limits::window(100)),
    operation("deleteMediaSubtitles", |call| Box::pin(delete_subtitles(call))).limited(Limits::window(100)),
];

fn refused(message: impl AsRef<str>) -> Response {
    Response::invalid(json!({}), message.as_ref())
}

async fn initialize(call: &mut Call) -> Outcome {
    let body = call.json().await?;
    let category = text(&body, "media_category");
    let new = NewUpload {
        user_id: call.user_id().to_owned(),
        additional_owners: texts(body.get("additional_owners")),
        category: Category::named(&category).ok_or_else(|| refused("media_category is unknown."))?,
        media_type: text(&body, "media_type"),
        total_bytes: body.get("total_bytes").and_then(Value::as_u64).unwrap_or(0),
    };
    let id = uploads::begin(call, new).map_err(refused)?;
    let response = uploads::with_upload(call, &id, |upload| {
        let expires = upload.expires_after(call.state.clock.now());
        Ok(json!({ "id": upload.id, "media_key": upload.media_key(), "expires_after_secs": expires }))
    });
    Ok(fields_response(call, response.map_err(refused)?))
}

async fn append(call: &mut Call) -> Outcome {
    let id = path_id(call)?;
    let _under_way = uploads::begin_append(call, &id).map_err(refused)?;
    let (index, part) = segment(call).await?;
    uploads::finish_append(call, &id, index, MAX_SEGMENT_INDEX, part).map_err(refused)?;
    let expires_at = uploads::with_upload(call, &id, |upload| Ok(upload.expires_at)).map_err(refused)?;
    Ok(fields_response(call, json!({ "expires_at": expires_at })))
}

async fn segment(call: &mut Call) -> Result<(u64, Part), Response> {
    if !call.head.is_multipart() {
        let body = call.json().await?;
        let index = body.get("segment_index").and_then(Value::as_u64).unwrap_or(0);
        return Ok((index, decoded(call, &body, MAX_SEGMENT_BYTES)?));
    }
    let fields = uploads::multipart(call, MAX_SEGMENT_BYTES).await.map_err(refused)?;
    check_fields(call, &fields)?;
    let index = fields.text("segment_index").and_then(|index| index.parse().ok()).unwrap_or(0);
    let part = fields.media.ok_or_else(|| refused("$.media: is missing but it is required"))?;
    Ok((index, part))
}

/// Holds the fields of a multipart body to the document.
fn check_fields(call: &Call, fields: &Fields) -> Result<(), Response> {
    let files: Vec<String> = fields.media.iter().map(|_| "media".to_owned()).collect();
    let checked = call.operation.map_or(Ok(()), |operation| operation.check_form(&fields.texts, &files));
    checked.map_err(|violation| refused_field(&Value::Null, &violation))
}

async fn finalize(call: &mut Call) -> Outcome {
    let id = path_id(call)?;
    let body = call.bytes().await?;
    if !body.is_empty() && !call.head.is_json() {
        return Err(wrong_content_type());
    }
    if call.state.options.finalize_needs_object && body.is_empty() {
        return Err(refused("Request body must be a JSON object."));
    }
    uploads::finalize(call, &id).await.map_err(refused)?;
    described(call, &id, Moment::Finalize)
}

async fn one_shot(call: &mut Call) -> Outcome {
    let limit = Category::named("tweet_video").map_or(0, |category| category.max_bytes);
    let (category, owners, part) = if call.head.is_multipart() {
        let fields = uploads::multipart(call, limit).await.map_err(refused)?;
        check_fields(call, &fields)?;
        let category = fields.text("media_category").unwrap_or_default().to_owned();
        let owners = fields.text("additional_owners").unwrap_or_default().to_owned();
        (category, owners, fields.media.ok_or_else(|| refused("$.media: is missing but it is required"))?)
    } else {
        let body = call.json().await?;
        let part = decoded(call, &body, limit)?;
        (text(&body, "media_category"), text(&body, "additional_owners"), part)
    };
    let owners = uploads::owners(&owners);
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
    if call.query_value("command").is_some_and(|command| command != "STATUS") {
        return Err(refused("The `command` query parameter value is not one of [STATUS]"));
    }
    let id = call.query_value("media_id").unwrap_or_default();
    if !is_id(&id) {
        return Err(Response::invalid(json!({ "media_id": [id] }), "The `media_id` query parameter is not valid"));
    }
    call.record.update(|record| record.media_id = Some(id.clone()));
    // X knows the status of what it processes only.
    let processed = uploads::with_upload(call, &id, |upload| Ok(upload.processing.is_some()));
    if processed != Ok(true) {
        return Err(refused("BadRequest: Not found").because("nothing is being processed under this id"));
    }
    described(call, &id, Moment::Status)
}

fn fields_response(call: &Call, fields: Value) -> Response {
    if call.state.options.bare_uploads { Response::json(200, &fields) } else { Response::data(200, fields) }
}

fn described(call: &Call, id: &str, moment: Moment) -> Outcome {
    let response = uploads::with_upload(call, id, |upload| {
        let mut response = Map::new();
        response.insert("id".to_owned(), json!(upload.id));
        response.insert("media_key".to_owned(), json!(upload.media_key()));
        response.extend(uploads::describe(call, upload, moment));
        Ok(Value::Object(response))
    });
    Ok(fields_response(call, response.map_err(refused)?))
}

async fn create_metadata(call: &mut Call) -> Outcome {
    let body = call.json().await?;
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
    Ok(fields_response(call, json!({ "id": id, "associated_metadata": metadata })))
}

async fn create_subtitles(call: &mut Call) -> Outcome {
    let body = call.json().await?;
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
    Ok(Response::data(200, json!({ "id": id, "media_category": category, "associated_subtitles": subtitles })))
}

async fn delete_subtitles(call: &mut Call) -> Outcome {
    let body = call.json().await?;
    let language = text(&body, "language_code");
    let deleted = uploads::with_upload(call, &text(&body, "id"), |upload| {
        let before = upload.subtitles.len();
        upload.subtitles.retain(|known| known["language_code"] != language);
        Ok(upload.subtitles.len() < before)
    });
    Ok(Response::data(200, json!({ "deleted": deleted.map_err(refused)? })))
}

fn path_id(call: &Call) -> Result<String, Response> {
    let id = call.path_value("id");
    if is_id(id) {
        return Ok(id.to_owned());
    }
    let message = format!("The `id` path parameter value [{id}] does not match ^[0-9]{{1,19}}$");
    Err(Response::invalid(json!({ "id": [id] }), &message))
}

fn decoded(call: &Call, body: &Map<String, Value>, limit: u64) -> Result<Part, Response> {
    let bytes = BASE64_STANDARD.decode(text(body, "media"));
    let bytes = bytes.map_err(|_| refused("$.media: is not base64"))?;
    uploads::part_of(&call.state, &bytes, limit).map_err(refused)
}

fn text(body: &Map<String, Value>, name: &str) -> String {
    body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
