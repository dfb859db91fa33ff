//! What a file is: its media type by content, then by name, and X's category for it.

use crate::error::{Error, Result};
use crate::liberal::choices;
use crate::media::Source;

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

/// How many of a kind a tweet may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Image,
    Gif,
    Video,
    Text,
}

impl Category {
    pub fn shape(self) -> Shape {
        match self {
            Category::TweetImage | Category::DmImage => Shape::Image,
            Category::TweetGif | Category::DmGif => Shape::Gif,
            Category::TweetVideo | Category::AmplifyVideo | Category::DmVideo => Shape::Video,
            Category::Subtitles => Shape::Text,
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

    /// X's limit in bytes (media best practices; MB there is MiB at the service).
    fn largest(self) -> u64 {
        const MIB: u64 = 1 << 20;
        match self {
            Category::TweetImage | Category::DmImage | Category::Subtitles => 5 * MIB,
            Category::TweetGif | Category::DmGif => 15 * MIB,
            Category::TweetVideo | Category::DmVideo => 512 * MIB,
            // total_bytes of /2/media/upload/initialize.
            Category::AmplifyVideo => 17_179_869_184,
        }
    }
}

/// A file's media type and category.
pub(crate) struct MediaKind {
    pub media_type: String,
    pub category: Category,
}

/// What X takes, by file name extension.
const BY_NAME: &[(&str, &str)] = &[
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
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
    ("srt", "text/srt"),
    ("vtt", "text/vtt"),
    ("glb", "model/gltf-binary"),
    ("usdz", "model/vnd.usdz+zip"),
];

/// Whether a file with these first bytes is of the type.
type Matches = fn(&[u8]) -> bool;

/// What X takes, by its first bytes. Only these: the whole of `infer` is sixty formats more.
const BY_CONTENT: &[(Matches, &str)] = &[
    (infer::image::is_jpeg, "image/jpeg"),
    (infer::image::is_png, "image/png"),
    (infer::image::is_gif, "image/gif"),
    (infer::image::is_webp, "image/webp"),
    (infer::image::is_tiff, "image/tiff"),
    (infer::image::is_bmp, "image/bmp"),
    (infer::video::is_mp4, "video/mp4"),
    // The same container under its other name; X knows one of them.
    (infer::video::is_m4v, "video/mp4"),
    (infer::video::is_webm, "video/webm"),
    (infer::video::is_mov, "video/quicktime"),
];

/// Bytes of the beginning that tell the type.
const SNIFFED: u64 = 512;

impl MediaKind {
    /// What is given is taken; the rest comes from the content, then from the name.
    pub fn of(source: &Source, media_type: Option<&str>, category: Option<Category>, field: &str) -> Result<MediaKind> {
        let media_type = match media_type {
            Some(given) if given.split_once('/').is_some() && given.bytes().all(|b| (b'!'..=b'~').contains(&b)) => {
                given.to_owned()
            }
            Some(_) => return Err(Error::invalid("media_type", "A media type looks like video/mp4.")),
            None => detect(source, field)?,
        };
        let category = category.unwrap_or_else(|| Category::of_type(&media_type));
        Ok(MediaKind { media_type, category })
    }

    /// Whether a file of this type can be of the category that was asked for: a video is no picture.
    pub fn check_category(&self, field: &str) -> Result<()> {
        let is = |family: &str| self.media_type.starts_with(family);
        let fits = match self.category.shape() {
            Shape::Image => is("image/"),
            // X makes GIFs of silent videos too.
            Shape::Gif => is("image/gif") || is("video/"),
            Shape::Video => is("video/"),
            Shape::Text => is("text/"),
        };
        if fits {
            return Ok(());
        }
        let (media_type, category) = (&self.media_type, self.category.name());
        Err(Error::invalid(field, format!("The file is {media_type}, which can't be posted as {category}.")))
    }

    pub fn check_size(&self, source: &Source, field: &str) -> Result<()> {
        let largest = self.category.largest();
        if source.length <= largest {
            return Ok(());
        }
        Err(Error::invalid(
            field,
            format!(
                "The file has {} bytes; X takes at most {largest} for {}. Turn `check_limits` off to try all the same.",
                source.length,
                self.category.name()
            ),
        ))
    }
}

fn detect(source: &Source, field: &str) -> Result<String> {
    let mut head = vec![0; source.length.min(SNIFFED) as usize];
    source.read_at(0, &mut head)?;
    if let Some((_, media_type)) = BY_CONTENT.iter().find(|(is, _)| is(&head)) {
        return Ok((*media_type).to_owned());
    }
    let extension = source.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let by_name = extension.and_then(|extension| BY_NAME.iter().find(|(name, _)| *name == extension));
    by_name.map(|(_, media_type)| (*media_type).to_owned()).ok_or_else(|| {
        Error::invalid(
            field,
            "The file's type is not one that X takes, by its content or its name: give `media_type` (and `type`) if it is.",
        )
    })
}
