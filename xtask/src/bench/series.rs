//! Samples of several rounds, and what they say together.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

/// Samples by the name of what was run, one for each round.
#[derive(Default)]
pub struct Series(BTreeMap<&'static str, Vec<Value>>);

impl Series {
    pub fn add(&mut self, name: &'static str, sample: Value) {
        self.0.entry(name).or_default().push(sample);
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn samples(&self, name: &str, figure: &str) -> Result<Vec<f64>> {
        let samples = self.0.get(name).with_context(|| format!("nothing was measured of {name}"))?;
        samples
            .iter()
            .map(|sample| sample[figure].as_f64().with_context(|| format!("{name} has no {figure}: {sample}")))
            .collect()
    }

    pub fn median(&self, name: &str, figure: &str) -> Result<f64> {
        self.samples(name, figure).map(median)
    }

    /// How far the slowest round is from the quickest, in per cent of the median.
    pub fn spread(&self, name: &str, figure: &str) -> Result<f64> {
        let samples = self.samples(name, figure)?;
        let (lowest, highest) = samples.iter().fold((f64::MAX, 0.0_f64), |(l, h), s| (l.min(*s), h.max(*s)));
        Ok((highest - lowest) / median(samples) * 100.0)
    }

    /// The median of each round's own ratio to the best of `others`: both ran in the same minute.
    pub fn ratio(&self, name: &str, others: &[&str], figure: &str) -> Result<f64> {
        let mut best = vec![f64::MAX; self.samples(name, figure)?.len()];
        for other in others {
            for (best, sample) in best.iter_mut().zip(self.samples(other, figure)?) {
                *best = best.min(sample);
            }
        }
        let ratios = self.samples(name, figure)?.iter().zip(best).map(|(sample, best)| sample / best).collect();
        Ok(median(ratios))
    }
}

/// `samples` is not empty.
pub fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    let half = samples.len() / 2;
    if samples.len() % 2 == 1 { samples[half] } else { f64::midpoint(samples[half - 1], samples[half]) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ratios_are_of_the_same_round_and_to_the_best() {
        let mut series = Series::default();
        for (ours, one, other) in [(2.0, 1.0, 4.0), (6.0, 9.0, 2.0), (10.0, 10.0, 10.0)] {
            series.add("ours", json!({"wall_s": ours}));
            series.add("one", json!({"wall_s": one}));
            series.add("other", json!({"wall_s": other}));
        }
        assert_eq!(series.ratio("ours", &["one", "other"], "wall_s").unwrap(), 2.0);
        assert_eq!(series.median("ours", "wall_s").unwrap(), 6.0);
        assert_eq!(series.spread("one", "wall_s").unwrap(), 100.0);
        series.median("none", "wall_s").unwrap_err();
    }

    #[test]
    fn medians() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }
}
