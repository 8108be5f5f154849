//! Sparse linear models over hashed features, read in place from the bytes of the model file.
//!
//! A feature is a 64-bit hash of its template and values. A table is an array of pairs of slots: the low half of the feature
//! chooses the pair, and its high bits are kept in the slot as a check. A feature that finds both slots taken by weightier ones
//! is left out of the table (a few in a hundred are, the lightest). So a look-up is one step into memory without a branch to
//! be guessed wrong, and the processor can have many under way at once.

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

/// The bits of a slot that hold the check.
const CHECK: u32 = 48;

/// Finds slots of 8 bytes: 48 bits for the table's own use, 16 for the check.
#[derive(Clone, Copy)]
struct Slots<'a> {
    bytes: &'a [u8],
    pairs: u64,
}

impl<'a> Slots<'a> {
    /// Splits a table's bytes into its slots and what follows them.
    fn read(bytes: &'a [u8]) -> Option<(Slots<'a>, &'a [u8])> {
        let pairs = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?);
        let end = (pairs as usize).checked_mul(16)?.checked_add(4)?;
        Some((Slots { bytes: bytes.get(4..end)?, pairs: u64::from(pairs) }, &bytes[end..]))
    }

    /// The pair of slots that a feature may stand in.
    #[inline]
    fn pair(feature: u64, pairs: u64) -> usize {
        (((feature & 0xFFFF_FFFF) * pairs) >> 32) as usize
    }

    /// The slot of a feature; 0, or one of weight 0, if the table does not hold it.
    #[inline]
    fn find(&self, feature: u64) -> u64 {
        let at = Slots::pair(feature, self.pairs) * 16;
        let Some(pair) = self.bytes.get(at..at + 16) else { return 0 };
        let half = |from: usize| u64::from_le_bytes(pair[from..from + 8].try_into().unwrap_or([0; 8]));
        let kept = |slot: u64| slot & u64::from(slot >> CHECK == feature >> CHECK).wrapping_neg();
        let (first, second) = (half(0), half(8));
        // Both may hold zeros, but never two features of the same check.
        kept(first) | kept(second)
    }

    /// Chooses a slot for each feature, the weightiest first. `rows`: feature, weight, content of the slot.
    fn write(mut rows: Vec<(u64, u64, u64)>) -> Vec<u8> {
        let pairs = rows.len() * 5 / 8 + 1;
        rows.sort_by_key(|(feature, weight, _)| (std::cmp::Reverse(*weight), *feature));
        let mut slots = vec![[0u64; 2]; pairs];
        for (feature, _, content) in rows {
            let pair = &mut slots[Slots::pair(feature, pairs as u64)];
            let check = feature >> CHECK;
            let taken = pair.iter().any(|slot| *slot != 0 && slot >> CHECK == check);
            if let Some(slot) = pair.iter_mut().find(|slot| **slot == 0).filter(|_| !taken) {
                *slot = content | check << CHECK;
            }
        }
        let mut bytes = (pairs as u32).to_le_bytes().to_vec();
        bytes.extend(slots.iter().flatten().flat_map(|slot| slot.to_le_bytes()));
        bytes
    }
}

/// A table whose features weigh on a few of many classes.
///
/// A slot tells where the feature's cells begin (32 bits) and how many there are (8). Cells are a class and its weight, one
/// byte each.
#[derive(Clone, Copy)]
pub struct Sparse<'a> {
    slots: Slots<'a>,
    cells: &'a [u8],
}

impl<'a> Sparse<'a> {
    /// Reads a table. `None` if its size does not fit its header.
    pub fn read(bytes: &'a [u8]) -> Option<Sparse<'a>> {
        Slots::read(bytes).map(|(slots, cells)| Sparse { slots, cells })
    }

    /// Writes a table of `rows`: a feature and the weights of its classes, not none. At most 255 classes a feature.
    pub fn write(rows: &[(u64, Vec<(u8, i8)>)]) -> Vec<u8> {
        let mut cells = Vec::new();
        let mut slots = Vec::new();
        for (feature, weights) in rows {
            let weight = weights.iter().map(|(_, w)| u64::from(w.unsigned_abs())).sum();
            slots.push((*feature, weight, (cells.len() as u64 / 2) | (weights.len() as u64) << 32));
            cells.extend(weights.iter().flat_map(|(class, weight)| [*class, *weight as u8]));
        }
        let mut bytes = Slots::write(slots);
        bytes.extend(cells);
        bytes
    }
}

impl Weights for Sparse<'_> {
    fn add(&self, features: &[u64], scores: &mut [i32]) {
        for feature in features {
            let slot = self.slots.find(*feature);
            let from = slot as u32 as usize * 2;
            let count = (slot >> 32 & 0xFF) as usize;
            for cell in self.cells.get(from..from + count * 2).unwrap_or(&[]).chunks_exact(2) {
                if let Some(score) = scores.get_mut(cell[0] as usize) {
                    *score += i32::from(cell[1] as i8);
                }
            }
        }
    }
}

/// A table of three classes. A slot holds their weights, two bytes each.
#[derive(Clone, Copy)]
pub struct Triple<'a> {
    slots: Slots<'a>,
}

impl<'a> Triple<'a> {
    /// Reads a table. `None` if its size does not fit its header.
    pub fn read(bytes: &'a [u8]) -> Option<Triple<'a>> {
        Slots::read(bytes).map(|(slots, _)| Triple { slots })
    }

    /// Writes a table of `rows`: a feature and the weights of its three classes, not all zero.
    pub fn write(rows: &[(u64, [i16; 3])]) -> Vec<u8> {
        let slot = |(feature, weights): &(u64, [i16; 3])| {
            let [a, b, c] = weights.map(|w| u64::from(w as u16));
            let weight = weights.iter().map(|w| u64::from(w.unsigned_abs())).sum();
            (*feature, weight, a | b << 16 | c << 32)
        };
        Slots::write(rows.iter().map(slot).collect())
    }
}

impl Weights for Triple<'_> {
    fn add(&self, features: &[u64], scores: &mut [i32]) {
        let [a, b, c, ..] = scores else { return };
        for feature in features {
            let slot = self.slots.find(*feature);
            *a += i32::from(slot as i16);
            *b += i32::from((slot >> 16) as i16);
            *c += i32::from((slot >> 32) as i16);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_give_back_most_of_what_was_written() {
        let features: Vec<u64> = (1..2000u64).map(|i| spread(mix(7, i))).collect();
        let sparse: Vec<_> = features.iter().map(|f| (*f, vec![((f % 9) as u8, (f % 100) as i8 + 1)])).collect();
        let triple: Vec<_> = features.iter().map(|f| (*f, [(f % 77) as i16 + 1, -3, 0])).collect();
        let (sparse_bytes, triple_bytes) = (Sparse::write(&sparse), Triple::write(&triple));
        let (sparse_table, triple_table) = (Sparse::read(&sparse_bytes).unwrap(), Triple::read(&triple_bytes).unwrap());
        let mut lost = 0;
        for (i, feature) in features.iter().enumerate() {
            let mut scores = [0; 9];
            sparse_table.add(&[*feature], &mut scores);
            let found = scores[sparse[i].1[0].0 as usize];
            assert!(found == 0 || found == i32::from(sparse[i].1[0].1));
            lost += usize::from(found == 0);
            let mut scores = [0; 3];
            triple_table.add(&[*feature], &mut scores);
            assert!(scores == [0; 3] || scores == triple[i].1.map(i32::from));
        }
        assert!(lost * 4 < features.len(), "{lost}");
        let mut scores = [0; 9];
        sparse_table.add(&[spread(mix(8, 8))], &mut scores);
        assert_eq!(scores, [0; 9]);
        assert!(Sparse::read(&[1, 0]).is_none() && Triple::read(&[3, 0, 0, 0, 9]).is_none());
    }
}
