//! How a sentence was understood, as a table: one row a word, its tree drawn at the left.

use super::dates;
use crate::term::{Ink, Terminal, fit, pad, plain, width, wrap};
use reader::explain::{Account, Explained, Token, Words};
use std::io::{self, Write};

/// Prints one sentence, its words with their tree, and what was read off them.
pub fn explained(out: &mut dyn Write, term: &Terminal, sentence: &Explained) -> io::Result<()> {
    let number = format!("{}  ", sentence.sentence);
    let margin = " ".repeat(width(&number));
    for (at, line) in wrap(&plain(&sentence.words.text), term.width - width(&number)).iter().enumerate() {
        writeln!(out, "{}{}", if at == 0 { &number } else { &margin }, term.paint(Ink::Strong, line))?;
    }
    if sentence.parsed {
        table(out, term, sentence)?;
    } else {
        writeln!(out, "{margin}{}", term.paint(Ink::Faint, "no tree: nothing in it can carry a contact"))?;
    }
    let quoted = |words: &Words| format!("“{}”", plain(&words.text));
    let mut rows: Vec<(&str, String)> = Vec::new();
    for statement in &sentence.statements {
        let speaker = statement.speaker.as_deref().map_or("somebody unnamed".to_string(), plain);
        let cue = statement.cue.as_ref().map(|cue| format!(" {}", quoted(cue))).unwrap_or_default();
        let content = statement.content.iter().map(quoted).collect::<Vec<_>>().join(" … ");
        rows.push(("statement", format!("{} ({}), {speaker}{cue}: {content}", statement.id, statement.kind)));
    }
    for account in &sentence.accounts {
        rows.extend(account_rows(account));
    }
    for (name, told) in rows {
        let label = pad(name, 11);
        let lines = wrap(&told, term.width - width(&margin) - 11);
        for (at, line) in lines.iter().enumerate() {
            let label = if at == 0 { term.paint(Ink::Faint, &label) } else { " ".repeat(11) };
            writeln!(out, "{margin}{label}{line}")?;
        }
    }
    writeln!(out)
}

fn account_rows(account: &Account) -> Vec<(&'static str, String)> {
    let parties: Vec<String> = account
        .parties
        .iter()
        .map(|(government, person, role)| {
            let who = person.as_deref().map_or(plain(government), |person| format!("{} ({government})", plain(person)));
            role.map_or(who.clone(), |role| format!("{who} as {role}"))
        })
        .collect();
    let matched: Vec<String> = account.matched.iter().map(|words| format!("“{}”", plain(&words.text))).collect();
    let step = account.step.map(|step| format!(", step {}", step.name().replace('_', " "))).unwrap_or_default();
    let by = account.by.as_deref().map(|by| format!(" by {by}")).unwrap_or_default();
    let voice = account.statement.as_deref().map_or("the reporter".to_string(), |id| format!("statement {id}"));
    let when =
        account.when.as_ref().map(|(edtf, basis)| format!(", {} ({basis})", dates::words(edtf))).unwrap_or_default();
    vec![
        ("account", format!("{} {}{step}{by}{when}; {} by {voice}", account.channel, account.status, account.stance)),
        ("  parties", if parties.is_empty() { "none named".to_string() } else { parties.join(", ") }),
        ("  rules", format!("{}, at {}", account.rules.join(" ← "), matched.join(" "))),
    ]
}

/// The words: tree, form, lemma, tags, relation, and what begins at the word (a mention, a time).
fn table(out: &mut dyn Write, term: &Terminal, sentence: &Explained) -> io::Result<()> {
    let trees = tree(&sentence.tokens);
    let notes: Vec<String> = (1..=sentence.tokens.len()).map(|number| note(sentence, number)).collect();
    let widest = |cells: &mut dyn Iterator<Item = &str>| cells.map(width).max().unwrap_or(0);
    let tree_width = widest(&mut trees.iter().map(String::as_str)).min(term.width / 2);
    let lemma_width = widest(&mut sentence.tokens.iter().map(|token| token.lemma.as_str())).min(16);
    let deprel_width = widest(&mut sentence.tokens.iter().map(|token| token.deprel.as_str()));
    for ((number, token), (tree, note)) in (1..).zip(&sentence.tokens).zip(trees.iter().zip(&notes)) {
        let cells = [
            format!("{number:>4}"),
            pad(&fit(tree, tree_width), tree_width),
            pad(&fit(&token.lemma, lemma_width), lemma_width),
            pad(&token.upos, 5),
            pad(&token.xpos, 5),
            pad(&token.deprel, deprel_width),
        ];
        let used = cells.iter().map(|cell| width(cell) + 2).sum::<usize>();
        let note = fit(note, term.width.saturating_sub(used));
        let line = format!("{}  {}", cells.join("  "), term.paint(Ink::Happened, &note));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn note(sentence: &Explained, number: usize) -> String {
    let mentions = sentence.mentions.iter().filter(|mention| mention.token == number).map(|mention| {
        let name = mention.person.as_deref().unwrap_or(&mention.entity);
        let government = mention.government.as_deref().map(|code| format!(" ({code})")).unwrap_or_default();
        format!("{}{government}", plain(name))
    });
    let times = sentence.times.iter().filter(|time| time.token == number).map(|time| {
        let value = time.edtf.as_deref().unwrap_or(&time.value);
        format!("{} ({})", plain(value), time.basis)
    });
    mentions.chain(times).collect::<Vec<_>>().join(", ")
}

/// The tree in the order of the words: each word stands right of the one that it depends on, joined to it by a line.
fn tree(tokens: &[Token]) -> Vec<String> {
    let head = |at: usize| tokens.get(at).and_then(|token| token.head?.checked_sub(1));
    let head = |at: usize| head(at).filter(|head| *head != at && *head < tokens.len());
    // A damaged tree could go in a circle: no way up is longer than the sentence.
    let depth = |at: usize| std::iter::successors(head(at), |up| head(*up)).take(tokens.len()).count().min(24);
    // The rows between which the line of each word to its children runs.
    let mut reach: Vec<(usize, usize)> = (0..tokens.len()).map(|at| (at, at)).collect();
    for at in 0..tokens.len() {
        if let Some((first, last)) = head(at).and_then(|head| reach.get_mut(head)) {
            (*first, *last) = ((*first).min(at), (*last).max(at));
        }
    }
    let row = |at: usize| {
        let mut columns = vec![' '; 2 * depth(at)];
        let ways_up = std::iter::successors(head(at), |up| head(*up)).take(tokens.len());
        for (steps, up) in ways_up.enumerate() {
            let Some((first, last)) = reach.get(up).copied() else { continue };
            let Some(column) = columns.len().checked_sub(2 * (steps + 1)) else { continue };
            let mark = match (steps, at) {
                (0, _) if at == first => '╭',
                (0, _) if at == last => '╰',
                (0, _) => '├',
                (_, at) if first < at && at < last => '│',
                _ => continue,
            };
            columns[column] = mark;
            if steps == 0 {
                columns[column + 1] = '╴';
            }
        }
        let form = tokens.get(at).map(|token| plain(&token.form)).unwrap_or_default();
        format!("{}{form}", columns.into_iter().collect::<String>())
    };
    (0..tokens.len()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(words: &[(&str, usize)]) -> Vec<Token> {
        let token = |(form, head): &(&str, usize)| Token {
            form: form.to_string(),
            lemma: form.to_lowercase(),
            upos: "X".to_string(),
            xpos: "FW".to_string(),
            head: Some(*head),
            deprel: "dep".to_string(),
        };
        words.iter().map(token).collect()
    }

    #[test]
    fn a_tree_is_drawn_beside_its_words() {
        let drawn =
            tree(&tokens(&[("The", 2), ("minister", 3), ("called", 0), ("his", 5), ("colleague", 3), (".", 3)]));
        let expected = [
            "  ╭╴The", //
            "╭╴minister",
            "called",
            "│ ╭╴his",
            "├╴colleague",
            "╰╴.",
        ];
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_circle_does_not_hang_it() {
        assert_eq!(tree(&tokens(&[("a", 2), ("b", 1)])).len(), 2);
        assert_eq!(tree(&tokens(&[("a", 9)])), ["a"]);
    }
}
