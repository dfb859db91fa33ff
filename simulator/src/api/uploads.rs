//! What the uploads of v2 and v1.1 share. Refusals are plain texts here; each version gives them its own form.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, stream};
use multer::Multipart;
use serde_json::{Map, Value, json};

use super::Call;
use crate::media::assembly;
use crate::media::category::Category;
use crate::media::parts::{Part, PartWriter};
use crate::media::store::{NewUpload, Upload};
use crate::request::Body;
use crate::state::{State, lock};

/// X's limit on one segment.
pub const MAX_SEGMENT_BYTES: u64 = 5 * 1024 * 1024;
/// Of API 2.
pub const MAX_SEGMENT_INDEX: u64 = 9999;
/// Of API 1.1.
pub const MAX_SEGMENT_INDEX_V1: u64 = 999;
pub const MAX_ALT_TEXT_CHARACTERS: usize = 1000;
const MAX_TEXT_BYTES: usize = 8 * 1024 * 1024;

pub const UNKNOWN_MEDIA: &str = "Invalid or expired media id.";

/// The fields of a multipart body: texts, and `media` in a file of its own.
#[derive(Default)]
pub struct Fields {
    pub texts: Vec<(String, String)>,
    pub media: Option<Part>,
}

impl Fields {
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.texts.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| text.as_str())
    }
}

/// Reads a multipart body; its media part goes to disk as it comes.
pub async fn multipart(call: &mut Call, media_limit: u64) -> Result<Fields, String> {
    let whole_type = call.head.header("content-type").unwrap_or_default();
    let boundary = multer::parse_boundary(whole_type).map_err(|error| error.to_string())?;
    let mut fields = Fields::default();
    let mut parts = Multipart::new(pieces(&mut call.body), boundary);
    while let Some(mut field) = parts.next_field().await.map_err(|error| error.to_string())? {
        let name = field.name().unwrap_or_default().to_owned();
        if fields.text(&name).is_some() || (name == "media" && fields.media.is_some()) {
            return Err(format!("The field {name} is given more than once."));
        }
        if name == "media" {
            let mut writer = part_writer(&call.state, media_limit)?;
            while let Some(piece) = field.chunk().await.map_err(|error| error.to_string())? {
                writer.write(&piece).map_err(|error| unwritable(&error, media_limit))?;
            }
            fields.media = Some(writer.finish());
            continue;
        }
        let mut text = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(|error| error.to_string())? {
            if text.len() + piece.len() > MAX_TEXT_BYTES {
                return Err(format!("The field {name} is too long."));
            }
            text.extend_from_slice(&piece);
        }
        let text = String::from_utf8(text).map_err(|_| format!("The field {name} is not UTF-8."))?;
        fields.texts.push((name, text));
    }
    Ok(fields)
}

fn pieces(body: &mut Body) -> impl Stream<Item = io::Result<Bytes>> + Send + '_ {
    stream::unfold(body, |body| async move {
        let piece = body.chunk().await.map_err(|_| io::ErrorKind::UnexpectedEof.into());
        piece.transpose().map(|piece| (piece, body))
    })
}

/// A part from bytes that are in memory already.
pub fn part_of(state: &State, bytes: &[u8], limit: u64) -> Result<Part, String> {
    let mut writer = part_writer(state, limit)?;
    writer.write(bytes).map_err(|error| unwritable(&error, limit))?;
    Ok(writer.finish())
}

fn part_writer(state: &State, limit: u64) -> Result<PartWriter, String> {
    let path = lock(&state.media).next_file();
    PartWriter::create(path, limit).map_err(|error| format!("The media could not be stored: {error}"))
}

fn unwritable(error: &io::Error, limit: u64) -> String {
    match error.kind() {
        io::ErrorKind::FileTooLarge => format!("The media is larger than {limit} bytes."),
        _ => format!("The media could not be stored: {error}"),
    }
}

/// INIT: gives the new upload's id.
pub fn begin(call: &Call, new: NewUpload) -> Result<String, String> {
    let category = &new.category;
    if !category.takes(&new.media_type) {
        return Err(format!("media_type {} does not go with media_category {}.", new.media_type, category.name));
    }
    check_size(category, new.total_bytes)?;
    let id = lock(&call.state.media).begin(new, call.state.clock.now()).id.clone();
    call.record.update(|record| record.media_id = Some(id.clone()));
    Ok(id)
}

fn check_size(category: &Category, size: u64) -> Result<(), String> {
    if size > category.max_bytes {
        return Err(format!("File size exceeds {} bytes.", category.max_bytes));
    }
    Ok(())
}

/// An append under way; the count of them goes down when it ends, whichever way.
pub struct Append {
    state: Arc<State>,
    media_id: String,
    /// Appends of the same media that were under way when it began, itself included.
    parallel: u32,
}

impl Drop for Append {
    fn drop(&mut self) {
        lock(&self.state.media).end_append(&self.media_id);
    }
}

/// Counts an append as under way and checks it. Called before the append's body is read.
pub fn begin_append(call: &Call, media_id: &str) -> Result<Append, String> {
    let append = count_append(&call.state, media_id);
    check_append(call, &append)?;
    Ok(append)
}

/// Counts an append as under way.
pub fn count_append(state: &Arc<State>, media_id: &str) -> Append {
    let parallel = lock(&state.media).begin_append(media_id);
    Append { state: state.clone(), media_id: media_id.to_owned(), parallel }
}

/// Whether an append under way may go on. Its caller has to be known.
pub fn check_append(call: &Call, append: &Append) -> Result<(), String> {
    let media_id = &append.media_id;
    call.record.update(|record| {
        record.media_id = Some(media_id.clone());
        record.parallel_appends = append.parallel;
    });
    with_upload(call, media_id, |upload| match upload.content {
        Some(_) => Err("The media was finalized already.".to_owned()),
        None => Ok(()),
    })?;
    if append.parallel > 1 && call.state.faults.refuses_parallel(&call.head, None) {
        return Err("Another segment of this media is being appended.".to_owned());
    }
    Ok(())
}

pub fn finish_append(call: &Call, media_id: &str, index: u64, highest: u64, part: Part) -> Result<(), String> {
    call.record.update(|record| record.segment = Some(index));
    if index > highest {
        return Err(format!("segment_index must be between 0 and {highest}."));
    }
    if part.size == 0 {
        return Err("The segment is empty.".to_owned());
    }
    with_upload(call, media_id, |upload| {
        upload.add_part(index, part);
        Ok(())
    })
}

/// FINALIZE. Done again it changes nothing, so that a client that lost the response can repeat it.
pub async fn finalize(call: &Call, media_id: &str) -> Result<(), String> {
    call.record.update(|record| record.media_id = Some(media_id.to_owned()));
    let task = {
        let mut media = lock(&call.state.media);
        let now = call.state.clock.now();
        let upload = media.find(media_id, call.user_id(), now).ok_or(UNKNOWN_MEDIA)?;
        if upload.content.is_some() {
            return Ok(());
        }
        let id = upload.id.clone();
        media.get(&id).map(|upload| media.assembly_task(upload)).ok_or(UNKNOWN_MEDIA)?
    };
    let assembled = tokio::task::spawn_blocking(move || assembly::assemble(task)).await;
    let assembled = assembled.map_err(|error| error.to_string())??;
    lock(&call.state.media).complete(media_id, assembled, call.state.clock.milliseconds());
    Ok(())
}

/// The ids of `additional_owners`, separated by commas.
pub fn owners(list: &str) -> Vec<String> {
    list.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// A whole upload in one request.
pub async fn one_shot(
    call: &Call,
    category: Category,
    media_type: &str,
    owners: Vec<String>,
    part: Part,
) -> Result<String, String> {
    let new = NewUpload {
        user_id: call.user_id().to_owned(),
        additional_owners: owners,
        category,
        media_type: media_type.to_owned(),
        total_bytes: part.size,
    };
    let id = begin(call, new)?;
    with_upload(call, &id, |upload| {
        upload.add_part(0, part);
        Ok(())
    })?;
    finalize(call, &id).await?;
    Ok(id)
}

/// Does something with an upload of the caller's. An error if there is no such upload.
pub fn with_upload<T>(call: &Call, id: &str, act: impl FnOnce(&mut Upload) -> Result<T, String>) -> Result<T, String> {
    let mut media = lock(&call.state.media);
    let upload = media.find(id, call.user_id(), call.state.clock.now());
    act(upload.ok_or(UNKNOWN_MEDIA)?)
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    Finalize,
    Status,
}

/// size, expires_after_secs, image or video, processing_info: the same in both versions.
pub fn describe(call: &Call, upload: &Upload, moment: Moment) -> Map<String, Value> {
    let mut response = Map::new();
    response.insert("size".to_owned(), json!(upload.new.total_bytes));
    response.insert("expires_after_secs".to_owned(), json!(upload.expires_after(call.state.clock.now())));
    let media_type = &upload.new.media_type;
    let dimensions = upload.content.as_ref().and_then(|content| content.dimensions);
    if let (Some((width, height)), false) = (dimensions, upload.new.category.is_processed()) {
        response.insert("image".to_owned(), json!({ "image_type": media_type, "w": width, "h": height }));
    } else if media_type.starts_with("video/") {
        response.insert("video".to_owned(), json!({ "video_type": media_type }));
    }
    if let Some(processing) = &upload.processing {
        let info = match moment {
            Moment::Finalize => processing.first_info(),
            Moment::Status => processing.info(call.state.clock.milliseconds()),
        };
        response.insert("processing_info".to_owned(), info);
    }
    response
}
