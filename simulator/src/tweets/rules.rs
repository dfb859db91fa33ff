//! Rules for the media, polls and quotes of a tweet.

use crate::media::category::Kind;
use crate::media::store::MediaStore;

/// A tweet may have up to four pictures, or one GIF, or one video; with `mixed` up to four of any kind. All must be
/// ready, and uploads that this person may use.
pub fn check_media(
    media: &mut MediaStore,
    ids: &[String],
    user_id: &str,
    now_ms: i64,
    mixed: bool,
) -> Result<(), String> {
    let mut kinds = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        if ids[..index].contains(id) {
            return Err(format!("{id} is given more than once"));
        }
        let upload = media.find(id, user_id, now_ms.div_euclid(1000));
        let upload = upload.ok_or_else(|| format!("{id} is not an upload of this account, or it has expired"))?;
        match upload.state(now_ms) {
            "succeeded" => kinds.push(upload.new.category.kind),
            state => return Err(format!("{id} is not ready: {state}")),
        }
    }
    if kinds.contains(&Kind::Subtitles) {
        return Err("subtitles are no media of a tweet".to_owned());
    }
    let go_together = mixed || kinds.iter().all(|kind| *kind == Kind::Image);
    match kinds.as_slice() {
        [] | [_] => Ok(()),
        more if go_together && more.len() <= 4 => Ok(()),
        _ => Err("a tweet carries up to four pictures, or one GIF, or one video".to_owned()),
    }
}
