//! Data of people besides their posts: whom they follow, mute and block, bookmarks, lists, direct messages.

pub mod bookmarks;
pub mod lists;
pub mod messages;
pub mod relations;
