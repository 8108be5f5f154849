//! Dependency trees, by a transition system with a narrow beam.
//!
//! The system is arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta 2011): words are shifted onto a stack; the topmost is taken
//! off when it is attached, either to the next word of the input or to the word under it, by when it has all its own dependents.
//! What is left at the end is the root, so there is always exactly one, and 2n - 1 steps are taken for n words.
//! A neural network chooses the step and the relation of each attachment ([`super::network`]). It was trained with a dynamic
//! oracle (Goldberg and Nivre 2013), so it knows what to do after a mistake.

use super::Deprel;
use super::network::{Context, HIDDEN, Network, Seen, best, log_softmax};
use pulp::NullaryFnOnce;

/// No word.
pub const NONE: u16 = u16::MAX;

/// What the parser sees of a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Number of its joint tag.
    pub tag: u8,
    /// Its cluster.
    pub cluster: u8,
    /// Its number in the vocabulary, 0 for unknown words.
    pub id: u16,
    /// Hashes of its last letters, its first letters, and its shape.
    pub looks: [u16; 4],
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
    pub(super) left: [u16; 2],
    pub(super) right: [u16; 2],
    pub(super) lefts: u8,
    pub(super) rights: u8,
    pub(super) left_labels: u64,
    pub(super) right_labels: u64,
}

pub(super) const BARE: Node = Node {
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
#[derive(Debug, Default)]
pub struct State {
    /// The words on the stack, the top last.
    pub stack: Vec<u16>,
    /// The next word of the input.
    pub next: usize,
    /// One for each word.
    pub nodes: Vec<Node>,
}

impl Clone for State {
    fn clone(&self) -> State {
        State { stack: self.stack.clone(), next: self.next, nodes: self.nodes.clone() }
    }

    // The room of the old state is used again.
    fn clone_from(&mut self, other: &State) {
        self.stack.clone_from(&other.stack);
        self.next = other.next;
        self.nodes.clone_from(&other.nodes);
    }
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
    pub(super) fn under(&self, depth: usize) -> u16 {
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

    /// What the network sees.
    pub fn seen(&self, words: &[Word]) -> Seen {
        let next = if self.next < words.len() { self.next as u16 } else { NONE };
        let (s0, s1) = (self.under(0), self.under(1));
        Seen::of(self, [distance(s1, s0), distance(s0, next)], [between(words, s1, s0), between(words, s0, next)])
    }
}

/// Which of punctuation, coordinators and verbs stand between two words, and how many (up to two) of the first and last.
fn between(words: &[Word], left: u16, right: u16) -> usize {
    let (Some(after), Some(right)) = (words.get(usize::from(left) + 1), words.get(usize::from(right))) else {
        return 24;
    };
    let count = |kind: usize| usize::from(right.before[kind].wrapping_sub(after.before[kind]).min(2));
    count(0) | count(1).min(1) << 2 | count(2) << 3
}

/// How far two words stand apart, in steps that widen.
fn distance(left: u16, right: u16) -> usize {
    if left == NONE || right == NONE {
        return 0;
    }
    match right.abs_diff(left) {
        n @ 0..=4 => usize::from(n),
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    }
}

/// How many trees of a sentence may be under way at once.
const WIDTH: usize = 4;
/// By how much the logarithm of a tree's probability may fall behind that of the best: so there is one tree where the network
/// is sure, and several only where it is not (after Choi and McCallum 2013).
const BEHIND: f32 = 0.7;

/// A tree under way.
#[derive(Debug)]
struct Item {
    state: State,
    /// The logarithm of the probability of its steps.
    score: f32,
    hidden: [f32; HIDDEN],
}

impl Default for Item {
    fn default() -> Item {
        Item { state: State::default(), score: 0.0, hidden: [0.0; HIDDEN] }
    }
}

/// Room for the trees under way.
#[derive(Debug, Default)]
pub struct Beam {
    items: Vec<Item>,
    others: Vec<Item>,
    /// What may follow: the score, the item, the step.
    steps: Vec<(f32, usize, Action)>,
}

impl Beam {
    /// The best tree of the sentence parsed last.
    pub fn best(&self) -> &[Node] {
        self.items.first().map_or(&[], |item| &item.state.nodes)
    }
}

/// Parses: when it returns, every node of the best tree but one has a head.
pub fn parse(network: &Network, words: &[Word], beam: &mut Beam, context: &mut Context) {
    network.begin(words, context);
    network.place(context);
    network.arch.dispatch(Parse { network, words, beam, context });
}

/// Parses a sentence that has begun.
struct Parse<'a> {
    network: &'a Network,
    words: &'a [Word],
    beam: &'a mut Beam,
    context: &'a mut Context,
}

impl NullaryFnOnce for Parse<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Parse { network, words, beam, context } = self;
        let Beam { items, others, steps } = beam;
        for list in [&mut *items, &mut *others] {
            list.resize_with(WIDTH, Item::default);
        }
        items[0].state.begin(words.len());
        items[0].score = 0.0;
        let mut count = 1;
        // Every tree takes the same number of steps.
        for _ in 1..words.len() * 2 {
            steps.clear();
            for (index, item) in items[..count].iter_mut().enumerate() {
                let forced = item.state.forced();
                if forced != Some(Action::Shift) {
                    network.hidden(&item.state.seen(words), context, &mut item.hidden);
                }
                if let Some(action) = forced {
                    steps.push((item.score, index, action));
                    continue;
                }
                let mut scores = network.actions(&item.hidden);
                for action in Action::ALL.into_iter().filter(|action| !item.state.allows(*action)) {
                    scores[action as usize] = f32::MIN;
                }
                let scores = log_softmax(scores);
                let allowed = Action::ALL.into_iter().filter(|action| item.state.allows(*action));
                steps.extend(allowed.map(|action| (item.score + scores[action as usize], index, action)));
            }
            steps.sort_by(|a, b| b.0.total_cmp(&a.0));
            let least = steps.first().map_or(0.0, |(score, ..)| score - BEHIND);
            count = steps.iter().take(WIDTH).take_while(|(score, ..)| *score >= least).count().max(1);
            steps.truncate(count);
            for (place, (score, index, action)) in steps.iter().enumerate() {
                let (item, parent) = (&mut others[place], &mut items[*index]);
                let label = match action {
                    Action::Shift => 0,
                    _ => label(&network.relations(*action == Action::Left, &parent.hidden)),
                };
                // The last to follow a tree takes its place.
                if steps[place + 1..].iter().any(|(_, other, _)| other == index) {
                    item.state.clone_from(&parent.state);
                } else {
                    std::mem::swap(&mut item.state, &mut parent.state);
                }
                item.score = *score;
                item.state.take(*action, label);
            }
            std::mem::swap(items, others);
        }
    }
}

/// The best relation; no attachment is that of the root.
pub fn label(scores: &[f32]) -> u8 {
    best(scores, |label| label < Deprel::ALL.len() && label != Deprel::Root as usize) as u8
}
