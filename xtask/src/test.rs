//! `cargo xtask test`: runs the steps one after the other, prints a line for each, and counts the results.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::Result;

use crate::console::{self, Unwritable};
use crate::step::{Step, TestRun, Verdict};
use crate::{UsageError, steps};

/// The command line of `cargo xtask test`.
#[derive(Debug, Default, clap::Args)]
pub struct Options {
    /// Run what takes long too, with random cases that no run had before
    #[arg(long)]
    long: bool,
    /// Draw the random cases from this number; it is 1 without --long
    #[arg(long, value_name = "N")]
    seed: Option<u32>,
    /// Only print the names
    #[arg(long)]
    list: bool,
    /// Run only the checks with these names; what is not a whole name stands for all names that contain it
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

impl Options {
    /// Without --long every run tries the same cases, so a change alone can make it fail.
    fn seed(&self) -> Result<u32> {
        match self.seed {
            Some(seed) => Ok(seed),
            None if self.long => Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.subsec_nanos()),
            None => Ok(1),
        }
    }

    /// The steps that the command line asks for. A long step runs with --long or by its name. A name that no step has is
    /// an error, so that a slip doesn't leave a step out unseen.
    fn choose(&self, steps: Vec<Step>) -> Result<Vec<Step>, UsageError> {
        if let Some(name) = self.names.iter().find(|name| !steps.iter().any(|step| step.name.contains(*name))) {
            return Err(UsageError(format!("no step has `{name}` in its name; --list shows them")));
        }
        let whole_names: BTreeSet<String> = steps.iter().map(|step| step.name.clone()).collect();
        let is_meant = |step: &Step, name: &String| {
            if whole_names.contains(name) { step.name == *name } else { step.name.contains(name) }
        };
        let is_wanted = |step: &Step| match self.names.as_slice() {
            [] => self.long || !step.long,
            names => names.iter().any(|name| is_meant(step, name)),
        };
        Ok(steps.into_iter().filter(is_wanted).collect())
    }
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Tally {
    fn summary(&self) -> String {
        let mut summary = format!("{} passed, {} failed", self.passed, self.failed);
        if self.skipped > 0 {
            summary.push_str(&format!(", {} skipped", self.skipped));
        }
        summary
    }
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let steps = options.choose(steps::all())?;
    if options.list {
        let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
        console::page(&format!("{}\n", names.join("\n")))?;
        return Ok(ExitCode::SUCCESS);
    }
    let test_run = TestRun::new(options.seed()?);
    if options.long {
        console::line(&format!("Random cases are drawn from {0}; --seed {0} repeats them.", test_run.seed))?;
    }
    let mut tally = Tally::default();
    for step in &steps {
        run_step(step, &test_run, &mut tally)?;
    }
    console::line(&tally.summary())?;
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs a step and writes its line: the name when it begins, the result when it ends.
fn run_step(step: &Step, test_run: &TestRun, tally: &mut Tally) -> Result<(), Unwritable> {
    let name = format!("{:<28}", step.name);
    console::begin_line(&format!("{name} "))?;
    let started = Instant::now();
    let outcome = (step.run)(test_run);
    let seconds = format!("{:>7.1} s", started.elapsed().as_secs_f64());
    if !console::is_unfinished() {
        // Something else was written meanwhile.
        console::begin_line(&format!("{name} "))?;
    }
    match outcome {
        Ok(Verdict::Passed) => {
            tally.passed += 1;
            console::line(&format!("ok       {seconds}"))
        }
        Ok(Verdict::PassedWithout(parts)) => {
            tally.passed += 1;
            tally.skipped += parts.len();
            console::line(&format!("ok       {seconds}"))?;
            parts.iter().try_for_each(|part| console::line(&format!("SKIPPED: {}", one_line(part))))
        }
        Ok(Verdict::Skipped(why)) => {
            tally.skipped += 1;
            console::line(&format!("skipped  {seconds}\nSKIPPED: {}", one_line(&why)))
        }
        Err(error) => {
            tally.failed += 1;
            console::line(&format!("FAILED   {seconds}\n{error:#}"))
        }
    }
}

/// Shortens another program's output to one line.
fn one_line(text: &str) -> String {
    const LONGEST: usize = 400;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", &words[..end]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_skipped_takes_one_line() {
        assert_eq!(one_line("npm said:\n  no network\n"), "npm said: no network");
        assert_eq!(one_line(&"ж".repeat(500)).chars().count(), 402);
    }

    /// Which of some steps run, or what is wrong; the last step takes long.
    fn chosen(options: Options) -> Result<Vec<String>, String> {
        let steps = ["csharp", "csharp-net8", "rustfmt"].map(|name| Step::new(name, |_| Ok(Verdict::Passed)));
        let long = Step::new("csharp-soak", |_| Ok(Verdict::Passed)).long();
        let chosen = options.choose(steps.into_iter().chain([long]).collect()).map_err(|error| error.to_string())?;
        Ok(chosen.into_iter().map(|step| step.name).collect())
    }

    fn named(names: &[&str]) -> Result<Vec<String>, String> {
        chosen(Options { names: names.iter().map(|name| (*name).to_owned()).collect(), ..Options::default() })
    }

    #[test]
    fn long_steps_run_when_asked_for() {
        assert_eq!(chosen(Options::default()).unwrap(), ["csharp", "csharp-net8", "rustfmt"]);
        let long = Options { long: true, ..Options::default() };
        assert_eq!(chosen(long).unwrap(), ["csharp", "csharp-net8", "rustfmt", "csharp-soak"]);
        assert_eq!(named(&["soak"]).unwrap(), ["csharp-soak"]);
    }

    #[test]
    fn a_whole_name_means_that_step_alone_and_a_part_all_that_have_it() {
        assert_eq!(named(&["csharp"]).unwrap(), ["csharp"]);
        assert_eq!(named(&["csharp-"]).unwrap(), ["csharp-net8", "csharp-soak"]);
        assert_eq!(named(&["sharp"]).unwrap(), ["csharp", "csharp-net8", "csharp-soak"]);
        assert_eq!(named(&["csharp", "fmt"]).unwrap(), ["csharp", "rustfmt"]);
        assert_eq!(named(&["csharp", "net8"]).unwrap(), ["csharp", "csharp-net8"]);
    }

    #[test]
    fn a_name_that_no_step_has_is_an_error_whatever_else_is_named() {
        let said = "no step has `java` in its name; --list shows them";
        assert_eq!(named(&["csharp", "java"]).unwrap_err(), said);
    }

    #[test]
    fn every_step_has_a_name_of_its_own() {
        let mut names: Vec<String> = steps::all().into_iter().map(|step| step.name).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
