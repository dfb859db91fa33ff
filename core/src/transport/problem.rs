//! X's shapes of an error body: the problem (RFC 9457), the list of errors, OAuth's `error`, a bare
//! `code` and `message`.

use serde_json::Value;

use crate::transport::Credentials;
use crate::transport::request::Request;

/// What an error body says, whatever its shape.
#[derive(Debug, Default)]
pub(crate) struct Problem {
    /// X's number or word.
    pub code: Option<String>,
    pub title: Option<String>,
    pub detail: Option<String>,
    /// What follows `/problems/` in the type; its host varies.
    pub kind: Option<String>,
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Problem {
    pub fn read(body: &Value) -> Problem {
        let first = body.get("errors").and_then(|errors| errors.get(0)).unwrap_or(&Value::Null);
        let kind_of = |value: &Value| {
            let kind = text(value.get("type"))?;
            kind.split_once("/problems/").map(|(_, kind)| kind.trim_end_matches('/').to_owned())
        };
        let oauth = body.get("error").filter(|error| error.is_string());
        Problem {
            code: text(body.get("code")).or_else(|| text(first.get("code"))).or_else(|| text(oauth)),
            title: text(body.get("title")).or_else(|| text(first.get("title"))),
            // A validation's own sentence says more than the one above it.
            detail: text(first.get("message"))
                .or_else(|| text(body.get("detail")))
                .or_else(|| text(first.get("detail")))
                .or_else(|| text(body.get("error_description")))
                .or_else(|| text(body.get("message")))
                .or_else(|| text(oauth)),
            kind: kind_of(body).or_else(|| kind_of(first)),
        }
    }

    /// X's own words, without their full stop.
    pub fn sentence(&self) -> Option<String> {
        self.detail.as_deref().or(self.title.as_deref()).map(|said| said.trim_end_matches('.').to_owned())
    }

    fn says(&self, needle: &str) -> bool {
        [&self.detail, &self.title, &self.kind]
            .into_iter()
            .flatten()
            .any(|text| text.to_ascii_lowercase().contains(needle))
    }

    /// The contract's word for the problem, else X's own.
    pub fn class(&self, status: u16, request: &Request) -> Option<String> {
        let code = self.code.as_deref().unwrap_or("");
        let word = match status {
            402 => "credits",
            _ if self.says("spendcap") || self.says("spend-cap") || self.says("spend cap") => "spend_cap",
            _ if code == "187" || (status == 403 && self.says("duplicate")) => "duplicate",
            _ if code == "261" || self.says("oauth1-permissions") || self.says("oauth1 app permissions") => {
                "app_permissions"
            }
            _ if code == "453" || self.says("client-forbidden") || self.says("client-not-enrolled") => "access_level",
            403 if self.is_missing_scope(request) => "missing_scope",
            404 => "not_found",
            _ if matches!(code, "144" | "34") || self.says("resource-not-found") => "not_found",
            _ => return self.kind.clone(),
        };
        Some(word.to_owned())
    }

    /// Nothing but the status in words.
    fn is_bare(&self) -> bool {
        self.kind.is_none() && self.detail.as_deref().is_none_or(|detail| detail == "Forbidden")
    }

    /// X names a missing scope seldom: an upload with a token from before `media.write` is a bare 403.
    fn is_missing_scope(&self, request: &Request) -> bool {
        request.credentials == Credentials::Bearer
            && (self.says("scope") || (request.scope == "media.write" && self.kind.is_none()))
    }

    /// One sentence of what X said, one of what to do.
    pub fn message(&self, status: u16, class: Option<&str>, request: &Request) -> String {
        let said = self
            .sentence()
            .map_or_else(|| format!("X answered {status}."), |said| format!("X answered {status}: {said}."));
        match self.advice(status, class, request) {
            Some(advice) => format!("{said} {advice}"),
            None => said,
        }
    }

    fn advice(&self, status: u16, class: Option<&str>, request: &Request) -> Option<String> {
        let path = request.url.path();
        Some(match class {
            Some("credits") => "The X account has no API credits left: add some in X's developer console.".into(),
            Some("spend_cap") => "The X account's spending cap is reached: raise it in X's developer console, or wait for its reset.".into(),
            Some("duplicate") => "A post with this text is already there: change the text.".into(),
            Some("app_permissions") => {
                "Set the application to \"Read and write\" in X's developer console, then make new access tokens: old ones keep the old permission.".into()
            }
            Some("access_level") if path.starts_with("/1.1/") => {
                "API 1.1 is closed to this application: use the v2 function (create_custom_tweet; for uploads `media_api` 2).".into()
            }
            Some("access_level") => "The application's access level at X does not include this.".into(),
            Some("missing_scope") => {
                let scope = if request.scope.is_empty() { "that it needs" } else { request.scope };
                format!("The access token lacks the scope `{scope}`: add it to `scope`, and have the person sign in again.")
            }
            _ if path.starts_with("/1.1/media/") && matches!(status, 404 | 410) => {
                "X has switched off uploads by API 1.1 for most applications: leave `media_api` at 2.".into()
            }
            _ if status == 403 && self.is_bare() && request.credentials == Credentials::Bearer && !request.scope.is_empty() => {
                format!(
                    "X gives no reason: the access token may lack the scope `{}` (add it to `scope`, and have the person sign in again), or the application's access level does not include this.",
                    request.scope
                )
            }
            _ if (300..400).contains(&status) => {
                "Redirects are not followed, since keys would go with them: check the address in `parameters`.".into()
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_shape_is_read() {
        let sentence = |body: Value| Problem::read(&body).sentence().unwrap();
        assert_eq!(sentence(json!({"title": "Forbidden", "detail": "No way."})), "No way");
        assert_eq!(
            sentence(
                json!({"errors": [{"parameters": {}, "message": "Bad ids."}], "title": "Invalid Request", "detail": "One or more."})
            ),
            "Bad ids"
        );
        assert_eq!(sentence(json!({"error": "invalid_request", "error_description": "Spent."})), "Spent");
        assert_eq!(sentence(json!({"code": 88, "message": "Slow down"})), "Slow down");
        let listed = Problem::read(&json!({"errors": [{"code": 187, "message": "Twice."}]}));
        assert_eq!(listed.code.as_deref(), Some("187"));
        let typed = Problem::read(&json!({"type": "https://api.twitter.com/2/problems/credits"}));
        assert_eq!(typed.kind.as_deref(), Some("credits"));
    }
}
