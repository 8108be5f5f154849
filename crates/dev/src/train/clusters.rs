//! Groups words that stand in like places: spherical k-means over the words to the left and to the right of each.

use std::collections::{BTreeMap, HashMap};

/// How many words of each side make the dimensions.
const NEIGHBOURS: usize = 600;
/// Words seen less often are left out.
const LEAST: usize = 5;
const ROUNDS: usize = 12;

/// The group of each word of the running text `words` (hashes; 0 ends a sentence), from 1 to `groups`, sorted by word.
pub fn clusters(words: &[u64], groups: usize) -> Vec<(u64, u8)> {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for word in words {
        *counts.entry(*word).or_default() += 1;
    }
    let mut frequent: Vec<(u64, usize)> = counts.into_iter().filter(|(_, count)| *count >= LEAST).collect();
    frequent.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
    let number: HashMap<u64, usize> = frequent.iter().enumerate().map(|(i, (word, _))| (*word, i)).collect();

    // How often each word stood beside each frequent one.
    let mut rows: Vec<BTreeMap<u32, f32>> = vec![BTreeMap::new(); frequent.len()];
    for pair in words.windows(2) {
        let (left, right) = (number.get(&pair[0]), number.get(&pair[1]));
        let (Some(left), Some(right)) = (left, right) else { continue };
        if *left < NEIGHBOURS {
            *rows[*right].entry(*left as u32).or_default() += 1.0;
        }
        if *right < NEIGHBOURS {
            *rows[*left].entry((NEIGHBOURS + right) as u32).or_default() += 1.0;
        }
    }
    let vectors: Vec<Vec<(u32, f32)>> = rows
        .into_iter()
        .map(|row| {
            let length = row.values().sum::<f32>().sqrt().max(1e-9);
            row.into_iter().map(|(dimension, count)| (dimension, count.sqrt() / length)).collect()
        })
        .collect();

    // Begin with words spread over the frequent end of the list.
    let groups = groups.min(vectors.len());
    let mut centres = vec![vec![0f32; NEIGHBOURS * 2]; groups];
    for (centre, vector) in centres.iter_mut().zip(vectors.iter().step_by(4)) {
        vector.iter().for_each(|(dimension, value)| centre[*dimension as usize] = *value);
    }
    let mut assigned = vec![0usize; vectors.len()];
    for _ in 0..ROUNDS {
        for (place, vector) in assigned.iter_mut().zip(&vectors) {
            let mut best = (f32::MIN, 0);
            for (group, centre) in centres.iter().enumerate() {
                let likeness: f32 = vector.iter().map(|(dimension, value)| centre[*dimension as usize] * value).sum();
                if likeness > best.0 {
                    best = (likeness, group);
                }
            }
            *place = best.1;
        }
        for centre in &mut centres {
            centre.fill(0.0);
        }
        for (place, vector) in assigned.iter().zip(&vectors) {
            vector.iter().for_each(|(dimension, value)| centres[*place][*dimension as usize] += value);
        }
        for centre in &mut centres {
            let length = centre.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-9);
            centre.iter_mut().for_each(|v| *v /= length);
        }
    }
    let mut result: Vec<(u64, u8)> = frequent
        .iter()
        .zip(&assigned)
        .filter(|((word, _), _)| *word != 0)
        .map(|((word, _), group)| (*word, *group as u8 + 1))
        .collect();
    result.sort_unstable();
    result
}
