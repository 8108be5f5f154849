//! Trains the parser's network: back-propagation through each sentence, with Adam (Kingma and Ba 2015), against the dynamic
//! oracle (Goldberg and Nivre 2013).

use super::Gold;
use super::learner::Random;
use reader::language::Deprel;
use reader::language::network::{
    Context, DIMENSION, HIDDEN, LAYER, LAYERS, Layout, Network, PLACES, RELATIONS, TAGS, add, best, dot, exp,
};
use reader::language::parser::{Action, NONE, State, Word, label as label_of};
use std::ops::Range;
use std::time::Instant;

/// How often every sentence is seen for the model that ships.
pub const ROUNDS: usize = 16;
/// How many sentences make a batch, and among how many threads it is shared.
const BATCH: usize = 16;
const SIDES: usize = 2;
/// The length of Adam's steps at the beginning; it falls to nearly 0.
const RATE: f32 = 0.002;
/// How much of the hidden layer and of the vectors of words is left out by chance in training (Srivastava et al. 2014).
const HIDDEN_DROPOUT: f32 = 0.3;
const VECTOR_DROPOUT: f32 = 0.15;
/// A word seen n times is taken for an unknown one with probability w / (w + n) (Kiperwasser and Goldberg 2016).
const WORD_DROPOUT: f32 = 0.5;
/// How much a wrong tag weighs beside a wrong step.
const TAGS_WEIGHT: f32 = 0.5;

/// A random number from 0 to 1.
fn fraction(random: &mut Random) -> f32 {
    (random.next() >> 40) as f32 / (1u64 << 24) as f32
}

/// Turns scores into probabilities; those at the lowest number are left out.
fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = if *score == f32::MIN { 0.0 } else { exp(*score - most) };
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// Adds `scale` times a vector to another.
fn add_scaled(out: &mut [f32], scale: f32, vector: &[f32]) {
    for (sum, value) in out.iter_mut().zip(vector) {
        *sum += scale * value;
    }
}

/// Random weights.
fn initial(layout: &Layout, random: &mut Random) -> Vec<f32> {
    let mut weights = vec![0.0; layout.total];
    let mut fill = |from: usize, to: usize, size: f32| {
        weights[from..to].iter_mut().for_each(|w| *w = (fraction(random) * 2.0 - 1.0) * size);
    };
    fill(0, layout.layers, 0.25);
    for layer in 0..LAYERS {
        let from = layout.layers + layer * LAYER;
        fill(from, from + 3 * DIMENSION * DIMENSION, (3.0 / (3 * DIMENSION) as f32).sqrt());
    }
    fill(layout.places, layout.vacant, (6.0 / (DIMENSION * 7 + HIDDEN) as f32).sqrt());
    fill(layout.vacant, layout.actions, 0.05);
    fill(layout.actions, layout.actions + 3 * HIDDEN, 0.1);
    fill(layout.relations, layout.total, 0.15);
    weights
}

/// What some sentences teach: the gradient of their loss.
struct Gradient {
    cells: Vec<f32>,
    /// The vectors of forms, tags, clusters and looks whose gradient is not 0.
    touched: Vec<u32>,
    marked: Vec<bool>,
}

impl Gradient {
    fn new(layout: &Layout) -> Gradient {
        Gradient { cells: vec![0.0; layout.total], touched: Vec::new(), marked: vec![false; layout.layers / DIMENSION] }
    }

    fn touch(&mut self, from: usize) {
        let row = from / DIMENSION;
        if !self.marked[row] {
            self.marked[row] = true;
            self.touched.push(row as u32);
        }
    }

    /// Moves what is in `other` into this one. `dense`: where the weights begin that nearly every batch touches.
    fn take(&mut self, other: &mut Gradient, dense: usize) {
        for row in std::mem::take(&mut other.touched) {
            other.marked[row as usize] = false;
            let from = row as usize * DIMENSION;
            self.touch(from);
            self.take_range(other, from..from + DIMENSION);
        }
        self.take_range(other, dense..other.cells.len());
    }

    fn take_range(&mut self, other: &mut Gradient, range: Range<usize>) {
        let cells = &mut other.cells[range.clone()];
        add(&mut self.cells[range], cells);
        cells.fill(0.0);
    }
}

/// The means that Adam keeps.
struct Adam {
    mean: Vec<f32>,
    square: Vec<f32>,
    steps: i32,
}

impl Adam {
    /// Takes a step against a gradient, which is 0 afterwards. `dense` as in [`Gradient::take`].
    fn step(&mut self, weights: &mut [f32], gradient: &mut Gradient, dense: usize, rate: f32, scale: f32) {
        const FIRST: f32 = 0.9;
        const SECOND: f32 = 0.99;
        self.steps += 1;
        let rate = rate * (1.0 - SECOND.powi(self.steps)).sqrt() / (1.0 - FIRST.powi(self.steps));
        let mut change = |cells: &mut [f32], from: usize| {
            let range = from..from + cells.len();
            let means = self.mean[range.clone()].iter_mut().zip(&mut self.square[range.clone()]);
            for ((weight, cell), (mean, square)) in weights[range].iter_mut().zip(cells).zip(means) {
                let slope = *cell * scale;
                *cell = 0.0;
                *mean += (slope - *mean) * (1.0 - FIRST);
                *square += (slope * slope - *square) * (1.0 - SECOND);
                *weight -= rate * *mean / (square.sqrt() + 1e-6);
            }
        };
        for row in std::mem::take(&mut gradient.touched) {
            gradient.marked[row as usize] = false;
            let from = row as usize * DIMENSION;
            change(&mut gradient.cells[from..from + DIMENSION], from);
        }
        change(&mut gradient.cells[dense..], dense);
    }
}

/// Room to work in.
#[derive(Default)]
struct Work {
    context: Context,
    state: State,
    words: Vec<Word>,
    /// Gradients of the parts that words add to the hidden layer.
    parts: Vec<f32>,
    /// Gradients of the vectors of words.
    vectors: Vec<f32>,
    below: Vec<f32>,
    mask: Vec<f32>,
    /// For each place, whether each word was seen there.
    used: Vec<bool>,
    /// The pairs of words of a product: which was multiplied, and which is the result.
    pairs: Vec<(usize, usize)>,
    /// Gradients of what a layer adds.
    changes: Vec<f32>,
}

/// What there is to learn from: for each sentence its tree, what the parser sees, and the right tags.
pub struct Lessons<'a> {
    /// The trees.
    pub golds: &'a [Gold],
    /// The words.
    pub inputs: &'a [Vec<Word>],
    /// The tags.
    pub tags: &'a [&'a [u8]],
    /// How often each word of the vocabulary was seen.
    pub counts: &'a [usize],
}

/// One of the sides that share the work; what they learn is added up in fixed order.
struct Side {
    work: Work,
    gradient: Gradient,
    tally: [usize; 6],
}

/// Trains the network; every sentence is seen `rounds` times.
pub fn train(lessons: &Lessons, rounds: usize, seed: u64) -> Network {
    let layout = Layout::new(lessons.counts.len());
    let mut random = Random(seed);
    let mut network = Network::new(layout, initial(&layout, &mut random));
    let mut adam = Adam { mean: vec![0.0; layout.total], square: vec![0.0; layout.total], steps: 0 };
    let side = || Side { work: Work::default(), gradient: Gradient::new(&layout), tally: [0; 6] };
    let mut sides = [side(), side()];
    let batches = lessons.golds.len().div_ceil(BATCH) * rounds;
    for epoch in 0..rounds {
        let clock = Instant::now();
        let order = random.order(lessons.golds.len());
        for indices in order.chunks(BATCH) {
            std::thread::scope(|scope| {
                for (side, indices) in sides.iter_mut().zip(indices.chunks(BATCH.div_ceil(SIDES))) {
                    let network = &network;
                    scope.spawn(move || {
                        for index in indices {
                            let random = Random(seed ^ mix((epoch * lessons.golds.len() + index) as u64));
                            side.learn(network, lessons, *index, epoch > 0, random);
                        }
                    });
                }
            });
            let [first, second] = &mut sides;
            first.gradient.take(&mut second.gradient, layout.layers);
            let words: usize = indices.iter().map(|index| lessons.inputs[*index].len()).sum();
            let rate = RATE
                * (1.0 - adam.steps as f32 / batches as f32).max(0.02)
                * ((adam.steps + 1) as f32 / 200.0).min(1.0);
            adam.step(&mut network.weights, &mut first.gradient, layout.layers, rate, 1.0 / words as f32);
        }
        let tally: [usize; 6] =
            std::array::from_fn(|i| sides.iter_mut().map(|s| std::mem::take(&mut s.tally[i])).sum());
        let rate = |i: usize| tally[i] as f64 / tally[i + 1].max(1) as f64;
        let seconds = clock.elapsed().as_secs();
        println!("  round {epoch}: steps {:.4}, relations {:.4}, tags {:.4}, {seconds} s", rate(0), rate(2), rate(4));
    }
    network
}

/// Spreads a number over all bits.
fn mix(number: u64) -> u64 {
    Random(number).next()
}

impl Side {
    /// Parses one sentence and adds to the gradient what its mistakes teach. `follow`: whether mistakes are mostly followed, so
    /// that their sequels are learnt too.
    fn learn(&mut self, network: &Network, lessons: &Lessons, index: usize, follow: bool, mut random: Random) {
        let random = &mut random;
        let (gold, tags) = (&lessons.golds[index], lessons.tags[index]);
        let Side { work, gradient, tally } = self;
        let Work { context, state, words, parts, vectors, below, mask, used, pairs, changes } = work;
        words.clone_from(&lessons.inputs[index]);
        for word in words.iter_mut() {
            let rare = WORD_DROPOUT / (WORD_DROPOUT + lessons.counts[usize::from(word.id)] as f32);
            if fraction(random) < rare {
                word.id = 0;
            }
        }
        let layout = network.layout;
        network.begin(words, context);
        mask.clear();
        let keep = 1.0 - VECTOR_DROPOUT;
        mask.extend((0..words.len() * DIMENSION).map(|_| if fraction(random) < keep { 1.0 / keep } else { 0.0 }));
        context.levels[LAYERS].iter_mut().zip(&*mask).for_each(|(value, mask)| *value *= mask);
        vectors.clear();
        vectors.resize(words.len() * DIMENSION, 0.0);
        let from = layout.guesses;
        for (at, truth) in tags.iter().enumerate() {
            let range = at * DIMENSION..(at + 1) * DIMENSION;
            let mut scores = network.tags(&context.levels[LAYERS][range.clone()]);
            tally[4] += usize::from(best(&scores, |_| true) == usize::from(*truth));
            tally[5] += 1;
            softmax(&mut scores);
            scores[usize::from(*truth)] -= 1.0;
            scores.iter_mut().for_each(|slope| *slope *= TAGS_WEIGHT);
            let weights = from..from + DIMENSION * TAGS;
            back::<TAGS>(
                &network.weights[weights.clone()],
                &mut gradient.cells[weights],
                &context.levels[LAYERS][range.clone()],
                &scores,
                &mut vectors[range],
                &[(0, 0)],
            );
            add(&mut gradient.cells[from + DIMENSION * TAGS..from + (DIMENSION + 1) * TAGS], &scores);
        }
        network.place(context);
        parts.clear();
        parts.resize(words.len() * PLACES * HIDDEN, 0.0);
        used.clear();
        used.resize(words.len() * PLACES, false);
        state.begin(words.len());
        let mut hidden = [0.0; HIDDEN];
        let keep = 1.0 - HIDDEN_DROPOUT;
        while !state.done() {
            let forced = state.forced();
            if forced == Some(Action::Shift) {
                state.take(Action::Shift, 0);
                continue;
            }
            let seen = state.seen(words);
            network.hidden(&seen, context, &mut hidden);
            if HIDDEN_DROPOUT > 0.0 {
                // Sixteen bits decide on each unit.
                let limit = (keep * 65536.0) as u64;
                for four in hidden.chunks_exact_mut(4) {
                    let bits = random.next();
                    for (n, value) in four.iter_mut().enumerate() {
                        *value = if bits >> (16 * n) & 0xFFFF < limit { *value / keep } else { 0.0 };
                    }
                }
            }
            let mut change = [0f32; HIDDEN];
            let mut taught = false;
            let action = forced.unwrap_or_else(|| {
                let mut scores = network.actions(&hidden);
                for action in Action::ALL {
                    if !state.allows(action) {
                        scores[action as usize] = f32::MIN;
                    }
                }
                let costs = Action::ALL.map(|a| if state.allows(a) { gold.cost(state, a) } else { usize::MAX });
                let least = costs.iter().min().copied().unwrap_or(0);
                let chosen = (0..3).fold(0, |best, a| if scores[a] > scores[best] { a } else { best });
                let right = (0..3)
                    .filter(|a| costs[*a] == least)
                    .fold(3, |best, a| if best == 3 || scores[a] > scores[best] { a } else { best });
                tally[0] += usize::from(costs[chosen] == least);
                tally[1] += 1;
                softmax(&mut scores);
                let good: f32 = (0..3).filter(|a| costs[*a] == least).map(|a| scores[a]).sum::<f32>().max(1e-9);
                for action in 0..3 {
                    let slope = scores[action] - if costs[action] == least { scores[action] / good } else { 0.0 };
                    if slope != 0.0 {
                        taught = true;
                        let from = layout.actions + action * HIDDEN;
                        add_scaled(&mut change, slope, &network.weights[from..from + HIDDEN]);
                        add_scaled(&mut gradient.cells[from..from + HIDDEN], slope, &hidden);
                        gradient.cells[layout.actions + 3 * HIDDEN + action] += slope;
                    }
                }
                let follow = follow && !random.next().is_multiple_of(10);
                Action::ALL[if follow { chosen } else { right }]
            });
            let mut label = 0;
            if action != Action::Shift {
                let (head, dependent) = state.attachment(action);
                let left = action == Action::Left;
                let mut scores = network.relations(left, &hidden);
                label = label_of(&scores);
                if gold.heads[dependent as usize] == head {
                    taught = true;
                    let truth = gold.labels[dependent as usize];
                    tally[2] += usize::from(label == truth);
                    tally[3] += 1;
                    scores[Deprel::ALL.len()..].fill(f32::MIN);
                    softmax(&mut scores);
                    scores[truth as usize] -= 1.0;
                    let from = layout.relations + usize::from(left) * (HIDDEN + 1) * RELATIONS;
                    for (unit, value) in hidden.iter().enumerate() {
                        if *value > 0.0 {
                            let row = from + unit * RELATIONS;
                            change[unit] += dot(&scores, &network.weights[row..row + RELATIONS]);
                            add_scaled(&mut gradient.cells[row..row + RELATIONS], *value, &scores);
                        }
                    }
                    let bias = from + HIDDEN * RELATIONS;
                    add(&mut gradient.cells[bias..bias + RELATIONS], &scores);
                }
            }
            if taught {
                for (change, value) in change.iter_mut().zip(&hidden) {
                    *change = if *value > 0.0 { *change / keep } else { 0.0 };
                }
                add(&mut gradient.cells[layout.bias..layout.bias + HIDDEN], &change);
                for (place, word) in seen.places.iter().enumerate() {
                    if *word == NONE {
                        let from = layout.vacant + place * HIDDEN;
                        add(&mut gradient.cells[from..from + HIDDEN], &change);
                    } else {
                        let index = place * words.len() + usize::from(*word);
                        used[index] = true;
                        add(&mut parts[index * HIDDEN..(index + 1) * HIDDEN], &change);
                    }
                }
                for row in seen.rows() {
                    let from = layout.rows + usize::from(*row) * HIDDEN;
                    add(&mut gradient.cells[from..from + HIDDEN], &change);
                }
            }
            state.take(action, label);
        }

        // Back through the places.
        for place in 0..PLACES {
            let from = place * words.len();
            pairs.clear();
            pairs.extend((0..words.len()).filter(|word| used[from + word]).map(|word| (word, word)));
            let matrix = layout.places + place * DIMENSION * HIDDEN..layout.places + (place + 1) * DIMENSION * HIDDEN;
            back::<HIDDEN>(
                &network.weights[matrix.clone()],
                &mut gradient.cells[matrix],
                &context.levels[LAYERS],
                &parts[from * HIDDEN..(from + words.len()) * HIDDEN],
                vectors,
                pairs,
            );
        }
        vectors.iter_mut().zip(&*mask).for_each(|(value, mask)| *value *= mask);
        // What was masked tells nothing of its sign any more, and needs to tell nothing: its gradient is 0.

        // Back through the layers.
        for layer in (0..LAYERS).rev() {
            below.clone_from(vectors);
            let from = layout.layers + layer * LAYER;
            changes.clear();
            for (at, slope) in vectors.iter().enumerate() {
                // The top level was scaled by the mask.
                let scale = if layer + 1 == LAYERS { mask[at] } else { 1.0 };
                let active = scale > 0.0 && context.levels[layer + 1][at] / scale > context.levels[layer][at] + 1e-9;
                changes.push(if active { *slope } else { 0.0 });
            }
            for side in (0..3).rev() {
                let places = (0..words.len()).map(|at| ((at + side).wrapping_sub(1), at));
                pairs.clear();
                pairs.extend(places.filter(|(place, _)| *place < words.len()));
                let matrix = from + side * DIMENSION * DIMENSION..from + (side + 1) * DIMENSION * DIMENSION;
                back::<DIMENSION>(
                    &network.weights[matrix.clone()],
                    &mut gradient.cells[matrix],
                    &context.levels[layer],
                    changes,
                    below,
                    pairs,
                );
            }
            let bias = from + 3 * DIMENSION * DIMENSION;
            for change in changes.chunks_exact(DIMENSION) {
                add(&mut gradient.cells[bias..bias + DIMENSION], change);
            }
            std::mem::swap(vectors, below);
        }
        for (word, vector) in words.iter().zip(vectors.chunks_exact(DIMENSION)) {
            for from in layout.parts(word) {
                gradient.touch(from);
                add(&mut gradient.cells[from..from + DIMENSION], vector);
            }
        }
    }
}

/// Back through products: from the changes `above` of the results to those of the matrix and of the vectors.
fn back<const OUT: usize>(
    matrix: &[f32],
    gradient: &mut [f32],
    vectors: &[f32],
    above: &[f32],
    below: &mut [f32],
    pairs: &[(usize, usize)],
) {
    let length = matrix.len() / OUT;
    for (unit, (row, gradient)) in matrix.chunks_exact(OUT).zip(gradient.chunks_exact_mut(OUT)).enumerate() {
        for (word, result) in pairs {
            let above = &above[result * OUT..(result + 1) * OUT];
            below[word * length + unit] += dot(row, above);
            add_scaled(gradient, vectors[word * length + unit], above);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reader::language::parser::Beam;

    /// "The minister met his guest": its tree, what the parser sees, the tags.
    fn lesson() -> (Gold, Vec<Word>, Vec<u8>) {
        let heads = [1, 2, NONE, 4, 2];
        let labels = [Deprel::Det, Deprel::Nsubj, Deprel::Root, Deprel::NmodPoss, Deprel::Obj].map(|d| d as u8);
        let mut children = vec![Vec::new(); heads.len()];
        for (word, head) in heads.iter().enumerate().filter(|(_, head)| **head != NONE) {
            children[usize::from(*head)].push(word as u16);
        }
        let words = (1..6).map(|id| Word { id, tag: id as u8, ..Word::default() }).collect();
        (Gold { heads: heads.to_vec(), labels: labels.to_vec(), children }, words, vec![5, 4, 3, 2, 1])
    }

    #[test]
    fn a_sentence_is_learnt_and_the_same_way_each_time() {
        let (gold, words, tags) = lesson();
        let (golds, inputs) = ([gold], [words]);
        let lessons = Lessons { golds: &golds, inputs: &inputs, tags: &[&tags], counts: &[0, 9, 9, 9, 9, 9] };
        let network = train(&lessons, 150, 1);
        let (mut beam, mut context) = (Beam::default(), Context::default());
        reader::language::parser::parse(&network, &inputs[0], &mut beam, &mut context);
        let found: Vec<(u16, u8)> = beam.best().iter().map(|node| (node.head, node.label)).collect();
        for (at, (head, label)) in found.iter().enumerate() {
            assert_eq!(*head, golds[0].heads[at], "{found:?}");
            assert!(*head == NONE || *label == golds[0].labels[at], "{found:?}");
            let vector = &context.levels[LAYERS][at * DIMENSION..(at + 1) * DIMENSION];
            assert_eq!(best(&network.tags(vector), |_| true), usize::from(tags[at]));
        }
        assert_eq!(train(&lessons, 3, 1).weights, train(&lessons, 3, 1).weights);
    }

    #[test]
    fn probabilities_add_up() {
        let mut scores = [1.0, f32::MIN, 0.0, -200.0];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-5 && scores[1] == 0.0);
        assert!((scores[0] / scores[2] - std::f32::consts::E).abs() < 1e-3);
    }
}
