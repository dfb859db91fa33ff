//! The one table of functions: from it `twitter_call`, `describe` and the wrappers are served.
//!
//! To add a function, write its request type and handler in a module below, add its line here and
//! its export in `src/functions.rs`; the header and `describe` follow.

mod authorization;
mod describe;
mod media;
mod oauth1_sign_in;
mod standard;
mod tweets;
mod wait_for_authorization;

use schemars::Schema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::call::Call;
use crate::error::{Error, Result};
use crate::transport::Effect;

/// A function of the contract, under its names.
pub struct Function {
    /// As in C and Python: `get_token`.
    pub name: &'static str,
    /// As in 1C and C#: `GetToken`.
    pub en: &'static str,
    /// As in 1C: `ПолучитьТокен`.
    pub ru: &'static str,
    /// Request fields that 1C takes by position, the original's in the original's order; where there
    /// are none, it takes the whole request as JSON.
    pub arguments: &'static [&'static str],
    /// One line for documentation.
    pub title: &'static str,
    pub(crate) effect: Effect,
    pub(crate) schema: fn() -> Schema,
    pub(crate) run: fn(&Call, Value) -> Result<Box<RawValue>>,
}

macro_rules! functions {
    ($(
        $effect:ident $name:literal $en:literal $ru:literal $(($($argument:literal),*))?
        $title:literal $handler:path: $request:ty;
    )*) => {
        &[$(Function {
            name: $name,
            en: $en,
            ru: $ru,
            arguments: &[$($($argument),*)?],
            title: $title,
            effect: Effect::$effect,
            schema: describe::schema_of::<$request>,
            run: |call, request| $handler(call, fields_of::<$request>(request)?),
        }),*]
    };
}

/// Every function of contract section 4, in its order.
pub static FUNCTIONS: &[Function] = functions! {
    Reads "get_standard_parameters" "GetStandardParameters" "ПолучитьСтандартныеПараметры" ("parameters")
        "The parameters as they will be used" standard::get_standard_parameters: standard::NoFields;
    Reads "create_authorization_header_v1" "CreateAuthorizationHeaderV1" "СоздатьЗаголовокАвторизацииV1"
        ("parameters", "fields", "request_type", "url")
        "The OAuth 1.0a header of a request" authorization::header_v1: authorization::HeaderV1;
    Reads "create_authorization_header_v2" "CreateAuthorizationHeaderV2" "СоздатьЗаголовокАвторизацииV2" ("parameters")
        "The OAuth 2.0 header" authorization::header_v2: standard::NoFields;
    Reads "get_authorization_link" "GetAuthorizationLink" "ПолучитьСсылкуАвторизации" ("parameters")
        "The address where a person authorizes the application" authorization::link: authorization::Link;
    Creates "get_token" "GetToken" "ПолучитьТокен" ("code", "parameters")
        "Exchanges the code of a redirect for tokens" authorization::get_token: authorization::GetToken;
    Creates "refresh_token" "RefreshToken" "ОбновитьТокен" ("parameters")
        "Exchanges the refresh token for new tokens, once" authorization::refresh: standard::NoFields;
    Creates "handle_incoming_request_after_authorization" "HandleIncomingRequestAfterAuthorization"
        "ОбработкаВходящегоЗапросаПослеАвторизации" ("url", "parameters")
        "Checks the redirect and exchanges its code" authorization::handle_redirect: authorization::HandleRedirect;
    Creates "wait_for_authorization" "WaitForAuthorization" "ОжидатьАвторизацию"
        "Opens the browser, waits for the person's consent and exchanges the code"
        wait_for_authorization::wait: wait_for_authorization::Wait;
    Repeatable "revoke_token" "RevokeToken" "ОтозватьТокен"
        "Makes a token worthless" authorization::revoke: authorization::Revoke;
    Creates "oauth1_request_token" "Oauth1RequestToken" "ПолучитьТокенЗапросаOAuth1"
        "Begins a sign-in by OAuth 1.0a" oauth1_sign_in::request_token: oauth1_sign_in::RequestToken;
    Creates "oauth1_access_token" "Oauth1AccessToken" "ПолучитьТокенДоступаOAuth1"
        "Ends a sign-in by OAuth 1.0a with the account's keys" oauth1_sign_in::access_token: oauth1_sign_in::AccessToken;
    Repeatable "upload_media_file" "UploadMediaFile" "ЗагрузитьМедиафайл" ("file", "type", "parameters")
        "Uploads a picture, GIF, video or subtitles" media::upload_file: media::UploadFile;
    Repeatable "upload_attachments_array" "UploadAttachmentsArray" "ЗагрузитьМассивВложений" ("files", "type", "parameters")
        "Uploads several files" media::upload_files: media::UploadFiles;
    Reads "get_media_status" "GetMediaStatus" "ПолучитьСтатусМедиафайла"
        "How far X is with processing a medium" media::get_status: media::GetStatus;
    Repeatable "set_media_metadata" "SetMediaMetadata" "УстановитьМетаданныеМедиафайла"
        "Sets the alt text of a medium" media::set_metadata: media::SetMetadata;
    Creates "create_custom_tweet" "CreateCustomTweet" "СоздатьПроизвольныйТвит"
        ("text", "media_ids", "poll_options", "poll_duration", "parameters")
        "Posts a tweet of any kind" tweets::create_custom: tweets::Tweet;
    Creates "create_text_tweet" "CreateTextTweet" "СоздатьТекстовыйТвит" ("text", "parameters")
        "Posts text" tweets::create_text: tweets::Tweet;
    Creates "create_image_tweet" "CreateImageTweet" "СоздатьТвитКартинки" ("text", "files", "parameters")
        "Posts one to four pictures" tweets::create_image: tweets::Tweet;
    Creates "create_gif_tweet" "CreateGifTweet" "СоздатьТвитГифки" ("text", "files", "parameters")
        "Posts a GIF" tweets::create_gif: tweets::Tweet;
    Creates "create_video_tweet" "CreateVideoTweet" "СоздатьТвитВидео" ("text", "files", "parameters")
        "Posts a video" tweets::create_video: tweets::Tweet;
    Creates "create_poll_tweet" "CreatePollTweet" "СоздатьТвитОпрос"
        ("text", "poll_options", "poll_duration", "parameters")
        "Posts a poll" tweets::create_poll: tweets::Tweet;
    Reads "describe" "Describe" "Описать"
        "Every function with the JSON Schema of its request" describe::describe: describe::Describe;
};

/// The function of this name, or the error that names the nearest one.
pub(crate) fn find(name: &str) -> Result<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name).ok_or_else(|| {
        let names: Vec<&'static str> = FUNCTIONS.iter().map(|function| function.name).collect();
        let suggestion = crate::liberal::nearest(name, &names);
        let hint = suggestion.as_ref().map_or_else(|| ".".to_owned(), |name| format!("; did you mean `{name}`?"));
        Error::invalid("function", format!("There is no function of this name{hint}")).with_suggestion(suggestion)
    })
}

/// The function's own fields. `parameters` stands beside them in every request, so a name like it
/// is answered with it.
fn fields_of<T: DeserializeOwned>(request: Value) -> Result<T> {
    crate::liberal::read(request, "").map_err(|mut error| {
        let field = error.field.as_deref().unwrap_or("");
        if error.suggestion.is_none()
            && let Some(name) = crate::liberal::nearest(field, &["parameters"])
        {
            error.message = format!("There is no field of this name; did you mean `{name}`?");
            error.suggestion = Some(name);
        }
        error
    })
}

fn raw(value: &impl Serialize) -> Result<Box<RawValue>> {
    to_raw_value(value).map_err(|error| Error::internal(&format!("a result can't be written ({error})")))
}
