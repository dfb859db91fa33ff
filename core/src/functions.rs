//! The table of functions. `twitter_call`, `describe` and the bindings use it.
//!
//! To add a function, write its request type and handler in a module below, and add its row here and its title in
//! core/messages. Then run `cargo xtask generate`: it makes the exports, the header, the tables of the READMEs and the
//! bindings from this table. docs/architecture.md, "To add a function", has the whole list of steps.
//!
//! A doc comment above a row says what a caller has to know beyond the title.

mod authorization;
mod describe;
mod engagement;
pub(crate) mod field_types;
mod media;
mod oauth1_sign_in;
mod oembed;
pub mod operations;
mod pages;
mod reading;
mod request;
mod rules;
mod standard;
mod statuses;
mod text;
mod thread;
mod tweets;
mod user_id;
mod wait_for_authorization;

use serde_json::value::RawValue;

use crate::base::error::{Error, Result};
use crate::base::message::Message;
use crate::fields::{self, Naming, Noun, OTHER_FIELDS, Object, Record, may_be_secret};
use crate::x::Effect;
use crate::x::call::Call;
use crate::x::parameters;

use operations::{Operation, Tables};
use rules::Rules;

/// A function and its names.
pub struct Function {
    /// As in C and Python: `get_token`.
    pub name: &'static str,
    /// As in 1C and C#: `GetToken`.
    pub en: &'static str,
    /// As in 1C: `ПолучитьТокен`.
    pub ru: &'static str,
    /// Request fields that 1C takes by position, in the order of OPI_Twitter. If there are none, 1C gives the whole
    /// request as JSON.
    pub arguments: &'static [&'static str],
    /// One line for documentation.
    pub title: fn() -> Message,
    /// What a caller has to know beyond the title, as lines: the doc comment of its row.
    pub about: &'static [&'static str],
    /// What comes back.
    pub returns: &'static str,
    /// The group under which documentation lists it: `authorization`, `media`, `tweets`, `statuses` or `tools`.
    pub group: &'static str,
    /// A short name for the type of the result. In bindings with types, functions with the same name share a type.
    pub result: &'static str,
    pub(crate) effect: Effect,
    /// An empty request, whose fields `describe` describes.
    pub(crate) request: fn() -> Box<dyn Record>,
    /// What the types of its fields don't express, for `describe`.
    pub(crate) rules: Rules,
    pub(crate) run: fn(&Call, Object) -> Result<Box<RawValue>>,
}

// A row is: effect, name, English name, Russian name, arguments in brackets, title -> type of the result, what comes
// back, handler: request type, rules. Without arguments there are no brackets. "What comes back" is left out if it is
// X's JSON, the rules if there are none.
macro_rules! functions {
    ($($group:literal {$(
        $(#[doc = $about:literal])*
        $effect:ident $name:literal $en:literal $ru:literal $(($($argument:literal),*))?
        $title:ident -> $result:literal $($returns:literal)? $handler:path: $request:ty $(, $rules:path)?;
    )*})*) => {
        &[$($(Function {
            name: $name,
            en: $en,
            ru: $ru,
            arguments: &[$($($argument),*)?],
            title: || say!($title),
            about: &[$($about),*],
            returns: functions!(@ returns $($returns)?),
            group: $group,
            result: $result,
            effect: Effect::$effect,
            request: || Box::<$request>::default(),
            rules: functions!(@ rules $($rules)?),
            run: |call, request| $handler(call, fields_of::<$request>(request)?),
        },)*)*]
    };
    (@ rules) => { &[] };
    (@ rules $rules:path) => { $rules };
    (@ returns) => { "X's JSON" };
    (@ returns $returns:literal) => { $returns };
}

/// Every function, in the order of the documentation.
pub static FUNCTIONS: &[Function] = functions! {
    "authorization" {
        /// The defaults, with the given ones laid over them.
        Reads "get_standard_parameters" "GetStandardParameters" "ПолучитьСтандартныеПараметры" ("parameters")
            title_get_standard_parameters -> "parameters" "an object" standard::get_standard_parameters: standard::NoFields;
        /// See RFC 5849. Nothing is sent.
        Reads "create_authorization_header_v1" "CreateAuthorizationHeaderV1" "СоздатьЗаголовокАвторизацииV1"
            ("parameters", "fields", "request_type", "url")
            title_create_authorization_header_v1 -> "header" r#"{"Authorization":"OAuth …"}"# authorization::header_v1: authorization::HeaderV1, authorization::HEADER_V1_RULES;
        /// See RFC 6750. Nothing is sent, except to renew the token of a `token_file`.
        Reads "create_authorization_header_v2" "CreateAuthorizationHeaderV2" "СоздатьЗаголовокАвторизацииV2" ("parameters")
            title_create_authorization_header_v2 -> "header" r#"{"Authorization":"Bearer …"}"# authorization::header_v2: standard::NoFields;
        /// See RFC 6749 and RFC 7636. Nothing is sent.
        Reads "get_authorization_link" "GetAuthorizationLink" "ПолучитьСсылкуАвторизации" ("parameters")
            title_get_authorization_link -> "link" r#"{"url","state","code_verifier"}"# authorization::link: authorization::Link, authorization::LINK_RULES;
        Creates "get_token" "GetToken" "ПолучитьТокен" ("code", "parameters")
            title_get_token -> "token" r#"X's token JSON and "expires_at""# authorization::get_token: authorization::GetToken, authorization::GET_TOKEN_RULES;
        /// A refresh token can be used once: keep the new one.
        Creates "refresh_token" "RefreshToken" "ОбновитьТокен" ("parameters")
            title_refresh_token -> "token" r#"X's token JSON and "expires_at""# authorization::refresh: standard::NoFields;
        Creates "handle_incoming_request_after_authorization" "HandleIncomingRequestAfterAuthorization"
            "ОбработкаВходящегоЗапросаПослеАвторизации" ("url", "parameters")
            title_handle_incoming_request_after_authorization -> "token" r#"X's token JSON and "expires_at""# authorization::handle_redirect: authorization::HandleRedirect, authorization::REDIRECT_RULES;
        /// It listens at the loopback `redirect_uri` (RFC 8252). Without a browser on this machine: show the
        /// link of `get_authorization_link`, then give its `state` and `code_verifier` here with `open_browser` false.
        Creates "wait_for_authorization" "WaitForAuthorization" "ОжидатьАвторизацию"
            title_wait_for_authorization
            -> "token" r#"X's token JSON and "expires_at""# wait_for_authorization::wait: wait_for_authorization::Wait, wait_for_authorization::RULES;
        /// The parameters hold the four keys of OAuth 1.0a and `client_id`. The tokens that such an exchange gave before
        /// are void. The keys stay good.
        Repeatable "exchange_oauth1_token" "ExchangeOauth1Token" "ОбменятьТокенOAuth1"
            title_exchange_oauth1_token
            -> "token" r#"X's token JSON and "expires_at""# authorization::exchange_oauth1: authorization::ExchangeOauth1;
        /// The parameters hold the application's two keys of OAuth 1.0a. The token is the value for `bearer_token`.
        Creates "get_bearer_token" "GetBearerToken" "ПолучитьТокенПриложения"
            title_get_bearer_token
            -> "bearer_token" r#"{"token_type","access_token"}"# authorization::bearer_token: standard::NoFields;
        Repeatable "revoke_token" "RevokeToken" "ОтозватьТокен"
            title_revoke_token -> "revoked" authorization::revoke: authorization::Revoke;
        /// See RFC 5849. The result has the address where the person authorizes it.
        Creates "oauth1_request_token" "Oauth1RequestToken" "ПолучитьТокенЗапросаOAuth1"
            title_oauth1_request_token -> "request_token" r#"{"oauth_token","oauth_token_secret","authorize_url"}"# oauth1_sign_in::request_token: oauth1_sign_in::RequestToken;
        /// The request token and its secret are the parameters `oauth_token` and `oauth_token_secret`.
        Creates "oauth1_access_token" "Oauth1AccessToken" "ПолучитьТокенДоступаOAuth1"
            title_oauth1_access_token -> "oauth1_keys" r#"{"oauth_token","oauth_token_secret","user_id","screen_name"}"# oauth1_sign_in::access_token: oauth1_sign_in::AccessToken;
    }
    "media" {
        /// It waits until X has processed the file.
        Repeatable "upload_media_file" "UploadMediaFile" "ЗагрузитьМедиафайл" ("file", "type", "parameters")
            title_upload_media_file -> "media" r#"{"media_id","media_id_string","media_key","expires_after_secs","processing_info"?,"response"}"# media::upload_file: media::UploadFile, media::UPLOAD_RULES;
        Repeatable "upload_attachments_array" "UploadAttachmentsArray" "ЗагрузитьМассивВложений" ("files", "type", "parameters")
            title_upload_attachments_array -> "ids" r#"["id",…]"# media::upload_files: media::UploadFiles;
        Reads "get_media_status" "GetMediaStatus" "ПолучитьСтатусМедиафайла"
            title_get_media_status -> "media_status" media::get_status: media::GetStatus;
        Repeatable "set_media_metadata" "SetMediaMetadata" "УстановитьМетаданныеМедиафайла"
            title_set_media_metadata -> "json" media::set_metadata: media::SetMetadata, media::METADATA_RULES;
    }
    "tweets" {
        /// POST /2/tweets. Its files are uploaded first.
        Creates "create_custom_tweet" "CreateCustomTweet" "СоздатьПроизвольныйТвит"
            ("text", "media_ids", "poll_options", "poll_duration", "parameters")
            title_create_custom_tweet -> "tweet" tweets::create_custom: tweets::Tweet, tweets::CUSTOM_RULES;
        Creates "create_text_tweet" "CreateTextTweet" "СоздатьТекстовыйТвит" ("text", "parameters")
            title_create_text_tweet -> "tweet" tweets::create_text: tweets::Tweet, tweets::TEXT_RULES;
        Creates "create_image_tweet" "CreateImageTweet" "СоздатьТвитКартинки" ("text", "files", "parameters")
            title_create_image_tweet -> "tweet" tweets::create_image: tweets::Tweet, tweets::FILES_RULES;
        Creates "create_gif_tweet" "CreateGifTweet" "СоздатьТвитГифки" ("text", "files", "parameters")
            title_create_gif_tweet -> "tweet" tweets::create_gif: tweets::Tweet, tweets::FILES_RULES;
        Creates "create_video_tweet" "CreateVideoTweet" "СоздатьТвитВидео" ("text", "files", "parameters")
            title_create_video_tweet -> "tweet" tweets::create_video: tweets::Tweet, tweets::FILES_RULES;
        Creates "create_poll_tweet" "CreatePollTweet" "СоздатьТвитОпрос"
            ("text", "poll_options", "poll_duration", "parameters")
            title_create_poll_tweet -> "tweet" tweets::create_poll: tweets::Tweet, tweets::POLL_RULES;
        /// All are checked before the first is sent. An error has `posted` (X's answers so far) and `next` (the index of
        /// the tweet that failed).
        Creates "create_thread" "CreateThread" "СоздатьВетку"
            title_create_thread -> "thread" r#"[{"id","text"},…]"# thread::create: thread::Thread, thread::RULES;
        /// DELETE /2/tweets/{id}.
        Repeatable "delete_tweet" "DeleteTweet" "УдалитьТвит"
            title_delete_tweet -> "deleted" engagement::delete_tweet: engagement::DeleteTweet;
        /// GET /2/tweets/{id}.
        Reads "get_tweet" "GetTweet" "ПолучитьТвит"
            title_get_tweet -> "tweet" reading::get_tweet: reading::GetTweet;
        /// GET /2/tweets.
        Reads "get_tweets" "GetTweets" "ПолучитьТвиты"
            title_get_tweets -> "tweets" reading::get_tweets: reading::GetTweets, reading::GET_TWEETS_RULES;
        /// POST /2/users/{id}/retweets. Without `user_id` X is asked once for the account's id.
        Repeatable "retweet" "Retweet" "Ретвитнуть"
            title_retweet -> "retweeted" engagement::retweet: engagement::Engagement;
        /// DELETE /2/users/{id}/retweets/{source_tweet_id}.
        Repeatable "unretweet" "Unretweet" "ОтменитьРетвит"
            title_unretweet -> "retweeted" engagement::unretweet: engagement::Engagement;
        /// POST /2/users/{id}/likes.
        Repeatable "like_tweet" "LikeTweet" "ПоставитьЛайк"
            title_like_tweet -> "liked" engagement::like: engagement::Engagement;
        /// DELETE /2/users/{id}/likes/{tweet_id}.
        Repeatable "unlike_tweet" "UnlikeTweet" "УбратьЛайк"
            title_unlike_tweet -> "liked" engagement::unlike: engagement::Engagement;
        /// GET /2/tweets/{id}/retweets.
        Reads "get_retweets" "GetRetweets" "ПолучитьРетвиты"
            title_get_retweets -> "tweets_page" reading::get_retweets: reading::ListOfTweet, pages::RULES;
        /// GET /2/tweets/{id}/retweeted_by.
        Reads "get_retweeted_by" "GetRetweetedBy" "ПолучитьРетвитнувших"
            title_get_retweeted_by -> "users_page" reading::get_retweeted_by: reading::ListOfTweet, pages::RULES;
        /// GET /2/tweets/{id}/liking_users.
        Reads "get_liking_users" "GetLikingUsers" "ПолучитьЛайкнувших"
            title_get_liking_users -> "users_page" reading::get_liking_users: reading::ListOfTweet, pages::RULES;
        /// GET /2/users/me.
        Reads "get_me" "GetMe" "ПолучитьМеня"
            title_get_me -> "user" reading::get_me: reading::GetMe;
        /// GET /2/users/reposts_of_me.
        Reads "get_reposts_of_me" "GetRepostsOfMe" "ПолучитьРетвитыМоихТвитов"
            title_get_reposts_of_me -> "tweets_page" reading::get_reposts_of_me: reading::GetRepostsOfMe, pages::RULES;
        /// GET /2/users/{id}/liked_tweets. Without `user_id` the account's own.
        Reads "get_liked_tweets" "GetLikedTweets" "ПолучитьПонравившиесяТвиты"
            title_get_liked_tweets -> "tweets_page" reading::get_liked_tweets: reading::GetLikedTweets, pages::RULES;
        /// It needs no keys.
        Reads "get_oembed" "GetOembed" "ПолучитьКодВстраивания"
            title_get_oembed -> "oembed" oembed::get_oembed: oembed::GetOembed, oembed::RULES;
    }
    "statuses" {
        Creates "statuses_update" "StatusesUpdate" "ОпубликоватьСтатус"
            title_statuses_update -> "status" statuses::update: statuses::Update, statuses::UPDATE_RULES;
        Repeatable "statuses_destroy" "StatusesDestroy" "УдалитьСтатус"
            title_statuses_destroy -> "status" statuses::destroy: statuses::Status;
        Reads "statuses_show" "StatusesShow" "ПоказатьСтатус"
            title_statuses_show -> "status" statuses::show: statuses::Show;
        Repeatable "statuses_retweet" "StatusesRetweet" "РетвитнутьСтатус"
            title_statuses_retweet -> "status" statuses::retweet: statuses::Status;
        Repeatable "statuses_unretweet" "StatusesUnretweet" "ОтменитьРетвитСтатуса"
            title_statuses_unretweet -> "status" statuses::unretweet: statuses::Status;
        Reads "statuses_retweets" "StatusesRetweets" "ПолучитьРетвитыСтатуса"
            title_statuses_retweets -> "statuses" statuses::retweets: statuses::Retweets, statuses::COUNT_RULES;
        Reads "statuses_lookup" "StatusesLookup" "ПолучитьСтатусы"
            title_statuses_lookup -> "statuses" statuses::lookup: statuses::Lookup, statuses::LOOKUP_RULES;
        Reads "statuses_oembed" "StatusesOembed" "ПолучитьКодВстраиванияСтатуса"
            title_statuses_oembed -> "oembed" statuses::oembed: statuses::StatusOembed, statuses::OEMBED_RULES;
        Reads "statuses_retweets_of_me" "StatusesRetweetsOfMe" "ПолучитьРетвитыМоихСтатусов"
            title_statuses_retweets_of_me -> "statuses" statuses::retweets_of_me: statuses::RetweetsOfMe, statuses::COUNT_RULES;
        Reads "statuses_retweeters_ids" "StatusesRetweetersIds" "ПолучитьИдРетвитнувшихСтатус"
            title_statuses_retweeters_ids -> "ids_page" statuses::retweeters_ids: statuses::RetweetersIds, statuses::RETWEETERS_IDS_RULES;
        Repeatable "favorites_create" "FavoritesCreate" "ДобавитьВИзбранное"
            title_favorites_create -> "status" statuses::favorite: statuses::Favorite;
        Repeatable "favorites_destroy" "FavoritesDestroy" "УбратьИзИзбранного"
            title_favorites_destroy -> "status" statuses::unfavorite: statuses::Favorite;
        Reads "favorites_list" "FavoritesList" "ПолучитьИзбранное"
            title_favorites_list -> "statuses" statuses::favorites: statuses::Favorites, statuses::FAVORITES_RULES;
    }
    "tools" {
        /// Keys are sent to the hosts of `api_url` and `upload_url` only.
        Creates "request" "Request" "Запрос"
            title_request -> "json" request::any_request: request::AnyRequest, request::RULES;
        /// By twitter-text, configuration version 3. Nothing is sent. Ranges are in UTF-16 units, their ends inclusive.
        Reads "parse_tweet" "ParseTweet" "РазобратьТвит"
            title_parse_tweet -> "weight" r#"{"weighted_length","valid","permillage","display_range":[a,b],"valid_range":[a,b]}"# text::parse_tweet: text::ParseTweet;
        /// From X's document, at `api_url`. The file is replaced when the new one is whole.
        Reads "update_operations" "UpdateOperations" "ОбновитьОперации"
            title_update_operations
            -> "json" r#"{"path","version","operations","added":[…],"changed":[…],"removed":[…]}"# operations::update::update: operations::update::UpdateOperations;
        Reads "describe" "Describe" "Описать"
            title_describe -> "functions" r#"[{"name","title","about","returns","en","ru","group","writes","result","files","arguments","request"},…]"# describe::describe: describe::Describe;
    }
};

/// What a call runs.
pub(crate) enum Target {
    Function(&'static Function),
    Operation(Box<Operation>),
}

impl Target {
    pub fn effect(&self) -> Effect {
        match self {
            Target::Function(function) => function.effect,
            Target::Operation(operation) => operation.effect(),
        }
    }

    pub fn run(&self, call: &Call, request: Object) -> Result<Box<RawValue>> {
        match self {
            Target::Function(function) => (function.run)(call, request),
            Target::Operation(operation) => operation.run(call, request),
        }
    }
}

/// The function of this name, or else X's operation of this name.
pub(crate) fn target(name: &str, tables: impl FnOnce() -> Result<Tables>) -> Result<Target> {
    if let Some(function) = find(name) {
        return Ok(Target::Function(function));
    }
    let tables = tables()?;
    let operation = operations::find(name, &tables);
    operation.map(|operation| Target::Operation(Box::new(operation))).ok_or_else(|| no_function(name, &tables))
}

/// What other libraries call functions.
const OTHER_FUNCTIONS: &[(&str, &str)] = &[
    ("create_tweet", "create_custom_tweet"),
    ("post_tweet", "create_custom_tweet"),
    ("send_tweet", "create_custom_tweet"),
    ("tweet", "create_custom_tweet"),
    ("update_status", "statuses_update"),
    ("destroy_status", "statuses_destroy"),
    ("delete", "delete_tweet"),
    ("like", "like_tweet"),
    ("unlike", "unlike_tweet"),
    ("me", "get_me"),
    ("verify_credentials", "get_me"),
    ("upload", "upload_media_file"),
    ("create_media_metadata", "set_media_metadata"),
    ("get_access_token", "get_token"),
];

/// Whether the function or built-in operation of this name only reads; false if there is none.
pub(crate) fn only_reads(name: &str) -> bool {
    find(name).map_or_else(|| operations::only_reads(name), |function| function.effect == Effect::Reads)
}

/// The function of this name. Operations of X are not searched.
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// The error that names the nearest function or operation.
fn no_function(name: &str, tables: &Tables) -> Error {
    const NAMING: Naming = Naming { noun: Noun::Function, others: OTHER_FUNCTIONS, elsewhere: |_, _| None };
    let names: Vec<&str> = FUNCTIONS.iter().map(|function| function.name).chain(tables.names()).collect();
    if may_be_secret(name) {
        return Error::invalid("function", say!(key_in_place_of_function));
    }
    let (suggestion, hint) = NAMING.suggestion(name, &names);
    let hint = hint.unwrap_or_else(|| say!(describe_lists_them));
    Error::invalid("function", say!(no_such_function { name, hint })).with_suggestion(suggestion)
}

/// The function's own fields. `parameters` stands beside them in every request.
fn fields_of<T: Record + Default>(request: Object) -> Result<T> {
    const NAMING: Naming = Naming { noun: Noun::Field, others: OTHER_FIELDS, elsewhere: in_parameters };
    let mut fields = T::default();
    fields::fill(&mut fields, request, &NAMING)?;
    Ok(fields)
}

/// For a name that is no field: the parameter that was probably meant. See `Naming::elsewhere`.
fn in_parameters(name: &str, exact: bool) -> Option<String> {
    let parameters = || fields::nearest(name, &["parameters"]).filter(|_| !exact);
    parameters().or_else(|| parameters::meant(name, exact).map(|parameter| format!("parameters.{parameter}")))
}
