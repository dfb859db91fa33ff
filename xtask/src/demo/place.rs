//! The parameters that `cargo xtask demo --stay` leaves for a program of one's own.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use twitter_simulator::Simulator;

use crate::build_folder;

/// Where the parameters are written, and where the library may keep the tokens that it renews.
pub struct Place {
    pub parameters: PathBuf,
    tokens: PathBuf,
}

impl Place {
    /// The file that the user has named, or one in the target folder. A file that holds the parameters of anything
    /// but an earlier demo is refused.
    pub fn choose(named: Option<&Path>) -> Result<Place> {
        let parameters = match named {
            Some(file) => std::path::absolute(file)?,
            None => build_folder::kept("demo")?.join("twitter.json"),
        };
        ensure!(
            is_free(&parameters)?,
            "{} is there and was not made by the demo: name another file by --parameters",
            parameters.display()
        );
        let place = Place { parameters, tokens: build_folder::kept("demo")?.join("tokens.json") };
        for folder in [&place.parameters, &place.tokens].into_iter().filter_map(|file| file.parent()) {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        Ok(place)
    }

    /// Everything that a program needs at this X: both sets of keys, and tokens that renew themselves.
    pub fn write(&self, signed_in: &Value, x: &Simulator) -> Result<()> {
        let keys = x.credentials();
        let mut parameters = signed_in.clone();
        parameters["oauth_consumer_key"] = json!(keys.oauth_consumer_key);
        parameters["oauth_consumer_secret"] = json!(keys.oauth_consumer_secret);
        parameters["oauth_token"] = json!(keys.oauth_token);
        parameters["oauth_token_secret"] = json!(keys.oauth_token_secret);
        parameters["token_file"] = json!(self.tokens);
        // The tokens of an earlier demo are of an X that is gone.
        remove(&self.tokens)?;
        remove(&self.parameters)?;
        let mut file =
            owners_alone(&self.parameters).with_context(|| format!("cannot make {}", self.parameters.display()))?;
        file.write_all(format!("{parameters:#}\n").as_bytes())?;
        Ok(())
    }
}

/// Whether the file may be overwritten: there is none, or an earlier demo has made it.
fn is_free(file: &Path) -> Result<bool> {
    match fs::read_to_string(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
        Ok(text) => {
            let parameters: Value = serde_json::from_str(&text).unwrap_or_default();
            Ok(parameters["api_url"].as_str().is_some_and(|url| url.starts_with("http://127.0.0.1:")))
        }
    }
}

fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", file.display()))
        }
        _ => Ok(()),
    }
}

/// A new file that its owner alone may read: keys of a simulated X are treated like those of the real one.
fn owners_alone(file: &Path) -> std::io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_other_parameters_is_not_written_over() {
        let folder = build_folder::scratch("demo-place").unwrap();
        let file = folder.join("twitter.json");
        Place::choose(Some(&file)).unwrap();
        for (content, free) in [
            (r#"{"api_url": "http://127.0.0.1:4711", "access_token": "t"}"#, true),
            (r#"{"access_token": "the user's own"}"#, false),
            (r#"{"api_url": "https://api.x.com"}"#, false),
            ("no JSON", false),
            ("", false),
        ] {
            fs::write(&file, content).unwrap();
            assert_eq!(Place::choose(Some(&file)).is_ok(), free, "{content}");
        }
        Place::choose(Some(&folder)).err().expect("a folder is no file");
    }
}
