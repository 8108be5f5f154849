//! The words that the pages show, apart from the pages: `words/en.ftl`, in the format of Project Fluent, which knows the plural
//! forms of every language and has editors for translators. Templates and pictures name a message and give it its values.

use super::look;
use crate::print::dates;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Environment, Error, ErrorKind, HtmlEscape, Value};
use std::sync::LazyLock;

/// The words in English.
const ENGLISH: &str = include_str!("words/en.ftl");

static WORDS: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    // What cannot be read of the table is missing from the pages, which a test would notice.
    let resource = FluentResource::try_new(ENGLISH.to_owned()).unwrap_or_else(|(sound, _)| sound);
    let mut bundle = FluentBundle::new_concurrent(vec!["en".parse().unwrap_or_default()]);
    // The stylesheet keeps apart what is written in different directions.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(FluentNumber { value, .. }) if *value >= 0.0 && value.fract() == 0.0 => {
            Some(look::thousands(*value as u64))
        }
        _ => None,
    }));
    bundle.add_resource_overriding(resource);
    bundle
});

/// The message of that name with its values; the name itself where there is no such message.
pub fn told(name: &str, values: &FluentArgs) -> String {
    known(name, values).unwrap_or_else(|| name.to_owned())
}

fn known(name: &str, values: &FluentArgs) -> Option<String> {
    let pattern = WORDS.get_message(name)?.value()?;
    let mut errors = Vec::new();
    let told = WORDS.format_pattern(pattern, Some(values), &mut errors).into_owned();
    errors.is_empty().then_some(told)
}

/// `say!("name", count = 3)`: the message of that name with its values.
macro_rules! say {
    ($name:expr $(, $key:ident = $value:expr)* $(,)?) => {{
        #[allow(unused_mut, reason = "a message may have no values")]
        let mut values = fluent_bundle::FluentArgs::new();
        $(values.set(stringify!($key), $value);)*
        $crate::serve::words::told($name, &values)
    }};
}
pub(crate) use say;

/// What a value of one of the record's vocabularies is called.
pub fn code(name: &str) -> String {
    say!(&format!("code-{name}"))
}

/// An EDTF date as a person writes it.
pub fn date(edtf: &str) -> String {
    dates::told(edtf, &|name, values| phrase(name, values, false))
}

/// The same beside another of the same year: of a day without the year.
pub fn short(edtf: &str) -> String {
    dates::told(edtf, &|name, values| phrase(name, values, name == "day"))
}

fn phrase(name: &str, values: &[(&str, &str)], short: bool) -> String {
    let mut given = FluentArgs::new();
    for (key, value) in values {
        let value = if *key == "month" { say!(&format!("month-{value}")) } else { (*value).to_owned() };
        given.set(*key, value);
    }
    // Where no year is told, or it stands beside.
    let alone = matches!(name, "day" | "month") && (short || values.iter().all(|(key, _)| *key != "year"));
    told(&format!("date-{name}{}", if alone { "-alone" } else { "" }), &given)
}

/// Gives templates `say("name", count=3)` and the filter `word` for the record's vocabularies. What a message says is ours and
/// safe; the values that it is given are escaped, unless they are safe already.
pub fn add_to(environment: &mut Environment<'static>) {
    environment.add_filter("word", |name: String| code(&name));
    environment.add_function("say", |name: String, values: Kwargs| -> Result<Value, Error> {
        let mut given = FluentArgs::new();
        for key in values.args() {
            let value: Value = values.get(key)?;
            match i64::try_from(value.clone()) {
                Ok(number) if value.kind() == ValueKind::Number => given.set(key.to_owned(), number),
                _ if value.is_safe() => given.set(key.to_owned(), value.to_string()),
                _ => given.set(key.to_owned(), HtmlEscape(&value.to_string()).to_string()),
            }
        }
        let missing =
            || Error::new(ErrorKind::InvalidOperation, format!("the words have no message {name} with these values"));
        Ok(Value::from_safe_string(known(&name, &given).ok_or_else(missing)?))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::app::TEMPLATES;
    use reader::codes;
    use std::collections::BTreeSet;

    /// The stretches of a template that are Jinja's, and the rest with a mark in the place of each.
    fn parted(template: &str) -> (Vec<&str>, String) {
        let (mut jinja, mut rest, mut left) = (Vec::new(), String::new(), template);
        while let Some(at) = left.find("{{").into_iter().chain(left.find("{%")).min() {
            let end = left[at..].find(if left[at..].starts_with("{{") { "}}" } else { "%}" }).expect("an end") + at + 2;
            jinja.push(&left[at..end]);
            rest.push_str(&left[..at]);
            rest.push('\u{1}');
            left = &left[end..];
        }
        rest.push_str(left);
        (jinja, rest)
    }

    /// What a reader would see of a template that does not come from the table of words.
    fn bare(template: &str) -> Vec<String> {
        let (jinja, rest) = parted(template);
        let names = ["Memcon", "JSON", "CSV"];
        let wordy =
            |text: &str| text.chars().any(char::is_alphabetic) && !names.contains(&text.trim_matches([' ', '·']));
        let mut found = Vec::new();
        for (number, part) in rest.split('<').enumerate() {
            let (tag, text) = if number == 0 { ("", part) } else { part.split_once('>').expect("a tag ends") };
            found.extend(text.split(['\u{1}', '\n']).map(str::trim).filter(|text| wordy(text)).map(str::to_owned));
            for name in ["aria-label", "placeholder", "title", "alt"] {
                let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
                found.extend(value.filter(|value| wordy(value)).map(str::to_owned));
            }
        }
        for code in jinja {
            for (literal, before) in code.split('"').skip(1).step_by(2).zip(code.split('"').step_by(2)) {
                let sentence = literal.contains(' ') || literal.starts_with(char::is_uppercase);
                if wordy(literal) && sentence && !before.ends_with("code(") {
                    found.push(literal.to_owned());
                }
            }
        }
        found
    }

    #[test]
    fn templates_hold_no_words_of_their_own() {
        assert_eq!(bare("<p class=\"x\">{{ say(\"a\") }} – Held</p>"), ["– Held"]);
        assert_eq!(bare("<p title=\"Held\">{{ a or \"Not told\" }}</p>"), ["Held", "Not told"]);
        assert_eq!(bare("<a href=\"/x\">{{ say(\"a\", b=code(\"memcon read\")) }}</a> · JSON"), Vec::<String>::new());
        for (name, template) in TEMPLATES {
            // Addresses are shown as they are.
            let template = template.replace("<code>/shared/", "<code>");
            assert_eq!(bare(&template), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn every_message_is_there_and_is_said() {
        if let Err((_, errors)) = FluentResource::try_new(ENGLISH.to_owned()) {
            panic!("{errors:?}");
        }
        let names: BTreeSet<&str> = ENGLISH
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" =").map(|(name, _)| name))
            .collect();
        let mut said: BTreeSet<String> = BTreeSet::new();
        for (_, template) in TEMPLATES {
            for code in parted(template).0 {
                said.extend(code.split("say(\"").skip(1).filter_map(|rest| Some(rest.split('"').next()?.to_owned())));
            }
        }
        for name in said.iter().filter(|name| !name.ends_with('-')) {
            assert!(names.contains(name.as_str()), "no message {name}");
        }
        let all = |names: Vec<&'static str>, prefix: &str| {
            for name in names {
                assert!(known(&format!("{prefix}{name}"), &FluentArgs::new()).is_some(), "no message {prefix}{name}");
            }
        };
        macro_rules! vocabulary {
            ($($name:ident $prefix:literal),+) => {
                $(all(codes::$name::ALL.iter().map(|value| value.name()).collect(), $prefix);)+
            };
        }
        vocabulary!(
            Channel "code-", Status "code-", StepKind "code-", Role "code-", StatementKind "code-", DisputeKind "code-",
            DisputeAbout "code-", DisputeAbout "about-", DisputeKind "dispute-", DateBasis "basis-"
        );
        all(store::Role::ALL.iter().map(|role| role.name()).collect(), "code-");
        all(store::State::ALL.iter().map(|state| state.name()).filter(|name| *name != "machine").collect(), "by-hand-");
    }

    #[test]
    fn dates_are_told_as_the_command_line_tells_them() {
        for edtf in [
            "2013-02-12",
            "2013-02",
            "2013",
            "2013-03~",
            "2013%",
            "2013-02-12?",
            "2013-02-26/2013-02-28",
            "2013-02-16/..",
            "../2013-12",
            "2013-02-26/2013-03-01",
            "XXXX-02-11",
            "XXXX-02",
            "2013-02-16T18:47",
            "soon",
            "",
            "2013-99",
        ] {
            assert_eq!(date(edtf), dates::words(edtf));
            assert!(short(edtf) == dates::short(edtf) || edtf.contains(['/', 'T', '?']), "{edtf}: {}", short(edtf));
        }
    }

    #[test]
    fn a_message_has_its_plural_and_its_values() {
        assert_eq!(say!("days-counted", count = 1), "1 day");
        assert_eq!(say!("silence-of", count = 12_345), "silence of 12\u{202F}345 days");
        assert_eq!(say!("nowhere-at-all"), "nowhere-at-all");
        let mut templates = Environment::new();
        super::super::look::add_to(&mut templates);
        let page = |source: &str| templates.render_named_str("x.html", source, ());
        let told = page(
            "{{ say(\"copy-of\", document=anchor(\"/a?b&c\", \"<i>\")) }} {{ say(\"stood-in\", outlet=\"<b>\") }}",
        );
        assert_eq!(told.unwrap(), "copy of <a href=\"&#x2f;a?b&amp;c\">&lt;i&gt;</a> in &lt;b&gt;");
        assert!(page("{{ say(\"stood-in\") }}").is_err() && page("{{ say(\"nowhere\") }}").is_err());
    }
}
