//! How answers are printed: as aligned columns for people, through a pager where they are longer than the screen, and as
//! CSV, TSV or JSON lines for programs.

use crate::failure::Failure;
use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command, Stdio};
use unicode_width::UnicodeWidthStr;

/// Standard output, or a pager before it.
pub struct Output {
    pager: Option<Child>,
    direct: io::BufWriter<io::Stdout>,
}

impl Output {
    /// Standard output, through `MEMCON_PAGER`, `PAGER` or `less` where it is a terminal. An empty variable means none.
    pub fn paged() -> Output {
        let mut output = Output::plain();
        if !io::stdout().is_terminal() {
            return output;
        }
        let named = ["MEMCON_PAGER", "PAGER"].iter().find_map(|name| std::env::var(name).ok());
        let line = named.unwrap_or_else(|| "less".to_owned());
        let mut words = line.split_whitespace();
        if let Some(program) = words.next() {
            // As git does: quit where it fits on the screen, keep the lines there, cut long lines.
            let child = Command::new(program).args(words).env("LESS", "FRSX").stdin(Stdio::piped()).spawn();
            output.pager = child.ok();
        }
        output
    }

    /// Standard output.
    pub fn plain() -> Output {
        Output { pager: None, direct: io::BufWriter::new(io::stdout()) }
    }

    /// Writes what is left and waits for the pager to be closed.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        if let Some(mut child) = self.pager.take() {
            drop(child.stdin.take());
            child.wait()?;
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.pager.as_mut().and_then(|child| child.stdin.as_mut()) {
            Some(pager) => pager.write(bytes),
            None => self.direct.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.pager.as_mut().and_then(|child| child.stdin.as_mut()) {
            Some(pager) => pager.flush(),
            None => self.direct.flush(),
        }
    }
}

/// Prints rows with their columns aligned; the last column is not padded.
pub fn columns(out: &mut impl Write, header: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let clean = |cell: &str| -> String { cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect() };
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| clean(cell)).collect()).collect();
    let width = |at: usize| {
        let own = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
        own.max(header.get(at).map_or(0, |name| name.width()))
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let header: Vec<String> = header.iter().map(|name| name.to_uppercase()).collect();
    for row in std::iter::once(&header).chain(&rows) {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            line.push_str(cell);
            if at + 1 < row.len() {
                let padding = widths.get(at).map_or(0, |width| width.saturating_sub(cell.width()));
                line.extend(std::iter::repeat_n(' ', padding + 2));
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// The text cut to a width, with an ellipsis where something was cut.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if cut.width() + 2 > width {
            break;
        }
        cut.push(c);
    }
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_whatever_they_hold() {
        let mut out = Vec::new();
        let rows = vec![vec!["日本".to_owned(), "x".to_owned()], vec!["a\nb\x1b".to_owned(), "é".to_owned()]];
        columns(&mut out, &["who", "what"], &rows).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "WHO   WHAT\n日本  x\na b   é\n");
        assert_eq!(cut("Lavrov called", 7), "Lavrov…");
        assert_eq!(cut("short", 7), "short");
    }
}
