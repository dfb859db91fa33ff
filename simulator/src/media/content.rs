//! Detects a file's media type by its first bytes, and checks the boxes of a video.

use std::io::{self, Read, Seek, SeekFrom};

/// Brands of MP4 containers that hold pictures or audio instead of video.
const FOREIGN_BRANDS: &[&[u8; 4]] = &[b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"M4A ", b"M4B "];

/// The media type of content that starts with these bytes. None where it is no type that X takes.
pub fn media_type(start: &[u8]) -> Option<&'static str> {
    let at = |offset: usize, mark: &[u8]| start.get(offset..).is_some_and(|rest| rest.starts_with(mark));
    let known = [
        (at(0, b"\x89PNG\r\n\x1a\n"), "image/png"),
        (at(0, b"\xff\xd8\xff"), "image/jpeg"),
        (at(0, b"GIF87a") || at(0, b"GIF89a"), "image/gif"),
        (at(0, b"RIFF") && at(8, b"WEBP"), "image/webp"),
        (at(0, b"BM"), "image/bmp"),
        (at(0, b"II*\0") || at(0, b"MM\0*"), "image/tiff"),
        (at(4, b"ftypqt  ") || [b"moov", b"mdat", b"wide"].iter().any(|mark| at(4, *mark)), "video/quicktime"),
        (at(4, b"ftyp") && !FOREIGN_BRANDS.iter().any(|brand| at(8, *brand)), "video/mp4"),
        (at(4, b"styp") || at(4, b"moof"), "video/mp4"),
        (at(0, b"\x1a\x45\xdf\xa3") && start.windows(4).any(|name| name == b"webm"), "video/webm"),
        // A transport stream has packets of 188 bytes that begin with 0x47. Some have 4 bytes more before each.
        (at(0, b"\x47") && (start.len() <= 188 || at(188, b"\x47")), "video/mp2t"),
        (at(4, b"\x47") && at(196, b"\x47"), "video/mp2t"),
    ];
    known.iter().find(|(matches, _)| *matches).map(|(_, name)| *name)
}

/// Whether content that was detected as `found` may be declared as `declared`.
pub fn agrees(declared: &str, found: Option<&str>) -> bool {
    match declared {
        "image/pjpeg" => found == Some("image/jpeg"),
        // Both use the same container, and its brand doesn't always tell which of them it is.
        "video/mp4" | "video/quicktime" => matches!(found, Some("video/mp4" | "video/quicktime")),
        // Text and 3D models don't begin with fixed bytes.
        _ if declared.starts_with("text/") || declared.starts_with("model/") => true,
        _ => found == Some(declared),
    }
}

/// Whether the file consists of whole MP4 boxes (ISO/IEC 14496-12) and has a `moov` and an `mdat` box.
pub fn is_box_structure(file: &mut (impl Read + Seek), length: u64) -> io::Result<bool> {
    let (mut position, mut has_moov, mut has_mdat) = (0u64, false, false);
    while position < length {
        if length - position < 8 {
            return Ok(false);
        }
        file.seek(SeekFrom::Start(position))?;
        let mut head = [0u8; 16];
        file.read_exact(&mut head[..8])?;
        let [s0, s1, s2, s3, k0, k1, k2, k3, ..] = head;
        let kind = [k0, k1, k2, k3];
        // 0: the box reaches to the end of the file. 1: its size follows in 64 bits.
        let size = match u32::from_be_bytes([s0, s1, s2, s3]) {
            0 => length - position,
            1 if length - position >= 16 => {
                file.read_exact(&mut head[8..])?;
                head[8..].iter().fold(0, |size, byte| size << 8 | u64::from(*byte))
            }
            size => u64::from(size),
        };
        if size < 8 || size > length - position {
            return Ok(false);
        }
        has_moov |= kind == *b"moov";
        has_mdat |= kind == *b"mdat";
        position += size;
    }
    Ok(has_moov && has_mdat)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn a_video_must_be_whole_boxes() {
        let whole = b"\0\0\0\x0cftypisom\0\0\0\x08moov\0\0\0\x0amdatxx".to_vec();
        let check = |file: &[u8]| is_box_structure(&mut Cursor::new(file), file.len() as u64).unwrap();
        assert!(check(&whole));
        assert!(!check(&whole[..whole.len() - 1]));
        assert!(!check(b"\0\0\0\x0cftypisom"));
        assert!(!check(b"no video at all"));
    }

    #[test]
    fn declared_and_found_types_are_compared() {
        assert!(agrees("image/pjpeg", media_type(b"\xff\xd8\xff\xe0")));
        assert!(agrees("video/quicktime", media_type(b"\0\0\0\x0cftypisom")));
        assert!(!agrees("image/png", media_type(b"GIF89a")));
        assert!(agrees("text/srt", None));
    }
}
