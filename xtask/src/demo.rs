//! The whole way from a sign-in link to tweets with media, through the library's C ABI.

mod place;

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use twitter_guest::{Library, Stage};
use twitter_simulator::Simulator;

use self::place::Place;
use crate::bars::Bar;
use crate::{console, library, workspace};

/// The command line of `cargo xtask demo`.
#[derive(Debug, Default, clap::Args)]
pub struct Options {
    /// Keep the simulated X up afterwards, for a look at its timeline and for programs of your own
    #[arg(long, conflicts_with = "live")]
    stay: bool,
    /// With --stay: write the parameters for your program here [default: target/xtask/demo/twitter.json]
    #[arg(long, value_name = "FILE", requires = "stay")]
    parameters: Option<PathBuf>,
    /// Post one tweet to X itself, with the parameters in this JSON file
    #[arg(long, value_name = "FILE")]
    live: Option<PathBuf>,
    /// Post this picture, GIF or video
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// Post this text
    #[arg(long)]
    text: Option<String>,
}

pub fn run(options: &Options) -> Result<()> {
    // What can be known to be wrong is told before minutes go into a build.
    if let Some(file) = &options.file {
        check_medium(file).with_context(|| format!("--file {}", file.display()))?;
    }
    if let Some(parameters) = &options.live {
        check_regular(parameters).with_context(|| format!("--live {}", parameters.display()))?;
    }
    let place = options.stay.then(|| Place::choose(options.parameters.as_deref())).transpose()?;
    say("Library", "building …");
    let file = library::build()?;
    let library = Library::open(&file).map_err(anyhow::Error::msg)?;
    say("Library", &format!("{}, version {}", file.display(), library.version()));
    match &options.live {
        Some(parameters) => post_live(&library, parameters, options),
        None => post_simulated(&library, options, place.as_ref()),
    }
}

/// Whether X takes such a file in a tweet, by its first bytes.
fn check_medium(file: &Path) -> Result<()> {
    const FIRST_BYTES: u64 = 512;
    check_regular(file)?;
    let mut start = Vec::new();
    File::open(file)?.take(FIRST_BYTES).read_to_end(&mut start)?;
    let known = twitter_simulator::media_type(&start);
    ensure!(known.is_some(), "this is no picture, GIF or video that X takes, by its first bytes");
    Ok(())
}

fn check_regular(file: &Path) -> Result<()> {
    let metadata = fs::metadata(file)?;
    ensure!(!metadata.is_dir(), "this is a folder, not a file");
    ensure!(metadata.is_file(), "this is no regular file");
    Ok(())
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

fn post_simulated(library: &Library, options: &Options, place: Option<&Place>) -> Result<()> {
    let x = Simulator::start(twitter_simulator::Options {
        explain_redirects: true,
        // Time enough to read the page and to copy the code from it.
        code_lifetime_seconds: 600,
        ..twitter_simulator::Options::default()
    })?;
    say("X", &format!("simulated at {}", x.url()));
    let author = sign_in(library, &x)?;
    if options.file.is_some() || options.text.is_some() {
        author.post_own(options.file.as_deref(), options.text.as_deref().unwrap_or_default())?;
    } else {
        post_everything(&author)?;
    }
    check_arrival(&x)?;
    say("Timeline", &format!("{}/", x.url()));
    match place {
        Some(place) => stay(&author, &x, place),
        None => {
            tell("The simulated X ends now; `cargo xtask demo --stay` keeps it up.");
            Ok(())
        }
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
    let url = author.link()?;
    say("Link", &url);

    let redirect = x.consent(&url);
    say("Consent", &format!("given; back at {}?…", application.redirect_uri));

    let tokens = author.call("handle_incoming_request_after_authorization", json!({"url": redirect}))?;
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

/// Keeps X up for programs that use it by the parameters in a file.
fn stay(author: &Author, x: &Simulator, place: &Place) -> Result<()> {
    place.write(&author.parameters, x)?;
    say("Sign-in", &author.link()?);
    say("Parameters", &place.parameters.display().to_string());
    tell("");
    tell("The simulated X stays up. Your own program can use it: that file is its twitter.json.");
    tell("What it posts appears on the timeline. The sign-in link works for ten minutes.");
    let is_terminal = io::stdin().is_terminal();
    tell(if is_terminal { "Enter or Ctrl-C ends it." } else { "Ctrl-C ends it." });
    twitter_simulator::until_interrupted_or(move || {
        if is_terminal {
            let _ = io::stdin().read_line(&mut String::new());
        } else {
            loop {
                std::thread::park();
            }
        }
    })?;
    Ok(())
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

    fn link(&self) -> Result<String> {
        Ok(text(&self.call("get_authorization_link", json!({}))?, "url")?.to_owned())
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
    tell(&format!("{label:<10} {what}"));
}

fn tell(text: &str) {
    // A reader that went away is no reason to stop posting.
    let _ = console::line(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_medium_is_refused() {
        let media = workspace::media();
        for medium in ["picture.png", "animation.gif", "video.mp4"] {
            check_medium(&media.join(medium)).unwrap();
        }
        let refusal = |file: &Path| format!("{:#}", check_medium(file).unwrap_err());
        assert!(refusal(&media.join("absent.png")).contains("No such file"), "{}", refusal(&media.join("absent.png")));
        assert_eq!(refusal(&media), "this is a folder, not a file");
        assert!(refusal(&workspace::header()).starts_with("this is no picture, GIF or video"));
        assert_eq!(refusal(Path::new("/dev/null")), "this is no regular file");
    }
}
