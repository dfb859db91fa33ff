//! Other people's clients against the simulator, in throw-away environments.

use std::process::Command;

use super::missing;
use crate::command::{self, BUILD};
use crate::test::{Step, Verdict, Workshop};
use crate::workspace;

pub fn steps() -> Vec<Step> {
    vec![Step::new("strangers", run).long()]
}

fn run(_: &Workshop) -> anyhow::Result<Verdict> {
    let tools = [("python3", "python3 python3-venv"), ("node", "nodejs"), ("npm", "npm")];
    if let Some(skip) = missing(&tools) {
        return Ok(skip);
    }
    let script = workspace::root().join("tests").join("strangers").join("run.py");
    anyhow::ensure!(script.is_file(), "{} isn't there", script.display());
    command::run(Command::new("python3").arg(script).current_dir(workspace::root()), BUILD)?;
    Ok(Verdict::Passed)
}
