//! Finds the clause that a tree has lost: a sentence of news says something, so one with a bare noun at its root was misread.

use super::{Deprel, Sentence, Token, Upos, Xpos};

/// Raises the verb of a sentence of `text` to the root where the parser left a noun there: the subject ("the government and
/// the rebels last met"), or what only says when ("during the talk the pair discussed"). What was one tree stays one.
pub fn raise(text: &str, sentence: &mut Sentence) {
    let tokens = &mut sentence.tokens;
    let Some(root) = tokens.iter().position(|t| t.head == Token::ROOT) else { return };
    one_comma(text, tokens, root);
    let closes = |t: &Token| matches!(text.get(t.span.range()), Some("." | "!" | "?"));
    if !matches!(tokens[root].upos, Upos::Noun | Upos::Propn | Upos::Num)
        || !tokens.iter().rev().take(2).any(closes)
        || child(tokens, root, PREDICATE).is_some()
    {
        return;
    }
    let when = child(tokens, root, &[Deprel::Case]).is_some();
    if when {
        let told = (root + 1..tokens.len()).find(|v| {
            usize::from(tokens[*v].head) == root
                && is_finite(tokens, *v)
                && child(tokens, *v, &[Deprel::Mark]).is_none()
                && subject(tokens, *v).is_some_and(|s| s < *v && !is_relative(text, &tokens[s]))
        });
        if let Some(verb) = told {
            swap(tokens, root, verb, Deprel::Obl);
        }
        return;
    }
    if let Some(verb) = predicate(tokens, root) {
        let passive = child(tokens, verb, &[Deprel::AuxPass]).is_some();
        swap(tokens, root, verb, if passive { Deprel::NsubjPass } else { Deprel::Nsubj });
    } else if let Some((verb, second, and)) = second_of_two(tokens, root) {
        tokens[second].head = and as u16 - 1;
        tokens[second].deprel = Deprel::Conj;
        tokens[and].head = second as u16;
        swap(tokens, root, verb, Deprel::Nsubj);
    } else if let Some((verb, name)) = parted_subject(tokens, root) {
        (tokens[name].head, tokens[name].deprel) = (root as u16, Deprel::Appos);
        swap(tokens, root, verb, Deprel::Nsubj);
    } else if let Some(verb) = active_participle(text, tokens, root) {
        (tokens[verb].upos, tokens[verb].xpos) = (Upos::Verb, Xpos::VBD);
        swap(tokens, root, verb, Deprel::Nsubj);
        let that = (verb + 1..tokens.len()).find(|t| text.get(tokens[*t].span.range()) == Some("that"));
        if let Some(that) = that.filter(|t| usize::from(tokens[usize::from(tokens[*t].head)].head) == verb) {
            (tokens[that].deprel, tokens[that].xpos) = (Deprel::Mark, Xpos::IN);
        }
    }
}

/// What makes a noun say something by itself.
const PREDICATE: &[Deprel] = &[
    Deprel::Cop,
    Deprel::Nsubj,
    Deprel::NsubjPass,
    Deprel::NsubjOuter,
    Deprel::Csubj,
    Deprel::Expl,
    Deprel::Aux,
    Deprel::AuxPass,
];

fn child(tokens: &[Token], head: usize, relations: &[Deprel]) -> Option<usize> {
    (0..tokens.len()).find(|t| usize::from(tokens[*t].head) == head && relations.contains(&tokens[*t].deprel))
}

fn subject(tokens: &[Token], verb: usize) -> Option<usize> {
    child(tokens, verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter, Deprel::Csubj, Deprel::Expl])
}

fn is_relative(text: &str, token: &Token) -> bool {
    matches!(token.xpos, Xpos::WDT | Xpos::WP) || text.get(token.span.range()) == Some("that")
}

/// Whether a word is a verb with a tense, its own or its auxiliary's.
fn is_finite(tokens: &[Token], verb: usize) -> bool {
    let tense = |t: &Token| matches!(t.xpos, Xpos::VBD | Xpos::VBZ | Xpos::VBP | Xpos::MD);
    let helped = |t: &Token| {
        usize::from(t.head) == verb && matches!(t.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop) && tense(t)
    };
    !matches!(tokens[verb].deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
        && (tense(&tokens[verb]) && matches!(tokens[verb].upos, Upos::Verb | Upos::Aux) || tokens.iter().any(helped))
}

/// The last verb below the noun that has a tense and no subject; the one before it where the last is only joined by "and".
fn predicate(tokens: &[Token], root: usize) -> Option<usize> {
    let bare =
        |v: usize| is_finite(tokens, v) && subject(tokens, v).is_none() && child(tokens, v, &[Deprel::Mark]).is_none();
    let reaches = |v: usize| {
        let mut at = usize::from(tokens[v].head);
        for _ in 0..12 {
            if at == root {
                return true;
            }
            match tokens.get(at) {
                Some(token) if token.upos != Upos::Verb || bare(at) => at = usize::from(token.head),
                _ => return false,
            }
        }
        false
    };
    let all: Vec<usize> = (root + 1..tokens.len()).filter(|v| bare(*v) && reaches(*v)).collect();
    match all[..] {
        [.., first, last] if child(tokens, last, &[Deprel::Cc]).is_some() => Some(first),
        [.., last] => Some(last),
        [] => None,
    }
}

/// "Delegations from Sudan and Chad were to meet": the second of the two that the parser made the subject, with its verb and
/// the "and" before it.
fn second_of_two(tokens: &[Token], root: usize) -> Option<(usize, usize, usize)> {
    let verb = (root + 1..tokens.len())
        .find(|v| usize::from(tokens[*v].head) == root && tokens[*v].deprel == Deprel::Conj && is_finite(tokens, *v))?;
    let second = subject(tokens, verb).filter(|s| *s > root)?;
    let and =
        (root + 2..second).rev().find(|t| usize::from(tokens[*t].head) == verb && tokens[*t].deprel == Deprel::Cc)?;
    let joined = |t: usize| usize::from(tokens[t].head) == second || t == and;
    let first = tokens[and - 1];
    let named = matches!(first.upos, Upos::Noun | Upos::Propn) && and - 1 != root;
    let plural = matches!(tokens[root].xpos, Xpos::NNS | Xpos::NNPS);
    (named && plural && (and..second).all(joined)).then_some((verb, second, and))
}

/// "US special representative Zalmay Khalilzad has held talks": a title and a name that the parser took for two things.
fn parted_subject(tokens: &[Token], root: usize) -> Option<(usize, usize)> {
    let verb = (root + 1..tokens.len()).find(|v| usize::from(tokens[*v].head) == root && is_finite(tokens, *v))?;
    let name = subject(tokens, verb).filter(|s| *s > root && *s < verb && tokens[*s].upos == Upos::Propn)?;
    let nominal = |t: &Token| matches!(t.upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Adp | Upos::Det);
    (tokens[root].upos == Upos::Noun && tokens[root + 1..name].iter().all(nominal)).then_some((verb, name))
}

/// Verbs that have no passive.
const INTRANSITIVE: &[&str] =
    &["arrived", "collapsed", "commenced", "culminated", "disagreed", "failed", "happened", "lasted", "occurred"];

/// "A spokesman denied on Tuesday that": no passive has an object or a content.
fn active_participle(text: &str, tokens: &[Token], root: usize) -> Option<usize> {
    (root + 1..tokens.len()).find(|v| {
        let own = |t: &Token| {
            usize::from(t.head) == *v && matches!(t.deprel, Deprel::Obj | Deprel::Ccomp | Deprel::CompoundPrt)
        };
        usize::from(tokens[*v].head) == root
            && tokens[*v].xpos == Xpos::VBN
            && tokens[*v].deprel == Deprel::Acl
            && child(tokens, *v, &[Deprel::Aux, Deprel::AuxPass, Deprel::Mark]).is_none()
            && (tokens[*v + 1..].iter().any(own)
                || text.get(tokens[*v].span.range()).is_some_and(|word| INTRANSITIVE.contains(&word)))
    })
}

/// "The conversation focused on the deal, reached in May": no comma alone parts a subject from its verb, so the first is the
/// verb and what stands behind the comma describes.
fn one_comma(text: &str, tokens: &mut [Token], root: usize) {
    let comma = |t: &Token| text.get(t.span.range()) == Some(",");
    let Some(subject) = child(tokens, root, &[Deprel::Nsubj, Deprel::NsubjPass]) else { return };
    let verb = subject + 1;
    let participle = |t: usize| {
        matches!(tokens[t].xpos, Xpos::VBN | Xpos::VBD)
            && child(tokens, t, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop, Deprel::Mark]).is_none()
    };
    if verb + 2 >= root
        || usize::from(tokens[verb].head) != subject
        || tokens[verb].deprel != Deprel::Acl
        || !participle(verb)
        || !participle(root)
        || !comma(&tokens[root - 1])
        || tokens[verb..root - 1].iter().any(comma)
        || !matches!(tokens[root - 2].upos, Upos::Noun | Upos::Propn | Upos::Num)
        || (root + 1..tokens.len())
            .any(|t| usize::from(tokens[t].head) == root && matches!(tokens[t].deprel, Deprel::Obj | Deprel::Ccomp))
    {
        return;
    }
    (tokens[verb].upos, tokens[verb].xpos) = (Upos::Verb, Xpos::VBD);
    (tokens[verb].head, tokens[verb].deprel) = (Token::ROOT, Deprel::Root);
    (tokens[root].head, tokens[root].deprel) = (root as u16 - 2, Deprel::Acl);
    let last = tokens.len() - 1;
    for (at, token) in tokens.iter_mut().enumerate() {
        let hangs = usize::from(token.head) == root && token.head != Token::ROOT;
        if hangs && (at < root - 1 || at == last) {
            token.head = verb as u16;
            if at == subject {
                token.deprel = Deprel::Nsubj;
            }
        }
    }
}

/// Makes `verb` the root and the old root its dependent; what stands right of the verb hangs on nothing left of it.
fn swap(tokens: &mut [Token], root: usize, verb: usize, relation: Deprel) {
    (tokens[verb].head, tokens[verb].deprel) = (Token::ROOT, Deprel::Root);
    (tokens[root].head, tokens[root].deprel) = (verb as u16, relation);
    for token in &mut tokens[verb + 1..] {
        let head = usize::from(token.head);
        if head >= root && head < verb {
            token.head = verb as u16;
            match token.deprel {
                Deprel::Nmod => token.deprel = Deprel::Obl,
                Deprel::AclRelcl => token.deprel = Deprel::Advcl,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Deprel;
    use crate::{Known, Media, Reader, Source};

    /// The root of the tree of the one sentence, and its subject.
    fn told(text: &str) -> (String, Option<String>) {
        let mut reader = Reader::shipped();
        reader.parse_all = true;
        let reading = reader.read(&Source { text, media: Media::Text, known: Known::default() });
        let sentence = &reading.sentences[0];
        let word = |t: usize| sentence.tokens[t].span.of(&reading.page.text).to_string();
        let root = (0..sentence.tokens.len()).find(|t| sentence.head(*t).is_none()).expect("a root");
        let subject = (0..sentence.tokens.len()).find(|t| {
            sentence.head(*t) == Some(root) && matches!(sentence.tokens[*t].deprel, Deprel::Nsubj | Deprel::NsubjPass)
        });
        (word(root), subject.map(word))
    }

    #[test]
    fn a_sentence_tells_something() {
        for (text, root, subject) in [
            ("The government and the rebels last met in Geneva in February.", "met", "government"),
            (
                "A Peruvian spokesman denied on Tuesday that President Martin Vizcarra had spoken with him.",
                "denied",
                "spokesman",
            ),
            (
                "US special representative for Afghanistan reconciliation Zalmay Khalilzad has held talks with the rebels in Qatar.",
                "held",
                "representative",
            ),
            (
                "Delegations from Sudan and the United States were to consult in Cairo on Wednesday.",
                "consult",
                "Delegations",
            ),
            (
                "The conversation focused on carrying out the agreement, reached during a meeting in May.",
                "focused",
                "conversation",
            ),
        ] {
            assert_eq!(told(text), (root.to_string(), Some(subject.to_string())), "{text}");
        }
    }
}
