//! How far coders agree beyond chance: Krippendorff's alpha and Cohen's kappa.
//!
//! Alpha after K. Krippendorff, *Content Analysis* (2004), chapter 11, and "Computing Krippendorff's Alpha-Reliability"
//! (2011): any number of coders, values may be missing. Kappa after J. Cohen, "A Coefficient of Agreement for Nominal Scales"
//! (1960): two coders, over the units that both coded.

use std::collections::BTreeMap;

/// The values that coders gave: `values[coder][unit]`, `None` where a coder left a unit out.
pub type Codings = [Vec<Option<String>>];

/// How far apart two values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Equal or not.
    Nominal,
    /// The square of the difference of two numbers; values that are no numbers are left out.
    Interval,
}

/// Krippendorff's alpha, and how many values could be paired; `None` where fewer than two values can be paired or all
/// values are the same, since agreement beyond chance cannot be told then.
pub fn alpha(codings: &Codings, metric: Metric) -> Option<(f64, usize)> {
    let units = codings.iter().map(Vec::len).max().unwrap_or(0);
    // Values of each unit that at least two coders gave.
    let paired: Vec<Vec<&str>> = (0..units)
        .map(|unit| {
            codings
                .iter()
                .filter_map(|coder| coder.get(unit)?.as_deref())
                .filter(|value| metric == Metric::Nominal || number(value).is_some())
                .collect::<Vec<_>>()
        })
        .filter(|values| values.len() > 1)
        .collect();
    // Coincidences: each pair within a unit of m values counts 1 / (m - 1).
    let mut coincidences: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
    for values in &paired {
        let weight = 1.0 / (values.len() - 1) as f64;
        for (at, one) in values.iter().enumerate() {
            *totals.entry(one).or_default() += 1.0;
            for (_, other) in values.iter().enumerate().filter(|(other, _)| *other != at) {
                *coincidences.entry((one, other)).or_default() += weight;
            }
        }
    }
    let n: f64 = totals.values().sum();
    let observed: f64 = coincidences.iter().map(|((one, other), count)| count * distance(one, other, metric)).sum();
    let expected: f64 = totals
        .iter()
        .flat_map(|(one, count)| totals.iter().map(move |(other, rest)| count * rest * distance(one, other, metric)))
        .sum();
    (expected > 0.0).then(|| (1.0 - (n - 1.0) * observed / expected, n as usize))
}

fn distance(one: &str, other: &str, metric: Metric) -> f64 {
    match (metric, number(one), number(other)) {
        (Metric::Interval, Some(one), Some(other)) => (one - other) * (one - other),
        _ => f64::from(u8::from(one != other)),
    }
}

fn number(value: &str) -> Option<f64> {
    value.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// Cohen's kappa of two coders, and over how many units; `None` where they share no unit or chance alone would give full
/// agreement.
pub fn kappa(one: &[Option<String>], other: &[Option<String>]) -> Option<(f64, usize)> {
    let both: Vec<(&str, &str)> =
        one.iter().zip(other).filter_map(|(a, b)| Some((a.as_deref()?, b.as_deref()?))).collect();
    let n = both.len() as f64;
    let observed = both.iter().filter(|(a, b)| a == b).count() as f64 / n;
    let mut shares: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for (a, b) in &both {
        shares.entry(a).or_default()[0] += 1.0 / n;
        shares.entry(b).or_default()[1] += 1.0 / n;
    }
    let expected: f64 = shares.values().map(|[a, b]| a * b).sum();
    // Rounding can leave a hair below one where both coders gave a single value throughout.
    (!both.is_empty() && expected < 1.0 - 1e-12).then(|| ((observed - expected) / (1.0 - expected), both.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coder(values: &str) -> Vec<Option<String>> {
        values.split_whitespace().map(|value| Some(value.to_owned()).filter(|value| value != ".")).collect()
    }

    #[track_caller]
    fn near(found: Option<(f64, usize)>, expected: f64, tolerance: f64) {
        let found = found.expect("a coefficient").0;
        assert!((found - expected).abs() < tolerance, "{found} is not {expected}");
    }

    /// The worked examples A to C of Krippendorff (2011): 0.095, 0.692; nominal 0.743 and interval 0.849.
    #[test]
    fn alpha_of_the_published_examples() {
        let meg_and_owen = [coder("0 1 0 0 0 0 0 0 1 0"), coder("1 1 1 0 0 1 0 0 0 0")];
        near(alpha(&meg_and_owen, Metric::Nominal), 0.095, 0.0005);
        let ben_and_gerry = [coder("a a b b d c c c e d d a"), coder("b a b b b c c c e d d d")];
        near(alpha(&ben_and_gerry, Metric::Nominal), 0.692, 0.0005);
        let four_observers = [
            coder("1 2 3 3 2 1 4 1 2 . . ."),
            coder("1 2 3 3 2 2 4 1 2 5 . 3"),
            coder(". 3 3 3 2 3 4 2 2 5 1 ."),
            coder("1 2 3 3 2 4 4 1 2 5 1 ."),
        ];
        near(alpha(&four_observers, Metric::Nominal), 0.743, 0.0005);
        near(alpha(&four_observers, Metric::Interval), 0.849, 0.0005);
        assert_eq!(alpha(&four_observers, Metric::Nominal).map(|(_, n)| n), Some(40));
    }

    /// A table of fifty grant proposals, twenty accepted by both readers, fifteen by neither, five and ten by one alone: 0.40.
    #[test]
    fn kappa_of_a_published_example() {
        let (mut one, mut other) = (Vec::new(), Vec::new());
        for (a, b, times) in [("yes", "yes", 20), ("yes", "no", 5), ("no", "yes", 10), ("no", "no", 15)] {
            one.extend(std::iter::repeat_n(Some(a.to_owned()), times));
            other.extend(std::iter::repeat_n(Some(b.to_owned()), times));
        }
        near(kappa(&one, &other), 0.40, 1e-9);
    }

    #[test]
    fn what_cannot_be_told_is_not_told() {
        assert_eq!(alpha(&[coder("a a"), coder("a a")], Metric::Nominal), None);
        assert_eq!(alpha(&[coder("a b")], Metric::Nominal), None);
        assert_eq!(kappa(&coder("a a"), &coder("a a")), None);
        assert_eq!(kappa(&coder(". a"), &coder("a .")), None);
        assert_eq!(kappa(&[], &[]), None);
        near(alpha(&[coder("a b"), coder("a b")], Metric::Nominal), 1.0, 1e-9);
    }
}
