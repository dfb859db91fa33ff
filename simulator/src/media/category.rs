//! X's media categories and their limits.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Image,
    Gif,
    Video,
    Subtitles,
}

/// What an upload is for: a `media_category`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Category {
    pub name: &'static str,
    pub kind: Kind,
    /// The first number of a media key: the 3 in `3_1234`.
    pub key: u32,
    pub max_bytes: u64,
}

const MIB: u64 = 1024 * 1024;
const GIB: u64 = 1024 * MIB;

const fn category(name: &'static str, kind: Kind, key: u32, max_bytes: u64) -> Category {
    Category { name, kind, key, max_bytes }
}

const CATEGORIES: &[Category] = &[
    category("tweet_image", Kind::Image, 3, 5 * MIB),
    category("dm_image", Kind::Image, 3, 5 * MIB),
    category("tweet_gif", Kind::Gif, 16, 15 * MIB),
    category("dm_gif", Kind::Gif, 16, 15 * MIB),
    category("tweet_video", Kind::Video, 7, 16 * GIB),
    category("dm_video", Kind::Video, 7, GIB),
    category("amplify_video", Kind::Video, 13, 16 * GIB),
    // X documents no limit; this is ample for text.
    category("subtitles", Kind::Subtitles, 3, MIB),
];

impl Category {
    pub fn named(name: &str) -> Option<Self> {
        CATEGORIES.iter().find(|category| category.name == name).copied()
    }

    /// The category of an API 1.1 upload that names none.
    pub fn of_media_type(media_type: &str) -> Self {
        let name = match media_type.split('/').next() {
            Some("video") => "tweet_video",
            Some("text") => "subtitles",
            _ if media_type == "image/gif" => "tweet_gif",
            _ => "tweet_image",
        };
        Self::named(name).expect("CATEGORIES has it")
    }

    pub fn takes(&self, media_type: &str) -> bool {
        match self.kind {
            Kind::Image => media_type.starts_with("image/"),
            Kind::Gif => media_type == "image/gif",
            Kind::Video => media_type.starts_with("video/"),
            Kind::Subtitles => media_type.starts_with("text/"),
        }
    }

    /// A media type that it takes, for uploads that declare none.
    pub fn usual_type(&self) -> &'static str {
        match self.kind {
            Kind::Image => "image/jpeg",
            Kind::Gif => "image/gif",
            Kind::Video => "video/mp4",
            Kind::Subtitles => "text/srt",
        }
    }

    /// Whether X processes the content after FINALIZE and reports `processing_info`.
    pub fn is_processed(&self) -> bool {
        matches!(self.kind, Kind::Gif | Kind::Video)
    }
}
