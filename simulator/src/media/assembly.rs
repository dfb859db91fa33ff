//! FINALIZE: joins the segments to one file, hashes it and checks its content.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, Seek};
use std::sync::Arc;

use ring::digest::{Context, SHA256};

use super::category::{Category, Kind};
use super::content;
use super::parts::{Part, PartsReader};
use crate::encoding::hex;

/// A complete upload.
#[derive(Debug, Clone)]
pub struct Assembled {
    pub parts: Vec<Arc<Part>>,
    pub sha256: String,
    /// Width and height of a picture.
    pub dimensions: Option<(usize, usize)>,
    /// FINALIZE accepts the content, but its processing will end as `failed`.
    pub invalid: bool,
}

/// What to assemble.
pub struct AssemblyTask {
    pub parts: BTreeMap<u64, Arc<Part>>,
    pub total_bytes: u64,
    pub media_type: String,
    pub category: Category,
    pub check_content: bool,
}

/// Reads the whole content, and blocks meanwhile. The error is X's message to the client.
pub fn assemble(task: AssemblyTask) -> Result<Assembled, String> {
    let without_gap = task.parts.keys().copied().eq(0..task.parts.len() as u64);
    let parts: Vec<Arc<Part>> = task.parts.into_values().collect();
    let mut reader = PartsReader::new(parts.clone());
    if !without_gap || parts.is_empty() || reader.length() != task.total_bytes {
        return Err("Segments do not add up to provided total file size.".to_owned());
    }
    let failed = |error: io::Error| format!("The media could not be read: {error}");
    let (start, sha256) = digest(&mut reader).map_err(failed)?;
    let found = content::media_type(&start);
    let agrees = !task.check_content || content::agrees(&task.media_type, found);
    let mut assembled = Assembled { parts, sha256, dimensions: None, invalid: false };
    match task.category.kind {
        Kind::Video => {
            let has_boxes = matches!(task.media_type.as_str(), "video/mp4" | "video/quicktime");
            let length = reader.length();
            let whole = !has_boxes || content::is_box_structure(&mut reader, length).map_err(failed)?;
            assembled.invalid = task.check_content && !(agrees && whole);
        }
        Kind::Image | Kind::Gif => {
            if !agrees {
                let found = found.unwrap_or("something else");
                return Err(format!("media type unrecognized: declared {}, found {found}.", task.media_type));
            }
            reader.rewind().map_err(failed)?;
            let size = imagesize::reader_size(BufReader::new(reader));
            assembled.dimensions = size.ok().map(|size| (size.width, size.height));
        }
        Kind::Subtitles => {}
    }
    Ok(assembled)
}

/// The first bytes, up to 512, and the SHA-256 of the whole in hex.
fn digest(reader: &mut impl Read) -> io::Result<(Vec<u8>, String)> {
    let mut hash = Context::new(&SHA256);
    let mut start = Vec::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let read = reader.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        if start.is_empty() {
            start.extend_from_slice(&buffer[..read.min(512)]);
        }
        hash.update(&buffer[..read]);
    }
    Ok((start, hex(hash.finish().as_ref())))
}
