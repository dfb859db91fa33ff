//! tweepy and twitter-api-v2, installed in a scratch folder in the versions that the tests of third-party clients name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{self, BUILD};
use crate::workspace;

pub struct Peer {
    pub name: &'static str,
    program: PathBuf,
    script: PathBuf,
    folder: PathBuf,
}

impl Peer {
    /// `task` is one of those in the script's first lines.
    pub fn command(&self, url: &str, task: &str, value: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(&self.script).args([url, task, value]).current_dir(&self.folder);
        command
    }

    pub fn is_node(&self) -> bool {
        self.name == "twitter-api-v2"
    }
}

/// Those that can be installed, and of the others why not.
pub fn install(folder: &Path) -> (Vec<Peer>, Vec<String>) {
    let mut missing = Vec::new();
    let mut peers = Vec::new();
    for (name, peer) in [("tweepy", tweepy(folder)), ("twitter-api-v2", twitter_api_v2(folder))] {
        match peer {
            Ok(peer) => peers.push(peer),
            Err(error) => missing.push(format!("{name} is NOT compared: {error:#}")),
        }
    }
    (peers, missing)
}

fn tweepy(folder: &Path) -> Result<Peer> {
    let folder = folder.join("python");
    let program = folder.join("bin").join("python3");
    if !program.exists() {
        needs("python3")?;
        command::run(Command::new("python3").args(["-m", "venv"]).arg(&folder), BUILD)?;
    }
    let requirements = third_party_clients().join("requirements.txt");
    let mut pip = Command::new(&program);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]);
    command::run(pip.arg("--requirement").arg(requirements), BUILD)?;
    Ok(Peer { name: "tweepy", program, script: scripts().join("with_tweepy.py"), folder })
}

fn twitter_api_v2(folder: &Path) -> Result<Peer> {
    let folder = folder.join("node");
    needs("node")?;
    needs("npm")?;
    fs::create_dir_all(&folder)?;
    fs::copy(third_party_clients().join("package.json"), folder.join("package.json"))?;
    command::npm_install(&folder, BUILD)?;
    // Node looks for packages beside the script.
    let script = folder.join("with_twitter_api_v2.cjs");
    fs::copy(scripts().join("with_twitter_api_v2.cjs"), &script)?;
    Ok(Peer { name: "twitter-api-v2", program: PathBuf::from("node"), script, folder })
}

fn needs(program: &str) -> Result<()> {
    if !command::exists(program) {
        bail!("{program} is not installed");
    }
    Ok(())
}

fn third_party_clients() -> PathBuf {
    workspace::root().join("tests").join("third_party_clients")
}

fn scripts() -> PathBuf {
    workspace::root().join("bench").join("peers")
}
