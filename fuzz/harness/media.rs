//! How the kind of a file is recognized: by its bytes, its name and what the caller says.

use serde_json::{Value, json};

use super::abi::Abi;
use super::envelope::checked;
use super::input::Input;
use super::{sandbox, server};

const NAMES: &[&str] = &["", "a.png", "a.MP4", "a.srt", "a.gif", "a.webp", "a.", "нет.jpeg", ".vtt", "a.glb"];
const TYPES: &[&str] = &["", "photo", "animated_gif", "video", "subtitles", "amplify_video", "dm_image", "dm_gif", "x"];
const MEDIA_TYPES: &[&str] = &["", "image/png", "video/mp4", "text/srt", "image/gif", "x", "video/quicktime"];
const FUNCTIONS: &[&str] =
    &["upload_media_file", "upload_media_file", "upload_attachments_array", "create_image_tweet", "create_video_tweet"];

pub fn run(abi: &Abi, data: &[u8]) -> Result<(), String> {
    server::serve_responses(Vec::new());
    let mut input = Input::new(data);
    let function = *input.pick(FUNCTIONS);
    let name = *input.pick(NAMES);
    let kind = *input.pick(TYPES);
    let media_type = *input.pick(MEDIA_TYPES);
    let settings = input.byte();
    let bytes = input.rest();
    let file = if settings & 1 == 0 {
        json!({"bytes": 0, "name": name})
    } else {
        use base64::Engine as _;
        json!({"base64": base64::engine::general_purpose::STANDARD.encode(bytes), "name": name})
    };
    let mut parameters = sandbox::parameters();
    parameters.insert("chunk_size".to_owned(), 65_536.into());
    parameters.insert("check_limits".to_owned(), (settings & 2 == 0).into());
    if settings & 4 != 0 {
        parameters.insert("media_api".to_owned(), "1.1".into());
    }
    let mut request = json!({"parameters": parameters});
    if function == "upload_media_file" {
        request["file"] = file;
        request["media_type"] = media_type.into();
        request["wait"] = Value::Bool(false);
    } else {
        request["files"] = json!([file]);
    }
    if !kind.is_empty() {
        request["type"] = kind.into();
    }
    checked(function, abi.call(function.as_bytes(), request.to_string().as_bytes(), &[bytes])).map(|_| ())
}
