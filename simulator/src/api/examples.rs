//! Operations that have no state here: they respond with an example made from the document's schema.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::{Call, Handled, Handler, operation, refused_field, uploads, wrong_content_type};
use crate::document::schema::Checker;
use crate::document::{TEXT, example};
use crate::response::{JSON, Outcome, Response};

pub const HANDLER: Handler = |call| Box::pin(respond(call));

pub const OPERATIONS: &[Handled] =
    &[operation("getOpenApiSpec", |_| Box::pin(async { Ok(Response::new(200, JSON, TEXT)) }))];

const FORM: &str = "multipart/form-data";
const BYTES: &str = "application/octet-stream";

/// X's streams send lines until the client goes; these end, after so many objects and a line that keeps alive.
const STREAMED_OBJECTS: usize = 3;

async fn respond(call: &mut Call) -> Outcome {
    let given = read_body(call).await?;
    let Some(operation) = call.operation else {
        return Err(Response::problem(404, "", "Not Found", "Not Found"));
    };
    let success = &operation.success;
    if success.content_type == BYTES {
        return Ok(Response::new(success.status, BYTES, format!("An example of {}.\n", operation.id)));
    }
    let plain = example::of(&success.schema);
    if success.streams {
        let lines = format!("{plain}\r\n").repeat(STREAMED_OBJECTS) + "\r\n";
        return Ok(Response::new(success.status, JSON, lines));
    }
    let echoed = echoed(&plain, &call.path_values, &given);
    let fits = echoed == plain || Checker::new(success.schema.clone()).check(&echoed).is_ok();
    Ok(Response::json(success.status, if fits { &echoed } else { &plain }))
}

/// The body, held to the document: its fields where it is JSON.
async fn read_body(call: &mut Call) -> Result<Map<String, Value>, Response> {
    let Some(operation) = call.operation.filter(|operation| operation.takes_body()) else {
        return Ok(Map::new());
    };
    if call.head.is_multipart() && operation.takes(FORM) {
        let fields = uploads::multipart(call, uploads::MAX_SEGMENT_BYTES).await;
        let fields = fields.map_err(|problem| Response::invalid(json!({}), &problem))?;
        let files: Vec<String> = fields.media.iter().map(|_| "media".to_owned()).collect();
        let checked = operation.check_form(&fields.texts, &files);
        return checked.map(|()| Map::new()).map_err(|violation| refused_field(&Value::Null, &violation));
    }
    if call.head.media_type() == BYTES && operation.takes(BYTES) {
        let _: Bytes = call.bytes().await?;
        return Ok(Map::new());
    }
    if !operation.takes("application/json") {
        return Err(wrong_content_type());
    }
    call.json().await
}

/// The example with what the request itself said, where the response has a field of the same name.
fn echoed(plain: &Value, path: &[(&'static str, String)], body: &Map<String, Value>) -> Value {
    let mut echoed = plain.clone();
    let Some(data) = echoed.get_mut("data").and_then(Value::as_object_mut) else {
        return echoed;
    };
    let given = body.iter().map(|(name, value)| (name.as_str(), value.clone()));
    for (name, value) in path.iter().map(|(name, value)| (*name, json!(value))).chain(given) {
        if let Some(known) = data.get_mut(name).filter(|known| !known.is_object() && !known.is_array()) {
            *known = value;
        }
    }
    echoed
}
