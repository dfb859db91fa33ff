//! Addresses of tweets and people as X's pages have them.

use url::Url;

const HOSTS: [&str; 7] =
    ["x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com", "m.twitter.com"];

/// The segments of the path. None where the address isn't one of X's site.
fn path(address: &str) -> Option<Vec<String>> {
    let address = Url::parse(address).ok()?;
    let host = address.host_str()?;
    let is_x = matches!(address.scheme(), "http" | "https") && HOSTS.contains(&host);
    let segments = address.path_segments()?.filter(|segment| !segment.is_empty()).map(str::to_owned);
    is_x.then(|| segments.collect())
}

/// The id in `https://x.com/<name>/status/<id>`.
pub fn tweet_id(address: &str) -> Option<String> {
    let path = path(address)?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let id = match path.as_slice() {
        ["i", "web", "status", id, ..] | [_, "status" | "statuses", id, ..] => *id,
        _ => return None,
    };
    crate::ids::is_id(id).then(|| id.to_owned())
}

/// The name in `https://x.com/<name>`.
pub fn screen_name(address: &str) -> Option<String> {
    match path(address)?.as_slice() {
        [name] => Some(name.trim_start_matches('@').to_owned()),
        _ => None,
    }
}

/// Whether it is `https://x.com/messages/compose?recipient_id=…`, which opens a direct message.
pub fn is_deep_link(address: &str) -> bool {
    path(address).is_some_and(|path| path == ["messages", "compose"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_x_are_told_from_others() {
        for address in [
            "https://x.com/demo/status/123",
            "https://twitter.com/demo/statuses/123?s=20",
            "http://mobile.twitter.com/i/web/status/123",
            "https://x.com/demo/status/123/photo/1",
        ] {
            assert_eq!(tweet_id(address).as_deref(), Some("123"), "{address}");
        }
        for address in ["https://example.com/demo/status/123", "https://x.com/demo", "https://x.com/a/status/b", "x"] {
            assert_eq!(tweet_id(address), None, "{address}");
        }
        assert_eq!(screen_name("https://x.com/demo").as_deref(), Some("demo"));
        assert!(is_deep_link("https://twitter.com/messages/compose?recipient_id=1"));
    }
}
