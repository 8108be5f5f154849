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

/// A page of news in our own words, as a text browser saves it.
fn source() -> Source<'static> {
    let story = "MOSCOW (Reuters) - Russian Foreign Minister Sergei Lavrov said on Tuesday that he had received a request for \
        a call from U.S. Secretary of State John Kerry, and that the two would speak “in the next few days.”\n\n\
        The State Department's spokeswoman, Victoria Nuland, told reporters that Kerry had tried to reach his counterpart \
        twice since the test of February 12, but the minister, who was travelling in Africa, hadn't returned the calls.\n\n\
        “We have reached out,” she said. “We're waiting.” South Korea's Foreign Ministry said that its minister had met the \
        Japanese ambassador in Seoul a day earlier.\n\n\
        Farmers in the south of the country fear for the harvest after three weeks without rain, and the price of bread has \
        doubled since the spring.\n\n";
    let page = format!(
        "Home\nWorld\nSign in\n\nKerry Waits for Lavrov\n\nBy Ann Example\nFeb. 16, 2013\n\n{}Related\n",
        story.repeat(25)
    );
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
