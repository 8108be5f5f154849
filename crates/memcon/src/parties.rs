//! Governments by the names that people call them on a command line, and by the codes of other data sets.

use reader::who::Tables;
use std::collections::BTreeMap;

/// One government or organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Government {
    /// ISO 3166-1 alpha-3, or the organization's code.
    pub code: String,
    /// The name in English.
    pub name: String,
    /// ISO 3166-1 alpha-3, for states only.
    pub iso3: Option<String>,
    /// Number in the Correlates of War project's list of states.
    pub cow: Option<String>,
    /// Words that a text calls it by: names, adjectives, capitals.
    pub words: Vec<String>,
}

/// The governments that the program knows.
pub struct Governments {
    by_code: BTreeMap<String, Government>,
    /// Names in lower case without marks, each with the codes that claim it.
    by_name: BTreeMap<String, Vec<String>>,
}

impl Governments {
    /// Those of the tables that ship with the program.
    pub fn shipped() -> Governments {
        let mut all = Governments { by_code: BTreeMap::new(), by_name: BTreeMap::new() };
        all.add(
            Tables::SHIPPED.countries,
            "iso3",
            &["name", "official_name", "adjectives", "aliases", "capitals", "metonyms"],
        );
        all.add(Tables::SHIPPED.organizations, "id", &["name", "abbreviations", "aliases", "adjectives", "metonyms"]);
        all
    }

    fn add(&mut self, table: &str, code_column: &str, name_columns: &[&str]) {
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
        let Ok(header) = rows.headers().cloned() else { return };
        let column = |name: &str| header.iter().position(|own| own == name);
        for row in rows.records().flatten() {
            let get = |name: &str| column(name).and_then(|at| row.get(at)).filter(|value| !value.is_empty());
            let Some(code) = get(code_column) else { continue };
            let state = code_column == "iso3";
            let words: Vec<String> = name_columns
                .iter()
                .filter_map(|name| get(name))
                .flat_map(|list| list.split('|'))
                .map(str::to_owned)
                .collect();
            let codes =
                [Some(code), get("iso2"), get("cameo"), get("demonyms").and_then(|list| list.split('|').next())];
            for name in codes.into_iter().flatten().chain(words.iter().map(String::as_str)) {
                let claims = self.by_name.entry(plain(name)).or_default();
                if !claims.iter().any(|own| own == code) {
                    claims.push(code.to_owned());
                }
            }
            let government = Government {
                code: code.to_owned(),
                name: get("name").unwrap_or(code).to_owned(),
                iso3: state.then(|| code.to_owned()),
                cow: get("cow").map(str::to_owned),
                words,
            };
            self.by_code.insert(code.to_owned(), government);
        }
    }

    /// The government with that code.
    pub fn get(&self, code: &str) -> Option<&Government> {
        self.by_code.get(code)
    }

    /// The name of that code; the code itself where it is unknown.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.get(code).map_or(code, |government| government.name.as_str())
    }

    /// The code that a person means: `usa`, `US`, `America`, `russian`, `kremlin`, `EU`.
    ///
    /// # Errors
    /// What to say where nobody is called so, or several are.
    pub fn resolve(&self, name: &str) -> Result<String, String> {
        let exact = name.trim().to_uppercase();
        if self.by_code.contains_key(&exact) {
            return Ok(exact);
        }
        match self.by_name.get(&plain(name)).map(Vec::as_slice) {
            Some([only]) => Ok(only.clone()),
            Some(several) => {
                let names: Vec<String> = several.iter().map(|code| format!("{code} ({})", self.name(code))).collect();
                Err(format!("{name} may be any of {}", names.join(", ")))
            }
            None => {
                let start = plain(name);
                let near: Vec<&str> = self
                    .by_name
                    .range(start.clone()..)
                    .take_while(|(own, _)| !start.is_empty() && own.starts_with(&start))
                    .flat_map(|(_, codes)| codes.iter().map(String::as_str))
                    .collect();
                match near.first() {
                    Some(first) if near.iter().all(|code| code == first) && start.len() > 2 => Ok((*first).to_owned()),
                    Some(_) => Err(format!("no government is called {name}; {} begin so", near.len())),
                    None => Err(format!("no government is called {name}")),
                }
            }
        }
    }
}

/// Lower case, without dots and a leading "the".
fn plain(name: &str) -> String {
    let lower = name.trim().to_lowercase().replace(['.', '\''], "");
    lower.strip_prefix("the ").map_or(lower.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn governments_are_found_by_what_people_call_them() {
        let all = Governments::shipped();
        for (name, code) in [
            ("usa", "USA"),
            ("US", "USA"),
            ("U.S.", "USA"),
            ("united states", "USA"),
            ("Russia", "RUS"),
            ("russian", "RUS"),
            ("kremlin", "RUS"),
            ("the Czech Republic", "CZE"),
            ("nato", "NATO"),
            ("eu", "EU"),
        ] {
            assert_eq!(all.resolve(name).as_deref(), Ok(code), "{name}");
        }
        assert!(all.resolve("atlantis").is_err());
        assert!(all.resolve("").is_err());
        assert_eq!(all.get("USA").and_then(|usa| usa.cow.as_deref()), Some("2"));
    }
}
