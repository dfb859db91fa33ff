//! Media of API 1.1: one address, a `command`, parameters in the query or in the body.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

use super::uploads::{self, Fields, MAX_ALT_TEXT_CHARACTERS, MAX_SEGMENT_BYTES, MAX_SEGMENT_INDEX_V1, Moment};
use super::{Access, Call, Route, get, post, value_of};
use crate::ids::is_id;
use crate::media::category::Category;
use crate::media::content;
use crate::media::parts::Part;
use crate::media::store::NewUpload;
use crate::rate_limit::Limits;
use crate::request::body_field;
use crate::response::{Outcome, Response};

pub const ROUTES: &[Route] = &[
    post("/1.1/media/upload.json", Access::OAuth1, |call| Box::pin(upload(call)))
        .before_body(|call| Box::pin(count_append(call)))
        .limited(Limits::window(1875)),
    get("/1.1/media/upload.json", Access::OAuth1, |call| Box::pin(status(call))).limited(Limits::window(1000)),
    post("/1.1/media/metadata/create.json", Access::OAuth1, |call| Box::pin(create_metadata(call)))
        .limited(Limits::window(500)),
];

/// How much of a body is searched for `command` and `media_id`. An append that has them later is counted when all of its
/// body was read.
const PEEKED_BYTES: usize = 16 * 1024;

fn refused(message: impl AsRef<str>) -> Response {
    Response::v1_upload(message.as_ref())
}

/// Counts an append as under way as soon as its fields can be read, before the rest of its body is.
async fn count_append(call: &mut Call) {
    let query = call.head.query_pairs();
    let of_query = |name: &str| value_of(&query, name);
    let (mut command, mut media_id) = (of_query("command"), of_query("media_id"));
    let found = call.body.peek(|text| {
        let start = &text[..text.len().min(PEEKED_BYTES)];
        command = command.take().or_else(|| body_field(start, "command"));
        media_id = media_id.take().or_else(|| body_field(start, "media_id"));
        let known = command.as_deref().is_some_and(|command| command != "APPEND" || media_id.is_some());
        (known || text.len() >= PEEKED_BYTES).then_some(())
    });
    // A body that ends early is seen again by who reads it.
    let _ = found.await;
    if let (Some("APPEND"), Some(id)) = (command.as_deref(), media_id) {
        call.append = Some(uploads::count_append(&call.state, &id));
    }
}

async fn upload(call: &mut Call) -> Outcome {
    let append_under_way = call.append.take();
    if let Some(append) = &append_under_way {
        uploads::check_append(call, append).map_err(refused)?;
    }
    let mut fields = Fields::default();
    if call.head.is_multipart() {
        fields = uploads::multipart(call, MAX_SEGMENT_BYTES).await.map_err(refused)?;
    } else if call.form.is_none() && !call.bytes().await?.is_empty() {
        return Err(refused("The body is neither multipart/form-data nor application/x-www-form-urlencoded."));
    }
    let mut parameters = Parameters { call, fields };
    match parameters.get("command").as_deref() {
        None => simple(&mut parameters).await,
        Some("INIT") => init(&parameters),
        Some("APPEND") => {
            let id = parameters.media_id()?;
            // It is counted only now where its fields come after the media.
            let _under_way = match append_under_way {
                Some(append) => append,
                None => uploads::begin_append(parameters.call, &id).map_err(refused)?,
            };
            append(&mut parameters, &id)
        }
        Some("FINALIZE") => {
            let id = parameters.media_id()?;
            uploads::finalize(parameters.call, &id).await.map_err(refused)?;
            described(parameters.call, 201, &id, Moment::Finalize)
        }
        Some(other) => Err(refused(format!("command {other} is not supported."))),
    }
}

/// Where a parameter may stand: query, form, multipart text.
struct Parameters<'a> {
    call: &'a mut Call,
    fields: Fields,
}

impl Parameters<'_> {
    fn get(&self, name: &str) -> Option<String> {
        let elsewhere = || self.fields.text(name).map(str::to_owned);
        self.call.parameter(name).or_else(elsewhere)
    }

    fn required(&self, name: &str) -> Result<String, Response> {
        let value = self.get(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| refused(format!("{name} parameter is missing.")))
    }

    fn media_id(&self) -> Result<String, Response> {
        let id = self.required("media_id")?;
        if is_id(&id) { Ok(id) } else { Err(refused("media_id parameter is invalid.")) }
    }

    fn additional_owners(&self) -> Vec<String> {
        uploads::owners(&self.get("additional_owners").unwrap_or_default())
    }

    /// `media` as a file, or `media_data` in base64.
    fn part(&mut self) -> Result<Part, Response> {
        if let Some(part) = self.fields.media.take() {
            return Ok(part);
        }
        let bytes = match (self.get("media_data"), &self.call.form) {
            (Some(encoded), _) => {
                // Some encoders break lines.
                let encoded: String = encoded.chars().filter(|letter| !matches!(letter, '\r' | '\n')).collect();
                BASE64_STANDARD.decode(encoded).map_err(|_| refused("media_data is not base64."))?
            }
            (None, Some(form)) => {
                let media = form.iter().find(|(name, _)| name == b"media");
                media.map(|(_, value)| value.clone()).ok_or_else(|| refused("media parameter is missing."))?
            }
            (None, None) => return Err(refused("media parameter is missing.")),
        };
        uploads::part_of(&self.call.state, &bytes, MAX_SEGMENT_BYTES).map_err(refused)
    }
}

fn init(parameters: &Parameters) -> Outcome {
    let media_type = parameters.required("media_type")?;
    let total_bytes = parameters.required("total_bytes")?;
    let category = match parameters.get("media_category") {
        Some(name) => category_named(&name)?,
        None => Category::of_media_type(&media_type),
    };
    let new = NewUpload {
        user_id: parameters.call.user_id().to_owned(),
        additional_owners: parameters.additional_owners(),
        category,
        media_type,
        total_bytes: total_bytes.parse().map_err(|_| refused("total_bytes parameter is invalid."))?,
    };
    let call = &*parameters.call;
    let id = uploads::begin(call, new).map_err(refused)?;
    let response = uploads::with_upload(call, &id, |upload| {
        let mut response = ids(&upload.id, &upload.media_key());
        response.insert("expires_after_secs".to_owned(), json!(upload.expires_after(call.state.clock.now())));
        Ok(Value::Object(response))
    });
    Ok(Response::json(202, &response.map_err(refused)?))
}

fn append(parameters: &mut Parameters, id: &str) -> Outcome {
    let index = parameters.required("segment_index")?;
    let index = index.parse().map_err(|_| refused("segment_index parameter is invalid."))?;
    let part = parameters.part()?;
    uploads::finish_append(parameters.call, id, index, MAX_SEGMENT_INDEX_V1, part).map_err(refused)?;
    Ok(Response::empty(204))
}

async fn simple(parameters: &mut Parameters<'_>) -> Outcome {
    let part = parameters.part()?;
    let start = part.start().map_err(|error| refused(error.to_string()))?;
    let media_type = content::media_type(&start).ok_or_else(|| refused("media type unrecognized."))?;
    let category = match parameters.get("media_category") {
        Some(name) => category_named(&name)?,
        None => Category::of_media_type(media_type),
    };
    let owners = parameters.additional_owners();
    let call = &*parameters.call;
    let id = uploads::one_shot(call, category, media_type, owners, part).await.map_err(refused)?;
    described(call, 200, &id, Moment::Finalize)
}

fn category_named(name: &str) -> Result<Category, Response> {
    // Ads libraries and older clients write TweetImage.
    let known = match name {
        "TweetImage" => "tweet_image",
        "TweetGif" => "tweet_gif",
        "TweetVideo" => "tweet_video",
        "AmplifyVideo" => "amplify_video",
        _ => name,
    };
    Category::named(known).ok_or_else(|| refused("media_category parameter is invalid."))
}

async fn status(call: &mut Call) -> Outcome {
    if call.query_value("command").as_deref() != Some("STATUS") {
        return Err(refused("command parameter is invalid."));
    }
    let id = call.query_value("media_id").unwrap_or_default();
    call.record.update(|record| record.media_id = Some(id.clone()));
    let processed = uploads::with_upload(call, &id, |upload| Ok(upload.processing.is_some()));
    if processed != Ok(true) {
        return Err(refused("Invalid mediaId").because("nothing is being processed under this id"));
    }
    described(call, 200, &id, Moment::Status)
}

fn described(call: &Call, status: u16, id: &str, moment: Moment) -> Outcome {
    let response = uploads::with_upload(call, id, |upload| {
        let mut response = ids(&upload.id, &upload.media_key());
        response.extend(uploads::describe(call, upload, moment));
        Ok(Value::Object(response))
    });
    Ok(Response::json(status, &response.map_err(refused)?))
}

fn ids(id: &str, media_key: &str) -> Map<String, Value> {
    let mut response = Map::new();
    response.insert("media_id".to_owned(), json!(id.parse::<u64>().unwrap_or(0)));
    response.insert("media_id_string".to_owned(), json!(id));
    response.insert("media_key".to_owned(), json!(media_key));
    response
}

async fn create_metadata(call: &mut Call) -> Outcome {
    let bytes = call.bytes().await?;
    let body: Value = serde_json::from_slice(&bytes).map_err(|_| Response::v1(400, 214, "Bad request."))?;
    // tweepy sends the number that the upload gave as media_id, others its text.
    let id = match body.get("media_id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => String::new(),
    };
    let alt_text = body.pointer("/alt_text/text").and_then(Value::as_str);
    let Some(alt_text) = alt_text.filter(|text| text.chars().count() <= MAX_ALT_TEXT_CHARACTERS) else {
        return Err(Response::v1(400, 214, "Bad request.").because("alt_text.text is missing or too long"));
    };
    let done = uploads::with_upload(call, &id, |upload| {
        upload.alt_text = Some(alt_text.to_owned());
        Ok(())
    });
    done.map_err(|message| Response::v1(400, 214, &message))?;
    Ok(Response::empty(200))
}
