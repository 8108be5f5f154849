//! Products of vectors and matrices in whole numbers of 16 bits.
//!
//! Processors multiply sixteen of these at once and add them up by pairs, and their sums are exact, in whatever order they are
//! made. Numbers are rounded to a few thousand steps, a matrix's to its own and a sentence's to its own, so few that no sum
//! overflows. (That networks bear this: Jacob and others 2018.)

use super::network::{DIMENSION, HIDDEN, Layout, PLACES, SIDES};
use pulp::{Arch, NullaryFnOnce};
use std::ops::Range;

/// The most steps of a weight, and of a number in a vector: the sum of [`DIMENSION`] products stays below 2 to the 31st.
const WEIGHT: f32 = 4000.0;
const VALUE: f32 = 8100.0;

/// How many numbers there are in the longest registers.
const LANES: usize = 8;

/// How many vectors are multiplied at once, and with how many registers of columns: their sums, the columns and what is
/// multiplied just now fit into sixteen registers.
const TOGETHER: usize = 5;
const GROUPS: usize = 2;
const COLUMNS: usize = GROUPS * LANES;
/// How many times that, for a vector that is multiplied by itself.
const ALONE: usize = 4;

/// How many rows of two numbers there are in a matrix.
const ROWS: usize = DIMENSION / 2;

/// [`COLUMNS`] columns of a matrix, row after row: of each two rows, the numbers of a column stand side by side.
type Columns = [[[i16; 2 * LANES]; GROUPS]; ROWS];

/// Rounds to the nearest whole number, one between two of them upwards.
fn round(value: f32) -> i16 {
    // What is cut off must be positive.
    ((value + 16384.5) as i32 - 16384) as i16
}

/// The greatest of these numbers, whatever their signs.
#[inline(always)]
fn most(values: &[f32]) -> f32 {
    let mut most = [1e-6f32; LANES];
    let (groups, rest) = values.as_chunks::<LANES>();
    for group in groups {
        for (most, value) in most.iter_mut().zip(group) {
            *most = most.max(value.abs());
        }
    }
    most.iter().chain(rest).fold(0.0, |most, value| most.max(value.abs()))
}

/// Vectors in whole numbers, two in a cell: the first in the lower half.
#[derive(Default)]
pub struct Pairs {
    cells: Vec<i32>,
    step: f32,
}

impl Pairs {
    /// Takes these vectors.
    #[inline(always)]
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

/// Matrices in whole numbers.
pub struct Rounded {
    /// Those of the layers, then those of the places, one after the other.
    columns: Vec<Columns>,
    layer_step: f32,
    place_step: f32,
}

impl Rounded {
    /// The matrices of the layers and places of these weights.
    pub fn of(layout: &Layout, weights: &[f32]) -> Rounded {
        let layers = most(&weights[layout.layers..layout.places]);
        let places = most(&weights[layout.places..layout.vacant]);
        let mut columns = Vec::new();
        for number in 0..SIDES + PLACES {
            let (width, most) = if number < SIDES { (DIMENSION, layers) } else { (HIDDEN, places) };
            let weights = &weights[layout.matrix(number)..][..DIMENSION * width];
            for first in (0..width).step_by(COLUMNS) {
                let of = |row: usize, column: usize| round(weights[row * width + column] / most * WEIGHT);
                columns.push(std::array::from_fn(|row| {
                    std::array::from_fn(|group| {
                        std::array::from_fn(|n| of(row * 2 + n % 2, first + group * LANES + n / 2))
                    })
                }));
            }
        }
        Rounded { columns, layer_step: layers / WEIGHT, place_step: places / WEIGHT }
    }

    /// The product of each of `words` and matrix `number` ([`Layout::matrix`]): added to the vectors of `out`, or put there.
    pub fn multiply<const OUT: usize, const ADD: bool>(
        &self,
        arch: Arch,
        number: usize,
        pairs: &Pairs,
        words: Range<usize>,
        out: &mut [f32],
    ) {
        const OF_SIDE: usize = DIMENSION / COLUMNS;
        const OF_PLACE: usize = HIDDEN / COLUMNS;
        let (from, step) = match number.checked_sub(SIDES) {
            None => (number * OF_SIDE, self.layer_step),
            Some(place) => (SIDES * OF_SIDE + place * OF_PLACE, self.place_step),
        };
        let columns = &self.columns[from..][..OUT / COLUMNS];
        let (vectors, _) = pairs.cells.as_chunks();
        let (out, _) = out.as_chunks_mut();
        let out = &mut out[..words.len()];
        let (vectors, step) = (&vectors[words], pairs.step * step);
        #[cfg(target_arch = "x86_64")]
        if let Arch::V3(simd) = arch {
            simd.vectorize(Product::<OUT, ADD, _> { lanes: simd, columns, vectors, out, step });
            return;
        }
        arch.dispatch(Product::<OUT, ADD, _> { lanes: (), columns, vectors, out, step });
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

struct Product<'a, const OUT: usize, const ADD: bool, L> {
    lanes: L,
    columns: &'a [Columns],
    vectors: &'a [[i32; ROWS]],
    out: &'a mut [[f32; OUT]],
    step: f32,
}

impl<const OUT: usize, const ADD: bool, L: Lanes> NullaryFnOnce for Product<'_, OUT, ADD, L> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Product { lanes, columns, vectors, out, step } = self;
        let (many, few) = vectors.as_chunks::<TOGETHER>();
        let (many_out, few_out) = out.as_chunks_mut::<TOGETHER>();
        for (block, columns) in columns.iter().enumerate() {
            for (vectors, out) in many.iter().zip(many_out.iter_mut()) {
                let sums = sums::<TOGETHER, 1, L>(lanes, [columns], vectors);
                for (out, [sums]) in out.iter_mut().zip(&sums) {
                    put::<ADD>(&mut out.as_chunks_mut().0[block], sums, step);
                }
            }
        }
        for (vector, out) in few.iter().zip(few_out.iter_mut()) {
            let (out, _) = out.as_chunks_mut();
            for (columns, out) in columns.as_chunks::<ALONE>().0.iter().zip(out.as_chunks_mut::<ALONE>().0) {
                let [sums] = sums::<1, ALONE, L>(lanes, columns.each_ref(), std::array::from_ref(vector));
                for (out, sums) in out.iter_mut().zip(&sums) {
                    put::<ADD>(out, sums, step);
                }
            }
        }
    }
}

/// Sums of [`COLUMNS`] columns.
type Sums = [[i32; LANES]; GROUPS];

/// The products of `COUNT` vectors and `BLOCKS` times [`COLUMNS`] columns.
#[inline(always)]
fn sums<const COUNT: usize, const BLOCKS: usize, L: Lanes>(
    lanes: L,
    columns: [&Columns; BLOCKS],
    vectors: &[[i32; ROWS]; COUNT],
) -> [[Sums; BLOCKS]; COUNT] {
    let mut sums = [[[[0; LANES]; GROUPS]; BLOCKS]; COUNT];
    for row in 0..ROWS {
        for (sums, vector) in sums.iter_mut().zip(vectors) {
            for (sums, columns) in sums.iter_mut().zip(columns) {
                for (sums, group) in sums.iter_mut().zip(&columns[row]) {
                    *sums = lanes.add(*sums, *group, vector[row]);
                }
            }
        }
    }
    sums
}

#[inline(always)]
fn put<const ADD: bool>(out: &mut [f32; COLUMNS], sums: &Sums, step: f32) {
    for (out, sum) in out.iter_mut().zip(sums.as_flattened()) {
        let product = *sum as f32 * step;
        *out = if ADD { *out + product } else { product };
    }
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
            let (number, matrix) = (SIDES + place, layout.matrix(SIDES + place));
            let [mut fast, mut plain] = [(); 2].map(|()| vec![1.0f32; words.len() * HIDDEN]);
            rounded.multiply::<HIDDEN, true>(Arch::new(), number, &pairs, words.clone(), &mut fast);
            rounded.multiply::<HIDDEN, true>(Arch::Scalar, number, &pairs, words.clone(), &mut plain);
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
