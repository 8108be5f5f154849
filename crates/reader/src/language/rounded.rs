//! Products of vectors and matrices in whole numbers of 16 bits.
//!
//! Processors multiply sixteen of these at once and add them up by pairs, and their sums are exact, in whatever order they are
//! made. Numbers are rounded to a few thousand steps, a matrix's to its own and a sentence's to its own, so few that no sum
//! overflows. (That networks bear this: Jacob and others 2018.)

use super::network::{DIMENSION, HIDDEN, LAYER, LAYERS, Layout, PLACES};
use pulp::{Arch, NullaryFnOnce};
use std::ops::Range;

/// The most steps of a weight, and of a number in a vector: the sum of [`DIMENSION`] products stays below 2 to the 31st.
const WEIGHT: f32 = 4000.0;
const VALUE: f32 = 8100.0;

/// How many numbers there are in the longest registers.
const LANES: usize = 8;

/// Rounds to the nearest whole number, one between two of them upwards.
fn round(value: f32) -> i16 {
    // What is cut off must be positive.
    ((value + 16384.5) as i32 - 16384) as i16
}

fn most(values: &[f32]) -> f32 {
    values.iter().fold(1e-6, |most, value| most.max(value.abs()))
}

/// Vectors in whole numbers, two in a cell: the first in the lower half.
#[derive(Default)]
pub struct Pairs {
    cells: Vec<i32>,
    step: f32,
}

impl Pairs {
    /// Takes these vectors.
    pub fn fill(&mut self, vectors: &[f32]) {
        let most = most(vectors);
        let scale = VALUE / most;
        self.step = most / VALUE;
        self.cells.clear();
        self.cells.extend(vectors.as_chunks().0.iter().map(|[first, second]| {
            let [first, second] = [round(first * scale), round(second * scale)];
            i32::from(second) << 16 | i32::from(first) & 0xFFFF
        }));
    }
}

/// Matrices in whole numbers. Of each two rows, the numbers of a column stand side by side.
pub struct Rounded {
    cells: Vec<i16>,
    from: usize,
    places: usize,
    layer_step: f32,
    place_step: f32,
}

impl Rounded {
    /// The matrices of the layers and places of these weights.
    pub fn of(layout: &Layout, weights: &[f32]) -> Rounded {
        let from = layout.layers;
        let mut cells = vec![0; layout.vacant - from];
        let mut put = |matrix: usize, columns: usize, most: f32| {
            let rows = weights[matrix..][..DIMENSION * columns].chunks_exact(columns);
            for (row, weights) in rows.enumerate() {
                for (column, weight) in weights.iter().enumerate() {
                    cells[matrix - from + (row / 2 * columns + column) * 2 + row % 2] = round(weight / most * WEIGHT);
                }
            }
        };
        let layers = most(&weights[layout.layers..layout.places]);
        let sides = (0..LAYERS * 3).map(|n| layout.layers + n / 3 * LAYER + n % 3 * DIMENSION * DIMENSION);
        sides.for_each(|matrix| put(matrix, DIMENSION, layers));
        let places = most(&weights[layout.places..layout.vacant]);
        (0..PLACES).for_each(|n| put(layout.places + n * DIMENSION * HIDDEN, HIDDEN, places));
        Rounded { cells, from, places: layout.places, layer_step: layers / WEIGHT, place_step: places / WEIGHT }
    }

    /// Adds to each vector of `out` the product of one of `words` and the matrix that begins at `matrix` in the weights.
    pub fn multiply<const OUT: usize>(
        &self,
        arch: Arch,
        matrix: usize,
        pairs: &Pairs,
        words: Range<usize>,
        out: &mut [f32],
    ) {
        let step = pairs.step * if matrix < self.places { self.layer_step } else { self.place_step };
        let cells = &self.cells[matrix - self.from..][..DIMENSION * OUT];
        let vectors = &pairs.cells[words.start * DIMENSION / 2..words.end * DIMENSION / 2];
        let out = &mut out[..words.len() * OUT];
        #[cfg(target_arch = "x86_64")]
        if let Arch::V3(simd) = arch {
            simd.vectorize(Product::<OUT, _> { lanes: simd, cells, vectors, out, step });
            return;
        }
        arch.dispatch(Product::<OUT, _> { lanes: (), cells, vectors, out, step });
    }
}

/// Adds to each sum the products of two weights and two numbers of a vector.
trait Lanes: Copy {
    fn add(self, sums: [i32; LANES], weights: [i16; 2 * LANES], pair: i32) -> [i32; LANES];
}

impl Lanes for () {
    #[inline(always)]
    fn add(self, mut sums: [i32; LANES], weights: [i16; 2 * LANES], pair: i32) -> [i32; LANES] {
        let (first, second) = (i32::from(pair as i16), pair >> 16);
        for (sum, [one, two]) in sums.iter_mut().zip(weights.as_chunks().0) {
            *sum += i32::from(*one) * first + i32::from(*two) * second;
        }
        sums
    }
}

#[cfg(target_arch = "x86_64")]
impl Lanes for pulp::x86::V3 {
    #[inline(always)]
    fn add(self, sums: [i32; LANES], weights: [i16; 2 * LANES], pair: i32) -> [i32; LANES] {
        let products = self.avx2._mm256_madd_epi16(pulp::cast(weights), self.avx._mm256_set1_epi32(pair));
        pulp::cast(self.avx2._mm256_add_epi32(pulp::cast(sums), products))
    }
}

struct Product<'a, const OUT: usize, L> {
    lanes: L,
    cells: &'a [i16],
    vectors: &'a [i32],
    out: &'a mut [f32],
    step: f32,
}

impl<const OUT: usize, L: Lanes> NullaryFnOnce for Product<'_, OUT, L> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        // Eight registers of sums each time.
        let next = together::<OUT, 4, 2, L>(self);
        let next = together::<OUT, 2, 4, L>(next);
        together::<OUT, 1, 8, L>(next);
    }
}

/// Multiplies `COUNT` vectors and `GROUPS` times [`LANES`] columns at a time, and leaves the vectors that are left over.
#[inline(always)]
fn together<'a, const OUT: usize, const COUNT: usize, const GROUPS: usize, L: Lanes>(
    product: Product<'a, OUT, L>,
) -> Product<'a, OUT, L> {
    let Product { lanes, cells, vectors, out, step } = product;
    const ROWS: usize = DIMENSION / 2;
    let times = vectors.len() / (COUNT * ROWS);
    let (vectors, vectors_left) = vectors.split_at(times * COUNT * ROWS);
    let (out, out_left) = out.split_at_mut(times * COUNT * OUT);
    let (groups, _) = cells.as_chunks::<{ 2 * LANES }>();
    for block in 0..OUT / (GROUPS * LANES) {
        for (vectors, out) in vectors.chunks_exact(COUNT * ROWS).zip(out.chunks_exact_mut(COUNT * OUT)) {
            let (vectors, _) = vectors.as_chunks::<ROWS>();
            let mut sums = [[[0i32; LANES]; GROUPS]; COUNT];
            for (row, groups) in groups.chunks_exact(OUT / LANES).take(ROWS).enumerate() {
                let groups = &groups.as_chunks::<GROUPS>().0[block];
                for (sums, vector) in sums.iter_mut().zip(vectors) {
                    for (sums, group) in sums.iter_mut().zip(groups) {
                        *sums = lanes.add(*sums, *group, vector[row]);
                    }
                }
            }
            for (out, sums) in out.chunks_exact_mut(OUT).zip(&sums) {
                let (out, _) = out[block * GROUPS * LANES..].as_chunks_mut::<LANES>();
                for (out, sums) in out.iter_mut().zip(sums) {
                    for (out, sum) in out.iter_mut().zip(sums) {
                        *out += *sum as f32 * step;
                    }
                }
            }
        }
    }
    Product { lanes, cells, vectors: vectors_left, out: out_left, step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_nearly_those_of_the_weights_and_the_same_on_every_machine() {
        let layout = Layout::new(2);
        let number = |i: usize| (i * 7919 % 2001) as f32 / 1000.0 - 1.0;
        let weights: Vec<f32> = (0..layout.total).map(number).collect();
        let rounded = Rounded::of(&layout, &weights);
        let vectors: Vec<f32> = (0..8 * DIMENSION).map(|i| number(i * 31) * 3.0).collect();
        let mut pairs = Pairs::default();
        pairs.fill(&vectors);
        for (words, place) in [(0..7, 0), (1..8, 12), (3..4, 5), (2..2, 1)] {
            let matrix = layout.places + place * DIMENSION * HIDDEN;
            let [mut fast, mut plain] = [(); 2].map(|()| vec![1.0f32; words.len() * HIDDEN]);
            rounded.multiply::<HIDDEN>(Arch::new(), matrix, &pairs, words.clone(), &mut fast);
            rounded.multiply::<HIDDEN>(Arch::Scalar, matrix, &pairs, words.clone(), &mut plain);
            assert_eq!(fast, plain);
            for (word, out) in words.zip(fast.chunks_exact(HIDDEN)) {
                for (column, sum) in out.iter().enumerate() {
                    let products = (0..DIMENSION)
                        .map(|row| vectors[word * DIMENSION + row] * weights[matrix + row * HIDDEN + column]);
                    let right = 1.0 + products.sum::<f32>();
                    assert!((sum - right).abs() < 0.02, "{sum} {right}");
                }
            }
        }
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest() {
        let rounded = [0.0, 0.4, 0.5, -0.4, -0.6, 8100.0, -8100.0, -3.5].map(round);
        assert_eq!(rounded, [0, 0, 1, 0, -1, 8100, -8100, -3]);
    }
}
