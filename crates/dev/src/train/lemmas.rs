//! Writes the table of lemmas that go by no rule.

use super::conllu::Tree;
use reader::language::{Upos, regular};
use std::collections::{BTreeMap, BTreeSet};

/// Irregular forms of English that news uses and the treebank may lack: `form,class,lemma`.
const COMMON: &str = include_str!("irregular.csv");

/// The rows `form,class,lemma`, sorted: forms of the treebank whose lemma the rules miss, and regular forms of its verbs
/// and nouns that the rules would take back to another word.
pub fn table(trees: &[Tree]) -> String {
    let mut counts: BTreeMap<(String, &str), BTreeMap<String, usize>> = BTreeMap::new();
    for word in trees.iter().flat_map(|t| &t.words) {
        let class = match word.upos {
            Upos::Verb | Upos::Aux => "v",
            Upos::Noun => "n",
            Upos::Adj | Upos::Adv => "a",
            _ => continue,
        };
        let form = word.form.to_lowercase().replace('’', "'");
        let plain = |s: &str| {
            !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'\'' | b'-')) && s.len() > 1
        };
        let lemma = word.lemma.to_lowercase();
        if plain(&form) && plain(&lemma) {
            *counts.entry((form, class)).or_default().entry(lemma).or_default() += 1;
        }
    }
    let mut rows: BTreeMap<(String, String), String> = BTreeMap::new();
    // What is said first of a form stands.
    let mut said: BTreeSet<(String, String)> = BTreeSet::new();
    let mut miss = |form: String, class: &str, lemma: &str, rows: &mut BTreeMap<_, _>| {
        let mut guess = form.clone();
        regular(&mut guess, class.as_bytes()[0]);
        if said.insert((form.clone(), class.to_string())) && guess != lemma {
            rows.insert((form, class.to_string()), lemma.to_string());
        }
    };
    for line in COMMON.lines().filter(|l| !l.starts_with("form,")) {
        let mut fields = line.split(',');
        if let (Some(form), Some(class), Some(lemma)) = (fields.next(), fields.next(), fields.next()) {
            miss(form.to_string(), class, lemma, &mut rows);
        }
    }
    let mut lemmas: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for ((form, class), counted) in &counts {
        let best = counted.iter().max_by_key(|(lemma, n)| (**n, std::cmp::Reverse((*lemma).clone())));
        if let Some((lemma, n)) = best {
            miss(form.clone(), class, lemma, &mut rows);
            *lemmas.entry((lemma.clone(), *class)).or_default() += n;
        }
    }
    for ((lemma, class), count) in &lemmas {
        if *count < 2 || lemma.len() < 3 {
            continue;
        }
        let stem = lemma.strip_suffix('e').unwrap_or(lemma);
        let ends: &[&str] = match *class {
            "v" if lemma.len() > 3 => &["ing", "ed"],
            _ => &[],
        };
        // Endings that double a consonant are no concern here: the rules undo that.
        for end in ends {
            if !(lemma.ends_with("ee")
                || lemma.ends_with("ye")
                || lemma.ends_with("oe")
                || lemma.ends_with('y') && *end == "ed")
            {
                miss(format!("{stem}{end}"), class, lemma, &mut rows);
            }
        }
        if *class == "v" || (*class == "n" && !lemma.ends_with('s')) {
            let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|e| lemma.ends_with(e));
            let plural = match lemma.strip_suffix('y') {
                Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
                _ if sibilant => format!("{lemma}es"),
                _ => format!("{lemma}s"),
            };
            miss(plural, class, lemma, &mut rows);
        }
    }
    rows.iter().map(|((form, class), lemma)| format!("{form},{class},{lemma}\n")).collect()
}
