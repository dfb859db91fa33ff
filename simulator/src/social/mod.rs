//! What people keep and share besides posts: whom they follow, mute and block, bookmarks, lists, messages.

pub mod bookmarks;
pub mod lists;
pub mod messages;
pub mod relations;
