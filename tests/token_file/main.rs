//! The parameter `token_file`: each promise of docs/token_file.md.

#[path = "../support/mod.rs"]
mod support;

mod failed_refreshes;
mod files;
mod making;
mod pairs;
mod renewal;
mod revocation;

use std::fs;

use serde_json::{Value, json};
use support::setup::Setup;
use support::{fail, merged, succeed, unique_text};

const TOKEN: &str = "/2/oauth2/token";

impl Setup {
    /// The application and the file. The parameters have no tokens.
    fn parameters(&self) -> Value {
        merged(self.x.application(), json!({"token_file": self.path()}))
    }

    /// The same with a new pair of tokens.
    fn with_pair(&self) -> Value {
        merged(self.x.oauth2(), json!({"token_file": self.path()}))
    }

    /// Makes the file from a new pair of tokens, and gives the parameters without the pair.
    fn make_file(&self) -> Value {
        self.tweet(&self.with_pair());
        self.parameters()
    }

    fn change(&self, change: impl FnOnce(&mut Value)) {
        let mut content = self.content();
        change(&mut content);
        fs::write(self.path(), content.to_string()).unwrap();
    }

    #[track_caller]
    fn tweet(&self, parameters: &Value) -> Value {
        succeed("create_text_tweet", parameters, json!({"text": unique_text()}))
    }

    /// The error of a tweet that has to fail.
    #[track_caller]
    fn failed_tweet(&self, parameters: &Value) -> Value {
        fail("create_text_tweet", parameters, json!({"text": unique_text()}))
    }

    /// Bodies sent to the token endpoint.
    fn refreshes(&self) -> Vec<String> {
        let requests = self.x.simulator.requests();
        let tokens = requests.into_iter().filter(|request| request.path == TOKEN);
        tokens.map(|request| String::from_utf8(request.body).unwrap()).collect()
    }

    fn expire(&self) {
        self.x.simulator.advance(7200);
    }

    /// The names in the file's folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.file.folder()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}
