//! Bodies of multipart/form-data with one file (RFC 7578).

use crate::base::encoding::random_text;
use crate::base::error::Result;

/// Bytes that can be read from any offset, such as those of a file.
pub(crate) trait ReadAt {
    /// Fills `buffer` with the bytes at `offset`; an error if there are fewer.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<()>;
}

/// A range of a file, sent as the part `media`.
pub(crate) struct FilePart<'a> {
    pub source: &'a dyn ReadAt,
    pub offset: u64,
    pub length: u64,
    pub media_type: &'a str,
}

/// The text around a file in a multipart body.
pub(crate) struct Enclosure {
    pub content_type: String,
    pub head: String,
    pub tail: String,
}

impl Enclosure {
    /// For a body that is only the file.
    pub fn none() -> Enclosure {
        Enclosure { content_type: String::new(), head: String::new(), tail: String::new() }
    }

    pub fn new(fields: &[(&'static str, String)], file: &FilePart) -> Result<Enclosure> {
        let boundary = random_text::<24>()?;
        let mut head = String::new();
        for (name, value) in fields {
            head.push_str(&format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        // The user's file name is not sent: X doesn't need it, and it may be private.
        head.push_str(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"media\"\r\nContent-Type: {}\r\n\r\n",
            file.media_type
        ));
        Ok(Enclosure {
            content_type: format!("multipart/form-data; boundary={boundary}"),
            head,
            tail: format!("\r\n--{boundary}--\r\n"),
        })
    }
}
