//! The simulator as a client meets it.

mod faults;
mod media;
mod oauth1;
mod oauth2;
#[path = "../support/mod.rs"]
mod support;
mod tls;
mod tweets;

use twitter_simulator::{Options, Simulator};

fn start() -> Simulator {
    Simulator::start(Options::default()).expect("a free port")
}
