//! Prints the mentions of a file.
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let t = std::time::Instant::now();
    let world = reader::who::World::shipped();
    eprintln!("load {:?}", t.elapsed());
    for _ in 0..5 {
        let t = std::time::Instant::now();
        let w = reader::who::World::shipped();
        eprintln!("again {:?}", t.elapsed());
        drop(w);
    }
    let text = std::fs::read_to_string(&args[1]).unwrap();
    let known = reader::Known { published: args.get(2).cloned(), ..Default::default() };
    let page = reader::page::find(&reader::Source { text: &text, media: reader::Media::Text, known });
    let mut sentences = reader::language::split(&page.text, &page.blocks);
    let published = args.get(2).cloned().or(page.published.clone());
    let mut cast = reader::who::find(&world, &page, &sentences, published.as_deref());
    let model = reader::language::Model::shipped();
    for s in &mut sentences {
        model.parse(&page.text, s);
    }
    reader::who::resolve(&world, &page, &sentences, &mut cast);
    for (i, s) in sentences.iter().enumerate() {
        println!("\n{}", s.span.of(&page.text).replace('\n', " "));
        for m in cast.of_sentence(i) {
            let e = &cast.entities[m.entity];
            println!(
                "   [{}] {:?} -> #{} {:?} {} | {:?} {:?} {:?} {:?}{} {:?}",
                m.span.of(&page.text).replace('\n', " "),
                m.kind,
                m.entity,
                e.kind,
                e.name,
                e.person.as_deref().unwrap_or("-"),
                e.government.as_deref().unwrap_or("-"),
                e.office.as_deref().unwrap_or("-"),
                e.office_kind.as_deref().unwrap_or("-"),
                if e.former { " FORMER" } else { "" },
                e.members
            );
        }
    }
}
