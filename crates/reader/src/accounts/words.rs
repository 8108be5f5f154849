//! Where the words of rules stand in a sentence.

use super::grammar::Scene;
use super::rules::{Rule, Rules, WordClass};
use crate::language::{Deprel, Upos, lemma};

/// A place where the words of a rule stand.
#[derive(Clone, Debug)]
pub(super) struct Occurrence<'r> {
    pub(super) rule: &'r Rule,
    pub(super) token: usize,
    pub(super) words: Vec<usize>,
}

/// The places where words of rules stand in a sentence, longer entries before the shorter ones that they contain.
pub(super) fn occurrences<'r>(scene: &Scene, rules: &'r Rules) -> Vec<Occurrence<'r>> {
    let mut found: Vec<Occurrence> = Vec::new();
    for token in 0..scene.lemmas.len() {
        let mut here: Vec<Occurrence> = Vec::new();
        // The form itself goes before its dictionary form: "talks" are not a talk.
        let participle = misread_verb(scene, token);
        for first in [&scene.lower[token], &scene.lemmas[token]].into_iter().chain(&participle) {
            for (_, rule, entry) in rules.starting_with(first) {
                let (class, words) = &rule.words[entry];
                if let Some((head, words)) = match_entry(scene, token, *class, words)
                    && !here.iter().any(|o| std::ptr::eq(o.rule, rule))
                {
                    here.push(Occurrence { rule, token: head, words });
                }
            }
            if !here.is_empty() {
                break;
            }
        }
        let longest = here.iter().map(|o| o.words.len()).max().unwrap_or(0);
        here.retain(|o| o.words.len() == longest);
        found.extend(here);
    }
    // "No response" is no response.
    let longer: Vec<Vec<usize>> = found.iter().map(|o| o.words.clone()).collect();
    found.retain(|o| !longer.iter().any(|w| w.len() > o.words.len() && o.words.iter().all(|t| w.contains(t))));
    found
}

/// The dictionary form of a past tense that the tagger took for a noun or an adjective: "disagreed", "chatted".
pub(super) fn misread_verb(scene: &Scene, token: usize) -> Option<String> {
    let at = &scene.sentence.tokens[token];
    let taken = matches!(at.upos, Upos::Noun | Upos::Adj | Upos::Adv);
    let described = scene.child(token, &[Deprel::Det, Deprel::Cop]).is_some()
        || matches!(at.deprel, Deprel::Amod | Deprel::Compound | Deprel::Advmod);
    // "Its account differs": no noun is written so.
    let present = matches!(scene.lower[token].as_str(), "differs" | "diverges" | "contradicts");
    (taken && !described && scene.lower[token].ends_with("ed") || taken && present)
        .then(|| lemma(at.span.of(scene.text), Upos::Verb).to_string())
}

/// Matches one entry whose first word stands at `token`; gives the token that carries the meaning and all matched tokens.
pub(super) fn match_entry(
    scene: &Scene,
    token: usize,
    class: WordClass,
    words: &[String],
) -> Option<(usize, Vec<usize>)> {
    let n = scene.lemmas.len();
    let right_class = |token: usize| match class {
        WordClass::Verb => {
            scene.sentence.tokens[token].upos == Upos::Verb || misread_verb(scene, token).is_some_and(|v| v == words[0])
        }
        WordClass::Noun => scene.is_noun(token),
        WordClass::Adjective => {
            // "The talks opened" says nothing of their being open.
            matches!(scene.sentence.tokens[token].upos, Upos::Adj | Upos::Verb | Upos::Adv | Upos::Noun)
                && (scene.sentence.tokens[token].upos != Upos::Verb || scene.lower[token] == words[words.len() - 1])
        }
    };
    match class {
        // A noun of several words ends in its head ("phone call"), and so does "too short".
        WordClass::Noun | WordClass::Adjective if class == WordClass::Noun || words.len() > 1 => {
            let end = token + words.len();
            let fits = end <= n
                && words.iter().enumerate().all(|(i, w)| scene.lemmas[token + i] == *w || scene.lower[token + i] == *w)
                && right_class(end - 1);
            fits.then(|| (end - 1, (token..end).collect()))
        }
        // The particles of a verb follow it, near by: "turned the offer down".
        _ => {
            if !right_class(token) {
                return None;
            }
            let mut matched = vec![token];
            for word in &words[1..] {
                let from = matched[matched.len() - 1] + 1;
                let child = scene.children(token).iter().copied().find(|c| *c >= from && scene.lower[*c] == *word);
                // "Come to the telephone": an article between counts for nothing.
                let article = scene
                    .lower
                    .get(from)
                    .is_some_and(|w| matches!(w.as_str(), "the" | "a" | "his" | "her" | "it" | "them" | "him"));
                let near = (from..n.min(from + 1 + usize::from(article)))
                    .find(|t| scene.lower[*t] == *word || scene.lemmas[*t] == *word)
                    // "Saying no such meeting was held" says no to nothing.
                    .filter(|t| !(word == "no" && scene.deprel(*t) == Deprel::Det));
                matched.push(child.or(near)?);
            }
            Some((token, matched))
        }
    }
}
