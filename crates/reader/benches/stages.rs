//! Speed of each stage of the reading on one made page, in bytes of its text a second.

use divan::Bencher;
use divan::counter::BytesCount;
use reader::accounts::Material;
use reader::language::{Scratch, Sentence};
use reader::page::Page;
use reader::who::Cast;
use reader::{Known, Media, Reader, Source, accounts, said, when, who};

fn main() {
    divan::main();
}

/// A page of news in our own words, as a text browser saves it. No two paragraphs are the same, or they would be taken for
/// the furniture of the page.
fn source() -> Source<'static> {
    const CITIES: [&str; 5] = ["Oslo", "Vienna", "Geneva", "Rome", "Lima"];
    let mut page = "Home\nWorld\nSign in\n\nKerry Waits for Lavrov\n\nBy Ann Example\nFeb. 16, 2013\n\n".to_string();
    for number in 1..=25 {
        let city = CITIES[number % CITIES.len()];
        page += &format!(
            "In {city}, Russian Foreign Minister Sergei Lavrov said on Tuesday that he had received request number {number} for \
             a call from U.S. Secretary of State John Kerry, and that the two would speak “in the next {number} days.”\n\n\
             The State Department's spokeswoman, Victoria Nuland, told reporters in {city} that Kerry had tried {number} times \
             to reach his counterpart since the test of February 12, but the minister hadn't returned the calls.\n\n\
             “We have reached out to {city} {number} times,” she said. “We're waiting.” South Korea's Foreign Ministry said \
             that its minister had met the Japanese ambassador in {city} {number} days earlier.\n\n\
             Farmers near {city} fear for the harvest after {number} weeks without rain, and the price of bread has risen \
             by {number} per cent since the spring.\n\n"
        );
    }
    page += "Related\n";
    let known = Known { published: Some("2013-02-16".to_string()), ..Known::default() };
    Source { text: Box::leak(page.into_boxed_str()), media: Media::Text, known }
}

/// The page with what every stage before the last has found.
struct Read {
    reader: Reader,
    page: Page,
    sentences: Vec<Sentence>,
    cast: Cast,
}

fn read() -> Read {
    let reader = Reader::shipped();
    let reading = reader.read(&source());
    assert!(reading.sentences.len() > 100, "the page was not found");
    Read { reader, page: reading.page, sentences: reading.sentences, cast: reading.cast }
}

#[divan::bench]
fn page(bench: Bencher) {
    let source = source();
    bench.counter(BytesCount::of_str(source.text)).bench_local(|| reader::page::find(&source));
}

#[divan::bench]
fn who_find(bench: Bencher) {
    let Read { reader, page, sentences, .. } = read();
    let bytes = BytesCount::of_str(&page.text);
    bench.counter(bytes).bench_local(|| who::find(&reader.world, &page, &sentences, page.published.as_deref()));
}

#[divan::bench]
fn who_names(bench: Bencher) {
    let Read { reader, page, sentences, .. } = read();
    bench.counter(BytesCount::of_str(&page.text)).bench_local(|| who::names(&reader.world, &page.text, &sentences));
}

#[divan::bench]
fn parse(bench: Bencher) {
    let Read { reader, page, mut sentences, .. } = read();
    let mut scratch = Scratch::default();
    bench.counter(BytesCount::of_str(&page.text)).bench_local(|| {
        for sentence in &mut sentences {
            reader.model.parse_with(&page.text, sentence, &mut scratch);
        }
    });
}

#[divan::bench]
fn when_find(bench: Bencher) {
    let Read { page, sentences, .. } = read();
    let bytes = BytesCount::of_str(&page.text);
    bench.counter(bytes).bench_local(|| when::find(&page.text, &sentences, page.published.as_deref()));
}

#[divan::bench]
fn said_find(bench: Bencher) {
    let Read { page, sentences, cast, .. } = read();
    bench.counter(BytesCount::of_str(&page.text)).bench_local(|| said::find(&page, &sentences, &cast));
}

#[divan::bench]
fn accounts_find(bench: Bencher) {
    let Read { reader, page, sentences, cast } = read();
    let times = when::find(&page.text, &sentences, page.published.as_deref());
    let statements = said::find(&page, &sentences, &cast);
    bench.counter(BytesCount::of_str(&page.text)).bench_local(|| {
        let material =
            Material { page: &page, sentences: &sentences, cast: &cast, times: &times, statements: &statements };
        accounts::find(&reader.rules, &material)
    });
}

#[divan::bench]
fn whole_way(bench: Bencher) {
    let reader = Reader::shipped();
    let source = source();
    bench.counter(BytesCount::of_str(source.text)).bench_local(|| reader.read(&source));
}
