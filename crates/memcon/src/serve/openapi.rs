//! The description of all pages for programs: OpenAPI 3.1, made from the same table that answers them.
//!
//! The schemas are those of the codebook's record (see `docs/json.md`). They are checked against real answers in a test that
//! refuses fields which no schema names.

use super::ask::Form;
use super::routes::{Param, ROUTES, Route};
use reader::codes;
use serde_json::{Map, Value, json};

/// The description.
pub fn description() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES {
        if route.posted {
            for form in route.forms {
                let (ending, done) = match form {
                    Form::Json => (".json", json!({"application/json": {"schema": reference(route.schema)}})),
                    _ => ("", json!({"text/html": {}})),
                };
                let operation = json!({
                    "summary": route.about,
                    "parameters": in_path(route),
                    "requestBody": {"content": {kind_of_body(route): {"schema": fields(route)}}, "required": true},
                    "responses": {
                        "200": {"description": "Done.", "content": done},
                        "303": {"description": "Done; see the page that it names."},
                        "default": error(),
                    },
                });
                put(&mut paths, &format!("{}{ending}", route.path), "post", operation);
            }
            continue;
        }
        for form in route.forms {
            let (ending, kind, schema) = match form {
                Form::Html => ("", kind_of_page(route), json!({"type": "string"})),
                Form::Json => (".json", "application/json", reference(route.schema)),
                Form::Csv => (".csv", "text/csv", json!({"type": "string"})),
            };
            let operation = json!({
                "summary": route.about,
                "parameters": parameters(route),
                "responses": {
                    "200": {"description": "The answer.", "content": {kind: {"schema": schema}}},
                    "default": error(),
                },
            });
            put(&mut paths, &format!("{}{ending}", route.path), "get", operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Memcon",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The record of contacts between governments. Every page has a twin that ends in `.json`, tables also one \
                that ends in `.csv`. Lists come in pages: where `next` is not null, ask again with `after` set to it. Fields may \
                be added; those that are here keep their names and meanings.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        // Where nobody has to sign in, nothing is needed.
        "security": [{}, {"token": []}],
    })
}

fn put(paths: &mut Map<String, Value>, path: &str, method: &str, operation: Value) {
    let entry = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
    if let Some(methods) = entry.as_object_mut() {
        methods.insert(method.to_owned(), operation);
    }
}

fn kind_of_body(route: &Route) -> &'static str {
    if route.path == "/add" { "multipart/form-data" } else { "application/x-www-form-urlencoded" }
}

/// What a page is that is no JSON and no table.
fn kind_of_page(route: &Route) -> &'static str {
    match route.path.rsplit('/').next() {
        Some("original") => "text/plain",
        Some("memo") => "text/markdown",
        Some("events") => "text/event-stream",
        Some("package") => "application/zip",
        _ => "text/html",
    }
}

fn error() -> Value {
    json!({"description": "What is wrong.", "content": {"application/json": {"schema": reference("Error")}, "text/html": {}}})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// What a form sends.
fn fields(route: &Route) -> Value {
    let token =
        "The secret that the forms of the pages hold. A program that sends a token of its own as a header needs none.";
    let own = route.params.iter().map(|param| {
        let mut schema = schema_of(param);
        if param.name == "files" {
            schema["items"] = json!({"type": "string", "contentMediaType": "application/octet-stream"});
        }
        schema["description"] = json!(param.about);
        (param.name.to_owned(), schema)
    });
    let secret = ("token".to_owned(), json!({"type": "string", "description": token}));
    let properties: Map<String, Value> = std::iter::once(secret).chain(own).collect();
    let required: Vec<&str> = route.params.iter().filter(|param| param.needed).map(|param| param.name).collect();
    json!({"type": "object", "properties": properties, "required": required})
}

fn parameters(route: &Route) -> Vec<Value> {
    in_path(route).into_iter().chain(route.params.iter().map(parameter)).collect()
}

fn in_path(route: &Route) -> Vec<Value> {
    let named = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let about = |name: &str| {
        let about = match route.path.split('/').nth(1) {
            Some("dossiers") => "Id of the dossier.",
            Some("shared") => "The secret of the link.",
            Some("jobs") => "Id of the work, as the answer to the form names it.",
            _ => "Id of the contact, or the beginning of one that no other begins with.",
        };
        json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}, "description": about})
    };
    named.map(about).collect()
}

fn schema_of(param: &Param) -> Value {
    let one = match param.values {
        Some(values) => json!({"type": "string", "enum": values()}),
        None => json!({"type": "string"}),
    };
    if param.many { json!({"type": "array", "items": one}) } else { one }
}

fn parameter(param: &Param) -> Value {
    let schema = schema_of(param);
    json!({"name": param.name, "in": "query", "description": param.about, "required": param.needed, "schema": schema})
}

/// An object whose fields are all there (`name`) or may be absent (`name?`); a type that ends in `?` may be null.
fn object(fields: &[(&str, Value)]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, schema) in fields {
        let plain = name.trim_end_matches('?');
        if plain == *name {
            required.push(plain);
        }
        properties.insert(plain.to_owned(), schema.clone());
    }
    json!({"type": "object", "properties": properties, "required": required})
}

fn kind(name: &str) -> Value {
    match name.strip_suffix('?') {
        Some(own) => json!({"type": [own, "null"]}),
        None => json!({"type": name}),
    }
}

fn list(items: Value) -> Value {
    json!({"type": "array", "items": items})
}

fn or_null(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

fn page(items: Value) -> Value {
    object(&[("items", list(items)), ("next", kind("string?"))])
}

/// A map from names that are data (months, outlets) to something.
fn map(values: Value) -> Value {
    json!({"type": "object", "additionalProperties": values})
}

fn one_of(names: Vec<&'static str>) -> Value {
    json!({"type": "string", "enum": names})
}

macro_rules! vocabulary {
    ($name:ident) => {
        one_of(codes::$name::ALL.iter().map(|value| value.name()).collect())
    };
}

fn schemas() -> Value {
    let text = || kind("string");
    let maybe = || kind("string?");
    let number = || kind("integer");
    let evidence = || reference("Evidence");
    // What a contact has, wherever it is printed.
    let contact: Vec<(&str, Value)> = vec![
        ("id", text()),
        ("channel", vocabulary!(Channel)),
        ("parties", list(reference("Party"))),
        ("initiator", maybe()),
        ("status", vocabulary!(Status)),
        ("when", or_null(reference("When"))),
        ("where", or_null(object(&[("name", text()), ("country", maybe())]))),
        ("duration_minutes", kind("number?")),
        ("attempts?", number()),
        ("topics", list(text())),
        ("reason?", list(text())),
        ("outcome?", text()),
        ("tone?", text()),
        ("steps", list(reference("Step"))),
        ("response_days?", number()),
        ("why?", list(text())),
        ("accounts", list(text())),
    ];
    let with = |more: Vec<(&'static str, Value)>| object(&contact.iter().cloned().chain(more).collect::<Vec<_>>());
    let merged = || {
        vec![
            ("account_details", list(reference("Account"))),
            ("disputes", list(reference("Dispute"))),
            ("documents", list(text())),
        ]
    };
    let shown = || {
        let state = one_of(store::State::ALL.iter().map(|state| state.name()).collect());
        merged().into_iter().chain([("state", state), ("sources", number())]).collect::<Vec<_>>()
    };
    let cited = object(&[
        ("document", text()),
        ("title", maybe()),
        ("outlet", maybe()),
        ("origin", maybe()),
        ("published", maybe()),
        ("url", maybe()),
        ("copy_of", maybe()),
    ]);
    let statement: Vec<(&str, Value)> = vec![
        ("id", text()),
        ("speaker", object(&[("name", maybe()), ("person", maybe()), ("government", maybe()), ("office", maybe())])),
        ("kind", vocabulary!(StatementKind)),
        ("cue", or_null(evidence())),
        ("addressee", maybe()),
        ("when", maybe()),
        ("content", list(evidence())),
        ("within?", text()),
    ];
    let found = vec![("document", text()), ("outlet", maybe()), ("published", maybe())];
    let three = || list(number());
    let dossier = [
        ("id", text()),
        ("name", text()),
        ("about", text()),
        ("owner", maybe()),
        ("link", maybe()),
        ("made", text()),
        ("items", number()),
    ];
    json!({
        "Error": object(&[("error", object(&[("status", number()), ("what", text()), ("hint", maybe())]))]),
        "Contacts": page(reference("ShownContact")),
        "ShownContact": with(shown()),
        "Contact": with(shown().into_iter().chain([("cited", list(cited))]).collect()),
        "Party": object(&[
            ("government", text()), ("person", maybe()), ("office", maybe()), ("role", or_null(vocabulary!(Role))),
        ]),
        "When": object(&[("edtf", text()), ("basis", vocabulary!(DateBasis))]),
        "Step": object(&[
            ("step", vocabulary!(StepKind)), ("when", maybe()), ("by", maybe()), ("accounts", list(text())),
            ("inferred?", kind("boolean")),
        ]),
        "Evidence": object(&[("start", number()), ("end", number()), ("quote", text())]),
        "Voice": object(&[
            ("kind", vocabulary!(VoiceKind)), ("name?", text()), ("person?", text()), ("government?", text()),
            ("office?", text()), ("via?", reference("Voice")),
        ]),
        "Account": object(&[
            ("id", text()), ("contact", text()), ("voice", reference("Voice")), ("stance", vocabulary!(Stance)),
            ("claim", object(&[
                ("channel?", vocabulary!(Channel)), ("status?", vocabulary!(Status)), ("step?", vocabulary!(StepKind)),
                ("by?", text()), ("when?", text()), ("step_when?", text()), ("initiator?", text()), ("where?", text()),
                ("duration_minutes?", kind("number")), ("attempts?", number()), ("reason?", text()),
                ("topics?", list(text())), ("outcome?", text()), ("tone?", text()),
            ])),
            ("evidence", list(evidence())), ("rules?", list(text())), ("document?", text()),
        ]),
        "Dispute": object(&[
            ("contact", text()), ("about", vocabulary!(DisputeAbout)), ("kind", vocabulary!(DisputeKind)),
            ("step?", vocabulary!(StepKind)), ("sides", list(list(text()))),
        ]),
        "Disputes": page(object(&[
            ("contact", text()), ("about", vocabulary!(DisputeAbout)), ("kind", vocabulary!(DisputeKind)),
            ("step?", vocabulary!(StepKind)), ("sides", list(list(reference("Account")))),
            ("when", or_null(reference("When"))), ("parties", list(reference("Party"))),
        ])),
        "Statement": object(&statement),
        "Statements": page(object(&statement.iter().cloned().chain(found).collect::<Vec<_>>())),
        "Hits": page(object(&[
            ("place", one_of(vec!["article", "statement", "evidence"])), ("document", text()), ("title", maybe()),
            ("outlet", maybe()), ("published", maybe()), ("contact", maybe()), ("speaker", maybe()), ("snippet", text()),
            ("start", kind("integer?")), ("ranked", kind("boolean")),
        ])),
        "Pairs": page(object(&[
            ("people?", list(text())), ("governments", list(text())), ("contacts", number()), ("held", number()), ("per_month", kind("number?")),
            ("months", map(number())), ("asked", number()), ("unanswered_share", kind("number?")),
            ("response_times", number()), ("median_response_days", kind("number?")), ("initiated", list(number())),
            ("initiator_balance", kind("number?")), ("disputed", number()),
        ])),
        "Coverage": object(&[
            ("documents", number()), ("naming", number()), ("telling", number()), ("months", map(three())),
            ("outlets", map(three())), ("undated", number()),
        ]),
        "DocumentRow": object(&[
            ("path", text()), ("url", maybe()), ("sha256", text()), ("revision", number()), ("current", kind("boolean")),
            ("recorded", text()), ("reader", text()), ("title", maybe()), ("outlet", maybe()), ("origin", maybe()),
            ("published", maybe()), ("language", maybe()), ("copy_of", maybe()), ("copy_kind", maybe()),
        ]),
        "Documents": page(reference("DocumentRow")),
        "Document": object(&[
            ("row", reference("DocumentRow")),
            ("text", text()),
            ("record", object(&[
                ("document", object(&[
                    ("path", text()), ("sha256", text()), ("media_type", text()), ("chars", number()), ("url?", text()),
                    ("replaced_bytes?", number()), ("extra?", map(json!({}))),
                ])),
                ("article", object(&[
                    ("title", maybe()), ("outlet", maybe()), ("origin", maybe()), ("byline", list(text())),
                    ("published", maybe()), ("language", maybe()),
                    ("body", list(object(&[("kind", vocabulary!(BlockKind)), ("start", number()), ("end", number())]))),
                    ("comments", list(object(&[
                        ("number", number()), ("author", maybe()), ("posted", maybe()), ("parent", kind("integer?")),
                        ("start", number()), ("end", number()), ("spam", kind("boolean")),
                    ]))),
                ])),
                ("contacts", list(with(Vec::new()))),
                ("accounts", list(reference("Account"))),
                ("disputes", list(reference("Dispute"))),
                ("statements", list(reference("Statement"))),
            ])),
        ]),
        "Doubts": page(object(&[("doubts", list(text())), ("contact", reference("ShownContact"))])),
        "Corrections": page(json!({
            "type": "object",
            "description": "An entry of the log; what else it holds depends on its action.",
            "required": ["id", "time", "editor", "action"],
            "properties": {
                "id": text(), "time": text(), "editor": text(), "reason": text(),
                "action": one_of(vec!["accept", "reject", "edit", "merge", "split", "add_step", "add", "code", "undo"]),
            },
            "additionalProperties": true,
        })),
        "DossierRow": object(&dossier),
        "Dossiers": page(reference("DossierRow")),
        "Dossier": object(&[("dossier", reference("DossierRow")), ("items", list(reference("DossierItem")))]),
        "SharedDossier": object(&[
            ("dossier", object(&[("name", text()), ("about", text())])), ("items", list(reference("DossierItem"))),
        ]),
        "DossierItem": object(&[
            ("number", number()), ("kind", one_of(store::ItemKind::ALL.iter().map(|kind| kind.name()).collect())),
            ("subject", maybe()), ("title", text()), ("note", text()),
            ("contact", or_null(reference("ShownContact"))), ("document", or_null(reference("DocumentRow"))),
        ]),
        "PersonRow": object(&[("name", text()), ("contacts", number()), ("statements", number())]),
        "People": page(reference("PersonRow")),
        "Person": object(&[
            ("name", text()),
            ("offices", list(object(&[("office", maybe()), ("government", text()), ("contacts", number())]))),
            ("with", list(object(&[("name", text()), ("government", text()), ("contacts", number())]))),
            ("contacts", page(reference("ShownContact"))),
            ("statements", reference("Statements")),
        ]),
        "Trail": page(object(&[
            ("number", number()), ("time", text()), ("user", text()), ("action", text()), ("subject", text()),
        ])),
        "Job": object(&[
            ("id", text()), ("stage", text()), ("words", text()), ("done", number()), ("total", number()), ("over", kind("boolean")),
            ("result", or_null(reference("Added"))), ("wrong", maybe()),
        ]),
        "Added": object(&[
            ("read", list(object(&[
                ("path", text()), ("title", maybe()), ("known", kind("boolean")), ("contacts", maybe()), ("published", maybe()),
            ]))),
            ("new", text()), ("contacts", number()), ("problems", list(text())),
        ]),
    })
}
