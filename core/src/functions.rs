//! The table of functions. `twitter_call`, `describe` and the bindings use it.
//!
//! To add a function, write its request type and handler in a module below, add its row here, and run
//! `cargo xtask generate`: exports, header, tables of the READMEs and bindings are made from the table. A doc comment
//! above a row says what a caller has to know beyond the title. A text behind the result's type says what comes back
//! where that isn't just X's JSON.

pub(crate) mod arguments;
mod authorization;
mod describe;
mod engagement;
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
use crate::base::json::raw;
use crate::fields::{self, Naming, OTHER_FIELDS, Object, Record, may_be_secret};
use crate::x::Effect;
use crate::x::call::Call;
use crate::x::parameters::{self, Parameters};

use operations::{Operation, Tables};

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
    pub title: &'static str,
    /// What a caller has to know beyond the title, as lines: the doc comment of its row.
    pub about: &'static [&'static str],
    /// What comes back.
    pub returns: &'static str,
    /// The group under which documentation lists it: `authorization`, `media`, `tweets`, `statuses` or `tools`.
    pub group: &'static str,
    /// A short name for the type of the result. In bindings with types, functions with the same name share a type.
    pub result: &'static str,
    pub(crate) effect: Effect,
    /// It sends nothing, or only to renew a token. Then the secrets of its request are collected only where an error has
    /// to be redacted.
    pub(crate) offline: bool,
    /// An empty request, whose fields `describe` describes.
    pub(crate) request: fn() -> Box<dyn Record>,
    pub(crate) run: fn(&Call, Object) -> Result<Box<RawValue>>,
}

macro_rules! functions {
    ($($group:literal {$(
        $(#[doc = $about:literal])*
        $effect:ident $($offline:ident)? $name:literal $en:literal $ru:literal $(($($argument:literal),*))?
        $title:literal -> $result:literal $($returns:literal)? $handler:path: $request:ty;
    )*})*) => {
        &[$($(Function {
            name: $name,
            en: $en,
            ru: $ru,
            arguments: &[$($($argument),*)?],
            title: $title,
            about: &[$($about),*],
            returns: functions!(@ returns $($returns)?),
            group: $group,
            result: $result,
            effect: Effect::$effect,
            offline: functions!(@ $($offline)?),
            request: || Box::<$request>::default(),
            run: |call, request| $handler(call, fields_of::<$request>(request)?),
        },)*)*]
    };
    (@ returns) => { "X's JSON" };
    (@ returns $returns:literal) => { $returns };
    (@) => { false };
    (@ offline) => { true };
}

/// Every function, in the order of the documentation.
pub static FUNCTIONS: &[Function] = functions! {
    "authorization" {
        /// The defaults, with the given ones laid over them.
        Reads offline "get_standard_parameters" "GetStandardParameters" "ПолучитьСтандартныеПараметры" ("parameters")
            "The parameters as they will be used" -> "parameters" "an object" standard::get_standard_parameters: standard::NoFields;
        /// See RFC 5849. Nothing is sent.
        Reads offline "create_authorization_header_v1" "CreateAuthorizationHeaderV1" "СоздатьЗаголовокАвторизацииV1"
            ("parameters", "fields", "request_type", "url")
            "The OAuth 1.0a header of a request" -> "header" r#"{"Authorization":"OAuth …"}"# authorization::header_v1: authorization::HeaderV1;
        /// See RFC 6750. Nothing is sent, except to renew the token of a `token_file`.
        Reads offline "create_authorization_header_v2" "CreateAuthorizationHeaderV2" "СоздатьЗаголовокАвторизацииV2" ("parameters")
            "The OAuth 2.0 header" -> "header" r#"{"Authorization":"Bearer …"}"# authorization::header_v2: standard::NoFields;
        /// See RFC 6749 and RFC 7636. Nothing is sent.
        Reads offline "get_authorization_link" "GetAuthorizationLink" "ПолучитьСсылкуАвторизации" ("parameters")
            "The address where a person authorizes the application" -> "link" r#"{"url","state","code_verifier"}"# authorization::link: authorization::Link;
        Creates "get_token" "GetToken" "ПолучитьТокен" ("code", "parameters")
            "Exchanges the code of a redirect for tokens" -> "token" r#"X's token JSON and "expires_at""# authorization::get_token: authorization::GetToken;
        /// A refresh token can be used once: keep the new one.
        Creates "refresh_token" "RefreshToken" "ОбновитьТокен" ("parameters")
            "Exchanges the refresh token for new tokens, once" -> "token" r#"X's token JSON and "expires_at""# authorization::refresh: standard::NoFields;
        Creates "handle_incoming_request_after_authorization" "HandleIncomingRequestAfterAuthorization"
            "ОбработкаВходящегоЗапросаПослеАвторизации" ("url", "parameters")
            "Checks the redirect and exchanges its code" -> "token" r#"X's token JSON and "expires_at""# authorization::handle_redirect: authorization::HandleRedirect;
        /// It listens at the loopback `redirect_uri` (RFC 8252). Without a browser on this machine: show the
        /// link of `get_authorization_link`, then give its `state` and `code_verifier` here with `open_browser` false.
        Creates "wait_for_authorization" "WaitForAuthorization" "ОжидатьАвторизацию"
            "Opens the browser, waits for the person's consent and exchanges the code"
            -> "token" r#"X's token JSON and "expires_at""# wait_for_authorization::wait: wait_for_authorization::Wait;
        /// The parameters hold the four keys of OAuth 1.0a and `client_id`. The tokens that such an exchange gave before
        /// are void. The keys stay good.
        Repeatable "exchange_oauth1_token" "ExchangeOauth1Token" "ОбменятьТокенOAuth1"
            "Exchanges the keys of OAuth 1.0a for tokens of OAuth 2.0, without a browser"
            -> "token" r#"X's token JSON and "expires_at""# authorization::exchange_oauth1: authorization::ExchangeOauth1;
        /// The parameters hold the application's two keys of OAuth 1.0a. The token is the value for `bearer_token`.
        Creates "get_bearer_token" "GetBearerToken" "ПолучитьТокенПриложения"
            "Gives the application's own token, which stands for no account"
            -> "bearer_token" r#"{"token_type","access_token"}"# authorization::bearer_token: standard::NoFields;
        Repeatable "revoke_token" "RevokeToken" "ОтозватьТокен"
            "Revokes a token" -> "revoked" authorization::revoke: authorization::Revoke;
        /// See RFC 5849. The result has the address where the person authorizes it.
        Creates "oauth1_request_token" "Oauth1RequestToken" "ПолучитьТокенЗапросаOAuth1"
            "Begins a sign-in by OAuth 1.0a" -> "request_token" r#"{"oauth_token","oauth_token_secret","authorize_url"}"# oauth1_sign_in::request_token: oauth1_sign_in::RequestToken;
        /// The request token and its secret are the parameters `oauth_token` and `oauth_token_secret`.
        Creates "oauth1_access_token" "Oauth1AccessToken" "ПолучитьТокенДоступаOAuth1"
            "Ends a sign-in by OAuth 1.0a with the account's keys" -> "oauth1_keys" r#"{"oauth_token","oauth_token_secret","user_id","screen_name"}"# oauth1_sign_in::access_token: oauth1_sign_in::AccessToken;
    }
    "media" {
        /// It waits until X has processed the file.
        Repeatable "upload_media_file" "UploadMediaFile" "ЗагрузитьМедиафайл" ("file", "type", "parameters")
            "Uploads a picture, GIF, video or subtitles" -> "media" r#"{"media_id","media_id_string","media_key","expires_after_secs","processing_info"?,"response"}"# media::upload_file: media::UploadFile;
        Repeatable "upload_attachments_array" "UploadAttachmentsArray" "ЗагрузитьМассивВложений" ("files", "type", "parameters")
            "Uploads several files" -> "ids" r#"["id",…]"# media::upload_files: media::UploadFiles;
        Reads "get_media_status" "GetMediaStatus" "ПолучитьСтатусМедиафайла"
            "How far X has processed an uploaded file" -> "media_status" media::get_status: media::GetStatus;
        Repeatable "set_media_metadata" "SetMediaMetadata" "УстановитьМетаданныеМедиафайла"
            "Sets the alt text of an uploaded file" -> "json" media::set_metadata: media::SetMetadata;
    }
    "tweets" {
        /// POST /2/tweets. Its files are uploaded first.
        Creates "create_custom_tweet" "CreateCustomTweet" "СоздатьПроизвольныйТвит"
            ("text", "media_ids", "poll_options", "poll_duration", "parameters")
            "Posts a tweet of any kind" -> "tweet" tweets::create_custom: tweets::Tweet;
        Creates "create_text_tweet" "CreateTextTweet" "СоздатьТекстовыйТвит" ("text", "parameters")
            "Posts text" -> "tweet" tweets::create_text: tweets::Tweet;
        Creates "create_image_tweet" "CreateImageTweet" "СоздатьТвитКартинки" ("text", "files", "parameters")
            "Posts one to four pictures" -> "tweet" tweets::create_image: tweets::Tweet;
        Creates "create_gif_tweet" "CreateGifTweet" "СоздатьТвитГифки" ("text", "files", "parameters")
            "Posts a GIF" -> "tweet" tweets::create_gif: tweets::Tweet;
        Creates "create_video_tweet" "CreateVideoTweet" "СоздатьТвитВидео" ("text", "files", "parameters")
            "Posts a video" -> "tweet" tweets::create_video: tweets::Tweet;
        Creates "create_poll_tweet" "CreatePollTweet" "СоздатьТвитОпрос"
            ("text", "poll_options", "poll_duration", "parameters")
            "Posts a poll" -> "tweet" tweets::create_poll: tweets::Tweet;
        /// All are checked before the first is sent. An error has `posted` (X's answers so far) and `next` (the index of
        /// the tweet that failed).
        Creates "create_thread" "CreateThread" "СоздатьВетку"
            "Posts several tweets, each in answer to the one before it" -> "thread" r#"[{"id","text"},…]"# thread::create: thread::Thread;
        /// DELETE /2/tweets/{id}.
        Repeatable "delete_tweet" "DeleteTweet" "УдалитьТвит"
            "Deletes a tweet of the account" -> "deleted" engagement::delete_tweet: engagement::DeleteTweet;
        /// GET /2/tweets/{id}.
        Reads "get_tweet" "GetTweet" "ПолучитьТвит"
            "One tweet" -> "tweet" reading::get_tweet: reading::GetTweet;
        /// GET /2/tweets.
        Reads "get_tweets" "GetTweets" "ПолучитьТвиты"
            "Up to 100 tweets by their ids" -> "tweets" reading::get_tweets: reading::GetTweets;
        /// POST /2/users/{id}/retweets. Without `user_id` X is asked once for the account's id.
        Repeatable "retweet" "Retweet" "Ретвитнуть"
            "Retweets a tweet" -> "retweeted" engagement::retweet: engagement::Engagement;
        /// DELETE /2/users/{id}/retweets/{source_tweet_id}.
        Repeatable "unretweet" "Unretweet" "ОтменитьРетвит"
            "Takes a retweet back" -> "retweeted" engagement::unretweet: engagement::Engagement;
        /// POST /2/users/{id}/likes.
        Repeatable "like_tweet" "LikeTweet" "ПоставитьЛайк"
            "Likes a tweet" -> "liked" engagement::like: engagement::Engagement;
        /// DELETE /2/users/{id}/likes/{tweet_id}.
        Repeatable "unlike_tweet" "UnlikeTweet" "УбратьЛайк"
            "Takes a like back" -> "liked" engagement::unlike: engagement::Engagement;
        /// GET /2/tweets/{id}/retweets.
        Reads "get_retweets" "GetRetweets" "ПолучитьРетвиты"
            "The retweets of a tweet" -> "tweets_page" reading::get_retweets: reading::ListOfTweet;
        /// GET /2/tweets/{id}/retweeted_by.
        Reads "get_retweeted_by" "GetRetweetedBy" "ПолучитьРетвитнувших"
            "Who retweeted a tweet" -> "users_page" reading::get_retweeted_by: reading::ListOfTweet;
        /// GET /2/tweets/{id}/liking_users.
        Reads "get_liking_users" "GetLikingUsers" "ПолучитьЛайкнувших"
            "Who likes a tweet" -> "users_page" reading::get_liking_users: reading::ListOfTweet;
        /// GET /2/users/me.
        Reads "get_me" "GetMe" "ПолучитьМеня"
            "The account that the credentials belong to" -> "user" reading::get_me: reading::GetMe;
        /// GET /2/users/reposts_of_me.
        Reads "get_reposts_of_me" "GetRepostsOfMe" "ПолучитьРетвитыМоихТвитов"
            "The account's tweets that others retweeted" -> "tweets_page" reading::get_reposts_of_me: reading::GetRepostsOfMe;
        /// GET /2/users/{id}/liked_tweets. Without `user_id` the account's own.
        Reads "get_liked_tweets" "GetLikedTweets" "ПолучитьПонравившиесяТвиты"
            "What an account likes" -> "tweets_page" reading::get_liked_tweets: reading::GetLikedTweets;
        /// It needs no keys.
        Reads "get_oembed" "GetOembed" "ПолучитьКодВстраивания"
            "The HTML that shows a tweet on a page" -> "oembed" oembed::get_oembed: oembed::GetOembed;
    }
    "statuses" {
        Creates "statuses_update" "StatusesUpdate" "ОпубликоватьСтатус"
            "API 1.1: posts a tweet" -> "status" statuses::update: statuses::Update;
        Repeatable "statuses_destroy" "StatusesDestroy" "УдалитьСтатус"
            "API 1.1: deletes a tweet" -> "status" statuses::destroy: statuses::Status;
        Reads "statuses_show" "StatusesShow" "ПоказатьСтатус"
            "API 1.1: one tweet" -> "status" statuses::show: statuses::Show;
        Repeatable "statuses_retweet" "StatusesRetweet" "РетвитнутьСтатус"
            "API 1.1: retweets a tweet" -> "status" statuses::retweet: statuses::Status;
        Repeatable "statuses_unretweet" "StatusesUnretweet" "ОтменитьРетвитСтатуса"
            "API 1.1: takes a retweet back" -> "status" statuses::unretweet: statuses::Status;
        Reads "statuses_retweets" "StatusesRetweets" "ПолучитьРетвитыСтатуса"
            "API 1.1: the retweets of a tweet" -> "statuses" statuses::retweets: statuses::Retweets;
        Reads "statuses_lookup" "StatusesLookup" "ПолучитьСтатусы"
            "API 1.1: up to 100 tweets by their ids" -> "statuses" statuses::lookup: statuses::Lookup;
        Reads "statuses_oembed" "StatusesOembed" "ПолучитьКодВстраиванияСтатуса"
            "API 1.1: the HTML that shows a tweet on a page" -> "oembed" statuses::oembed: statuses::StatusOembed;
        Reads "statuses_retweets_of_me" "StatusesRetweetsOfMe" "ПолучитьРетвитыМоихСтатусов"
            "API 1.1: the account's tweets that others retweeted" -> "statuses" statuses::retweets_of_me: statuses::RetweetsOfMe;
        Reads "statuses_retweeters_ids" "StatusesRetweetersIds" "ПолучитьИдРетвитнувшихСтатус"
            "API 1.1: the ids of those who retweeted a tweet" -> "ids_page" statuses::retweeters_ids: statuses::RetweetersIds;
        Repeatable "favorites_create" "FavoritesCreate" "ДобавитьВИзбранное"
            "API 1.1: likes a tweet" -> "status" statuses::favorite: statuses::Favorite;
        Repeatable "favorites_destroy" "FavoritesDestroy" "УбратьИзИзбранного"
            "API 1.1: takes a like back" -> "status" statuses::unfavorite: statuses::Favorite;
        Reads "favorites_list" "FavoritesList" "ПолучитьИзбранное"
            "API 1.1: what an account likes" -> "statuses" statuses::favorites: statuses::Favorites;
    }
    "tools" {
        /// Keys are sent to the hosts of `api_url` and `upload_url` only.
        Creates "request" "Request" "Запрос"
            "Calls any other endpoint of X" -> "json" request::any_request: request::AnyRequest;
        /// By twitter-text, configuration version 3. Nothing is sent. Ranges are in UTF-16 units, their ends inclusive.
        Reads offline "parse_tweet" "ParseTweet" "РазобратьТвит"
            "How X counts a text" -> "weight" r#"{"weighted_length","valid","permillage","display_range":[a,b],"valid_range":[a,b]}"# text::parse_tweet: text::ParseTweet;
        /// From X's document, at `api_url`. The file is replaced when the new one is whole.
        Reads "update_operations" "UpdateOperations" "ОбновитьОперации"
            "Writes the table of X's operations as they are now, for `operations_file`"
            -> "json" r#"{"path","version","operations","added":[…],"changed":[…],"removed":[…]}"# operations::update::update: operations::update::UpdateOperations;
        Reads offline "describe" "Describe" "Описать"
            "Every function with the JSON Schema of its request" -> "functions" r#"[{"name","title","about","returns","en","ru","group","writes","files","arguments","request"},…]"# describe::describe: describe::Describe;
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

/// The function of this name, else X's operation of this name.
pub(crate) fn target(name: &str, parameters: &Parameters) -> Result<Target> {
    if let Some(function) = find(name) {
        return Ok(Target::Function(function));
    }
    let tables = Tables::of(parameters)?;
    let operation = operations::find(name, &tables);
    operation.map(|operation| Target::Operation(Box::new(operation))).ok_or_else(|| no_function(name, &tables))
}

/// Whether the function sends nothing, or only to renew a token.
pub(crate) fn is_offline(name: &str) -> bool {
    find(name).is_some_and(|function| function.offline)
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

/// Whether the call is known to read only.
pub(crate) fn only_reads(name: &str) -> bool {
    find(name).map_or_else(|| operations::only_reads(name), |function| function.effect == Effect::Reads)
}

/// The function of our own of this name.
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// The error that names the nearest function or operation.
fn no_function(name: &str, tables: &Tables) -> Error {
    const NAMING: Naming = Naming { noun: "function", others: OTHER_FUNCTIONS, elsewhere: |_, _| None };
    let names: Vec<&str> = FUNCTIONS.iter().map(|function| function.name).chain(tables.names()).collect();
    if may_be_secret(name) {
        return Error::invalid("function", "{field} is no function's name: `describe` lists them.");
    }
    let (suggestion, hint) = NAMING.suggestion(name, &names);
    let hint = if hint.is_empty() { "; `describe` lists them all, with `operations` those of X." } else { &hint };
    Error::invalid("function", format!("{{field}} is `{name}`, which is no function{hint}")).with_suggestion(suggestion)
}

/// The function's own fields. `parameters` stands beside them in every request.
fn fields_of<T: Record + Default>(request: Object) -> Result<T> {
    const NAMING: Naming = Naming { noun: "field", others: OTHER_FIELDS, elsewhere: in_parameters };
    let mut fields = T::default();
    fields::fill(&mut fields, request, &NAMING)?;
    Ok(fields)
}

/// The parameter that is meant by a name among the fields.
fn in_parameters(name: &str, exact: bool) -> Option<String> {
    let parameters = || fields::nearest(name, &["parameters"]).filter(|_| !exact);
    parameters().or_else(|| parameters::meant(name, exact).map(|parameter| format!("parameters.{parameter}")))
}
