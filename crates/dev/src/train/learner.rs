//! The averaged perceptron (Collins 2002), with features kept only once they were updated often enough
//! (Goldberg and Elhadad 2011), which makes models small and steadier on unseen text.

use reader::language::linear::{Sparse, Weights};
use std::collections::BTreeMap;

/// Classes that one row holds; a feature with more has further rows.
const WIDTH: usize = 8;
/// Weights smaller than this, once they are whole numbers, are left out.
const FAINT: u8 = 2;
/// A slot without row.
const VACANT: u64 = u64::MAX;
/// No row.
const EMPTY: u32 = u32::MAX;

/// The weights of one feature. It fills a line of the processor's cache, since finding it is what takes the time.
#[derive(Clone, Debug)]
#[repr(align(64))]
struct Row {
    feature: u64,
    updates: u32,
    more: u32,
    count: u8,
    classes: [u8; WIDTH],
    weights: [i32; WIDTH],
}

/// What the mean of each weight of a row over all steps is made from.
#[derive(Clone, Debug, Default)]
struct Sums {
    totals: [i64; WIDTH],
    since: [u32; WIDTH],
}

/// A linear model in training.
pub struct Learner {
    /// Row (low half) and high half of the feature, [`VACANT`] if none.
    slots: Vec<u64>,
    rows: Vec<Row>,
    sums: Vec<Sums>,
    /// How many rows are the first of their feature.
    features: usize,
    step: u32,
    least: u32,
}

impl Learner {
    /// A model without weights. Features count once they were updated `least` times.
    pub fn new(least: u32) -> Learner {
        Learner { slots: vec![VACANT; 1 << 16], rows: Vec::new(), sums: Vec::new(), features: 0, step: 0, least }
    }

    #[inline]
    fn find(&self, feature: u64) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut at = feature as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == VACANT {
                return Err(at);
            }
            if slot >> 32 == feature >> 32 {
                return Ok(slot as u32 as usize);
            }
            at = (at + 1) & mask;
        }
    }

    fn push(&mut self, feature: u64) -> usize {
        self.rows.push(Row { feature, updates: 0, more: EMPTY, count: 0, classes: [0; WIDTH], weights: [0; WIDTH] });
        self.sums.push(Sums::default());
        self.rows.len() - 1
    }

    fn row(&mut self, feature: u64) -> usize {
        if self.features * 2 > self.slots.len() {
            let mask = self.slots.len() * 2 - 1;
            let old = std::mem::replace(&mut self.slots, vec![VACANT; mask + 1]);
            for slot in old.into_iter().filter(|slot| *slot != VACANT) {
                let mut at = self.rows[slot as u32 as usize].feature as usize & mask;
                while self.slots[at] != VACANT {
                    at = (at + 1) & mask;
                }
                self.slots[at] = slot;
            }
        }
        match self.find(feature) {
            Ok(row) => row,
            Err(slot) => {
                self.slots[slot] = (feature >> 32 << 32) | self.rows.len() as u64;
                self.features += 1;
                self.push(feature)
            }
        }
    }

    /// Ends a step; call it once a decision, updated or not.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves weight from class `bad` to class `good`.
    pub fn update(&mut self, features: &[u64], good: u8, bad: u8) {
        for feature in features {
            let row = self.row(*feature);
            self.rows[row].updates += 1;
            self.change(row, good, 1);
            self.change(row, bad, -1);
        }
    }

    fn change(&mut self, mut at: usize, class: u8, change: i32) {
        loop {
            let next = self.rows.len() as u32;
            let row = &mut self.rows[at];
            let count = row.count as usize;
            let place = match row.classes[..count].iter().position(|c| *c == class) {
                Some(place) => place,
                None if count < WIDTH => {
                    row.classes[count] = class;
                    row.count += 1;
                    self.sums[at].since[count] = self.step;
                    count
                }
                None => {
                    if row.more == EMPTY {
                        row.more = next;
                        // Further rows are reached only through their first.
                        at = self.push(0);
                    } else {
                        at = row.more as usize;
                    }
                    continue;
                }
            };
            let sums = &mut self.sums[at];
            sums.totals[place] += i64::from(row.weights[place]) * i64::from(self.step - sums.since[place]);
            sums.since[place] = self.step;
            row.weights[place] += change;
            return;
        }
    }

    /// The mean weights of each feature that counts, in the order in which they were first met.
    fn means(&self) -> impl Iterator<Item = (u64, Vec<(u8, f64)>)> + '_ {
        let mut first = vec![false; self.rows.len()];
        for slot in self.slots.iter().filter(|slot| **slot != VACANT) {
            first[*slot as u32 as usize] = true;
        }
        let counts = move |(index, row): &(usize, &Row)| first[*index] && row.updates >= self.least;
        self.rows.iter().enumerate().filter(counts).map(|(index, row)| {
            let mut cells = Vec::new();
            let mut at = index;
            while at != EMPTY as usize {
                let (row, sums) = (&self.rows[at], &self.sums[at]);
                for place in 0..row.count as usize {
                    let waiting = i64::from(row.weights[place]) * i64::from(self.step - sums.since[place]);
                    let total = (sums.totals[place] + waiting) as f64;
                    cells.push((row.classes[place], total / f64::from(self.step.max(1))));
                }
                at = row.more as usize;
            }
            (row.feature, cells)
        })
    }
}

/// What to multiply weights of these sizes with, so that all but one in two thousand fit into `most`.
fn scale(most: f64, sizes: impl Iterator<Item = f64>) -> f64 {
    let mut sizes: Vec<f64> = sizes.map(f64::abs).collect();
    sizes.sort_by(f64::total_cmp);
    let limit = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 2000)).copied().unwrap_or(1.0);
    most / limit.max(1e-9)
}

/// The mean weights as a table of one byte each, of the `most` weightiest features.
pub fn sparse(learner: &Learner, most: usize) -> Vec<u8> {
    table(learner.means().collect(), most)
}

/// As [`sparse`], of the mean of several models: what one of them has learnt by chance counts for less.
pub fn sparse_mean(learners: &[Learner], most: usize) -> Vec<u8> {
    let mut sums: BTreeMap<u64, BTreeMap<u8, f64>> = BTreeMap::new();
    for (feature, cells) in learners.iter().flat_map(Learner::means) {
        for (class, weight) in cells {
            *sums.entry(feature).or_default().entry(class).or_default() += weight;
        }
    }
    table(sums.into_iter().map(|(feature, cells)| (feature, cells.into_iter().collect())).collect(), most)
}

/// Weights of features as a table of one byte each, of the `most` weightiest.
fn table(means: Vec<(u64, Vec<(u8, f64)>)>, most: usize) -> Vec<u8> {
    let scale = scale(127.0, means.iter().flat_map(|(_, row)| row.iter().map(|(_, weight)| *weight)));
    let mut rows = Vec::new();
    for (feature, cells) in means {
        let cells: Vec<(u8, i8)> = cells
            .into_iter()
            .map(|(class, weight)| (class, (weight * scale).round().clamp(-127.0, 127.0) as i8))
            .filter(|(_, weight)| weight.unsigned_abs() >= FAINT)
            .collect();
        if !cells.is_empty() {
            rows.push((feature, cells));
        }
    }
    let weight = |cells: &[(u8, i8)]| cells.iter().map(|(_, w)| u32::from(w.unsigned_abs())).sum::<u32>();
    println!("{} of {} features kept", most.min(rows.len()), rows.len());
    rows.sort_by_key(|(feature, cells)| (std::cmp::Reverse(weight(cells)), *feature));
    rows.truncate(most);
    Sparse::write(&rows)
}

impl Weights for Learner {
    fn add(&self, features: &[u64], scores: &mut [i32]) {
        for feature in features {
            let Ok(mut at) = self.find(*feature) else { continue };
            if self.rows[at].updates < self.least {
                continue;
            }
            while at != EMPTY as usize {
                let row = &self.rows[at];
                for place in 0..row.count as usize {
                    scores[row.classes[place] as usize] += row.weights[place];
                }
                at = row.more as usize;
            }
        }
    }
}

/// Random numbers of fixed order (splitmix64).
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The numbers below `count` in random order.
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for i in (1..count).rev() {
            order.swap(i, self.next() as usize % (i + 1));
        }
        order
    }
}
