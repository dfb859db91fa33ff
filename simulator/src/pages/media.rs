//! The content of posted media.

use hyper::header::{ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE};

use crate::api::Call;
use crate::media::parts::Part;
use crate::media::serving::{FileRange, RequestedRange, requested_range};
use crate::response::{Content, Outcome, Response};
use crate::state::lock;
use std::sync::Arc;

pub async fn serve(call: &mut Call) -> Outcome {
    let Some((parts, media_type)) = content(call) else {
        return Err(super::layout::error(404, "Nothing here", "There is no such media, or its upload isn't complete."));
    };
    let length = parts.iter().map(|part| part.size).sum();
    let (status, start, count) = match requested_range(call.head.header("range"), length) {
        RequestedRange::Whole => (200, 0, length),
        RequestedRange::Part(start, count) => (206, start, count),
        RequestedRange::Unsatisfiable => {
            return Err(Response::empty(416).header(CONTENT_RANGE, &format!("bytes */{length}")));
        }
    };
    let range = FileRange::new(parts, start, count).map_err(|error| Response::empty(500).because(error.to_string()))?;
    let mut response = Response::empty(status).header(CONTENT_TYPE, &media_type).header(ACCEPT_RANGES, "bytes");
    if status == 206 {
        let last = start + count - 1;
        response = response.header(CONTENT_RANGE, &format!("bytes {start}-{last}/{length}"));
    }
    response.content = Content::File(Box::new(range));
    Ok(response)
}

fn content(call: &Call) -> Option<(Vec<Arc<Part>>, String)> {
    let media = lock(&call.state.media);
    let upload = media.get(call.path_value("id"))?;
    let content = upload.content.as_ref()?;
    Some((content.parts.clone(), upload.new.media_type.clone()))
}
