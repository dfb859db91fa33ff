//! A local X (Twitter) on loopback that checks every request as X would.
//!
//! It verifies OAuth 1.0a signatures, PKCE, scopes, request bodies, upload segments and media, keeps
//! what was posted, shows it on a timeline page, and misbehaves on demand ([`Fault`]).
//!
//! ```no_run
//! let simulator = twitter_simulator::Simulator::start(twitter_simulator::Options::default())?;
//! println!("{}", simulator.url());
//! # Ok::<(), std::io::Error>(())
//! ```
#![forbid(unsafe_code)]

mod account;
mod activity;
mod api;
mod auth;
mod calendar;
mod clock;
mod consent;
mod control;
mod document;
mod encoding;
mod faults;
mod ids;
mod interrupt;
mod media;
mod net;
mod oauth1;
mod oauth2;
mod options;
mod pages;
mod paging;
mod pipeline;
mod random;
mod rate_limit;
mod record;
mod request;
mod response;
mod simulator;
mod social;
mod state;
mod tweets;

pub use account::{Account, Credentials};
pub use faults::{Fault, FaultKind};
pub use interrupt::until_interrupted_or;
pub use media::content::media_type;
pub use media::view::Media;
pub use oauth2::exchange::Permission;
pub use oauth2::store::Refreshes;
pub use options::Options;
pub use record::RequestRecord;
pub use simulator::Simulator;
pub use tweets::{Like, Poll, Retweet, Tweet};
