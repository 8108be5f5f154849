//! The timeline: one lane a side, time across, and each contact as its life.
//!
//! Steps stand on the lane of the side that took them. An arrow leaves the side that asked; the silence of the other is a
//! hatched stretch on its lane with the days counted; where they met, a bar joins their lanes. Shape says through what
//! channel, colour and filling say what became of it, and a mark says that the accounts disagree.

use super::{Scale, at, label};
use crate::parties::Governments;
use crate::serve::look;
use crate::serve::words::{self, say};
use reader::codes::{Channel, Status, StepKind};
use reader::record::{Contact, Step};
use std::collections::BTreeSet;
use std::fmt::Write;
use store::{Day, Shown};

/// Units across; the page scales the picture to its own width.
const WIDTH: f64 = 1120.0;
/// Where time begins, right of the names of the sides.
const LEFT: f64 = 132.0;
/// Room above the lanes for what is written there, and below for the dates.
const HEAD: f64 = 14.0;
const FOOT: f64 = 42.0;

/// How large things are: smaller where there are many.
#[derive(Clone, Copy)]
struct Size {
    /// Half the size of a mark.
    mark: f64,
    /// Height of one line of contacts in a lane.
    track: f64,
    /// Lines of contacts in a lane, at most; what does not fit shares one.
    tracks: usize,
}

const ROOMY: Size = Size { mark: 6.0, track: 20.0, tracks: 12 };
const CROWDED: Size = Size { mark: 4.2, track: 12.5, tracks: 20 };
/// From so many contacts on it is crowded.
const CROWD: usize = 36;

/// A picture.
pub struct Drawing {
    /// As SVG.
    pub svg: String,
    /// How many contacts stand in it.
    pub drawn: usize,
    /// How many have no date and do not.
    pub undated: usize,
}

/// A step with the days that it may lie on.
struct Event<'a> {
    step: &'a Step,
    days: (Day, Day),
    time: Option<f64>,
}

/// The time of day of an EDTF date that tells one, as a part of the day.
fn time(edtf: &str) -> Option<f64> {
    let (hour, minute) = edtf.split_once('T')?.1.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then(|| f64::from(hour * 60 + minute) / 1_440.0)
}

/// What is drawn of one contact.
struct Life<'a> {
    shown: &'a Shown,
    /// Numbers of the lanes of its parties, without repetition, from the top.
    lanes: Vec<usize>,
    events: Vec<Event<'a>>,
    when: Option<(Day, Day)>,
    time: Option<f64>,
    first: Day,
    last: Day,
    track: usize,
}

fn life<'a>(shown: &'a Shown, sides: &[String]) -> Option<Life<'a>> {
    let contact = &shown.contact.contact;
    // Sides without a lane of their own share the last.
    let lane = |code: &str| sides.iter().position(|side| side == code).unwrap_or(sides.len());
    let mut lanes: Vec<usize> = contact.parties.iter().map(|party| lane(&party.government)).collect();
    lanes.sort_unstable();
    lanes.dedup();
    let dated = |step: &'a Step| {
        let when = step.when.as_deref()?;
        Some(Event { step, days: store::span(when)?, time: time(when) })
    };
    let events: Vec<Event> = contact.steps.iter().filter_map(dated).collect();
    let when = contact.when.as_ref().and_then(|when| store::span(&when.edtf));
    let all = || events.iter().map(|event| event.days).chain(when);
    let first = all().map(|(first, _)| first).min()?;
    let last = all().map(|(_, last)| last).max()?;
    let time = contact.when.as_ref().and_then(|when| time(&when.edtf));
    Some(Life { shown, lanes, events, when, time, first, last, track: 0 })
}

/// Draws contacts on the lanes of the sides, in that order. `stretch` is the time that was asked for, where it was.
pub fn draw(
    contacts: &[Shown],
    sides: &[String],
    stretch: (Option<Day>, Option<Day>),
    governments: &Governments,
    title: &str,
) -> Drawing {
    let mut lives: Vec<Life> = contacts.iter().filter_map(|shown| life(shown, sides)).collect();
    let undated = contacts.len() - lives.len();
    let (Some(first), Some(last)) =
        (lives.iter().map(|life| life.first).min(), lives.iter().map(|life| life.last).max())
    else {
        return Drawing { svg: String::new(), drawn: 0, undated };
    };
    // The time asked for is drawn as it is; else what is empty may be folded.
    let scale = match stretch {
        (None, None) => {
            let days: Vec<(Day, Day)> = lives.iter().map(|life| (life.first, life.last)).collect();
            Scale::folded(&days, LEFT, WIDTH - LEFT - 24.0)
        }
        (from, to) => Scale::new(from.unwrap_or(first), to.unwrap_or(last), LEFT, WIDTH - LEFT - 24.0),
    };
    let lanes = sides.len() + usize::from(lives.iter().any(|life| life.lanes.contains(&sides.len())));
    let size = if lives.len() < CROWD { ROOMY } else { CROWDED };
    give_tracks(&mut lives, lanes, &scale, size);
    // Lines that no contact of a lane needs are left out there.
    let mut lines: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); lanes];
    for life in &lives {
        for lane in &life.lanes {
            if let Some(own) = lines.get_mut(*lane) {
                own.insert(life.track);
            }
        }
    }

    let mut tops = Vec::new();
    let mut below = HEAD;
    for own in &lines {
        tops.push(below);
        below += 20.0 + size.track * own.len().max(1) as f64;
    }
    let height = below + FOOT;
    let mut svg = String::new();
    // Writing into a string cannot fail.
    let _ = write!(
        svg,
        "<svg class=\"lives{}\" viewBox=\"0 0 {WIDTH} {}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-label=\"{}\">",
        if lives.len() < CROWD { "" } else { " crowded" },
        at(height),
        label(title)
    );
    svg.push_str(
        "<defs><pattern id=\"silence\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect class=\"hatch\" width=\"2\" height=\"6\"/></pattern></defs>",
    );
    // Hours are written only where somebody tells one.
    let hours = lives.iter().any(|life| life.time.is_some() || life.events.iter().any(|event| event.time.is_some()));
    lanes_of(&mut svg, sides, lanes, &tops, below, (&scale, hours), governments);
    let picture = Picture { size, tops: &tops, lines: &lines, scale: &scale, sides, governments };
    for life in &lives {
        picture.contact(&mut svg, life);
    }
    svg.push_str("</svg>");
    Drawing { svg, drawn: lives.len(), undated }
}

/// Puts contacts that would lie on one another on lines of their own.
fn give_tracks(lives: &mut [Life], lanes: usize, scale: &Scale, size: Size) {
    let mut ends: Vec<Vec<f64>> = vec![Vec::new(); lanes];
    for life in lives {
        let (start, end) = (scale.start(life.first) - size.mark, scale.start(life.last + 1) + 2.5 * size.mark);
        let free = |track: usize| {
            life.lanes.iter().all(|lane| ends.get(*lane).and_then(|own| own.get(track)).is_none_or(|end| *end < start))
        };
        life.track = (0..size.tracks).find(|track| free(*track)).unwrap_or(size.tracks - 1);
        for lane in &life.lanes {
            if let Some(own) = ends.get_mut(*lane) {
                if own.len() <= life.track {
                    own.resize(life.track + 1, f64::MIN);
                }
                if let Some(taken) = own.get_mut(life.track) {
                    *taken = taken.max(end);
                }
            }
        }
    }
}

/// The lanes with their names, and the days under them.
fn lanes_of(
    svg: &mut String,
    sides: &[String],
    lanes: usize,
    tops: &[f64],
    below: f64,
    (scale, hours): (&Scale, bool),
    governments: &Governments,
) {
    for (number, top) in tops.iter().enumerate().take(lanes) {
        let bottom = tops.get(number + 1).copied().unwrap_or(below);
        let class = if number % 2 == 0 { "lane" } else { "lane other" };
        let _ = write!(
            svg,
            "<rect class=\"{class}\" x=\"0\" y=\"{}\" width=\"{WIDTH}\" height=\"{}\"/>",
            at(*top),
            at(bottom - top)
        );
        let name = sides.get(number).map_or_else(|| say!("other-sides"), |code| governments.name(code).to_owned());
        for (line, words) in folded(&name, 17).iter().enumerate() {
            let _ = write!(
                svg,
                "<text class=\"side\" x=\"12\" y=\"{}\">{}</text>",
                at(top + 20.0 + 15.0 * line as f64),
                label(words)
            );
        }
    }
    for tick in scale.ticks(hours) {
        let class = if tick.year { "tick year" } else { "tick" };
        let _ = write!(
            svg,
            "<line class=\"{class}\" x1=\"{0}\" x2=\"{0}\" y1=\"{1}\" y2=\"{2}\"/><text class=\"date\" x=\"{0}\" y=\"{3}\">{4}</text>",
            at(tick.x),
            at(HEAD),
            at(below),
            at(below + 17.0),
            label(&tick.words)
        );
        if let Some(year) = &tick.year_below {
            let _ = write!(
                svg,
                "<text class=\"date year\" x=\"{}\" y=\"{}\">{}</text>",
                at(tick.x),
                at(below + 33.0),
                label(year)
            );
        }
    }
    for (x, days) in scale.folds() {
        let words = if days < 700 {
            say!("months-counted", count = days / 30)
        } else {
            say!("years-counted", count = days / 365)
        };
        let told = say!("folded-away", stretch = words.as_str());
        let _ = write!(
            svg,
            "<g class=\"fold\"><title>{told}</title><rect x=\"{}\" y=\"{}\" width=\"24\" height=\"{}\"/>\
             <text class=\"date\" x=\"{}\" y=\"{}\">{words}</text></g>",
            at(x - 12.0),
            at(HEAD),
            at(below - HEAD),
            at(x),
            at(below + 33.0)
        );
    }
}

/// A name in at most two lines of about so many letters.
fn folded(name: &str, letters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in name.split_whitespace() {
        let full = lines.len() == 2;
        if let Some(line) = lines.last_mut() {
            if line.is_empty() || line.chars().count() + word.chars().count() < letters {
                line.push_str(if line.is_empty() { "" } else { " " });
                line.push_str(word);
            } else if full {
                line.push('…');
                break;
            } else {
                lines.push(word.to_owned());
            }
        }
    }
    lines
}

struct Picture<'a> {
    size: Size,
    tops: &'a [f64],
    /// The lines that each lane has.
    lines: &'a [BTreeSet<usize>],
    scale: &'a Scale,
    sides: &'a [String],
    governments: &'a Governments,
}

impl Picture<'_> {
    fn y(&self, lane: usize, track: usize) -> f64 {
        let above = self.lines.get(lane).map_or(0, |own| own.range(..track).count());
        self.tops.get(lane).copied().unwrap_or_default() + 20.0 + self.size.track * above as f64
    }

    fn lane(&self, code: Option<&str>, life: &Life) -> Option<usize> {
        let code = code?;
        let lane = self.sides.iter().position(|side| side == code).unwrap_or(self.sides.len());
        life.lanes.contains(&lane).then_some(lane)
    }

    /// One contact: a link to its page, with everything that is drawn of it.
    fn contact(&self, svg: &mut String, life: &Life) {
        let contact = &life.shown.contact.contact;
        let disputed = !life.shown.contact.disputes.is_empty();
        // Contacts of one day stand a little apart, so that their bars can be told from one another.
        let aside = life.track as f64 * (self.scale.day_width(life.last) / 8.0).min(5.0);
        let x = |days: (Day, Day), time: Option<f64>| self.scale.place(days, time) + aside;
        let own = life.when.map(|days| x(days, life.time));
        let (scale_first, scale_last) = self.scale.days();
        if life.last < scale_first || life.first > scale_last {
            return;
        }
        let _ = write!(
            svg,
            "<a href=\"/contacts/{id}\" class=\"life {class} {status}\"><title>{words}</title>",
            id = label(&contact.id),
            class = look::class(contact.status),
            status = contact.status.name(),
            words = label(&look::in_words(life.shown, self.governments)),
        );
        self.silence(svg, life, aside);
        self.uncertainty(svg, life);
        // The thread that holds the life together runs on the lane of the side that began it.
        let ends = life.events.iter().map(|event| x(event.days, event.time)).chain(own);
        let (from, to) = ends.fold((f64::MAX, f64::MIN), |(from, to), x| (from.min(x), to.max(x)));
        let beginner = life.events.first().and_then(|event| self.lane(event.step.by.as_deref(), life));
        let beginner = beginner.or_else(|| self.lane(contact.initiator.as_deref(), life));
        if to - from > 1.0
            && let Some(lane) = beginner.or(life.lanes.first().copied())
        {
            let y = at(self.y(lane, life.track));
            let _ = write!(svg, "<line class=\"thread\" x1=\"{}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/>", at(from), at(to));
        }
        let mut ended = false;
        for event in &life.events {
            ended |= self.step(svg, life, event, x(event.days, event.time));
        }
        if let Some(x) = own.filter(|_| !ended) {
            self.bar(svg, life, x, contact.status);
        }
        if disputed {
            let (end, lane) = (own.unwrap_or(to), life.lanes.first().copied().unwrap_or_default());
            let _ = write!(
                svg,
                "<text class=\"disputed\" x=\"{}\" y=\"{}\">≠</text>",
                at(end + self.size.mark + 3.0),
                at(self.y(lane, life.track) - self.size.mark + 1.0)
            );
        }
        svg.push_str("</a>");
    }

    /// The stretch in which the other side was silent, on its lane: from the first request to the answer, or as far as the
    /// silence is told.
    fn silence(&self, svg: &mut String, life: &Life, aside: f64) {
        let contact = &life.shown.contact.contact;
        let Some(wait) = look::silence(contact) else { return };
        let asker = self.lane(wait.by.as_deref().or(contact.initiator.as_deref()), life);
        let (from, to) =
            (self.scale.middle((wait.from, wait.from)) + aside, self.scale.middle((wait.to, wait.to)) + aside);
        if to - from < 4.0 {
            return;
        }
        for lane in life.lanes.iter().filter(|lane| Some(**lane) != asker) {
            let y = self.y(*lane, life.track);
            let _ = write!(
                svg,
                "<rect class=\"silence{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"10\" fill=\"url(#silence)\"/>",
                if wait.answered { "" } else { " open" },
                at(from),
                at(y - 5.0),
                at(to - from)
            );
            if to - from > 44.0 {
                let words = say!("days-counted", count = wait.days());
                let _ = write!(
                    svg,
                    "<text class=\"days\" x=\"{}\" y=\"{}\">{words}</text>",
                    at((from + to) / 2.0),
                    at(y - 8.0)
                );
            }
        }
    }

    /// Where only a month, a year or a stretch of days is told: the whole of it, faintly.
    fn uncertainty(&self, svg: &mut String, life: &Life) {
        let Some((first, last)) = life.when.filter(|(first, last)| first < last) else { return };
        let (from, to) = (self.scale.start(first), self.scale.start(last + 1));
        for lane in &life.lanes {
            let _ = write!(
                svg,
                "<rect class=\"stretch\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"6\" rx=\"3\"/>",
                at(from),
                at(self.y(*lane, life.track) - 3.0),
                at((to - from).max(1.0))
            );
        }
    }

    /// One step. Returns whether it is the one in which the contact came to its end, so that it need not be drawn again.
    fn step(&self, svg: &mut String, life: &Life, event: &Event, x: f64) -> bool {
        let contact = &life.shown.contact.contact;
        let by = self.lane(event.step.by.as_deref(), life);
        let own_day = life.when == Some(event.days) || life.when.is_none();
        match event.step.step {
            StepKind::Held | StepKind::Started => {
                self.bar(svg, life, x, Status::Held);
                contact.status == Status::Held
            }
            StepKind::Requested | StepKind::Attempted => {
                let from = by.or_else(|| life.lanes.first().copied());
                if let Some(from) = from {
                    for to in life.lanes.iter().filter(|lane| **lane != from) {
                        self.arrow(svg, life, x, from, *to);
                    }
                    let _ = write!(
                        svg,
                        "<circle class=\"asked\" cx=\"{}\" cy=\"{}\" r=\"3.5\"/>",
                        at(x),
                        at(self.y(from, life.track))
                    );
                }
                own_day && matches!(contact.status, Status::Requested)
            }
            StepKind::Unanswered => {
                if let Some(lane) = by.or_else(|| life.lanes.last().copied()) {
                    let _ = write!(
                        svg,
                        "<circle class=\"unheard\" cx=\"{}\" cy=\"{}\" r=\"3\"/>",
                        at(x),
                        at(self.y(lane, life.track))
                    );
                }
                false
            }
            StepKind::Acknowledged | StepKind::Proposed | StepKind::Confirmed | StepKind::Scheduled => {
                let lane = by.or_else(|| life.lanes.first().copied());
                if let Some(lane) = lane {
                    let _ = write!(
                        svg,
                        "<path class=\"offered\" d=\"M{0} {1}l4 4l-4 4l-4 -4z\"/>",
                        at(x),
                        at(self.y(lane, life.track) - 4.0)
                    );
                }
                false
            }
            StepKind::Declined | StepKind::Lapsed | StepKind::Postponed | StepKind::Cancelled => {
                if let Some(lane) = by.or_else(|| life.lanes.first().copied()) {
                    self.cross(svg, x, self.y(lane, life.track));
                }
                false
            }
            StepKind::ReadOut | StepKind::FollowedUp => {
                if let Some(lane) = by {
                    let y = self.y(lane, life.track);
                    // On the day of the contact itself it stands beside the mark.
                    let x = if own_day { x + self.size.mark + 2.0 } else { x };
                    let _ = write!(svg, "<path class=\"told\" d=\"M{0} {1}v-10h7l-2 3l2 3h-7\"/>", at(x), at(y + 4.0));
                }
                false
            }
        }
    }

    fn cross(&self, svg: &mut String, x: f64, y: f64) {
        let _ = write!(svg, "<path class=\"cross\" d=\"M{} {}l8 8m0 -8l-8 8\"/>", at(x - 4.0), at(y - 4.0));
    }

    fn arrow(&self, svg: &mut String, life: &Life, x: f64, from: usize, to: usize) {
        let (start, end) = (self.y(from, life.track), self.y(to, life.track));
        let (tip, back) = if end > start { (end - 1.0, -6.0) } else { (end + 1.0, 6.0) };
        let _ = write!(
            svg,
            "<path class=\"arrow\" d=\"M{x} {start}V{tip}\"/><path class=\"tip\" d=\"M{x} {tip}l-3.5 {back}h7z\"/>",
            x = at(x),
            start = at(start),
            tip = at(tip),
            back = at(back)
        );
    }

    /// The sides together: a bar across their lanes, and on each the shape of the channel.
    fn bar(&self, svg: &mut String, life: &Life, x: f64, status: Status) {
        let contact = &life.shown.contact.contact;
        let (Some(top), Some(bottom)) = (life.lanes.first(), life.lanes.last()) else { return };
        let drawn = at(x);
        let kind = if status == Status::Held { "met" } else { status.name() };
        if top != bottom {
            let _ = write!(
                svg,
                "<line class=\"bar {kind}\" x1=\"{drawn}\" x2=\"{drawn}\" y1=\"{}\" y2=\"{}\"/>",
                at(self.y(*top, life.track)),
                at(self.y(*bottom, life.track))
            );
        }
        for lane in &life.lanes {
            let y = self.y(*lane, life.track);
            let _ = write!(svg, "<path class=\"mark {kind}\" d=\"{}\"/>", shape(contact.channel, x, y, self.size.mark));
            if matches!(status, Status::Declined | Status::Cancelled | Status::Lapsed | Status::Postponed) {
                self.cross(svg, x, y);
            }
        }
    }
}

/// The shape of a channel around a point, as the data of an SVG path.
pub fn shape(channel: Channel, x: f64, y: f64, r: f64) -> String {
    let point = |dx: f64, dy: f64| format!("{} {}", at(x + dx * r), at(y + dy * r));
    let polygon = |points: &[(f64, f64)]| {
        let points: Vec<String> = points.iter().map(|(dx, dy)| point(*dx, *dy)).collect();
        format!("M{}Z", points.join("L"))
    };
    match channel {
        Channel::Call => format!("M{}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z", point(-1.0, 0.0), d = 2.0 * r),
        Channel::Video => polygon(&[
            (-1.2, -0.8),
            (0.5, -0.8),
            (0.5, -0.3),
            (1.2, -0.7),
            (1.2, 0.7),
            (0.5, 0.3),
            (0.5, 0.8),
            (-1.2, 0.8),
        ]),
        Channel::Meeting => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        Channel::Visit => polygon(&[(0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)]),
        Channel::Talks => polygon(&[(-0.6, -1.0), (0.6, -1.0), (1.15, 0.0), (0.6, 1.0), (-0.6, 1.0), (-1.15, 0.0)]),
        Channel::Message => polygon(&[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)]),
        Channel::Unspecified => polygon(&[(-1.0, -0.45), (1.0, -0.45), (1.0, 0.45), (-1.0, 0.45)]),
    }
}

/// The sides that get a lane: those asked for, then those with the most contacts, at most so many.
pub fn sides(contacts: &[Shown], asked: &[String], most: usize) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for shown in contacts {
        let mut codes: Vec<&str> =
            shown.contact.contact.parties.iter().map(|party| party.government.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            *counts.entry(code).or_default() += 1;
        }
    }
    let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
    order.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let mut sides: Vec<String> =
        asked.iter().filter(|code| order.iter().any(|(own, _)| own == code)).cloned().collect();
    for (code, _) in order {
        if sides.len() < most && !sides.iter().any(|side| side == code) {
            sides.push(code.to_owned());
        }
    }
    sides
}

/// The words under a picture of one contact: its dates in order.
pub fn steps_in_words<A>(contact: &Contact<A>, governments: &Governments) -> Vec<String> {
    let told = |step: &Step| {
        let mut told = words::code(step.step.name());
        if let Some(when) = &step.when {
            let _ = write!(told, " {}", words::short(when));
        }
        match &step.by {
            Some(by) => say!("step-by", step = told, side = crate::term::plain(governments.name(by))),
            None => told,
        }
    };
    contact.steps.iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_a_part_of_the_day() {
        assert_eq!(time("2013-02-12T18:00"), Some(0.75));
        assert_eq!(time("2013-02-12T06:00:30Z"), Some(0.25));
        for none in ["2013-02-12", "2013-02-12T", "2013-02-12T25:00", "2013-02-12T1é:00", "T:", "2013-02-12T10:6"] {
            assert_eq!(time(none), None, "{none}");
        }
    }
}
