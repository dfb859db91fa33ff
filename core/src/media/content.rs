//! Detects a file's type from its content.

use crate::base::encoding::without_mark;
use crate::base::error::Result;
use crate::base::message::Message;
use crate::http::multipart::ReadAt;
use crate::media::{Source, raw_photo};

/// What the first bytes of a file show.
#[derive(Debug)]
pub(crate) enum Content {
    /// A media type of X's list (POST /2/media/upload/initialize, OpenAPI 2.173).
    Media(&'static str),
    /// Text of no known format. It may be subtitles.
    Text,
    /// A ZIP archive. It may be a 3D model (usdz).
    Zip,
    /// A known format that X doesn't take.
    Other(Other),
    Unknown,
}

/// A file that X doesn't take.
#[derive(Debug)]
pub(crate) struct Other {
    /// With its article: `a PDF document`.
    pub what: Message,
    pub advice: Message,
}

impl Other {
    fn wrong_file(what: Message) -> Other {
        Other { what, advice: say!(check_the_file) }
    }

    fn foreign_picture(what: Message) -> Other {
        Other { what, advice: say!(convert_to_picture) }
    }

    fn foreign_video(what: Message) -> Other {
        Other { what, advice: say!(convert_to_video) }
    }

    fn audio(what: Message) -> Other {
        Other { what, advice: say!(x_takes_no_audio) }
    }

    pub fn plain_text() -> Other {
        Other::wrong_file(say!(plain_text))
    }

    pub fn zip() -> Other {
        Other::wrong_file(say!(a_zip_archive))
    }
}

/// How many bytes are read from the start of a file. It is enough for 21 packets of a transport stream.
const HEAD: u64 = 4096;

impl Content {
    pub fn of(source: &Source) -> Result<Content> {
        let mut head = vec![0; source.length.min(HEAD) as usize];
        source.read_at(0, &mut head)?;
        if let Some(content) = picture(source, &head)? {
            return Ok(content);
        }
        if let Some(content) = iso_media(source)? {
            return Ok(content);
        }
        let content = video(&head, source.length).or_else(|| text(&head)).or_else(|| by_infer(&head, &[]));
        let content = content.or_else(|| unknown_to_infer(&head).map(not_taken));
        Ok(content.unwrap_or(Content::Unknown))
    }

    fn wrong_text(what: Message) -> Content {
        Content::Other(Other::wrong_file(what))
    }

    fn raw_photo(kind: &str) -> Content {
        Content::foreign_picture(say!(a_raw_photo { kind }))
    }

    fn foreign_picture(what: Message) -> Content {
        Content::Other(Other::foreign_picture(what))
    }
}

/// Pictures that begin with a signature.
fn picture(source: &Source, head: &[u8]) -> Result<Option<Content>> {
    if infer::image::is_tiff(head) || infer::image::is_cr2(head) {
        return Ok(Some(match raw_photo::in_tiff(source, head)? {
            Some(kind) => Content::raw_photo(&kind),
            None => Content::Media("image/tiff"),
        }));
    }
    let media_type = if infer::image::is_jpeg(head) {
        "image/jpeg"
    } else if infer::image::is_png(head) {
        "image/png"
    } else if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        "image/gif"
    } else if head.starts_with(b"RIFF") && infer::image::is_webp(head) {
        "image/webp"
    } else if is_bmp(head) {
        "image/bmp"
    } else if is_big_tiff(head) {
        "image/tiff"
    } else {
        return Ok(raw_photo::by_mark(head).map(Content::raw_photo));
    };
    Ok(Some(Content::Media(media_type)))
}

fn is_big_tiff(head: &[u8]) -> bool {
    head.starts_with(b"II+\0\x08\0\0\0") || head.starts_with(b"MM\0+\0\x08\0\0")
}

/// A text can begin with `BM` too. In a BMP the four reserved bytes behind the length are zero.
fn is_bmp(head: &[u8]) -> bool {
    infer::image::is_bmp(head) && head.get(6..10) == Some(&[0; 4])
}

/// MP4, QuickTime and related formats: a sequence of boxes, the first of which usually names the format (ISO/IEC
/// 14496-12; QuickTime File Format). Files without that box are QuickTime.
fn iso_media(source: &Source) -> Result<Option<Content>> {
    /// Boxes of padding may come first.
    const MOST_BOXES: usize = 8;
    let mut position = 0;
    for _ in 0..MOST_BOXES {
        let Some(BoxHead { kind, size, brand, is_plausible }) = BoxHead::read(source, position)? else { break };
        match (&kind, brand) {
            (b"ftyp", Some(brand)) => return Ok(Some(by_brand(brand))),
            (b"styp" | b"moof" | b"sidx" | b"emsg" | b"prft", _) if is_plausible => {
                return Ok(Some(Content::Media("video/mp4")));
            }
            (b"moov" | b"mdat" | b"wide" | b"pnot", _) if is_plausible => {
                return Ok(Some(Content::Media("video/quicktime")));
            }
            (b"JXL ", _) if size == 12 => return Ok(Some(by_brand(*b"jxl "))),
            (b"free" | b"skip", _) if is_plausible && size >= 8 => position = position.saturating_add(size),
            _ => break,
        }
    }
    Ok((position > 0).then_some(Content::Media("video/quicktime")))
}

/// The beginning of a box.
struct BoxHead {
    kind: [u8; 4],
    /// In bytes, the head included.
    size: u64,
    /// What follows the head of an `ftyp` box.
    brand: Option<[u8; 4]>,
    /// Whether the size may be one. The file may be a text: its letters, read as a size, are more than 512 MiB.
    is_plausible: bool,
}

impl BoxHead {
    /// `None` if the file ends before the head does.
    fn read(source: &Source, position: u64) -> Result<Option<BoxHead>> {
        let mut head = [0; 16];
        let available = source.length.saturating_sub(position).min(16) as usize;
        if available < 8 {
            return Ok(None);
        }
        source.read_at(position, &mut head[..available])?;
        let four = |at: usize| [head[at], head[at + 1], head[at + 2], head[at + 3]];
        let number = |at: usize| u64::from(u32::from_be_bytes(four(at)));
        // 1 stands for a size of eight bytes, which follows.
        let size = if number(0) == 1 { number(8) << 32 | number(12) } else { number(0) };
        Ok(Some(BoxHead {
            kind: four(4),
            size,
            brand: (available >= 12).then(|| four(8)),
            is_plausible: head[0] < b' ' || size <= source.length,
        }))
    }
}

/// By the major brand of an `ftyp` box (the registry at mp4ra.org). All brands but those of pictures and audio are
/// taken as video: there are some hundreds.
fn by_brand(brand: [u8; 4]) -> Content {
    match &brand {
        b"qt  " => Content::Media("video/quicktime"),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" => {
            Content::foreign_picture(say!(a_heic_picture))
        }
        b"mif1" | b"mif2" | b"mif3" | b"msf1" | b"miaf" | b"avci" | b"avcs" | b"jpeg" | b"jpgs" | b"vvic" | b"vvis" => {
            Content::foreign_picture(say!(a_heif_picture))
        }
        b"avif" | b"avis" | b"avio" => Content::foreign_picture(say!(an_avif_picture)),
        b"jp2 " | b"jpx " | b"jpm " | b"jph " | b"j2ki" | b"j2is" => {
            Content::foreign_picture(say!(a_jpeg_2000_picture))
        }
        b"jxl " => Content::foreign_picture(say!(a_jpeg_xl_picture)),
        b"crx " => Content::raw_photo("CR3"),
        [b'M', b'4', b'A' | b'B' | b'P', b' '] | [b'F', b'4', b'A' | b'B', b' '] | b"aax " | b"aaxc" => {
            Content::Other(Other::audio(say!(mpeg_4_audio)))
        }
        _ => Content::Media("video/mp4"),
    }
}

/// Video formats other than MP4 and QuickTime, and 3D models.
fn video(head: &[u8], length: u64) -> Option<Content> {
    if let Some(kind) = matroska_kind(head) {
        return Some(match kind {
            b"webm" => Content::Media("video/webm"),
            _ => Content::Other(Other::foreign_video(say!(a_matroska_video))),
        });
    }
    if is_transport_stream(head, length) {
        return Some(Content::Media("video/mp2t"));
    }
    head.starts_with(b"glTF\x02\0\0\0").then_some(Content::Media("model/gltf-binary"))
}

/// The DocType of an EBML file (RFC 8794): `webm` or `matroska`, the default.
fn matroska_kind(head: &[u8]) -> Option<&[u8]> {
    let elements = head.strip_prefix(b"\x1a\x45\xdf\xa3")?;
    let named = elements.windows(2).position(|id| id == [0x42, 0x82]).and_then(|at| {
        // The length has 1 to 8 bytes. The position of the first set bit is their number.
        let length = elements.get(at + 2..)?;
        let bytes = length.first()?.leading_zeros() as usize + 1;
        let count = usize::from(*length.get(bytes - 1)?);
        let count = if bytes == 1 { count & 0x7f } else { count };
        // The text may be padded with zeros.
        length.get(bytes..bytes + count)?.split(|byte| *byte == 0).next()
    });
    Some(named.unwrap_or(b"matroska"))
}

/// Packets of 188 bytes that begin with 0x47 (ISO/IEC 13818-1), of 192 with four bytes of time before it (M2TS, AVCHD),
/// or of 204 with a checksum at the end.
fn is_transport_stream(head: &[u8], length: u64) -> bool {
    [(188, 0), (192, 4), (204, 0)].into_iter().any(|(packet, first)| {
        let mut marks = head.iter().skip(first).step_by(packet).take(5);
        // One or two bytes 0x47 may be letters of a text: 0x47 is G.
        let enough = length >= 3 * packet as u64 || (length.is_multiple_of(packet as u64) && readable(head).is_none());
        enough && head.len() >= packet && marks.all(|mark| *mark == 0x47)
    })
}

/// Subtitles, and other formats that are text.
fn text(head: &[u8]) -> Option<Content> {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        // UTF-16. PowerShell may save a download so.
        return Some(Content::Text);
    }
    let bare = without_mark(head).trim_ascii_start();
    let begins = |mark: &str| bare.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()));
    let has = |tag: &[u8]| bare.windows(tag.len()).any(|bytes| bytes.eq_ignore_ascii_case(tag));
    // An HTML page may contain an SVG drawing.
    if bare.starts_with(b"<") && has(b"<svg") && !has(b"<html") && !begins("<!doctype html") {
        return Some(Content::foreign_picture(say!(an_svg_drawing)));
    }
    if infer::text::is_html(bare) || begins("<!doctype html") || begins("<html") {
        return Some(Content::wrong_text(say!(an_html_page)));
    }
    if begins("<?xml") {
        return Some(Content::wrong_text(say!(xml_text)));
    }
    let text = readable(bare)?;
    Some(if is_webvtt(text) {
        Content::Media("text/vtt")
    } else if is_subrip(text) {
        Content::Media("text/srt")
    } else if is_json(text) {
        Content::wrong_text(say!(json_text))
    } else {
        by_infer(bare, &["gif", "bmp", "exe", "dll", "sh", "mp3", "ape", "dsf"]).unwrap_or(Content::Text)
    })
}

/// UTF-8 without control characters; the last character may be cut off.
fn readable(bytes: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    let is_readable = |letter: char| !letter.is_control() || letter.is_whitespace() || letter == '\x1b';
    text.chars().all(is_readable).then_some(text)
}

/// The first line of WebVTT (W3C): `WEBVTT`, alone or with a remark.
fn is_webvtt(text: &str) -> bool {
    text.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// A number, then a line of two times with an arrow between them.
fn is_subrip(text: &str) -> bool {
    let is_time = |text: &str| {
        let text = text.trim();
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.contains(':')
            && text.chars().all(|c| c.is_ascii_digit() || ":,. ".contains(c))
    };
    let cue = |line: &str| line.split_once("-->").is_some_and(|(from, _)| is_time(from));
    text.lines().filter(|line| !line.trim().is_empty()).take(2).any(cue)
}

fn is_json(text: &str) -> bool {
    let inside = |open| text.strip_prefix(open).map(|rest: &str| rest.trim_start().chars().next());
    match (inside('{'), inside('[')) {
        (Some(first), _) => matches!(first, None | Some('"' | '}')),
        (_, Some(first)) => matches!(first, None | Some('{' | '[' | '"' | ']')),
        _ => false,
    }
}

/// Formats that `infer` knows and X doesn't take. `excluded` are extensions of formats whose signature may also begin a
/// text.
fn by_infer(head: &[u8], excluded: &[&str]) -> Option<Content> {
    /// Formats with a signature of only two bytes, with which another file may begin by chance: object code, LLVM
    /// bitcode and certificates.
    const BY_CHANCE: [&str; 3] = ["obj", "bc", "der"];
    let found = infer::get(head)?;
    if BY_CHANCE.contains(&found.extension()) || excluded.contains(&found.extension()) {
        return None;
    }
    Some(not_taken(found.mime_type()))
}

/// Media types of formats that `infer` doesn't know and that are no text.
fn unknown_to_infer(head: &[u8]) -> Option<&'static str> {
    Some(match head.get(..4)? {
        b".RMF" => "video/vnd.rn-realvideo",
        b"DKIF" => "video/x-ivf",
        b"FORM" if head.get(8..12) == Some(b"AIFC") => "audio/x-aiff",
        b"caff" => "audio/x-caf",
        b".snd" => "audio/basic",
        b"wvpk" => "audio/x-wavpack",
        b"v/1\x01" => "image/x-exr",
        b"\xff\x4f\xff\x51" => "image/j2c",
        b"icns" => "image/x-icns",
        b"gimp" => "image/x-xcf",
        b"DDS " => "image/vnd.ms-dds",
        _ => return None,
    })
}

/// The content for a media type that X doesn't take.
fn not_taken(media_type: &'static str) -> Content {
    let is = |family: &str| media_type.starts_with(family);
    Content::Other(match media_type {
        "application/zip" => return Content::Zip,
        "video/x-msvideo" => Other::foreign_video(say!(an_avi_video)),
        "audio/mpeg" => Other::audio(say!(mp3_audio)),
        "application/pdf" => Other::wrong_file(say!(a_pdf_document)),
        _ if is("image/") => Other::foreign_picture(say!(a_picture_of_type { media_type })),
        _ if is("video/") => Other::foreign_video(say!(a_video_of_type { media_type })),
        _ if is("audio/") => Other::audio(say!(audio_of_type { media_type })),
        _ => Other::wrong_file(say!(a_file_of_type { media_type })),
    })
}
