//! Files as big as one likes that pass for a video by their first bytes.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use ring::digest;

const MIB: usize = 1024 * 1024;
/// Each page begins with its number, so one that is lost, doubled or moved changes the content.
const PAGE: usize = 4096;
/// The box that an MP4 file begins with: size, type, brand, version, compatible brands.
const MP4_START: &[u8] = b"\0\0\0\x18ftypisom\0\0\x02\0isommp42";

/// A file of so many MiB in the folder, and the SHA-256 of its content in hex.
pub fn make_video(folder: &Path, mebibytes: usize) -> Result<(PathBuf, String)> {
    let path = folder.join("big.mp4");
    let file = File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
    let mut file = BufWriter::with_capacity(MIB, file);
    let mut hash = digest::Context::new(&digest::SHA256);
    let mut block = noise();
    for number in 0..mebibytes {
        for (page, content) in block.chunks_exact_mut(PAGE).enumerate() {
            let index = (number * (MIB / PAGE) + page) as u64;
            content[..8].copy_from_slice(&index.to_le_bytes());
        }
        if number == 0 {
            block[..MP4_START.len()].copy_from_slice(MP4_START);
        }
        hash.update(&block);
        file.write_all(&block)?;
    }
    file.flush()?;
    Ok((path, hex(hash.finish().as_ref())))
}

/// A MiB without a pattern, the same in every run.
fn noise() -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..MIB / 8).flat_map(|_| next().to_le_bytes()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
