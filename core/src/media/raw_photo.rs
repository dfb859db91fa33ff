//! Recognizes raw photos of cameras. Most of them have the structure of TIFF files, but are not TIFF pictures.

use crate::base::error::Result;
use crate::http::multipart::ReadAt;
use crate::media::Source;

// Tags of TIFF 6.0, TIFF/EP and DNG 1.7.
const NEW_SUBFILE_TYPE: u16 = 254;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const MAKE: u16 = 271;
const STRIP_OFFSETS: u16 = 273;
const TILE_OFFSETS: u16 = 324;
const SUB_IFDS: u16 = 330;
const DNG_VERSION: u16 = 50706;

/// Sensor data: color filter array, or linear raw.
const SENSOR_PHOTOMETRIC: [u32; 2] = [32803, 34892];
/// Compressions that only cameras write: Sony, Samsung, Nikon, Kodak, Pentax.
const CAMERA_COMPRESSION: [u32; 6] = [32767, 32769, 32770, 34713, 65000, 65535];
/// How many entries of a directory are read.
const MOST_ENTRIES: usize = 512;
/// How many directories below the first one are read.
const MOST_DIRECTORIES: usize = 8;

/// Kinds of raw photos by the camera's maker.
const BY_MAKE: &[(&[u8], &str)] =
    &[(b"NIKON", "NEF"), (b"SONY", "ARW"), (b"PENTAX", "PEF"), (b"SAMSUNG", "SRW"), (b"Hasselblad", "3FR")];

/// File name extensions of raw photos.
const BY_NAME: &[&str] = &[
    "dng", "nef", "nrw", "cr2", "cr3", "crw", "arw", "srf", "sr2", "orf", "rw2", "rwl", "raf", "pef", "srw", "x3f",
    "3fr", "iiq", "erf", "kdc", "dcr", "mrw", "mos",
];

/// Raw photos that begin with a signature of their own.
const BY_MARK: &[(&[u8], &str)] = &[
    (b"IIRO", "ORF"),
    (b"IIRS", "ORF"),
    (b"MMOR", "ORF"),
    (b"IIU\0", "RW2"),
    (b"FUJIFILMCCD-RAW", "RAF"),
    (b"FOVb", "X3F"),
    (b"\0MRM", "MRW"),
    (b"II\x1a\0\0\0HEAPCCDR", "CRW"),
];

pub(crate) fn by_mark(head: &[u8]) -> Option<&'static str> {
    BY_MARK.iter().find(|(mark, _)| head.starts_with(mark)).map(|(_, kind)| *kind)
}

/// The kind of raw photo that a TIFF file is, if it is one.
pub(crate) fn in_tiff(source: &Source, head: &[u8]) -> Result<Option<String>> {
    if infer::image::is_cr2(head) {
        return Ok(Some("CR2".to_owned()));
    }
    let extension = source.extension();
    if let Some(kind) = BY_NAME.iter().find(|known| extension.as_deref() == Some(**known)) {
        return Ok(Some(kind.to_ascii_uppercase()));
    }
    let tiff = Tiff { source, big_endian: head.starts_with(b"MM") };
    let first = tiff.directory(tiff.number(&head[4..8]).into())?;
    if first.value(DNG_VERSION).is_some() {
        return Ok(Some("DNG".to_owned()));
    }
    let make = tiff.make(&first)?;
    if !tiff.has_sensor_data(&first, make.is_some())? {
        return Ok(None);
    }
    let known = make.and_then(|make| BY_MAKE.iter().find(|(name, _)| make.starts_with(name)));
    Ok(Some(known.map_or("RAW", |(_, kind)| *kind).to_owned()))
}

struct Tiff<'s> {
    source: &'s Source<'s>,
    big_endian: bool,
}

/// An image file directory.
#[derive(Default)]
struct Directory(Vec<Entry>);

struct Entry {
    tag: u16,
    /// The number of values.
    count: u32,
    /// The value if there is only one, else the offset of the values in the file.
    value: u32,
    /// The same four bytes as they are in the file: a short text is stored here.
    inline: [u8; 4],
}

impl Directory {
    fn entry(&self, tag: u16) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.tag == tag)
    }

    fn value(&self, tag: u16) -> Option<u32> {
        self.entry(tag).map(|entry| entry.value)
    }
}

impl Tiff<'_> {
    fn number(&self, bytes: &[u8]) -> u32 {
        let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
        if self.big_endian { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) }
    }

    /// The bytes at an offset that the file names; `None` beyond its end.
    fn bytes(&self, at: u64, count: usize) -> Result<Option<Vec<u8>>> {
        if at.checked_add(count as u64).is_none_or(|end| end > self.source.length) {
            return Ok(None);
        }
        let mut bytes = vec![0; count];
        self.source.read_at(at, &mut bytes)?;
        Ok(Some(bytes))
    }

    fn directory(&self, at: u64) -> Result<Directory> {
        const ENTRY_LENGTH: usize = 12;
        let Some(count) = self.bytes(at, 2)? else { return Ok(Directory::default()) };
        let count = (self.number(&count) as usize).min(MOST_ENTRIES);
        let entries = self.bytes(at + 2, count * ENTRY_LENGTH)?.unwrap_or_default();
        let entry = |entry: &[u8]| {
            // A value of two bytes is in the first two of the four, in both byte orders.
            let short = self.number(&entry[2..4]) == 3 && self.number(&entry[4..8]) == 1;
            Entry {
                tag: self.number(&entry[..2]) as u16,
                count: self.number(&entry[4..8]),
                value: self.number(if short { &entry[8..10] } else { &entry[8..12] }),
                inline: [entry[8], entry[9], entry[10], entry[11]],
            }
        };
        Ok(Directory(entries.chunks_exact(ENTRY_LENGTH).map(entry).collect()))
    }

    /// The camera's maker, at most 16 bytes of it.
    fn make(&self, directory: &Directory) -> Result<Option<Vec<u8>>> {
        let Some(make) = directory.entry(MAKE) else { return Ok(None) };
        match make.count as usize {
            count @ 0..=4 => Ok(Some(make.inline[..count].to_vec())),
            count => self.bytes(make.value.into(), count.min(16)),
        }
    }

    /// Whether the file has sensor data. A raw photo has a preview or no picture in its first directory, and the sensor
    /// data in a directory below. A TIFF picture is in the first directory.
    fn has_sensor_data(&self, first: &Directory, by_camera: bool) -> Result<bool> {
        let below = first.entry(SUB_IFDS);
        let has_picture = first.value(STRIP_OFFSETS).or(first.value(TILE_OFFSETS)).is_some();
        let starts_with_preview = below.is_some() && first.value(NEW_SUBFILE_TYPE) == Some(1);
        if starts_with_preview || (by_camera && !has_picture) || is_sensor_data(first) {
            return Ok(true);
        }
        let places = match below {
            None => Vec::new(),
            Some(Entry { count: 1, value, .. }) => vec![*value],
            Some(Entry { count, value, .. }) => {
                let length = 4 * (*count as usize).min(MOST_DIRECTORIES);
                let list = self.bytes((*value).into(), length)?.unwrap_or_default();
                list.chunks_exact(4).map(|place| self.number(place)).collect()
            }
        };
        for place in places {
            if is_sensor_data(&self.directory(place.into())?) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn is_sensor_data(directory: &Directory) -> bool {
    directory.value(PHOTOMETRIC).is_some_and(|value| SENSOR_PHOTOMETRIC.contains(&value))
        || directory.value(COMPRESSION).is_some_and(|value| CAMERA_COMPRESSION.contains(&value))
}
