//! `cargo xtask test`: runs the steps one after the other, prints a line for each, and counts the results.

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
    /// Run only the checks whose names contain one of these
    #[arg(value_name = "FILTER")]
    filters: Vec<String>,
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

    fn wants(&self, step: &Step) -> bool {
        let named = self.filters.iter().any(|filter| step.name.contains(filter));
        named || (self.filters.is_empty() && (self.long || !step.long))
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
    let steps: Vec<Step> = steps::all().into_iter().filter(|step| options.wants(step)).collect();
    if steps.is_empty() {
        return Err(UsageError("no step has such a name; --list shows them".to_owned()).into());
    }
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

    fn step(name: &str) -> Step {
        Step::new(name, |_| Ok(Verdict::Passed))
    }

    #[test]
    fn what_is_skipped_takes_one_line() {
        assert_eq!(one_line("npm said:\n  no network\n"), "npm said: no network");
        assert_eq!(one_line(&"ж".repeat(500)).chars().count(), 402);
    }

    #[test]
    fn long_steps_run_when_asked_for() {
        let filtered = |filter: &str| Options { filters: vec![filter.to_owned()], ..Options::default() };
        assert!(!Options::default().wants(&step("third-party-clients").long()));
        assert!(Options { long: true, ..Options::default() }.wants(&step("third-party-clients").long()));
        assert!(filtered("third-party").wants(&step("third-party-clients").long()));
        assert!(!filtered("third-party").wants(&step("rustfmt")));
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
