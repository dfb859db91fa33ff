//! A file's media type and media category, with X's limits for them.

use crate::base::error::{Error, Result};
use crate::fields::choices;
use crate::media::Source;
use crate::media::content::{Content, Other};

choices! {
    /// X's media categories; the older names serve too.
    pub(crate) enum Category {
        TweetImage = "tweet_image" | "photo",
        TweetGif = "tweet_gif" | "animated_gif",
        TweetVideo = "tweet_video" | "video",
        AmplifyVideo = "amplify_video",
        DmImage = "dm_image",
        DmGif = "dm_gif",
        DmVideo = "dm_video",
        Subtitles = "subtitles",
    }
}

/// What the categories have in common that are about the same kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Image,
    Gif,
    Video,
    Text,
}

impl Category {
    pub fn family(self) -> Family {
        match self {
            Category::TweetImage | Category::DmImage => Family::Image,
            Category::TweetGif | Category::DmGif => Family::Gif,
            Category::TweetVideo | Category::AmplifyVideo | Category::DmVideo => Family::Video,
            Category::Subtitles => Family::Text,
        }
    }

    fn of_type(media_type: &str) -> Category {
        match media_type {
            "image/gif" => Category::TweetGif,
            "text/srt" | "text/vtt" => Category::Subtitles,
            image if image.starts_with("image/") => Category::TweetImage,
            _ => Category::TweetVideo,
        }
    }

    /// X's limit in bytes (media best practices of September 2026; MB in them means MiB). If the limit depends on the
    /// account, this is the largest one: X checks that of the account.
    fn largest(self) -> u64 {
        const MIB: u64 = 1 << 20;
        const GIB: u64 = 1 << 30;
        match self {
            Category::TweetImage | Category::DmImage => 5 * MIB,
            Category::TweetGif | Category::DmGif => 15 * MIB,
            Category::DmVideo => GIB,
            // `total_bytes` of POST /2/media/upload/initialize. X documents no other limit of subtitles.
            Category::TweetVideo | Category::AmplifyVideo | Category::Subtitles => 16 * GIB,
        }
    }

    /// The type of a file if neither its content nor its name shows it.
    fn usual_type(self) -> &'static str {
        match self.family() {
            Family::Image => "image/jpeg",
            Family::Gif => "image/gif",
            Family::Video => "video/mp4",
            Family::Text => "text/srt",
        }
    }

    /// Whether a file of this type can have the category. X decides whether it takes a video as a GIF.
    fn takes(self, media_type: &str) -> bool {
        let is = |family: &str| media_type.starts_with(family);
        // X names no category for 3D models.
        if is("model/") {
            return true;
        }
        match self.family() {
            Family::Image => is("image/"),
            Family::Gif => is("image/gif") || is("video/"),
            Family::Video => is("video/"),
            Family::Text => is("text/"),
        }
    }
}

/// A file's media type and category.
pub(crate) struct MediaKind {
    pub media_type: String,
    pub category: Category,
}

/// Media types by file name extension.
const BY_NAME: &[(&str, &str)] = &[
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpe", "image/jpeg"),
    ("jfif", "image/jpeg"),
    ("pjpeg", "image/pjpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("bmp", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("mov", "video/quicktime"),
    ("webm", "video/webm"),
    ("ts", "video/mp2t"),
    ("m2ts", "video/mp2t"),
    ("mts", "video/mp2t"),
    ("srt", "text/srt"),
    ("vtt", "text/vtt"),
    ("glb", "model/gltf-binary"),
    ("usdz", "model/vnd.usdz+zip"),
];

impl MediaKind {
    /// `media_type` and `category` are given by the caller; `media_type` is checked already. Without it the type comes
    /// from the file's content, or else from its name, or else from the category.
    pub fn of(source: &Source, media_type: Option<String>, category: Option<Category>) -> Result<MediaKind> {
        let media_type = match media_type {
            Some(given) => given,
            None => detected_type(source, category)?.to_owned(),
        };
        let category = category.unwrap_or_else(|| Category::of_type(&media_type));
        Ok(MediaKind { media_type, category })
    }

    pub fn check_size(&self, source: &Source) -> Result<()> {
        let largest = self.category.largest();
        if source.length <= largest {
            return Ok(());
        }
        Err(source.label.invalid(say!(file_too_large {
            length: source.length,
            largest,
            category: self.category.name()
        })))
    }
}

/// The media type in lower case, as in X's list. Upper and lower case mean the same in media types (RFC 6838).
pub(crate) fn checked_type(given: &str) -> Result<String> {
    let is_type = given.split_once('/').is_some() && given.bytes().all(|byte| (b'!'..=b'~').contains(&byte));
    is_type.then(|| given.to_ascii_lowercase()).ok_or_else(|| Error::invalid("media_type", say!(media_type_is_none)))
}

fn detected_type(source: &Source, category: Option<Category>) -> Result<&'static str> {
    let by_name = source
        .extension()
        .and_then(|name| BY_NAME.iter().find(|(extension, _)| *extension == name).map(|(_, media_type)| *media_type));
    let media_type = match Content::of(source)? {
        Content::Media(media_type) => media_type,
        Content::Other(other) => return Err(refused(source, other)),
        Content::Text => match by_name.filter(|media_type| media_type.starts_with("text/")) {
            Some(media_type) => media_type,
            None if category == Some(Category::Subtitles) => Category::Subtitles.usual_type(),
            None => return Err(refused(source, Other::plain_text())),
        },
        Content::Zip => match by_name {
            Some(media_type @ "model/vnd.usdz+zip") => media_type,
            _ => return Err(refused(source, Other::zip())),
        },
        // The category is from the caller. The name only suggests a type, so it has to fit the category.
        Content::Unknown => {
            let fitting = by_name.filter(|media_type| category.is_none_or(|category| category.takes(media_type)));
            return fitting.or(category.map(Category::usual_type)).ok_or_else(|| unknown(source));
        }
    };
    match category {
        Some(category) if !category.takes(media_type) => {
            Err(source.label.invalid(say!(type_of_another_category { media_type, category: category.name() })))
        }
        _ => Ok(media_type),
    }
}

fn refused(source: &Source, other: Other) -> Error {
    source.label.invalid(say!(x_does_not_take_it { what: other.what, advice: other.advice }))
}

fn unknown(source: &Source) -> Error {
    source.label.invalid(say!(type_is_unknown))
}
