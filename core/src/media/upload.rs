//! Uploads a file: in one request if it is a picture or subtitles, else by initialize, append and finalize. Then it
//! waits for X's processing and sets the alt text.

use std::cell::Cell;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::base::error::{Error, Kind, Outcome, Result, Step};
use crate::base::message::{Argument, Message};
use crate::media::upload_api::{MediaResponse, ProcessingInfo, UploadApi};
use crate::media::{MediaKind, Source};
use crate::x::call::{Call, Level, Stage};
use crate::x::error_body::ErrorBody;
use crate::x::{AuthScheme, Batch, Request, Response, send, send_all, sleep};

/// The most characters of an alt text (POST /2/media/metadata).
pub(crate) const ALT_TEXT_LONGEST: usize = 1000;

/// A file that was checked and can be uploaded.
pub(crate) struct Upload<'a> {
    pub source: Source<'a>,
    pub kind: MediaKind,
    pub additional_owners: Vec<String>,
    pub alt_text: Option<String>,
    /// Whether to wait until X has processed the file.
    pub wait: bool,
    /// The longest wait for that.
    pub wait_seconds: u64,
}

/// The result of an upload.
#[derive(Debug, Serialize)]
pub(crate) struct Uploaded {
    pub media_id: String,
    pub media_id_string: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_after_secs: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing_info: Option<ProcessingInfo>,
    /// X's last response about the file.
    pub response: Box<RawValue>,
    /// The scheme by which it was uploaded.
    #[serde(skip)]
    pub auth_scheme: AuthScheme,
}

/// Counts the bytes of all files of a call, for progress reports that never decrease.
pub(crate) struct Meter<'c, 'a> {
    call: &'c Call<'a>,
    total: u64,
    /// Bytes of the files that are done.
    done_files: Cell<u64>,
    /// The most bytes that were reported.
    highest: Cell<u64>,
}

impl<'c, 'a> Meter<'c, 'a> {
    pub fn new(call: &'c Call<'a>, total: u64) -> Result<Self> {
        call.report(Stage::Uploading, 0, total)?;
        Ok(Meter { call, total, done_files: Cell::new(0), highest: Cell::new(0) })
    }

    /// Reports that `bytes` of the current file are sent so far.
    fn moved(&self, bytes: u64) -> Result<()> {
        let done = (self.done_files.get() + bytes).min(self.total).max(self.highest.get());
        self.highest.set(done);
        self.call.report_throttled(Stage::Uploading, done, self.total)
    }

    fn file_done(&self, length: u64) -> Result<()> {
        self.done_files.set(self.done_files.get() + length);
        self.highest.set(self.done_files.get().max(self.highest.get()));
        self.call.report(Stage::Uploading, self.highest.get(), self.total)
    }
}

/// Uploads one file. An error names the file, and its `media_ids` are what X already has.
pub(crate) fn upload(call: &Call, api: UploadApi, upload: &Upload, meter: &Meter) -> Result<Uploaded> {
    let sent = if api.fits_one_request(&upload.kind, &upload.additional_owners) {
        send_whole(call, api, upload, meter)
    } else {
        send_in_segments(call, api, upload, meter)
    };
    let label = &upload.source.label;
    let Sent { id, media, response } = sent.map_err(|error| label.put_on(error.with_step(Step::Upload)))?;
    let finished = finish(call, api, upload, &id, media, response);
    finished.map_err(|error| label.put_on(error.with_media_ids(&[id])))
}

struct Sent {
    id: String,
    media: MediaResponse,
    response: Response,
}

fn send_whole(call: &Call, api: UploadApi, upload: &Upload, meter: &Meter) -> Result<Sent> {
    let request = api.one_shot(&upload.source, &upload.kind)?;
    let response = send_counted(call, &request, meter)?;
    let (id, media) = api.read_id(&request, &response)?;
    let checked = upload.source.check_unchanged().and_then(|()| meter.file_done(upload.source.length));
    checked.map_err(|error| error.with_media_ids(std::slice::from_ref(&id)))?;
    Ok(Sent { id, media, response })
}

fn send_in_segments(call: &Call, api: UploadApi, upload: &Upload, meter: &Meter) -> Result<Sent> {
    let request = api.initialize(&upload.source, &upload.kind, &upload.additional_owners)?;
    let response = send(call, &request)?;
    let (id, _) = api.read_id(&request, &response)?;
    let sent = append_and_finalize(call, api, upload, meter, &id);
    sent.map_err(|error| error.with_media_ids(std::slice::from_ref(&id)))
}

fn append_and_finalize(call: &Call, api: UploadApi, upload: &Upload, meter: &Meter, id: &str) -> Result<Sent> {
    let source = &upload.source;
    let segment = call.parameters.chunk_size.max(source.length.div_ceil(api.most_segments()));
    let segments = source.length.div_ceil(segment);
    let requests = (0..segments)
        .map(|index| {
            let offset = index * segment;
            api.append(id, index, source, offset, segment.min(source.length - offset))
        })
        .collect::<Result<Vec<_>>>()?;
    append_all(call, &requests, meter)?;
    source.check_unchanged()?;
    meter.file_done(source.length)?;
    let (media, response) = finalize(call, api, id)?;
    Ok(Sent { id: id.to_owned(), media, response })
}

/// Sends segments in parallel. If X refuses them, the rest is sent one after the other.
fn append_all(call: &Call, requests: &[Request], meter: &Meter) -> Result<()> {
    let concurrency = call.parameters.upload_concurrency as usize;
    let moved = |bytes: u64| meter.moved(bytes);
    let batch = Batch { requests: requests.iter().collect(), concurrency, moved: Some(&moved) };
    let batched = send_all(call, batch);
    let Some(error) = batched.error else { return Ok(()) };
    if concurrency == 1 || requests.len() == 1 || !may_be_about_order(&error) {
        return Err(error);
    }
    if call.tick().is_err() {
        return Err(error);
    }
    call.log(Level::Warning, || "X refused segments sent side by side; sending the rest one by one".to_owned());
    let (mut rest, mut done) = (Vec::new(), 0);
    for (request, response) in requests.iter().zip(&batched.responses) {
        match response {
            Some(_) => done += request.file_length(),
            None => rest.push(request),
        }
    }
    let moved = |bytes: u64| meter.moved(done + bytes);
    match send_all(call, Batch { requests: rest, concurrency: 1, moved: Some(&moved) }).error {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// Whether X may have refused a segment because of the order. Errors about keys, credits, size or rate limits have
/// other causes.
fn may_be_about_order(error: &Error) -> bool {
    error.kind == Kind::Api && matches!(error.status, Some(400 | 404 | 409 | 412 | 422 | 425))
}

fn send_counted(call: &Call, request: &Request, meter: &Meter) -> Result<Response> {
    let moved = |bytes: u64| meter.moved(bytes);
    send_all(call, Batch { requests: vec![request], concurrency: 1, moved: Some(&moved) }).only()
}

/// If X's response to finalize is lost, STATUS tells whether X carried it out. It is sent again only if X did not.
fn finalize(call: &Call, api: UploadApi, id: &str) -> Result<(MediaResponse, Response)> {
    let (mut request, status) = (api.finalize(id)?, api.status(id)?);
    let mut attempts_left = call.parameters.max_retries;
    let (mut has_object, mut may_have_acted) = (false, false);
    loop {
        let mut error = match send_and_read(call, api, &request) {
            Ok(finalized) => return Ok(finalized),
            Err(error) => error,
        };
        if may_have_acted {
            error.outcome = Some(Outcome::Unknown);
        }
        if !has_object && api.wants_object(&error) {
            call.log(Level::Warning, || "X wants a JSON object with finalize; sending an empty one".to_owned());
            (request, has_object) = (api.finalize_with_object(id)?, true);
            continue;
        }
        let may_be_sent_again = error.status.is_none_or(|status| !(300..500).contains(&status));
        let lost = error.outcome == Some(Outcome::Unknown) && error.kind != Kind::Canceled && may_be_sent_again;
        if !lost || attempts_left == 0 || call.remaining() == Some(Duration::ZERO) {
            return Err(as_retryable(error));
        }
        (attempts_left, may_have_acted) = (attempts_left - 1, true);
        call.log(Level::Warning, || "the answer to finalize was lost; asking for the status".to_owned());
        match send_and_read(call, api, &status) {
            Err(error) if error.kind == Kind::Api && error.status.is_some_and(|status| status < 500) => {}
            known => return known,
        }
    }
}

/// Sends a request about an uploaded file and reads the response.
fn send_and_read(call: &Call, api: UploadApi, request: &Request) -> Result<(MediaResponse, Response)> {
    let response = send(call, request)?;
    Ok((api.read(request, &response)?, response))
}

/// If it is unknown whether X carried out the request, the error is retryable: a second upload does no harm.
fn as_retryable(mut error: Error) -> Error {
    if error.outcome == Some(Outcome::Unknown) && error.kind != Kind::Canceled {
        error.retryable = true;
    }
    error
}

/// Waits for X's processing and sets the alt text, if there is one.
fn finish(
    call: &Call,
    api: UploadApi,
    upload: &Upload,
    id: &str,
    mut media: MediaResponse,
    mut response: Response,
) -> Result<Uploaded> {
    if upload.wait && media.processing_info.is_some() {
        (media, response) = wait_for_processing(call, api, upload, id, media, response)
            .map_err(|error| error.with_step(Step::Upload))?;
    }
    if let Some(alt_text) = &upload.alt_text {
        set_alt_text(call, api, id, alt_text).map_err(|error| error.with_step(Step::Metadata))?;
    }
    Ok(Uploaded {
        media_id: id.to_owned(),
        media_id_string: id.to_owned(),
        media_key: media.media_key,
        expires_after_secs: media.expires_after_secs,
        processing_info: media.processing_info,
        response: response.into_raw(),
        auth_scheme: api.auth_scheme(),
    })
}

/// Polls STATUS at the times that X gives. Only for files that X processes: for a picture STATUS is an error.
fn wait_for_processing(
    call: &Call,
    api: UploadApi,
    upload: &Upload,
    id: &str,
    mut media: MediaResponse,
    mut response: Response,
) -> Result<(MediaResponse, Response)> {
    let started = Instant::now();
    let key = media.media_key.clone();
    let expires = media.expires_after_secs;
    while let Some(info) = &media.processing_info {
        match info.state.as_str() {
            "succeeded" => break,
            "failed" => return Err(failed(id, info, &response)),
            _ => {}
        }
        let wait = Duration::from_secs(info.check_after_secs.unwrap_or(1).max(1));
        if started.elapsed().saturating_add(wait) > Duration::from_secs(upload.wait_seconds) {
            return Err(unfinished(id, info, upload.wait_seconds, &response));
        }
        call.report(Stage::Processing, info.progress_percent.unwrap_or(0), 100)?;
        sleep(call, wait)?;
        (media, response) = send_and_read(call, api, &api.status(id)?)?;
    }
    call.report(Stage::Processing, 100, 100)?;
    media.media_key = media.media_key.or(key);
    media.expires_after_secs = media.expires_after_secs.or(expires);
    Ok((media, response))
}

fn media_failed(id: &str, info: &ProcessingInfo, response: &Response, message: Message) -> Error {
    let mut error = Error::new(Kind::MediaFailed, message);
    error.media_id = Some(id.to_owned());
    error.state = Some(info.state.clone());
    error.status = Some(response.status);
    error.details = Some(response.value());
    error
}

/// The error if X could not process the file. X's reason is an object with `code`, `name` and `message`, each of which
/// may be missing. In some responses it has another form and is beside `processing_info`.
fn failed(id: &str, info: &ProcessingInfo, response: &Response) -> Error {
    let reason = info.error.clone().unwrap_or_default();
    let name = reason["name"].as_str().filter(|name| !name.is_empty()).map(str::to_owned);
    let mut said = ErrorBody::of_value(json!({ "error": reason }));
    if said.words.is_none() && said.code.is_none() && name.is_none() {
        said = ErrorBody::of_value(response.value());
    }
    let title = name.or(said.title);
    let title_too = title.clone().filter(|title| said.words.as_ref() != Some(title));
    let code = said.code.as_ref().map(|code| say!(code_of_x { code }).into());
    let known = [said.words.map(Argument::from), title_too.map(Argument::from), code];
    let mut known = known.into_iter().flatten();
    let first = known.next().unwrap_or_else(|| say!(it_gave_no_reason).into());
    let rest = known.reduce(|first, second| say!(listed { first, second }).into());
    let reason = match rest {
        None => first,
        Some(rest) => say!(with_aside { first, rest }).into(),
    };
    let mut error = media_failed(id, info, response, say!(media_failed { reason }));
    (error.code, error.title, error.outcome) = (said.code, title, Some(Outcome::Rejected));
    error
}

/// The error if X needs more than `wait` seconds.
fn unfinished(id: &str, info: &ProcessingInfo, wait: u64, response: &Response) -> Error {
    let message = say!(media_unfinished { seconds: wait });
    let mut error = media_failed(id, info, response, message);
    error.outcome = Some(Outcome::Unknown);
    error
}

/// Sets the description for screen readers.
pub(crate) fn set_alt_text(call: &Call, api: UploadApi, id: &str, alt_text: &str) -> Result<Response> {
    send(call, &api.metadata(id, alt_text)?)
}

/// X's response about the processing of an uploaded file.
pub(crate) fn status(call: &Call, api: UploadApi, id: &str) -> Result<Response> {
    send(call, &api.status(id)?)
}
