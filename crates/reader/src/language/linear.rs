//! Sparse linear models over hashed features.
//!
//! A feature is a 64-bit hash of its template and values. A table is an array of groups of eight slots: the low half of the
//! feature chooses the group, and its high bits are kept in the slot as a check. A feature that finds all eight taken by weightier
//! ones is left out of the table (a few in a hundred are, the lightest). So a look-up is one step into memory without a branch to
//! be guessed wrong, and the processor can have many under way at once.

use pulp::{Arch, NullaryFnOnce};

/// Adds weights of features to the scores of classes.
pub trait Weights {
    /// Adds the weights of all `features` to `scores`, one for each class.
    fn add(&self, features: &[u64], scores: &mut [i32]);
}

/// Joins a value to a hash.
#[inline]
pub(crate) fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(25) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Spreads a hash over all its bits, so that a table may use both ends.
#[inline]
pub(crate) fn spread(hash: u64) -> u64 {
    hash ^ (hash >> 31)
}

/// How many slots stand together.
const GROUP: usize = 8;

/// The low bits of a slot, for the table's own use; the others hold the check.
const CONTENT: u32 = 20;

/// Slots that stand together, in one line of the cache.
#[derive(Clone)]
#[repr(align(32))]
struct Group([u32; GROUP]);

/// Finds slots of 4 bytes.
struct Slots {
    groups: Vec<Group>,
}

impl Slots {
    /// Splits a table's bytes into its slots and what follows them.
    fn read(bytes: &[u8]) -> Option<(Slots, &[u8])> {
        let (groups, rest) = bytes.split_first_chunk()?;
        let length = (u32::from_le_bytes(*groups) as usize).checked_mul(GROUP * 4)?;
        let (slots, rest) = rest.split_at_checked(length)?;
        let (slots, _) = slots.as_chunks::<4>();
        let (groups, _) = slots.as_chunks::<GROUP>();
        let groups = groups.iter().map(|group| Group(group.map(u32::from_le_bytes))).collect();
        Some((Slots { groups }, rest))
    }

    /// The group of slots that a feature may stand in.
    #[inline]
    fn group(feature: u64, groups: u64) -> usize {
        (((feature & 0xFFFF_FFFF) * groups) >> 32) as usize
    }

    /// What the slot must hold for a feature to be found in it.
    #[inline]
    fn check(feature: u64) -> u32 {
        (feature >> (32 + CONTENT)) as u32
    }

    /// The content of a feature's slot; 0 if the table does not hold it.
    #[inline(always)]
    fn find(&self, feature: u64) -> u32 {
        let Some(Group(group)) = self.groups.get(Slots::group(feature, self.groups.len() as u64)) else { return 0 };
        let check = Slots::check(feature);
        // A group may hold zeros, but never two features of the same check.
        let found =
            group.iter().fold(0, |found, slot| found | slot & u32::from(slot >> CONTENT == check).wrapping_neg());
        found & ((1 << CONTENT) - 1)
    }

    /// Chooses a slot for each feature, the weightiest first. `rows`: feature, weight, content of the slot, not 0.
    fn write(mut rows: Vec<(u64, u64, u32)>) -> Vec<u8> {
        let groups = rows.len() * 5 / 4 / GROUP + 1;
        rows.sort_by_key(|(feature, weight, _)| (std::cmp::Reverse(*weight), *feature));
        let mut slots = vec![[0u32; GROUP]; groups];
        for (feature, _, content) in rows {
            let group = &mut slots[Slots::group(feature, groups as u64)];
            let check = Slots::check(feature);
            let taken = group.iter().any(|slot| *slot != 0 && slot >> CONTENT == check);
            if let Some(slot) = group.iter_mut().find(|slot| **slot == 0).filter(|_| !taken) {
                *slot = content | check << CONTENT;
            }
        }
        let mut bytes = (groups as u32).to_le_bytes().to_vec();
        bytes.extend(slots.iter().flatten().flat_map(|slot| slot.to_le_bytes()));
        bytes
    }
}

/// A table whose features weigh on a few of many classes.
///
/// A slot tells where the feature's cells begin, in steps of [`STEP`] bytes after the slots: one byte, how many there are, then
/// for each a class and its weight, one byte each.
///
/// Once read, a row of many cells lies spread out, a weight for each class, and its first byte is [`SPREAD`], with the row's number
/// in the next two.
pub struct Sparse {
    slots: Slots,
    cells: Vec<u8>,
    spread: Vec<[i8; CLASSES]>,
    arch: Arch,
}

/// The classes of rows that lie spread out.
const CLASSES: usize = 128;
/// How many cells such a row has at least: fewer are added up as fast one by one.
const MANY: usize = 20;
/// What stands before such a row in place of the number of its cells.
const SPREAD: u8 = u8::MAX;

/// How many features are looked up together.
const BATCH: usize = 64;

/// The cells of every feature begin at a multiple of this many bytes.
const STEP: usize = 4;

impl Sparse {
    /// Reads a table. `None` if its size does not fit its header.
    pub fn read(bytes: &[u8]) -> Option<Sparse> {
        let (slots, cells) = Slots::read(bytes)?;
        let mut cells = cells.to_vec();
        let mut spread = Vec::new();
        let mut rest = cells.get_mut(STEP..).unwrap_or(&mut []);
        while let Some(count) = rest.first().map(|count| usize::from(*count)) {
            let Some((row, next)) = rest.split_at_mut_checked((1 + 2 * count).next_multiple_of(STEP)) else { break };
            rest = next;
            let pairs = row[1..][..2 * count].as_chunks::<2>().0;
            if count >= MANY && pairs.iter().all(|[class, _]| usize::from(*class) < CLASSES) {
                let mut weights = [0; CLASSES];
                pairs.iter().for_each(|[class, weight]| weights[usize::from(*class)] = *weight as i8);
                let [low, high] = (spread.len() as u16).to_le_bytes();
                row[..3].copy_from_slice(&[SPREAD, low, high]);
                spread.push(weights);
                if spread.len() > usize::from(u16::MAX) {
                    break;
                }
            }
        }
        Some(Sparse { slots, cells, spread, arch: Arch::new() })
    }

    /// Writes a table of `rows`: a feature and the weights of its classes, not none; the weightiest first, since what lies
    /// beyond 4 MiB of cells is left out. At most 254 classes a feature.
    pub fn write(rows: &[(u64, Vec<(u8, i8)>)]) -> Vec<u8> {
        // Place 0 stands for nothing found.
        let mut cells = vec![0; STEP];
        let mut slots = Vec::new();
        for (feature, weights) in rows {
            let place = cells.len() / STEP;
            if place >= 1 << CONTENT {
                break;
            }
            let weight = weights.iter().map(|(_, w)| u64::from(w.unsigned_abs())).sum();
            slots.push((*feature, weight, place as u32));
            cells.push(weights.len() as u8);
            cells.extend(weights.iter().flat_map(|(class, weight)| [*class, *weight as u8]));
            cells.resize(cells.len().next_multiple_of(STEP), 0);
        }
        let mut bytes = Slots::write(slots);
        bytes.extend(cells);
        bytes
    }
}

/// Adds the weights of features to scores.
struct Add<'a> {
    table: &'a Sparse,
    features: &'a [u64],
    scores: &'a mut [i32],
}

impl NullaryFnOnce for Add<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Add { table, features, scores } = self;
        // All slots first, then the lengths of all cells: without a branch between them, the processor fetches many at once.
        let mut found = [(0, 0); BATCH];
        for features in features.chunks(BATCH) {
            for ((from, _), feature) in found.iter_mut().zip(features) {
                *from = table.slots.find(*feature) as usize * STEP;
            }
            for (from, count) in found.iter_mut().take(features.len()) {
                *count = table.cells.get(*from).map_or(0, |count| *count);
            }
            for (from, count) in found.iter().take(features.len()).filter(|(_, count)| *count > 0) {
                if *count == SPREAD {
                    let number = table
                        .cells
                        .get(from + 1..from + 3)
                        .map_or(0, |at| usize::from(at[1]) << 8 | usize::from(at[0]));
                    let row = table.spread.get(number).unwrap_or(&[0; CLASSES]);
                    for (score, weight) in scores.iter_mut().zip(row) {
                        *score += i32::from(*weight);
                    }
                    continue;
                }
                let cells = table.cells.get(from + 1..from + 1 + usize::from(*count) * 2).unwrap_or(&[]);
                for [class, weight] in cells.as_chunks().0 {
                    if let Some(score) = scores.get_mut(usize::from(*class)) {
                        *score += i32::from(*weight as i8);
                    }
                }
            }
        }
    }
}

impl Weights for Sparse {
    fn add(&self, features: &[u64], scores: &mut [i32]) {
        self.arch.dispatch(Add { table: self, features, scores });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_back_nearly_all_that_was_written() {
        let features: Vec<u64> = (1..2000u64).map(|i| spread(mix(7, i))).collect();
        let rows: Vec<_> = features.iter().map(|f| (*f, vec![((f % 9) as u8, (f % 100) as i8 + 1)])).collect();
        let bytes = Sparse::write(&rows);
        let table = Sparse::read(&bytes).unwrap();
        let mut lost = 0;
        for (feature, cells) in &rows {
            let (class, weight) = cells[0];
            let mut scores = [0; 9];
            table.add(&[*feature], &mut scores);
            let found = scores[class as usize];
            assert!(found == 0 || found == i32::from(weight));
            lost += usize::from(found == 0);
        }
        assert!(lost * 10 < features.len(), "{lost}");
        let mut scores = [0; 9];
        table.add(&[spread(mix(8, 8))], &mut scores);
        assert_eq!(scores, [0; 9]);
        assert!(Sparse::read(&[1, 0]).is_none() && Sparse::read(&[3, 0, 0, 0, 9]).is_none());
    }
}
