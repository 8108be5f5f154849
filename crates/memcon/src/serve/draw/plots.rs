//! Plots of counts: bars over time, and bars beside one another.

use super::scale::Tick;
use super::{Scale, at, label};
use crate::serve::words::say;
use jiff::civil::Date;
use reader::codes::Status;
use std::collections::BTreeMap;
use std::fmt::Write;
use store::Day;

/// Units across.
const WIDTH: f64 = 1120.0;
const LEFT: f64 = 44.0;
const HEIGHT: f64 = 150.0;
const FOOT: f64 = 26.0;

/// The classes of what became of contacts, from the bottom of a bar up.
const CLASSES: &[&str] = &["happened", "pending", "failed", "contested"];

/// What time is counted by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Day,
    Month,
    Year,
}

impl By {
    /// The bucket of a day: its EDTF date, which is also how to ask for it.
    fn of(self, date: Date) -> String {
        match self {
            By::Day => date.to_string(),
            By::Month => format!("{:04}-{:02}", date.year(), date.month()),
            By::Year => format!("{:04}", date.year()),
        }
    }
}

/// Contacts over time as bars, stacked by what became of them. Each bar leads to its own time: `address` makes the link.
pub fn rhythm(days: &[(Option<Day>, Status)], title: &str, address: impl Fn(&str) -> String) -> String {
    let mut dated: Vec<(Day, Status)> = days.iter().filter_map(|(day, status)| Some(((*day)?, *status))).collect();
    // The hundredth part at either end may be a remark on history that would leave no room for the rest.
    dated.sort_unstable_by_key(|(day, _)| *day);
    let part = |share: usize| dated.get(dated.len() * share / 100).map(|(day, _)| *day);
    if let (Some(low), Some(high)) = (part(1), part(99)) {
        let air = (high - low) / 8 + 31;
        dated.retain(|(day, _)| low - air <= *day && *day <= high + air);
    }
    let (Some(first), Some(last)) = (dated.iter().map(|(day, _)| *day).min(), dated.iter().map(|(day, _)| *day).max())
    else {
        return String::new();
    };
    let by = match last - first {
        0..=92 => By::Day,
        93..=3_000 => By::Month,
        _ => By::Year,
    };
    let mut buckets: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    // A day is put into words once, however many contacts it has.
    for same in dated.chunk_by(|(one, _), (other, _)| one == other) {
        let Some(date) = same.first().and_then(|(day, _)| store::date(*day)) else { continue };
        let counts = buckets.entry(by.of(date)).or_default();
        for (_, status) in same {
            let own = crate::serve::look::class(*status);
            for (count, _) in counts.iter_mut().zip(CLASSES).filter(|(_, class)| **class == own) {
                *count += 1;
            }
        }
    }
    let most = buckets.values().map(|counts| counts.iter().sum::<usize>()).max().unwrap_or(1).max(1);
    let (mut svg, scale) = over_time(title, first, last, most);
    for (bucket, counts) in &buckets {
        let Some((from, to)) = store::span(bucket) else { continue };
        let (x, end) = narrowed(scale.start(from), scale.start(to + 1));
        let gap = if end - x > 4.0 { 1.0 } else { 0.0 };
        let all: usize = counts.iter().sum();
        let words = format!("{}: {}", crate::serve::words::date(bucket), say!("contacts-counted", count = all));
        let _ = write!(svg, "<a href=\"{}\" aria-label=\"{words}\"><title>{words}</title>", label(&address(bucket)));
        stack(&mut svg, CLASSES, counts, most, (x + gap / 2.0, end - x - gap));
        svg.push_str("</a>");
    }
    svg.push_str("</svg>");
    svg
}

/// A plot with a frame for counts up to `most` and the dates below it.
fn over_time(title: &str, first: Day, last: Day, most: usize) -> (String, Scale) {
    let scale = Scale::new(first, last, LEFT, WIDTH - LEFT - 8.0);
    let mut svg = begin(title, HEIGHT + FOOT);
    frame(&mut svg, most, HEIGHT);
    for tick in scale.ticks(false) {
        date_under(&mut svg, &tick, HEIGHT);
    }
    (svg, scale)
}

/// A bar at `(x, width)`, stacked from the bottom up, with a class for each part.
fn stack(svg: &mut String, classes: &[&str], counts: &[usize], most: usize, (x, width): (f64, f64)) {
    let mut y = HEIGHT;
    for (class, count) in classes.iter().zip(counts) {
        let tall = *count as f64 / most as f64 * (HEIGHT - 16.0);
        y -= tall;
        if *count > 0 {
            let _ = write!(
                svg,
                "<rect class=\"count {class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                at(x),
                at(y),
                at(width.max(1.0)),
                at(tall.max(0.5))
            );
        }
    }
}

/// Counts by month (`2013-02`) as bars, each a stack from the bottom up, with a class for each part.
pub fn months<const N: usize>(counts: &BTreeMap<String, [usize; N]>, classes: [&str; N], title: &str) -> String {
    let spans: Vec<((Day, Day), &String, &[usize; N])> =
        counts.iter().filter_map(|(month, parts)| Some((store::span(month)?, month, parts))).collect();
    let (Some(first), Some(last)) =
        (spans.iter().map(|(span, ..)| span.0).min(), spans.iter().map(|(span, ..)| span.1).max())
    else {
        return String::new();
    };
    let most = spans.iter().map(|(_, _, parts)| parts.iter().sum::<usize>()).max().unwrap_or(1).max(1);
    let (mut svg, scale) = over_time(title, first, last, most);
    for ((from, to), month, parts) in spans {
        let (x, end) = (scale.start(from), scale.start(to + 1));
        let month = crate::serve::words::date(month);
        let told = say!("month-and-count", month = month, count = parts.iter().sum::<usize>());
        let _ = write!(svg, "<g><title>{}</title>", label(&told));
        stack(&mut svg, &classes, parts, most, (x + 0.5, end - x - 1.0));
        svg.push_str("</g>");
    }
    svg.push_str("</svg>");
    svg
}

/// One line of parts that make a whole, each with its class.
pub fn share(parts: &[(&str, usize)], title: &str) -> String {
    let whole: usize = parts.iter().map(|(_, count)| count).sum();
    let mut svg = format!(
        "<svg class=\"share\" viewBox=\"0 0 200 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">",
        label(title)
    );
    let mut x = 0.0;
    for (class, count) in parts {
        let wide = if whole == 0 { 0.0 } else { *count as f64 / whole as f64 * 200.0 };
        let _ = write!(
            svg,
            "<rect class=\"count {class}\" x=\"{}\" y=\"0\" width=\"{}\" height=\"10\"/>",
            at(x),
            at((wide - 0.5).max(0.0))
        );
        x += wide;
    }
    svg.push_str("</svg>");
    svg
}

/// One bar of several that are compared, beside its number.
pub fn bar(class: &str, count: usize, most: usize) -> String {
    let wide = count as f64 / most.max(1) as f64 * 200.0;
    format!(
        "<svg class=\"share\" viewBox=\"0 0 200 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"count {class}\" x=\"0\" y=\"0\" width=\"{}\" height=\"10\"/></svg>",
        at(wide)
    )
}

/// A bar no wider than bars are, in the middle of its time.
fn narrowed(from: f64, to: f64) -> (f64, f64) {
    let (middle, half) = ((from + to) / 2.0, (to - from).min(56.0) / 2.0);
    (middle - half, middle + half)
}

fn begin(title: &str, height: f64) -> String {
    format!(
        "<svg class=\"plot\" viewBox=\"0 0 {WIDTH} {}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-label=\"{}\">",
        at(height),
        label(title)
    )
}

/// The ground line, and lines at the half and the whole of the highest count.
fn frame(svg: &mut String, most: usize, height: f64) {
    let mut levels = vec![most];
    if most > 1 {
        levels.push(most / 2);
    }
    for level in levels {
        let y = height - level as f64 / most as f64 * (height - 16.0);
        let _ = write!(
            svg,
            "<line class=\"tick\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{0}\" y2=\"{0}\"/><text class=\"level\" x=\"{1}\" y=\"{2}\">{level}</text>",
            at(y),
            at(LEFT - 6.0),
            at(y + 4.0)
        );
    }
    let _ = write!(svg, "<line class=\"ground\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{0}\" y2=\"{0}\"/>", at(height));
}

fn date_under(svg: &mut String, tick: &Tick, height: f64) {
    // A plot has one line for dates: a year goes before the first of them.
    let words = match &tick.year_below {
        Some(year) => format!("{} {year}", tick.words),
        None => tick.words.clone(),
    };
    let _ =
        write!(svg, "<text class=\"date\" x=\"{}\" y=\"{}\">{}</text>", at(tick.x), at(height + 18.0), label(&words));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_lead_to_their_time_and_carry_no_markup_of_others() {
        let day = |text: &str| store::number(text.parse().unwrap());
        let days =
            [(Some(day("2013-02-12")), Status::Held), (Some(day("2013-02-13")), Status::Denied), (None, Status::Held)];
        let svg = rhythm(&days, "<b>", |bucket| format!("/timeline?from={bucket}&to={bucket}"));
        assert!(svg.contains("href=\"/timeline?from=2013-02-12&amp;to=2013-02-12\""), "{svg}");
        assert!(svg.contains("aria-label=\"&lt;b&gt;\"") && svg.contains("count contested"));
        assert_eq!(rhythm(&[], "", |_| String::new()), "");
    }

    #[test]
    fn parts_of_nothing_are_nothing() {
        assert!(!share(&[("happened", 0)], "x").contains("NaN"));
    }
}
