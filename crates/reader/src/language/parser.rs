//! Dependency trees, by a greedy transition system.
//!
//! The system is arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta 2011): words are shifted onto a stack; the topmost is taken
//! off when it is attached, either to the next word of the input or to the word under it, by when it has all its own dependents.
//! What is left at the end is the root, so there is always exactly one, and 2n - 1 steps are taken for n words.
//! A linear model chooses the step, another the relation of each attachment. Both were trained with a dynamic oracle
//! (Goldberg and Nivre 2013); features after Zhang and Nivre 2011.

use super::Deprel;
use super::linear::{Weights, mix, spread};
use super::tagger::best;

/// No word.
pub const NONE: u16 = u16::MAX;

/// What the parser sees of a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Hash of the form ([`super::tagger::Lexical::word`]).
    pub word: u64,
    /// Number of its joint tag.
    pub tag: u8,
    /// Its universal part of speech as `u8`.
    pub upos: u8,
    /// Its cluster.
    pub cluster: u8,
    /// Punctuation before it in the sentence, coordinators, and verbs: counts that wrap, for telling what stands between.
    pub before: [u8; 3],
}

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Move the next word of the input onto the stack.
    Shift,
    /// Attach the top of the stack to the next word of the input.
    Left,
    /// Attach the top of the stack to the word under it.
    Right,
}

impl Action {
    /// Every action, in the order of the model's classes.
    pub const ALL: [Action; 3] = [Action::Shift, Action::Left, Action::Right];
}

/// What is known of a word's place in the tree so far.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Its head, [`NONE`] so far or for the root.
    pub head: u16,
    /// The relation to the head.
    pub label: u8,
    left: [u16; 2],
    right: [u16; 2],
    lefts: u8,
    rights: u8,
    left_labels: u64,
    right_labels: u64,
}

const BARE: Node = Node {
    head: NONE,
    label: u8::MAX,
    left: [NONE; 2],
    right: [NONE; 2],
    lefts: 0,
    rights: 0,
    left_labels: 0,
    right_labels: 0,
};

/// A tree in the making.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The words on the stack, the top last.
    pub stack: Vec<u16>,
    /// The next word of the input.
    pub next: usize,
    /// One for each word.
    pub nodes: Vec<Node>,
}

impl State {
    /// Begins a sentence of `length` words.
    pub fn begin(&mut self, length: usize) {
        self.stack.clear();
        self.next = 0;
        self.nodes.clear();
        self.nodes.resize(length, BARE);
    }

    /// Whether the tree is complete.
    pub fn done(&self) -> bool {
        self.next == self.nodes.len() && self.stack.len() <= 1
    }

    /// Whether a step may be taken.
    pub fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.nodes.len(),
            Action::Left => self.next < self.nodes.len() && !self.stack.is_empty(),
            Action::Right => self.stack.len() > 1,
        }
    }

    /// The only step possible, if there is no choice.
    pub fn forced(&self) -> Option<Action> {
        match (self.stack.len(), self.next == self.nodes.len()) {
            (0, _) => Some(Action::Shift),
            (_, true) => Some(Action::Right),
            _ => None,
        }
    }

    /// The place `depth` words under the top of the stack.
    fn under(&self, depth: usize) -> u16 {
        self.stack.len().checked_sub(depth + 1).and_then(|i| self.stack.get(i)).copied().unwrap_or(NONE)
    }

    /// Head and dependent of the attachment that `action` would make.
    pub fn attachment(&self, action: Action) -> (u16, u16) {
        match action {
            Action::Shift => (NONE, NONE),
            Action::Left => (self.next as u16, self.under(0)),
            Action::Right => (self.under(1), self.under(0)),
        }
    }

    /// Takes a step, which must be allowed. `label` is that of the attachment.
    pub fn take(&mut self, action: Action, label: u8) {
        let (head, dependent) = self.attachment(action);
        if action == Action::Shift {
            self.stack.push(self.next as u16);
            self.next += 1;
            return;
        }
        self.stack.pop();
        if let Some(node) = self.nodes.get_mut(dependent as usize) {
            node.head = head;
            node.label = label;
        }
        if let Some(node) = self.nodes.get_mut(head as usize) {
            let bit = 1u64 << (label & 63);
            if dependent < head {
                node.left = [dependent, node.left[0]];
                node.lefts = node.lefts.saturating_add(1);
                node.left_labels |= bit;
            } else {
                node.right = [dependent, node.right[0]];
                node.rights = node.rights.saturating_add(1);
                node.right_labels |= bit;
            }
        }
    }

    /// The features of the choice of the next step.
    pub fn features(&self, words: &[Word], out: &mut Vec<u64>) {
        out.clear();
        let view = View { words, nodes: &self.nodes };
        let (s0, s1, s2) = (self.under(0), self.under(1), self.under(2));
        let next = |n: usize| if self.next + n < words.len() { (self.next + n) as u16 } else { NONE };
        let (b0, b1, b2, b3) = (next(0), next(1), next(2), next(3));
        let (s0w, s1w, s2w) = (view.word(s0), view.word(s1), view.word(s2));
        let (b0w, b1w, b2w) = (view.word(b0), view.word(b1), view.word(b2));
        let (s0t, s1t, s2t) = (view.tag(s0), view.tag(s1), view.tag(s2));
        let (b0t, b1t, b2t, b3t) = (view.tag(b0), view.tag(b1), view.tag(b2), view.tag(b3));
        let (s0n, s1n, b0n) = (view.node(s0), view.node(s1), view.node(b0));
        let (s0l, s0l2, s0r, s0r2) = (s0n.left[0], s0n.left[1], s0n.right[0], s0n.right[1]);
        let (s1l, s1r, s1r2) = (s1n.left[0], s1n.right[0], s1n.right[1]);
        let (b0l, b0l2) = (b0n.left[0], b0n.left[1]);
        let (s0c, s1c, b0c) = (view.cluster(s0), view.cluster(s1), view.cluster(b0));
        let gap = distance(s0, b0);
        let span = distance(s1, s0);
        let between = view.between(s0, b0);
        let within = view.between(s1, s0);
        let mut template = 1000u64;
        let mut add = |values: &[u64]| {
            template += 1;
            let hash = values.iter().fold(template.wrapping_mul(0xD6E8_FEB8_6659_FD93), |h, v| mix(h, *v));
            out.push(spread(mix(hash, 0)));
        };
        // Single words.
        add(&[s0w, s0t]);
        add(&[s0t]);
        add(&[s0w]);
        add(&[s1w, s1t]);
        add(&[s1t]);
        add(&[s2w, s2t]);
        add(&[s2t]);
        add(&[b0w, b0t]);
        add(&[b0t]);
        add(&[b0w]);
        add(&[b1w, b1t]);
        add(&[b1t]);
        add(&[b2w, b2t]);
        add(&[b2t]);
        add(&[b3t]);
        // Pairs.
        add(&[s0w, s0t, b0w, b0t]);
        add(&[s0w, s0t, b0t]);
        add(&[s0t, b0w, b0t]);
        add(&[s0t, b0t]);
        add(&[s0w, b0w]);
        add(&[s1w, s0w]);
        add(&[s1w, s1t, s0t]);
        add(&[s1t, s0w, s0t]);
        add(&[s1t, s0t]);
        add(&[s1w, b0t]);
        add(&[s1t, b0w]);
        add(&[s1t, b0t]);
        add(&[b0t, b1t]);
        add(&[b0w, b1t]);
        add(&[b0t, b1w]);
        add(&[s0w, b1w]);
        add(&[s2t, s0t]);
        add(&[s2t, b0t]);
        // Three and more.
        add(&[s0t, b0t, b1t]);
        add(&[s0w, b0t, b1t]);
        add(&[s0t, b0w, b1t]);
        add(&[s0t, b0t, b1w]);
        add(&[s1t, s0t, b0t]);
        add(&[s1w, s0t, b0t]);
        add(&[s1t, s0w, b0t]);
        add(&[s1t, s0t, b0w]);
        add(&[s1t, s0t, b0t, b1t]);
        add(&[s2t, s1t, s0t]);
        add(&[s2t, s1t, s0t, b0t]);
        add(&[b0t, b1t, b2t]);
        add(&[s0t, b0t, b1t, b2t]);
        add(&[b1t, b2t, b3t]);
        // Dependents.
        let (s0lt, s0rt, s1lt, s1rt, b0lt) =
            (view.tag(s0l), view.tag(s0r), view.tag(s1l), view.tag(s1r), view.tag(b0l));
        let (s0ld, s0rd, s1rd, b0ld) = (view.label(s0l), view.label(s0r), view.label(s1r), view.label(b0l));
        add(&[s0t, b0t, s0lt]);
        add(&[s0t, b0t, s0rt]);
        add(&[s0t, b0t, b0lt]);
        add(&[s1t, s0t, s0lt, s0rt]);
        add(&[s1t, s0t, s1rt]);
        add(&[s1t, s0t, s1lt]);
        add(&[s0t, s0ld, s0rd, b0t]);
        add(&[s1t, s1rd, s0t, b0t]);
        add(&[b0t, b0ld, s0t]);
        add(&[view.word(s0l), s0t, b0t]);
        add(&[view.word(s0r), s0t, b0t]);
        add(&[view.word(s0l), s0w]);
        add(&[view.word(s1r), s1t, s0t]);
        add(&[view.word(b0l), b0t, s0t]);
        add(&[view.tag(s0l2), s0lt, s0t]);
        add(&[view.tag(s0r2), s0rt, s0t, b0t]);
        add(&[view.tag(s1r2), s1rt, s1t, s0t]);
        add(&[view.tag(b0l2), b0lt, b0t, s0t]);
        add(&[view.word(s0l), s1w, s0t]);
        add(&[view.word(s0l), s1t, s0w]);
        // What a word has already.
        add(&[s0w, s0t, u64::from(s0n.lefts), u64::from(s0n.rights)]);
        add(&[s0t, u64::from(s0n.lefts), u64::from(s0n.rights), b0t]);
        add(&[s1t, u64::from(s1n.rights), s0t, b0t]);
        add(&[b0t, u64::from(b0n.lefts), s0t]);
        add(&[s0w, s0n.left_labels, s0n.right_labels]);
        add(&[s0t, s0n.left_labels, s0n.right_labels, b0t]);
        add(&[s1t, s1n.left_labels, s1n.right_labels, s0t]);
        add(&[s1w, s1n.right_labels, s0t]);
        add(&[s1w, s1n.left_labels, s0t, b0t]);
        add(&[b0t, b0n.left_labels, s0t]);
        add(&[b0w, b0n.left_labels, s0t]);
        // Distances, and what stands between.
        add(&[s0t, b0t, gap]);
        add(&[s0w, b0t, gap]);
        add(&[s1t, s0t, span]);
        add(&[s1w, s0t, span, within]);
        add(&[s0t, b0t, between]);
        add(&[s1t, s0t, b0t, within, between]);
        add(&[s1t, s0t, b0t, gap, span]);
        // Neighbours.
        let (before, after) = (view.tag(s0.wrapping_sub(1)), view.tag(s0.saturating_add(1)));
        let last = view.tag(b0.wrapping_sub(1));
        add(&[before, s0t, after, b0t]);
        add(&[s0t, last, b0t]);
        add(&[s0t, after, last, b0t]);
        add(&[s1t, view.tag(s1.saturating_add(1)), before, s0t]);
        // Clusters.
        add(&[s0c, b0c]);
        add(&[s1c, s0c]);
        add(&[s0c, b0t, b1t]);
        add(&[s1c, s0t, b0t]);
        add(&[s1t, s0c, b0c]);
        add(&[s0t, b0c, view.cluster(b1)]);
        add(&[s1c, s0c, view.word(s0l)]);
    }

    /// The features of the relation of the attachment that `action` would make.
    pub fn label_features(&self, action: Action, words: &[Word], out: &mut Vec<u64>) {
        out.clear();
        let view = View { words, nodes: &self.nodes };
        let (head, dependent) = self.attachment(action);
        let side = u64::from(dependent < head);
        let (h, d) = (view.node(head), view.node(dependent));
        let (hw, ht, hc) = (view.word(head), view.tag(head), view.cluster(head));
        let (dw, dt, dc) = (view.word(dependent), view.tag(dependent), view.cluster(dependent));
        let sibling = if side == 1 { h.left[0] } else { h.right[0] };
        let (dl, dl2, dr) = (d.left[0], d.left[1], d.right[0]);
        let (dlw, dlt, dlt2, drt) = (view.word(dl), view.tag(dl), view.tag(dl2), view.tag(dr));
        let (left, right) = (dependent.min(head), dependent.max(head));
        let between = view.between(left, right);
        let gap = distance(left, right);
        let b0 = if self.next < words.len() { self.next as u16 } else { NONE };
        let b0t = view.tag(b0);
        let mut template = 2000u64;
        let mut add = |values: &[u64]| {
            template += 1;
            let start = template.wrapping_mul(0xD6E8_FEB8_6659_FD93);
            let hash = values.iter().fold(mix(start, side), |h, v| mix(h, *v));
            out.push(spread(mix(hash, 0)));
        };
        add(&[dw]);
        add(&[dt, ht]);
        add(&[dw, dt, ht]);
        add(&[dt, hw, ht]);
        add(&[dw, hw]);
        add(&[dt, ht, gap]);
        add(&[dt, ht, between]);
        add(&[dw, ht, gap]);
        add(&[dt, dlt, ht]);
        add(&[dt, dlw, ht]);
        add(&[dw, dlw]);
        add(&[dlw, hw, dt]);
        add(&[dlw, view.label(dl), dlt2, dt, ht]);
        add(&[dt, drt, ht]);
        add(&[dt, d.left_labels, d.right_labels]);
        add(&[dw, d.left_labels]);
        add(&[dt, d.left_labels, ht, between]);
        add(&[dt, h.left_labels, h.right_labels, ht]);
        add(&[dt, hw, h.left_labels]);
        add(&[dt, hw, h.right_labels]);
        add(&[dw, h.left_labels, h.right_labels]);
        add(&[dt, ht, view.tag(sibling), view.label(sibling)]);
        add(&[dw, ht, view.label(sibling)]);
        add(&[dt, ht, view.tag(dependent.wrapping_sub(1)), view.tag(dependent.saturating_add(1))]);
        add(&[dt, ht, view.tag(head.wrapping_sub(1)), view.tag(head.saturating_add(1))]);
        add(&[dt, ht, view.word(dependent.wrapping_sub(1))]);
        add(&[dt, ht, view.word(dependent.saturating_add(1))]);
        add(&[dw, view.word(dependent.saturating_add(1))]);
        add(&[dt, ht, b0t]);
        add(&[dc, hc]);
        add(&[dc, ht, dlw]);
        add(&[dt, hc, dlw]);
        add(&[dc, hw]);
        add(&[dc, dlt, gap]);
    }
}

/// The words and the tree so far, for looking up features of places that may be none.
struct View<'a> {
    words: &'a [Word],
    nodes: &'a [Node],
}

impl View<'_> {
    #[inline]
    fn word(&self, at: u16) -> u64 {
        self.words.get(at as usize).map_or(1, |w| w.word)
    }

    #[inline]
    fn tag(&self, at: u16) -> u64 {
        self.words.get(at as usize).map_or(255, |w| u64::from(w.tag))
    }

    #[inline]
    fn cluster(&self, at: u16) -> u64 {
        self.words
            .get(at as usize)
            .map_or(256, |w| if w.cluster == 0 { 300 + u64::from(w.upos) } else { u64::from(w.cluster) })
    }

    #[inline]
    fn node(&self, at: u16) -> &Node {
        self.nodes.get(at as usize).unwrap_or(&BARE)
    }

    #[inline]
    fn label(&self, at: u16) -> u64 {
        u64::from(self.node(at).label)
    }

    /// Which of punctuation, coordinators and verbs stand between two words, and how many (up to two) of the first and last.
    fn between(&self, left: u16, right: u16) -> u64 {
        let (Some(l), Some(r)) = (self.words.get(left as usize + 1), self.words.get(right as usize)) else { return 99 };
        if right <= left {
            return 98;
        }
        let count = |kind: usize| u64::from(r.before[kind].wrapping_sub(l.before[kind]).min(2));
        count(0) | count(1).min(1) << 2 | count(2) << 3
    }
}

/// How far two words stand apart, in steps that widen.
fn distance(left: u16, right: u16) -> u64 {
    if left == NONE || right == NONE {
        return 0;
    }
    match right.abs_diff(left) {
        n @ 0..=4 => u64::from(n),
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    }
}

/// The models that a parse needs.
pub struct Models<A, L> {
    /// Chooses steps.
    pub actions: A,
    /// Chooses relations.
    pub labels: L,
    /// How many relations there are.
    pub relations: usize,
}

/// Parses: when it returns, every node of `state` but one has a head.
pub fn parse<A: Weights, L: Weights>(models: &Models<A, L>, words: &[Word], state: &mut State, buffer: &mut Vec<u64>) {
    state.begin(words.len());
    while !state.done() {
        let action = state.forced().unwrap_or_else(|| {
            state.features(words, buffer);
            let mut scores = [0; 3];
            models.actions.add(buffer, &mut scores);
            choose(state, &scores)
        });
        let label = match action {
            Action::Shift => 0,
            _ => label(&models.labels, models.relations, action, words, state, buffer),
        };
        state.take(action, label);
    }
}

/// The allowed action with the highest score.
pub fn choose(state: &State, scores: &[i32; 3]) -> Action {
    let mut chosen = (i32::MIN, Action::Shift);
    for (action, score) in Action::ALL.into_iter().zip(scores) {
        if *score > chosen.0 && state.allows(action) {
            chosen = (*score, action);
        }
    }
    chosen.1
}

/// The best relation for the attachment that `action` would make.
pub fn label<L: Weights>(
    labels: &L,
    relations: usize,
    action: Action,
    words: &[Word],
    state: &State,
    buffer: &mut Vec<u64>,
) -> u8 {
    state.label_features(action, words, buffer);
    let mut scores = [0; 64];
    let scores = &mut scores[..relations.min(64)];
    labels.add(buffer, scores);
    if let Some(root) = scores.get_mut(Deprel::Root as usize) {
        *root = i32::MIN;
    }
    best(scores)
}
