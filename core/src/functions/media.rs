//! Uploads files, and reads the status or sets the description of uploaded ones.

use serde_json::value::RawValue;

use crate::base::error::{Error, Result, Step};
use crate::base::json::raw;
use crate::fields::{Id, REQUIRED, TRIMMED, record};
use crate::functions::rules::{Rule, Rules};
use crate::media::{
    self, ALT_TEXT_LONGEST, Category, FileField, MediaKind, Meter, Source, Upload, UploadApi, Uploaded, checked_type,
};
use crate::x::call::Call;

/// Seconds to wait for X's processing, unless the caller gives another number.
const WAIT_SECONDS: u64 = 600;

record! {
    #[derive(Default)]
    pub(crate) struct UploadFile {
        file: FileField,
        /// X's media category. Without it the content decides. The older names photo, animated_gif and video work too.
        category as "type": Option<Category>,
        /// The media type, such as video/mp4. Without it the content decides, then the file's name.
        media_type: Option<String> [TRIMMED],
        /// A description for screen readers, up to 1,000 characters.
        alt_text: Option<String>,
        /// Whether to wait until X has processed the file; true unless given.
        wait: Option<bool>,
        /// The longest wait for that, in seconds; 600 unless given.
        wait_seconds: Option<u64>,
        /// Ids of users who may use the file too.
        additional_owners: Vec<Id>,
    }
}

const ALT_TEXT: Rule = Rule::Length("alt_text", 0, 1000);
pub(super) const UPLOAD_RULES: Rules = &[&[ALT_TEXT, Rule::Pattern("media_type", "[!-~]*/[!-~]*", &["string"])]];

pub(crate) fn upload_file(call: &Call, request: UploadFile) -> Result<Box<RawValue>> {
    check_alt_text(call, "alt_text", request.alt_text.as_deref())?;
    let media_type = request.media_type.as_deref().map(checked_type).transpose()?;
    let source = Source::open(&request.file, "file", &call.bytes)?;
    let kind = MediaKind::of(&source, media_type, request.category)?;
    let upload = Upload {
        source,
        kind,
        additional_owners: request.additional_owners.iter().map(Id::to_string).collect(),
        alt_text: request.alt_text,
        wait: request.wait.unwrap_or(true),
        wait_seconds: request.wait_seconds.unwrap_or(WAIT_SECONDS),
    };
    let uploaded = upload_all(call, std::slice::from_ref(&upload))?;
    raw(&uploaded[0])
}

record! {
    #[derive(Default)]
    pub(crate) struct UploadFiles {
        files: Vec<FileField> [REQUIRED],
        /// X's media category for each of them. Without it their content decides.
        category as "type": Option<Category>,
    }
}

pub(crate) fn upload_files(call: &Call, request: UploadFiles) -> Result<Box<RawValue>> {
    let uploads = open_all(call, &request.files, request.category, &[], "")?;
    raw(&ids_of(&upload_all(call, &uploads)?))
}

/// Opens several files and finds their types. All are checked before the first is sent. `place` is put in front of
/// field names in errors.
pub(crate) fn open_all<'a>(
    call: &Call<'a>,
    files: &[FileField],
    category: Option<Category>,
    alt_texts: &[Option<String>],
    place: &str,
) -> Result<Vec<Upload<'a>>> {
    if files.is_empty() {
        return Err(Error::invalid("files", say!(no_file_given)));
    }
    let open = |(index, file): (usize, &FileField)| {
        let source = Source::open(file, &format!("{place}files[{index}]"), &call.bytes)?;
        let kind = MediaKind::of(&source, None, category)?;
        let alt_text = alt_texts.get(index).cloned().flatten();
        check_alt_text(call, &format!("{place}alt_texts[{index}]"), alt_text.as_deref())?;
        Ok(Upload { source, kind, additional_owners: Vec::new(), alt_text, wait: true, wait_seconds: WAIT_SECONDS })
    };
    files.iter().enumerate().map(open).collect()
}

/// Uploads the files one after the other. The `media_ids` of an error are those of files that X already has.
pub(crate) fn upload_all(call: &Call, uploads: &[Upload]) -> Result<Vec<Uploaded>> {
    if call.parameters.check_limits {
        for upload in uploads {
            upload.kind.check_size(&upload.source)?;
        }
    }
    UploadApi::scheme(call)?;
    let meter = Meter::new(call, uploads.iter().map(|upload| upload.source.length).sum())?;
    let mut done: Vec<Uploaded> = Vec::new();
    for upload in uploads {
        match UploadApi::with_fallback(call, |api| media::upload(call, api, upload, &meter)) {
            Ok(uploaded) => done.push(uploaded),
            Err(mut error) => {
                error.step.get_or_insert(Step::Upload);
                error.media_ids.splice(0..0, ids_of(&done));
                return Err(error);
            }
        }
    }
    Ok(done)
}

pub(crate) fn ids_of(uploaded: &[Uploaded]) -> Vec<String> {
    uploaded.iter().map(|uploaded| uploaded.media_id.clone()).collect()
}

record! {
    #[derive(Default)]
    pub(crate) struct GetStatus {
        media_id: Id,
    }
}

pub(crate) fn get_status(call: &Call, request: GetStatus) -> Result<Box<RawValue>> {
    Ok(UploadApi::with_fallback(call, |api| media::status(call, api, &request.media_id))?.into_raw())
}

record! {
    #[derive(Default)]
    pub(crate) struct SetMetadata {
        media_id: Id,
        /// A description for screen readers, up to 1,000 characters.
        alt_text: String,
    }
}

pub(super) const METADATA_RULES: Rules = &[&[ALT_TEXT]];

pub(crate) fn set_metadata(call: &Call, request: SetMetadata) -> Result<Box<RawValue>> {
    check_alt_text(call, "alt_text", Some(&request.alt_text))?;
    let set = |api| media::set_alt_text(call, api, &request.media_id, &request.alt_text);
    Ok(UploadApi::with_fallback(call, set)?.into_raw())
}

fn check_alt_text(call: &Call, field: &str, alt_text: Option<&str>) -> Result<()> {
    let length = alt_text.map_or(0, |text| text.chars().count());
    if call.parameters.check_limits && length > ALT_TEXT_LONGEST {
        return Err(Error::invalid(field, say!(alt_text_too_long { length, alt_text_longest: ALT_TEXT_LONGEST })));
    }
    Ok(())
}
