//! A small neural network that chooses the parser's steps and relations.
//!
//! Every word becomes a vector, the sum of vectors of its form, tag, cluster and ending. Layers of convolution mix in what
//! stands beside it. The network then sees a tree in the making through the words in a few places (the top of the stack, the
//! next word of the input, dependents of both) and some rows for what has no place (relations, distances): their parts add up
//! to one hidden layer, which the scores of steps and relations are read from. (Chen and Manning 2014; that a word's part is
//! computed once for each place, and that its vector knows the context: Kiperwasser and Goldberg 2016.)
//!
//! Sums are made in a fixed order in 32-bit floating point, and the products of vectors and matrices in whole numbers
//! ([`super::rounded`]), so that the same text gives the same tree on every machine.

use super::parser::{BARE, NONE, Node, State, Word};
use super::rounded::{Pairs, Rounded};
use pulp::{Arch, NullaryFnOnce};
use std::ops::Range;

/// Length of a word's vector.
pub const DIMENSION: usize = 64;
/// Length of the hidden layer.
pub const HIDDEN: usize = 128;
/// How many layers of convolution there are; each sees one word on each side.
pub const LAYERS: usize = 3;
/// How many places of a tree in the making are seen.
pub const PLACES: usize = 13;
/// In how many of them, the first, nearly every word comes to stand.
const COMMON_PLACES: usize = 5;
/// How many relations are told apart, with room to spare.
pub const RELATIONS: usize = 56;
/// How many endings are told apart, and as many beginnings and shapes.
pub const ENDINGS: usize = 1024;
/// How many joint tags are told apart at most.
pub const TAGS: usize = 128;
/// How many rows there are besides words.
pub const ROWS: usize = 8 * 64 + 3 * 64 + 128;

/// How many of these rows are seen at once, at most.
const ROWS_SEEN: usize = 48;

/// Where each part of the weights begins.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// How many forms have vectors of their own, with one for all others.
    pub words: usize,
    /// Vectors of joint tags.
    pub tags: usize,
    /// Vectors of clusters.
    pub clusters: usize,
    /// Vectors of endings, beginnings and shapes.
    pub endings: usize,
    /// Layers of convolution: for each, the matrices of the word before, the word itself and the word after, then a bias.
    pub layers: usize,
    /// A matrix for each place.
    pub places: usize,
    /// For each place, what stands for no word.
    pub vacant: usize,
    /// The bias of the hidden layer.
    pub bias: usize,
    /// Rows for what has no place.
    pub rows: usize,
    /// The scores of steps: a row for each, then biases.
    pub actions: usize,
    /// The scores of relations, to the left and to the right: a row for each unit of the hidden layer, and one more for biases.
    pub relations: usize,
    /// The scores of tags: a row for each number of a word's vector, and one more for biases.
    pub guesses: usize,
    /// The number of weights.
    pub total: usize,
}

/// Weights of one layer of convolution.
pub const LAYER: usize = (3 * DIMENSION + 1) * DIMENSION;
/// How many matrices the layers have: three each.
pub(super) const SIDES: usize = 3 * LAYERS;

impl Layout {
    /// The layout for `words` forms.
    pub fn new(words: usize) -> Layout {
        let tags = words * DIMENSION;
        let clusters = tags + 256 * DIMENSION;
        let endings = clusters + 256 * DIMENSION;
        let layers = endings + 4 * ENDINGS * DIMENSION;
        let places = layers + LAYERS * LAYER;
        let vacant = places + PLACES * DIMENSION * HIDDEN;
        let bias = vacant + PLACES * HIDDEN;
        let rows = bias + HIDDEN;
        let actions = rows + ROWS * HIDDEN;
        let relations = actions + 3 * HIDDEN + 4;
        let guesses = relations + 2 * (HIDDEN + 1) * RELATIONS;
        let total = guesses + (DIMENSION + 1) * TAGS;
        Layout {
            words,
            tags,
            clusters,
            endings,
            layers,
            places,
            vacant,
            bias,
            rows,
            actions,
            relations,
            guesses,
            total,
        }
    }

    /// The parts of the weights.
    pub fn sections(&self) -> [Range<usize>; 12] {
        let marks = [
            0,
            self.tags,
            self.clusters,
            self.endings,
            self.layers,
            self.places,
            self.vacant,
            self.bias,
            self.rows,
            self.actions,
            self.relations,
            self.guesses,
            self.total,
        ];
        std::array::from_fn(|i| marks[i]..marks[i + 1])
    }

    /// Where a matrix begins: the first [`SIDES`] are those of the layers, the others those of the places.
    pub(super) fn matrix(&self, number: usize) -> usize {
        match number.checked_sub(SIDES) {
            None => self.layers + number / 3 * LAYER + number % 3 * DIMENSION * DIMENSION,
            Some(place) => self.places + place * DIMENSION * HIDDEN,
        }
    }

    /// Where the vectors begin that a word's vector is the sum of.
    pub fn parts(&self, word: &Word) -> [usize; 7] {
        [
            usize::from(word.id).min(self.words.saturating_sub(1)) * DIMENSION,
            self.tags + usize::from(word.tag) * DIMENSION,
            self.clusters + usize::from(word.cluster) * DIMENSION,
            self.endings + usize::from(word.looks[0]) % ENDINGS * DIMENSION,
            self.endings + (ENDINGS + usize::from(word.looks[1]) % ENDINGS) * DIMENSION,
            self.endings + (2 * ENDINGS + usize::from(word.looks[2]) % ENDINGS) * DIMENSION,
            self.endings + (3 * ENDINGS + usize::from(word.looks[3]) % ENDINGS) * DIMENSION,
        ]
    }
}

/// The network.
pub struct Network {
    /// Where its weights lie.
    pub layout: Layout,
    /// The weights.
    pub weights: Vec<f32>,
    /// The matrices of the layers and of the places in whole numbers; none while it learns.
    rounded: Option<Rounded>,
    /// What the processor can do at once: longer registers, the same sums in the same order.
    pub(super) arch: Arch,
}

/// What is computed once for a sentence.
#[derive(Default)]
pub struct Context {
    /// The vectors of the words before and after each layer.
    pub levels: [Vec<f32>; LAYERS + 1],
    /// For each place, what each word adds to the hidden layer there, as far as known.
    parts: Vec<f32>,
    known: Vec<bool>,
    sums: Vec<f32>,
    /// The words' vectors in whole numbers, as far up as they are computed.
    pairs: Pairs,
    count: usize,
}

/// How many sums are made at once: enough that none waits for the one before, few enough to stay in registers.
const SUMS: usize = 64;

/// Adds to each vector of `out` the product of a vector and a matrix, which holds a row for each number of the vector.
///
/// Four vectors and a few columns at a time, so that sums stay in registers and the columns in the nearest cache. However
/// the columns are cut, each sum is made in the order of the rows.
struct Product<'a, const OUT: usize> {
    matrix: &'a [f32],
    vectors: &'a [f32],
    out: &'a mut [f32],
}

impl<const OUT: usize> NullaryFnOnce for Product<'_, OUT> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Product { matrix, vectors, out } = self;
        let (rows, _) = matrix.as_chunks::<OUT>();
        let (vectors, out) = together::<OUT, 4, { SUMS / 4 }>(rows, vectors, out);
        let (vectors, out) = together::<OUT, 2, { SUMS / 4 }>(rows, vectors, out);
        together::<OUT, 1, SUMS>(rows, vectors, out);
    }
}

/// As [`Product`], `COUNT` vectors and `COLUMNS` columns at a time; gives back the vectors that are left over, with the sums
/// that are theirs.
#[inline(always)]
fn together<'v, 'o, const OUT: usize, const COUNT: usize, const COLUMNS: usize>(
    rows: &[[f32; OUT]],
    vectors: &'v [f32],
    out: &'o mut [f32],
) -> (&'v [f32], &'o mut [f32]) {
    let times = vectors.len() / (COUNT * rows.len()).max(1);
    let (vectors, vectors_left) = vectors.split_at(times * COUNT * rows.len());
    let (out, out_left) = out.split_at_mut(times * COUNT * OUT);
    for block in 0..OUT / COLUMNS {
        for (vectors, out) in vectors.chunks_exact(COUNT * rows.len()).zip(out.chunks_exact_mut(COUNT * OUT)) {
            let (out, _) = out.as_chunks_mut::<COLUMNS>();
            let parts: [&[f32]; COUNT] = std::array::from_fn(|n| &vectors[n * rows.len()..][..rows.len()]);
            let mut sums: [[f32; COLUMNS]; COUNT] = std::array::from_fn(|n| out[n * (OUT / COLUMNS) + block]);
            for (at, row) in rows.iter().enumerate() {
                let row = &row.as_chunks::<COLUMNS>().0[block];
                for (sums, part) in sums.iter_mut().zip(&parts) {
                    let value = part[at];
                    for (sum, weight) in sums.iter_mut().zip(row) {
                        *sum += value * weight;
                    }
                }
            }
            for (n, sums) in sums.into_iter().enumerate() {
                out[n * (OUT / COLUMNS) + block] = sums;
            }
        }
    }
    (vectors_left, out_left)
}

/// The sum of some vectors, and 0 where it is negative.
struct Rectified<'a> {
    terms: &'a [&'a [f32; HIDDEN]],
    out: &'a mut [f32; HIDDEN],
}

impl NullaryFnOnce for Rectified<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (block, out) in self.out.as_chunks_mut::<SUMS>().0.iter_mut().enumerate() {
            let mut sums = [0.0; SUMS];
            for term in self.terms {
                let term = &term.as_chunks::<SUMS>().0[block];
                for i in 0..SUMS {
                    sums[i] += term[i];
                }
            }
            *out = sums.map(|sum| sum.max(0.0));
        }
    }
}

/// The scores of the steps: a row for each.
struct Steps<'a> {
    rows: &'a [[f32; HIDDEN]],
    bias: &'a [f32],
    hidden: &'a [f32; HIDDEN],
}

impl NullaryFnOnce for Steps<'_> {
    type Output = [f32; 3];

    #[inline(always)]
    fn call(self) -> [f32; 3] {
        let mut scores = [0.0; 3];
        for ((score, row), bias) in scores.iter_mut().zip(self.rows).zip(self.bias) {
            *score = dot(row, self.hidden) + bias;
        }
        scores
    }
}

/// The scores of relations: a matrix of a row for each unit of the hidden layer, of which many are 0.
struct Scores<'a> {
    rows: &'a [[f32; RELATIONS]],
    hidden: &'a [f32; HIDDEN],
    scores: [f32; RELATIONS],
}

impl NullaryFnOnce for Scores<'_> {
    type Output = [f32; RELATIONS];

    #[inline(always)]
    fn call(self) -> [f32; RELATIONS] {
        let mut scores = self.scores;
        for (row, value) in self.rows.iter().zip(self.hidden).filter(|(_, value)| **value > 0.0) {
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += value * weight;
            }
        }
        scores
    }
}

/// Computes the vectors of a sentence's words.
struct Begin<'a> {
    network: &'a Network,
    words: &'a [Word],
    context: &'a mut Context,
}

impl NullaryFnOnce for Begin<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Begin { network, words, context } = self;
        let Network { layout, weights, rounded, .. } = network;
        context.count = words.len();
        let Context { levels, sums, pairs, .. } = context;
        levels[0].clear();
        for word in words {
            let mut vector = [0.0; DIMENSION];
            for from in layout.parts(word) {
                add(&mut vector, &weights[from..from + DIMENSION]);
            }
            levels[0].extend_from_slice(&vector);
        }
        // What stands beside a word lies one vector on.
        let beside = words.len().min(1);
        for layer in 0..LAYERS {
            let bias = &weights[layout.matrix(3 * layer) + 3 * DIMENSION * DIMENSION..][..DIMENSION];
            let (below, above) = levels.split_at_mut(layer + 1);
            let (Some(below), Some(above)) = (below.last(), above.first_mut()) else { return };
            sums.clear();
            words.iter().for_each(|_| sums.extend_from_slice(bias));
            if rounded.is_some() {
                pairs.fill(below);
            }
            let multiply = |side: usize, words: Range<usize>, out: &mut [f32]| {
                network.multiply::<DIMENSION, true>(3 * layer + side, below, pairs, words, out);
            };
            multiply(0, 0..words.len() - beside, &mut sums[beside * DIMENSION..]);
            multiply(1, 0..words.len(), sums);
            multiply(2, beside..words.len(), sums);
            above.clear();
            above.extend(below.iter().zip(&*sums).map(|(value, sum)| value + sum.max(0.0)));
        }
        if rounded.is_some() {
            pairs.fill(&levels[LAYERS]);
        }
    }
}

/// Adds one vector to another.
#[inline(always)]
pub fn add(out: &mut [f32], vector: &[f32]) {
    for (sum, value) in out.iter_mut().zip(vector) {
        *sum += value;
    }
}

impl Network {
    /// A network of these weights.
    pub fn new(layout: Layout, weights: Vec<f32>) -> Network {
        Network { layout, weights, rounded: None, arch: Arch::new() }
    }

    /// Reads a network: the number of forms, then for each part of the weights its scale, and each weight in two bytes.
    pub fn read(bytes: &[u8]) -> Option<Network> {
        let (head, mut rest) = bytes.split_first_chunk::<4>()?;
        let layout = Layout::new(usize::try_from(u32::from_le_bytes(*head)).ok().filter(|n| (1..1 << 16).contains(n))?);
        let mut weights = Vec::with_capacity(layout.total);
        for part in layout.sections() {
            let (scale, more) = rest.split_first_chunk::<4>()?;
            let scale = f32::from_le_bytes(*scale);
            let (cells, more) = more.split_at_checked(part.len() * 2)?;
            weights.extend(cells.chunks_exact(2).map(|c| f32::from(i16::from_le_bytes([c[0], c[1]])) * scale));
            rest = more;
        }
        let rounded = Some(Rounded::of(&layout, &weights));
        Some(Network { rounded, ..Network::new(layout, weights) })
    }

    /// Writes the network.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = (self.layout.words as u32).to_le_bytes().to_vec();
        for part in self.layout.sections() {
            let weights = &self.weights[part];
            let most = weights.iter().fold(1e-9f32, |most, weight| most.max(weight.abs()));
            let scale = most / 32767.0;
            bytes.extend(scale.to_le_bytes());
            bytes.extend(weights.iter().flat_map(|weight| ((weight / scale).round() as i16).to_le_bytes()));
        }
        bytes
    }

    /// Begins a sentence: computes the vectors of its words.
    pub fn begin(&self, words: &[Word], context: &mut Context) {
        self.arch.dispatch(Begin { network: self, words, context });
    }

    /// Computes what each word of the sentence adds to the hidden layer in the places where nearly every word comes to stand.
    pub fn place(&self, context: &mut Context) {
        let Context { levels, parts, known, count, pairs, .. } = context;
        // What is not known yet may hold anything.
        let common = COMMON_PLACES * *count;
        let room = PLACES * *count * HIDDEN;
        if parts.len() < room {
            *parts = vec![0.0; room.next_power_of_two()];
        }
        known.clear();
        known.resize(PLACES * *count, false);
        known[..common].fill(true);
        for (place, part) in parts.chunks_exact_mut((*count * HIDDEN).max(1)).take(COMMON_PLACES).enumerate() {
            self.multiply::<HIDDEN, false>(SIDES + place, &levels[LAYERS], pairs, 0..*count, part);
        }
    }

    /// The product of each of `words` and matrix `number` ([`Layout::matrix`]): added to the vectors of `out`, or put there.
    /// `vectors`: those of all words, `pairs`: the same in whole numbers, where these are used.
    fn multiply<const OUT: usize, const ADD: bool>(
        &self,
        number: usize,
        vectors: &[f32],
        pairs: &Pairs,
        words: Range<usize>,
        out: &mut [f32],
    ) {
        if let Some(rounded) = &self.rounded {
            rounded.multiply::<OUT, ADD>(self.arch, number, pairs, words, out);
            return;
        }
        let matrix = &self.weights[self.layout.matrix(number)..][..DIMENSION * OUT];
        let vectors = &vectors[words.start * DIMENSION..words.end * DIMENSION];
        let out = &mut out[..words.len() * OUT];
        if !ADD {
            out.fill(0.0);
        }
        self.arch.dispatch(Product::<OUT> { matrix, vectors, out });
    }

    /// Computes the hidden layer for a tree in the making.
    #[inline(always)]
    pub fn hidden(&self, seen: &Seen, context: &mut Context, out: &mut [f32; HIDDEN]) {
        let layout = &self.layout;
        let Context { levels, parts, known, count, pairs, .. } = context;
        for (place, word) in seen.places.iter().enumerate().filter(|(_, word)| **word != NONE) {
            let word = usize::from(*word);
            let index = place * *count + word;
            if !std::mem::replace(&mut known[index], true) {
                let part = &mut parts[index * HIDDEN..][..HIDDEN];
                self.multiply::<HIDDEN, false>(SIDES + place, &levels[LAYERS], pairs, word..word + 1, part);
            }
        }
        // The bias goes first, then what stands in the places, then the rows.
        let (fixed, _) = self.weights[layout.vacant..layout.actions].as_chunks::<HIDDEN>();
        let (vacant, rest) = fixed.split_at(PLACES);
        let (parts, _) = parts.as_chunks::<HIDDEN>();
        let Some((bias, rows)) = rest.split_first() else { return };
        let mut terms = [bias; 1 + PLACES + ROWS_SEEN];
        for (place, (term, word)) in terms[1..].iter_mut().zip(&seen.places).enumerate() {
            *term = if *word == NONE { &vacant[place] } else { &parts[place * *count + usize::from(*word)] };
        }
        for (term, row) in terms[1 + PLACES..].iter_mut().zip(seen.rows()) {
            *term = &rows[usize::from(*row)];
        }
        self.arch.dispatch(Rectified { terms: &terms[..1 + PLACES + seen.rows().len()], out });
    }

    /// The scores of the tags of a word.
    pub fn tags(&self, vector: &[f32]) -> [f32; TAGS] {
        let weights = &self.weights[self.layout.guesses..][..(DIMENSION + 1) * TAGS];
        let (weights, bias) = weights.split_at(DIMENSION * TAGS);
        let mut scores = [0.0; TAGS];
        scores.copy_from_slice(bias);
        self.arch.dispatch(Product::<TAGS> { matrix: weights, vectors: vector, out: &mut scores });
        scores
    }

    /// The scores of the steps.
    #[inline(always)]
    pub fn actions(&self, hidden: &[f32; HIDDEN]) -> [f32; 3] {
        let (rows, bias) = self.weights[self.layout.actions..self.layout.relations].as_chunks::<HIDDEN>();
        self.arch.dispatch(Steps { rows, bias, hidden })
    }

    /// The scores of the relations of an attachment to the right (of a left dependent), or to the left.
    #[inline(always)]
    pub fn relations(&self, left: bool, hidden: &[f32; HIDDEN]) -> [f32; RELATIONS] {
        let from = self.layout.relations + usize::from(left) * (HIDDEN + 1) * RELATIONS;
        let weights = &self.weights[from..][..(HIDDEN + 1) * RELATIONS];
        let (rows, _) = weights.as_chunks::<RELATIONS>();
        let (bias, rows) = rows.split_last().unwrap_or((&[0.0; RELATIONS], &[]));
        self.arch.dispatch(Scores { rows, hidden, scores: *bias })
    }
}

/// e to the power of `x`, the same on every machine.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let power = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let whole = power.floor();
    let rest = (power - whole) * std::f32::consts::LN_2;
    let series = 1.0 + rest * (1.0 + rest / 2.0 * (1.0 + rest / 3.0 * (1.0 + rest / 4.0 * (1.0 + rest / 5.0))));
    f32::from_bits(((whole as i32 + 127) as u32) << 23) * series
}

/// The natural logarithm of a number from 1 to 3, the same on every machine.
#[inline(always)]
fn ln(x: f32) -> f32 {
    let z = (x - 1.0) / (x + 1.0);
    let square = z * z;
    2.0 * z * (1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square / 9.0))))
}

/// Turns three scores into logarithms of probabilities.
#[inline(always)]
pub fn log_softmax(scores: [f32; 3]) -> [f32; 3] {
    let most = scores.into_iter().fold(f32::MIN, f32::max);
    let sum: f32 = scores.into_iter().map(|score| exp(score - most)).sum();
    scores.map(|score| score - most - ln(sum))
}

/// The place of the highest of the scores that are allowed, the first of equals.
#[inline(always)]
pub fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = (f32::MIN, 0);
    for (place, score) in scores.iter().enumerate() {
        if *score > best.0 && allowed(place) {
            best = (*score, place);
        }
    }
    best.1
}

/// The sum of the products of two vectors, in eight sums that are added up at the end.
#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}

/// What the network sees of a tree in the making.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The words in the places, [`NONE`] for none.
    pub places: [u16; PLACES],
    rows: [u16; ROWS_SEEN],
    count: usize,
}

impl Seen {
    /// The rows of what has no place.
    pub fn rows(&self) -> &[u16] {
        &self.rows[..self.count]
    }

    /// Looks at a tree in the making. `distances`: from the second of the stack to the top, and from there to the next word;
    /// `between`: what stands between them.
    #[inline(always)]
    pub fn of(state: &State, distances: [usize; 2], between: [usize; 2]) -> Seen {
        let next = |n: usize| if state.next + n < state.nodes.len() { (state.next + n) as u16 } else { NONE };
        let (s0, s1, s2, b0, b1) = (state.under(0), state.under(1), state.under(2), next(0), next(1));
        let [s0n, s1n, b0n] = [s0, s1, b0].map(|at| state.node(at));
        let children =
            [s0n.left[0], s0n.left[1], s0n.right[0], s0n.right[1], s1n.left[0], s1n.right[0], b0n.left[0], b0n.left[1]];
        let mut places = [NONE; PLACES];
        for (place, word) in places.iter_mut().zip([s0, s1, s2, b0, b1].into_iter().chain(children)) {
            *place = word;
        }
        let mut seen = Seen { places, rows: [0; ROWS_SEEN], count: 0 };
        let mut put = |row: usize| {
            if let Some(place) = seen.rows.get_mut(seen.count) {
                *place = row as u16;
                seen.count += 1;
            }
        };
        for (number, child) in children.into_iter().enumerate() {
            if child != NONE {
                put(number * 64 + usize::from(state.node(child).label).min(63));
            }
        }
        let sets = [s0n, s1n, b0n].map(|node| node.left_labels | node.right_labels);
        for (number, mut set) in sets.into_iter().enumerate() {
            while set != 0 {
                put((8 + number) * 64 + set.trailing_zeros() as usize);
                set &= set - 1;
            }
        }
        let few = |n: u8| usize::from(n.min(3));
        let rest = (state.nodes.len() - state.next).min(3);
        let numbers = [
            few(s0n.lefts) * 4 + few(s0n.rights),
            16 + few(s1n.lefts) * 4 + few(s1n.rights),
            32 + few(b0n.lefts),
            36 + distances[0].min(8),
            45 + distances[1].min(8),
            54 + between[0].min(24),
            79 + between[1].min(24),
            104 + state.stack.len().min(4) * 4 + rest,
        ];
        for number in numbers {
            put(11 * 64 + number);
        }
        seen
    }
}

impl State {
    fn node(&self, at: u16) -> &Node {
        self.nodes.get(usize::from(at)).unwrap_or(&BARE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_read_as_it_was_written() {
        let layout = Layout::new(2);
        let weights = (0..layout.total).map(|i| (i * 7919 % 2001) as f32 / 1000.0 - 1.0).collect();
        let network = Network::new(layout, weights);
        let bytes = network.write();
        let again = Network::read(&bytes).unwrap();
        assert_eq!(again.weights.len(), network.weights.len());
        assert!(again.weights.iter().zip(&network.weights).all(|(a, b)| (a - b).abs() < 1e-4));
        for length in [0, 3, 4, 100, bytes.len() - 1] {
            assert!(Network::read(&bytes[..length]).is_none(), "{length}");
        }
    }

    #[test]
    fn products_and_sums_are_those_of_the_definition() {
        let matrix: Vec<f32> = (0..2 * 64).map(|i| i as f32).collect();
        let mut out = [1.0; 64];
        Product::<64> { matrix: &matrix, vectors: &[2.0, 1.0], out: &mut out }.call();
        assert!(out.iter().enumerate().all(|(i, sum)| *sum == 1.0 + 2.0 * i as f32 + (64 + i) as f32));
        assert_eq!(dot(&[1.0; 16], &[2.0; 16]), 32.0);
        assert_eq!(best(&[1.0, 3.0, 3.0, 9.0], |place| place < 3), 1);
        let scores = [1.0f32, -2.0, 1.5];
        let sum: f32 = scores.iter().map(|score| score.exp()).sum();
        let right = scores.map(|score| score - sum.ln());
        assert!(log_softmax(scores).iter().zip(right).all(|(a, b)| (a - b).abs() < 1e-3));
    }
}
