//! The requests and responses of an upload, in X's two APIs for it. Both have the same steps.

use serde_json::{Value, json};

use crate::base::error::{Error, Result};
use crate::fields::is_id;
use crate::http::multipart::FilePart;
use crate::media::{Category, MediaKind, Source};
use crate::x::call::Call;
use crate::x::parameters::{MediaApi, Parameters};
use crate::x::{AcceptedSchemes, AuthScheme, Body, Effect, Request, Response, media_scope};

/// One of the two APIs: 2 (`/2/media/upload/…`, OpenAPI 2.173) or 1.1 (`media/upload.json`, INIT to STATUS).
#[derive(Clone, Copy)]
pub(crate) struct UploadApi<'p> {
    parameters: &'p Parameters,
    auth_scheme: AuthScheme,
}

/// What a response about an uploaded file says, in either API.
#[derive(Debug, Clone)]
pub(crate) struct MediaResponse {
    pub id: Option<String>,
    pub media_key: Option<String>,
    pub expires_after_secs: Option<u64>,
    pub processing_info: Option<ProcessingInfo>,
}

#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct ProcessingInfo {
    pub state: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_after_secs: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress_percent: Option<u64>,
    /// X sends it, but doesn't document it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Value>,
}

impl MediaResponse {
    /// `None` if the response isn't about an uploaded file. API 2 has the fields in `data`; API 1.1, X's playground and
    /// older responses of API 2 don't. Fields with unexpected values are left out: the file was uploaded all the same.
    fn of(response: &Value) -> Option<MediaResponse> {
        let wrapped = response.get("data").filter(|data| data.is_object());
        let fields = wrapped.unwrap_or(response);
        let text = |name| fields.get(name)?.as_str().map(str::to_owned);
        let number = |name| fields.get(name)?.as_u64().map(|id| id.to_string());
        let processing_info = match &fields["processing_info"] {
            Value::Null => None,
            info => Some(ProcessingInfo::of(info)?),
        };
        let media = MediaResponse {
            id: text("id").or_else(|| text("media_id_string")).or_else(|| number("id")).or_else(|| number("media_id")),
            media_key: text("media_key"),
            expires_after_secs: whole(&fields["expires_after_secs"]),
            processing_info,
        };
        (wrapped.is_some() || media.id.is_some()).then_some(media)
    }
}

/// A number without its fraction: X's playground gives percents with fractions.
fn whole(number: &Value) -> Option<u64> {
    number.as_u64().or_else(|| number.as_f64().filter(|number| *number >= 0.0).map(|number| number as u64))
}

impl ProcessingInfo {
    fn of(info: &Value) -> Option<ProcessingInfo> {
        Some(ProcessingInfo {
            state: info["state"].as_str()?.to_owned(),
            check_after_secs: whole(&info["check_after_secs"]),
            progress_percent: whole(&info["progress_percent"]),
            error: info.get("error").filter(|error| !error.is_null()).cloned(),
        })
    }
}

impl<'p> UploadApi<'p> {
    /// Makes requests by the scheme that `media_api` and the credentials allow. If X refuses the access token because
    /// it lacks a scope, they are made again by OAuth 1.0a.
    pub fn with_fallback<T>(call: &'p Call, mut requests: impl FnMut(Self) -> Result<T>) -> Result<T> {
        let parameters = &call.parameters;
        match parameters.media_api {
            MediaApi::V1 => requests(UploadApi { parameters, auth_scheme: Self::scheme(call)? }),
            MediaApi::V2 => media_scope::with_fallback(
                call,
                parameters.auth,
                AcceptedSchemes::ACCOUNT,
                &|| say!(this_call),
                |auth_scheme| requests(UploadApi { parameters, auth_scheme }),
            ),
        }
    }

    /// The scheme to try first. It is an error if its credentials are missing.
    pub fn scheme(call: &Call) -> Result<AuthScheme> {
        match call.parameters.media_api {
            MediaApi::V1 => AuthScheme::oauth1(call, &|| say!(an_upload_by_api_1_1)),
            MediaApi::V2 => {
                media_scope::scheme(call, call.parameters.auth, AcceptedSchemes::ACCOUNT, &|| say!(this_call))
            }
        }
    }

    /// The scheme by which requests are made.
    pub fn auth_scheme(&self) -> AuthScheme {
        self.auth_scheme
    }

    fn is_v1(&self) -> bool {
        self.parameters.media_api == MediaApi::V1
    }

    /// How many segments a file may have: `segment_index` goes from 0 to 9999, in API 1.1 to 999.
    pub fn most_segments(&self) -> u64 {
        if self.is_v1() { 1000 } else { 10_000 }
    }

    fn url(&self, v2_path: &str) -> Result<url::Url> {
        if self.is_v1() { self.parameters.upload("/1.1/media/upload.json") } else { self.parameters.api(v2_path) }
    }

    fn post<'a>(&self, v2_path: &str, body: Body<'a>, effect: Effect) -> Result<Request<'a>> {
        Ok(Request::post(self.url(v2_path)?, body, self.auth_scheme, effect).needing("media.write"))
    }

    /// Whether the whole upload is one request. Such a request can have no fields but `media` and `media_category`.
    pub fn fits_one_request(&self, kind: &MediaKind, additional_owners: &[String]) -> bool {
        matches!(kind.category, Category::TweetImage | Category::DmImage | Category::Subtitles)
            && additional_owners.is_empty()
    }

    pub fn one_shot<'a>(&self, source: &'a Source<'a>, kind: &'a MediaKind) -> Result<Request<'a>> {
        let fields = vec![("media_category", kind.category.name().to_owned())];
        let file = FilePart { source, offset: 0, length: source.length, media_type: &kind.media_type };
        self.post("/2/media/upload", Body::Multipart { fields, file }, Effect::Repeatable)
    }

    pub fn initialize(
        &self,
        source: &Source,
        kind: &MediaKind,
        additional_owners: &[String],
    ) -> Result<Request<'static>> {
        let body = if self.is_v1() {
            let mut fields = vec![
                ("command".to_owned(), "INIT".to_owned()),
                ("total_bytes".to_owned(), source.length.to_string()),
                ("media_type".to_owned(), kind.media_type.clone()),
                ("media_category".to_owned(), kind.category.name().to_owned()),
            ];
            if !additional_owners.is_empty() {
                fields.push(("additional_owners".to_owned(), additional_owners.join(",")));
            }
            Body::Form(fields)
        } else {
            let mut body = json!({
                "media_type": kind.media_type,
                "total_bytes": source.length,
                "media_category": kind.category.name(),
            });
            if !additional_owners.is_empty() {
                body["additional_owners"] = json!(additional_owners);
            }
            Body::Json(body.to_string())
        };
        self.post("/2/media/upload/initialize", body, Effect::Repeatable)
    }

    pub fn append<'a>(
        &self,
        id: &str,
        index: u64,
        source: &'a Source<'a>,
        offset: u64,
        length: u64,
    ) -> Result<Request<'a>> {
        let mut fields = vec![("segment_index", index.to_string())];
        if self.is_v1() {
            fields.splice(0..0, [("command", "APPEND".to_owned()), ("media_id", id.to_owned())]);
        }
        let file = FilePart { source, offset, length, media_type: "application/octet-stream" };
        let path = format!("/2/media/upload/{id}/append");
        self.post(&path, Body::Multipart { fields, file }, Effect::Repeatable)
    }

    /// Not repeated automatically: if X's response is lost, X has usually carried it out.
    pub fn finalize(&self, id: &str) -> Result<Request<'static>> {
        let body = if self.is_v1() {
            Body::Form(vec![("command".to_owned(), "FINALIZE".to_owned()), ("media_id".to_owned(), id.to_owned())])
        } else {
            Body::Empty
        };
        self.post(&format!("/2/media/upload/{id}/finalize"), body, Effect::Creates)
    }

    /// API 2 documents no body for finalize, but has refused requests without one.
    pub fn finalize_with_object(&self, id: &str) -> Result<Request<'static>> {
        self.post(&format!("/2/media/upload/{id}/finalize"), Body::Json("{}".to_owned()), Effect::Creates)
    }

    /// Whether X refused a finalize because it wants a JSON object as its body. X gives no code for that, so these are
    /// the sentences that were reported (node-twitter-api-v2 #591, x-ruby #71, trypost #202).
    pub fn wants_object(&self, error: &Error) -> bool {
        const SENTENCES: [&str; 3] =
            ["must have content-type of application/json", "body is not valid json", "must be a json object"];
        let asks = |said: &Value| {
            let said = said.as_str().unwrap_or_default().to_ascii_lowercase();
            SENTENCES.iter().any(|sentence| said.contains(sentence))
        };
        let details = error.details.as_ref().unwrap_or(&Value::Null);
        let errors = details["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let of_errors = errors.iter().flat_map(|error| [&error["message"], &error["detail"]]);
        let mut sentences = of_errors.chain([&details["detail"], &details["message"]]);
        !self.is_v1() && error.status == Some(400) && sentences.any(asks)
    }

    pub fn status(&self, id: &str) -> Result<Request<'static>> {
        let request = Request::get(self.url("/2/media/upload")?, self.auth_scheme).needing("media.write");
        Ok(request.query([("command", "STATUS"), ("media_id", id)]))
    }

    pub fn metadata(&self, id: &str, alt_text: &str) -> Result<Request<'static>> {
        let (url, body) = if self.is_v1() {
            let url = self.parameters.upload("/1.1/media/metadata/create.json")?;
            (url, json!({"media_id": id, "alt_text": {"text": alt_text}}))
        } else {
            (self.parameters.api("/2/media/metadata")?, json!({"id": id, "metadata": {"alt_text": {"text": alt_text}}}))
        };
        Ok(Request::post(url, Body::Json(body.to_string()), self.auth_scheme, Effect::Repeatable)
            .needing("media.write"))
    }

    /// The fields that both APIs have.
    pub fn read(&self, request: &Request, response: &Response) -> Result<MediaResponse> {
        MediaResponse::of(&response.value()).ok_or_else(|| response.lacking(request))
    }

    /// The same, for a response that has to have the media id.
    pub fn read_id(&self, request: &Request, response: &Response) -> Result<(String, MediaResponse)> {
        let media = self.read(request, response)?;
        match &media.id {
            Some(id) if is_id(id) => Ok((id.clone(), media)),
            _ => Err(response.lacking(request).with_hint(say!(should_name_media_id))),
        }
    }
}
