use reader::*;
fn main() {
    let reader = Reader::shipped();
    let path = std::env::args().nth(1).unwrap();
    let texts: Vec<(String, Option<String>)> = std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(|l| {
            let v: serde_json::Value = serde_json::from_str(l).unwrap();
            (v["text"].as_str().unwrap().to_string(), v["published"].as_str().map(str::to_string))
        })
        .collect();
    for _ in 0..3 {
        let start = std::time::Instant::now();
        let mut stages: Vec<(&'static str, f64)> = vec![];
        let mut n = 0;
        let mut hash = 0u64;
        for (text, published) in &texts {
            let mut last = std::time::Instant::now();
            let reading = reader.read_watched(
                &Source { text, media: Media::Text, known: Known { published: published.clone(), ..Known::default() } },
                &mut |name| {
                    let now = std::time::Instant::now();
                    let spent = (now - last).as_secs_f64();
                    last = now;
                    match stages.iter_mut().find(|(x, _)| *x == name) {
                        Some((_, s)) => *s += spent,
                        None => stages.push((name, spent)),
                    }
                },
            );
            n += reading.sentences.len();
            for s in &reading.sentences {
                for t in &s.tokens {
                    hash = hash.wrapping_mul(31).wrapping_add(t.head as u64 + ((t.deprel as u64) << 8));
                }
            }
        }
        let t = start.elapsed().as_secs_f64();
        println!(
            "{n} sentences {:.0}/s hash {hash} {}",
            n as f64 / t,
            stages.iter().map(|(a, b)| format!("{a} {b:.2}")).collect::<Vec<_>>().join(" ")
        );
    }
}
