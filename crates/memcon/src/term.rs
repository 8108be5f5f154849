//! The terminal: how wide it is, whether it shows colours, and text fitted to it by display width.

use std::io::IsTerminal;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What standard output is written for.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Columns.
    pub width: usize,
    /// Whether colours are shown.
    pub colour: bool,
}

/// What a piece of text is, to be shown by colour where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Headlines.
    Strong,
    /// What may be overlooked: paths, rules.
    Faint,
    /// It happened.
    Happened,
    /// It may yet happen.
    Pending,
    /// It did not happen, or nobody answered.
    Failed,
    /// It is contested.
    Contested,
    /// As the rest.
    Plain,
}

impl Ink {
    fn style(self) -> anstyle::Style {
        use anstyle::{AnsiColor as Colour, Style};
        let of = |colour: Colour| Style::new().fg_color(Some(colour.into()));
        match self {
            Ink::Strong => Style::new().bold(),
            Ink::Faint => Style::new().dimmed(),
            Ink::Happened => of(Colour::Green),
            Ink::Pending => of(Colour::Cyan),
            Ink::Failed => of(Colour::Yellow),
            Ink::Contested => of(Colour::Magenta).bold(),
            Ink::Plain => Style::new(),
        }
    }
}

impl Terminal {
    /// Standard output as it is: its width, or `COLUMNS`, or 80; colours on a terminal, unless `NO_COLOR` is set.
    pub fn of_stdout() -> Terminal {
        let set = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0");
        let shown = std::io::stdout().is_terminal();
        let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = told.or_else(|| shown.then(measured).flatten()).unwrap_or(80);
        let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        let colour = !set("NO_COLOR") && (set("CLICOLOR_FORCE") || shown && !dumb);
        Terminal { width: width.clamp(40, 240), colour }
    }

    /// `text` in the colour of `ink`.
    pub fn paint(&self, ink: Ink, text: &str) -> String {
        if !self.colour || ink == Ink::Plain || text.is_empty() {
            return text.to_string();
        }
        let style = ink.style();
        format!("{style}{text}{style:#}")
    }
}

/// Whether a character turns the direction of writing of what follows it.
pub fn steers(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// `text` on one line, safe to show: runs of white space become one space, and characters that steer a terminal or turn
/// the direction of writing are left out.
pub fn plain(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !steers(*c));
    let spaced: String = spaced.collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Columns that `text` takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` with spaces behind it up to `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `text`, cut at a word where it is wider than `columns`, with `…` for the rest.
pub fn fit(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_string();
    }
    let mut used = 0;
    let cut = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > columns.saturating_sub(1)
    });
    let end = cut.map_or(text.len(), |(at, _)| at);
    let kept = text.get(..end).unwrap_or_default();
    // A word is kept whole unless that loses much.
    let whole = text.get(end..).is_some_and(|rest| rest.starts_with(' '));
    let at_word = kept.rfind(' ').filter(|at| !whole && at * 3 > kept.len() * 2);
    let kept = kept.get(..at_word.unwrap_or(kept.len())).unwrap_or_default();
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.']))
}

/// `text` in lines of at most `columns`, broken at spaces, and inside words only where a word is wider than that.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if width(&line) + c.width().unwrap_or(0) > columns && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_by_display_width() {
        assert_eq!(wrap("the ministers spoke by telephone", 13), ["the ministers", "spoke by", "telephone"]);
        assert_eq!(wrap("外交部长 通电话", 8), ["外交部长", "通电话"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert!(wrap("  ", 10).is_empty());
    }

    #[test]
    fn what_does_not_fit_is_cut_at_a_word() {
        assert_eq!(fit("the ministers spoke by telephone", 20), "the ministers spoke…");
        assert_eq!(fit("外交部长通电话", 7), "外交部…");
        assert_eq!(fit("short", 5), "short");
    }

    #[test]
    fn nothing_shown_steers_the_terminal() {
        assert_eq!(plain("a\u{1b}[2J\u{202E}b\n\t c\u{9b}"), "a [2Jb c");
    }
}
