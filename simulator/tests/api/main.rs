//! The simulator as a client meets it.

mod document;
mod engagement;
mod faults;
mod lookups;
mod media;
mod oauth1;
mod oauth2;
mod oembed;
mod social;
#[path = "../support/mod.rs"]
mod support;
mod tls;
mod tweets;
mod v1;

use twitter_simulator::{Options, Simulator};

fn start() -> Simulator {
    Simulator::start(Options::default()).expect("a free port")
}
