//! HTTP/2 frames by hand (RFC 9113): a server may say what no library lets it say.

use crate::server::{CREATED, Peer};

const PREFACE: usize = 24;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
pub const NO_ERROR: u8 = 0;
pub const INTERNAL_ERROR: u8 = 2;
pub const REFUSED_STREAM: u8 = 7;
pub const ENHANCE_YOUR_CALM: u8 = 11;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// The connection's beginning.
pub fn greet(peer: &mut Peer) {
    peer.take(PREFACE);
    peer.give(frame(SETTINGS, 0, 0, &[]));
}

/// Reads until a whole request is there: its stream. `None` where the client has closed.
pub fn request(peer: &mut Peer) -> Option<u32> {
    loop {
        let mut head = [0; 9];
        peer.stream.read_exact(&mut head).ok()?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        peer.take(length);
        let (kind, flags) = (head[3], head[4]);
        match kind {
            HEADERS => peer.saw_request(),
            SETTINGS if flags & 1 == 0 => peer.give(frame(SETTINGS, 1, 0, &[])),
            _ => {}
        }
        if stream > 0 && kind <= HEADERS && flags & END_STREAM != 0 {
            return Some(stream);
        }
    }
}

/// Streams above `last` were not looked at.
pub fn goaway(peer: &mut Peer, last: u32, reason: u8) {
    peer.give(frame(GOAWAY, 0, 0, &[&last.to_be_bytes()[..], &[0, 0, 0, reason]].concat()));
}

pub fn reset(peer: &mut Peer, stream: u32, reason: u8) {
    peer.give(frame(RST_STREAM, 0, stream, &[0, 0, 0, reason]));
}

/// `:status: 200`, which is number 8 of HPACK's static table (RFC 7541).
pub fn status_200(peer: &mut Peer, stream: u32) {
    peer.give(frame(HEADERS, END_HEADERS, stream, &[0x88]));
}

pub fn body(peer: &mut Peer, stream: u32) {
    peer.give(frame(0, END_STREAM, stream, CREATED.as_bytes()));
}

pub fn half_a_body(peer: &mut Peer, stream: u32) {
    peer.give(frame(0, 0, stream, &CREATED.as_bytes()[..CREATED.len() / 2]));
}
