//! Segments: each is written to a file of its own when it arrives. Together they are read as one file.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// A segment. Its file is removed when it is dropped.
#[derive(Debug)]
pub struct Part {
    path: PathBuf,
    pub size: u64,
}

impl Part {
    /// The first bytes, enough to detect the type of the content.
    pub fn start(&self) -> io::Result<Vec<u8>> {
        let mut start = Vec::new();
        File::open(&self.path)?.take(512).read_to_end(&mut start)?;
        Ok(start)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // If this fails: the folder and all files in it are removed when the simulator ends.
        let _ = fs::remove_file(&self.path);
    }
}

/// Writes a segment to its file as it arrives, so memory does not grow with its size.
pub struct PartWriter {
    file: File,
    part: Part,
    limit: u64,
}

impl PartWriter {
    /// A segment of more than `limit` bytes is an error.
    pub fn create(path: PathBuf, limit: u64) -> io::Result<Self> {
        Ok(Self { file: File::create_new(&path)?, part: Part { path, size: 0 }, limit })
    }

    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.part.size += bytes.len() as u64;
        if self.part.size > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.file.write_all(bytes)
    }

    pub fn finish(self) -> Part {
        self.part
    }
}

/// Reads parts one after the other as a single file.
pub struct PartsReader {
    parts: Vec<Arc<Part>>,
    length: u64,
    position: u64,
    /// The index of the part that is open, the position of its next byte in the whole, and its file.
    open: Option<(usize, u64, BufReader<File>)>,
}

impl PartsReader {
    pub fn new(parts: Vec<Arc<Part>>) -> Self {
        Self { length: parts.iter().map(|part| part.size).sum(), parts, position: 0, open: None }
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    /// The index of the part that holds the current position, and the offset in that part.
    fn locate(&self) -> Option<(usize, u64)> {
        let mut start = 0;
        for (index, part) in self.parts.iter().enumerate() {
            let size = part.size;
            if self.position < start + size {
                return Some((index, self.position - start));
            }
            start += size;
        }
        None
    }
}

impl Read for PartsReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some((index, offset)) = self.locate() else {
            return Ok(0);
        };
        let is_open = |(open, at, _): &mut (usize, u64, BufReader<File>)| *open == index && *at == self.position;
        if !self.open.as_mut().is_some_and(is_open) {
            let mut file = File::open(&self.parts[index].path)?;
            file.seek(SeekFrom::Start(offset))?;
            self.open = Some((index, self.position, BufReader::with_capacity(64 * 1024, file)));
        }
        let Some((_, at, file)) = &mut self.open else {
            return Ok(0);
        };
        let read = file.read(buffer)?;
        *at += read as u64;
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for PartsReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.length.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
