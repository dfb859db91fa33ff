//! The whole way from a sign-in link to tweets with media, through the library's C ABI.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use twitter_guest::{Library, Stage};
use twitter_simulator::Simulator;

use crate::bars::Bar;
use crate::{UsageError, library, workspace};

/// The command line of `cargo xtask demo`.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    stay: bool,
    live: Option<PathBuf>,
    file: Option<PathBuf>,
    text: Option<String>,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Self, UsageError> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || {
                let value = rest.next().cloned();
                value.ok_or_else(|| UsageError(format!("{argument} needs a value")))
            };
            match argument.as_str() {
                "--stay" => options.stay = true,
                "--live" => options.live = Some(value()?.into()),
                "--file" => options.file = Some(value()?.into()),
                "--text" => options.text = Some(value()?),
                _ => return Err(UsageError(format!("demo takes no {argument}"))),
            }
        }
        if options.stay && options.live.is_some() {
            return Err(UsageError("--stay has no meaning with --live".to_owned()));
        }
        Ok(options)
    }
}

pub fn run(options: &Options) -> Result<()> {
    say("Library", "building …");
    let file = library::build()?;
    let library = Library::open(&file).map_err(anyhow::Error::msg)?;
    say("Library", &format!("{}, version {}", file.display(), library.version()));
    match &options.live {
        Some(parameters) => post_live(&library, parameters, options),
        None => post_simulated(&library, options),
    }
}

/// One tweet to X itself.
fn post_live(library: &Library, parameters: &Path, options: &Options) -> Result<()> {
    let parameters = fs::canonicalize(parameters).with_context(|| format!("cannot find {}", parameters.display()))?;
    let author = Author { library, parameters: json!(parameters) };
    let used = author.call("get_standard_parameters", json!({}))?;
    say("X", &format!("{}, nothing simulated", text(&used, "api_url")?));
    let own = match (&options.text, &options.file) {
        (Some(own), _) => own.clone(),
        (None, Some(_)) => String::new(),
        // X refuses the same text twice.
        (None, None) => format!("Hello from twitter-native, {}", httpdate::fmt_http_date(SystemTime::now())),
    };
    let posted = author.post_own(options.file.as_deref(), &own)?;
    say("X said", &posted.to_string());
    Ok(())
}

fn post_simulated(library: &Library, options: &Options) -> Result<()> {
    let x = Simulator::start(twitter_simulator::Options::default())?;
    say("X", &format!("simulated at {}", x.url()));
    let author = sign_in(library, &x)?;
    if options.file.is_some() || options.text.is_some() {
        author.post_own(options.file.as_deref(), options.text.as_deref().unwrap_or_default())?;
    } else {
        post_everything(&author)?;
    }
    check_arrival(&x)?;
    say("Timeline", &format!("{}/", x.url()));
    if options.stay {
        stay()
    } else {
        println!("The simulated X ends now; `cargo xtask demo --stay` keeps it up.");
        Ok(())
    }
}

/// From the link to fresh tokens, as a confidential application does it.
fn sign_in<'a>(library: &'a Library, x: &Simulator) -> Result<Author<'a>> {
    let application = x.credentials();
    let mut author = Author {
        library,
        parameters: json!({
            "api_url": x.url(),
            "client_id": application.client_id,
            "client_secret": application.client_secret,
            "redirect_uri": application.redirect_uri,
        }),
    };
    let link = author.call("get_authorization_link", json!({"session": "demo"}))?;
    let url = text(&link, "url")?;
    say("Link", url);

    let redirect = x.consent(url);
    say("Consent", &format!("given; back at {}?…", application.redirect_uri));

    let tokens =
        author.call("handle_incoming_request_after_authorization", json!({"url": redirect, "session": "demo"}))?;
    author.adopt(&tokens)?;
    say("Token", &describe_tokens(&tokens));

    let tokens = author.call("refresh_token", json!({}))?;
    author.adopt(&tokens)?;
    say("Refresh", &describe_tokens(&tokens));
    Ok(author)
}

fn describe_tokens(tokens: &Value) -> String {
    let scopes = tokens["scope"].as_str().map_or(0, |scope| scope.split(' ').count());
    format!("an access token for {} s with {scopes} scopes", tokens["expires_in"])
}

fn post_everything(author: &Author) -> Result<()> {
    let media = workspace::media();
    say("Upload", "a picture, a GIF and a video");
    let picture = author.upload(&media.join("picture.png"), Some("The library's own test picture"))?;
    let gif = author.upload(&media.join("animation.gif"), None)?;
    let video = author.upload(&media.join("video.mp4"), None)?;

    author.tweet("create_text_tweet", json!({"text": "Hello from twitter-native"}))?;
    author.tweet("create_custom_tweet", json!({"text": "A picture with alt text", "media_ids": [picture]}))?;
    author.tweet("create_custom_tweet", json!({"text": "A GIF", "media_ids": [gif]}))?;
    author.tweet("create_custom_tweet", json!({"text": "A video", "media_ids": [video]}))?;
    author.tweet(
        "create_poll_tweet",
        json!({"text": "A poll", "poll_options": ["Tea", "Coffee"], "poll_duration": 60}),
    )?;
    Ok(())
}

/// What the library says was posted must be what X has.
fn check_arrival(x: &Simulator) -> Result<()> {
    let tweets = x.tweets();
    ensure!(!tweets.is_empty(), "no tweet has arrived");
    for media_id in tweets.iter().flat_map(|tweet| &tweet.media_ids) {
        let media = x.media(media_id).with_context(|| format!("X has no media {media_id}"))?;
        ensure!(media.state == "succeeded", "media {media_id} is {}", media.state);
    }
    Ok(())
}

fn stay() -> Result<()> {
    if io::stdin().is_terminal() {
        println!("The simulated X stays up. Enter or Ctrl-C ends it.");
        io::stdin().read_line(&mut String::new())?;
        return Ok(());
    }
    println!("The simulated X stays up. Ctrl-C ends it.");
    loop {
        std::thread::park();
    }
}

/// Somebody who calls the library with their parameters.
struct Author<'a> {
    library: &'a Library,
    parameters: Value,
}

impl Author<'_> {
    fn call(&self, function: &str, request: Value) -> Result<Value> {
        self.call_watched(function, request, &mut |_, _, _| {})
    }

    fn call_watched(
        &self,
        function: &str,
        mut request: Value,
        progress: &mut dyn FnMut(Stage, u64, u64),
    ) -> Result<Value> {
        request["parameters"] = self.parameters.clone();
        library::call(self.library, function, &request, progress)
    }

    fn adopt(&mut self, tokens: &Value) -> Result<()> {
        for name in ["access_token", "refresh_token"] {
            self.parameters[name] = json!(text(tokens, name)?);
        }
        Ok(())
    }

    /// Uploads a file under a bar and gives back its media id.
    fn upload(&self, file: &Path, alt_text: Option<&str>) -> Result<String> {
        let mut bar = bar_of(file);
        let uploaded = self.call_watched(
            "upload_media_file",
            json!({"file": absolute(file)?, "alt_text": alt_text}),
            &mut |stage, done, total| bar.show(stage, done, total),
        )?;
        Ok(text(&uploaded, "media_id")?.to_owned())
    }

    fn tweet(&self, function: &str, request: Value) -> Result<Value> {
        let label = request["text"].to_string();
        let posted = self.call(function, request)?;
        announce(&posted, &label)?;
        Ok(posted)
    }

    /// The user's own text, with the user's own file where there is one.
    fn post_own(&self, file: Option<&Path>, own: &str) -> Result<Value> {
        let mut request = json!({});
        if !own.is_empty() {
            request["text"] = json!(own);
        }
        let Some(file) = file else {
            return self.tweet("create_text_tweet", request);
        };
        request["files"] = json!([absolute(file)?]);
        let mut bar = bar_of(file);
        let posted = self.call_watched("create_custom_tweet", request, &mut |stage, done, total| {
            bar.show(stage, done, total);
        })?;
        drop(bar);
        announce(&posted, &format!("{own:?} with {}", file.display()))?;
        Ok(posted)
    }
}

fn announce(posted: &Value, label: &str) -> Result<()> {
    let id = posted["data"]["id"].as_str();
    let id = id.with_context(|| format!("X gave no id: {posted}"))?;
    say("Tweet", &format!("{id}  {label}"));
    Ok(())
}

fn bar_of(file: &Path) -> Bar {
    Bar::new(&file.file_name().unwrap_or_default().to_string_lossy())
}

fn absolute(file: &Path) -> Result<PathBuf> {
    std::path::absolute(file).with_context(|| format!("cannot find {}", file.display()))
}

fn text<'a>(object: &'a Value, name: &str) -> Result<&'a str> {
    match object[name].as_str() {
        Some(text) if !text.is_empty() => Ok(text),
        _ => bail!("the answer has no {name}"),
    }
}

fn say(label: &str, what: &str) {
    println!("{label:<10} {what}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, UsageError> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&arguments)
    }

    #[test]
    fn options_are_taken_in_any_order() {
        let options = parse("--text Hi --stay --file a.png").unwrap();
        assert_eq!(options.text.as_deref(), Some("Hi"));
        assert_eq!(options.file.as_deref(), Some(Path::new("a.png")));
        assert!(options.stay);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        assert_eq!(parse("--file").unwrap_err().0, "--file needs a value");
        assert_eq!(parse("--loud").unwrap_err().0, "demo takes no --loud");
        assert!(parse("--stay --live a.json").is_err());
    }
}
