//! Fills the sentences of `data/name_sentences.txt` with names drawn from the tables, so that the tagger of names learns what
//! stands around a name and not the names alone. Half of the names are misspelt, so that no table knows them.

use super::learner::Random;

const SENTENCES: &str = include_str!("../../data/name_sentences.txt");
const NAMES: &str = include_str!("../../../reader/data/world/personal_names.csv");
const PLACES: &str = include_str!("../../../reader/data/world/places.csv");
const COUNTRIES: &str = include_str!("../../../reader/data/world/countries.csv");
const OUTLETS: &str = include_str!("../../../reader/data/world/outlets.csv");
const ORGANIZATIONS: &str = include_str!("../../../reader/data/world/organizations.csv");
const PEOPLE: &str = include_str!("../../../reader/data/world/people.csv");

/// What organizations are for.
const FIELDS: &[&str] = &[
    "Health",
    "Education",
    "Finance",
    "Justice",
    "Agriculture",
    "Trade",
    "Labour",
    "Energy",
    "Transport",
    "Culture",
    "Fisheries",
    "Defence",
    "Foreign Affairs",
    "Interior",
    "Environment",
    "Water",
    "Human Rights",
    "Development",
    "Women",
    "Youth",
    "Sports",
    "Statistics",
    "Security",
    "Science",
    "Technology",
    "Tourism",
    "Mining",
    "Housing",
    "Planning",
    "Communications",
    "Forestry",
    "Public Works",
    "Social Welfare",
    "Anti-Corruption",
    "Electoral",
    "Meteorological",
    "Medical",
    "Journalists",
    "Teachers",
    "Farmers",
    "Workers",
    "Students",
    "Refugees",
    "Children",
    "Democracy",
    "Peace",
    "Cricket",
    "Football",
    "Athletics",
];
/// What parties are called.
const PARTIES: &[&str] = &[
    "People's",
    "Democratic",
    "National",
    "Socialist",
    "Liberal",
    "Labour",
    "Communist",
    "Republican",
    "Patriotic",
    "Progressive",
    "Conservative",
    "Workers'",
    "Unity",
    "Freedom",
    "Justice and Development",
    "United",
    "Christian Democratic",
    "Reform",
    "Green",
];
/// The last words of bodies.
const BODIES: &[&str] = &[
    "Commission",
    "Council",
    "Agency",
    "Authority",
    "Committee",
    "Association",
    "Federation",
    "Union",
    "Institute",
    "Board",
    "Foundation",
    "Trust",
    "Centre",
    "Department",
    "Office",
    "Service",
    "Network",
    "Society",
    "Movement",
    "Front",
    "Alliance",
    "Congress",
    "Initiative",
    "Corporation",
    "Bureau",
    "Forum",
    "Organization",
    "Fund",
    "Group",
    "Club",
    "Academy",
    "Assembly",
];
/// The last words of companies.
const COMPANIES: &[&str] = &[
    "Bank",
    "Airlines",
    "Group",
    "Holdings",
    "Ltd",
    "Inc",
    "Motors",
    "Industries",
    "Telecom",
    "Petroleum",
    "Insurance",
    "Airways",
    "Energy",
    "Electric",
    "Foods",
    "Steel",
    "Mining",
    "Corp",
    "Corporation",
    "Co",
    "Technologies",
    "Securities",
    "Media",
    "Power",
    "Shipping",
    "Pharmaceuticals",
    "Capital",
    "Oil",
    "Gas",
    "Partners",
    "Services",
    "International",
    "Systems",
];
/// The last words of newspapers and stations.
const PRESS: &[&str] = &[
    "Times",
    "Post",
    "News",
    "Herald",
    "Daily",
    "Tribune",
    "Observer",
    "Mirror",
    "Star",
    "Guardian",
    "Standard",
    "Radio",
    "TV",
    "Gazette",
    "Chronicle",
    "Today",
    "Express",
    "Mail",
    "Press",
    "Journal",
    "Telegraph",
    "Monitor",
    "Citizen",
    "Nation",
];
/// The last words of what people learn, heal or play in.
const HOUSES: &[&str] = &[
    "University",
    "College",
    "Hospital",
    "High School",
    "Secondary School",
    "Medical School",
    "Polytechnic",
    "Primary School",
    "University of Technology",
    "Technical Institute",
    "Law School",
    "Business School",
];
const CLUBS: &[&str] =
    &["United", "City", "FC", "Rovers", "Athletic", "Stars", "Sporting", "Wanderers", "Rangers", "Sharks"];
const FORCES: &[&str] =
    &["Army", "Navy", "Air Force", "Police Force", "Armed Forces", "National Guard", "Coast Guard", "Customs Service"];
const FOREIGN: &[&str] = &[
    "Partido",
    "Movimiento",
    "Frente",
    "Asociación",
    "Fundación",
    "Unión",
    "Instituto",
    "Consejo",
    "Jamiat",
    "Jamaat",
    "Dal",
    "Parti",
    "Mouvement",
    "Front",
    "Partai",
    "Barisan",
    "Parishad",
    "Sangh",
    "Sabha",
    "Kendra",
    "Hezb",
    "Al",
];
const FOREIGN_FIELDS: &[&str] = &[
    "Nacional",
    "Popular",
    "Democrático",
    "Revolucionario",
    "Libre",
    "Social",
    "Obrero",
    "Rakyat",
    "Ulema",
    "Islami",
    "Samaj",
    "Kisan",
    "Lok",
    "Vikas",
    "Démocratique",
    "National",
    "Ciudadano",
    "Cívico",
    "Indígena",
    "Shakti",
    "Swaraj",
    "Ummah",
    "Watan",
];
const NATION_BODIES: &[&str] = &[
    "Supreme Court",
    "Senate",
    "National Assembly",
    "High Court",
    "Central Bank",
    "Parliament",
    "House of Representatives",
    "Cabinet",
    "Congress",
    "Revenue Authority",
    "Football Association",
    "Electoral Commission",
    "Human Rights Commission",
    "Chamber of Commerce",
    "Stock Exchange",
    "Olympic Committee",
    "Red Cross",
    "Medical Association",
    "Bar Association",
];
const NATIONWIDE: &[&str] =
    &["National", "Central", "Federal", "International", "General", "Royal", "State", "Supreme", "High"];
const LANDSCAPES: &[&str] = &[
    "Province",
    "District",
    "Region",
    "State",
    "County",
    "Island",
    "Valley",
    "River",
    "Lake",
    "Peninsula",
    "Bay",
    "Hills",
];

/// A name, and its class: person (0), organization (1), place (2).
type Named = (String, Option<u8>);

/// The tables, ready to draw from.
pub struct Tables {
    sentences: Vec<&'static str>,
    regions: Vec<(Vec<&'static str>, Vec<&'static str>)>,
    places: Vec<&'static str>,
    countries: Vec<&'static str>,
    adjectives: Vec<&'static str>,
    outlets: Vec<&'static str>,
    organizations: Vec<&'static str>,
    people: Vec<&'static str>,
    words: Vec<&'static str>,
}

fn column(table: &'static str, index: usize) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .skip(1)
        .filter_map(move |line| line.split(',').nth(index))
        .filter(|f| !f.is_empty() && !f.contains('"'))
}

impl Tables {
    /// Reads the tables that ship.
    pub fn read() -> Tables {
        let mut given = Vec::new();
        let mut family = Vec::new();
        for line in NAMES.lines().skip(1) {
            let mut fields = line.splitn(3, ',');
            let (kind, region) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
            let words: Vec<&str> = fields.next().unwrap_or("").split('|').collect();
            if kind == "given" { given.push((region, words)) } else { family.push((region, words)) }
        }
        // Any given names go with any family names that share a word of the region's name; else with all of them.
        let all: Vec<&str> = family.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        let regions = given
            .into_iter()
            .map(|(region, words)| {
                let near: Vec<&str> = family
                    .iter()
                    .filter(|(other, _)| region.split(' ').any(|w| w.len() > 3 && other.contains(w)))
                    .flat_map(|(_, words)| words.iter().copied())
                    .collect();
                (words, if near.is_empty() { all.clone() } else { near })
            })
            .collect();
        Tables {
            sentences: SENTENCES.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect(),
            regions,
            places: column(PLACES, 0).collect(),
            countries: column(COUNTRIES, 5).collect(),
            adjectives: column(COUNTRIES, 7).filter_map(|a| a.split('|').next()).collect(),
            outlets: column(OUTLETS, 0).collect(),
            organizations: column(ORGANIZATIONS, 3).collect(),
            people: column(PEOPLE, 2).collect(),
            words: "Sunrise Golden Harvest Unity Crystal Horizon Lotus Falcon Phoenix Heritage Millennium Jubilee Victory Liberty Pioneer \
                    Rainbow Eagle Diamond Emerald Thunder Ocean Savanna Baobab Mango River Temple Shadow Mirror Garden Summer Winter"
                .split_whitespace()
                .collect(),
        }
    }
}

/// Names that one made document speaks of.
struct Draw<'a> {
    tables: &'a Tables,
    random: &'a mut Random,
    cast: Vec<(char, String)>,
    family: String,
}

impl Draw<'_> {
    fn one<'b>(&mut self, from: &[&'b str]) -> &'b str {
        from[self.random.next() as usize % from.len()]
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.random.next() % 100 < percent
    }

    /// Changes a letter or two of each longer word, vowels to vowels and consonants to consonants.
    fn misspelt(&mut self, name: &str) -> String {
        const VOWELS: &[&str] = &["a", "e", "i", "o", "u"];
        const OTHERS: &[&str] = &["b", "d", "g", "k", "l", "m", "n", "r", "s", "t", "v", "z", "h", "p"];
        let mut out = String::new();
        for word in name.split(' ') {
            if !out.is_empty() {
                out.push(' ');
            }
            let count = word.chars().count();
            let change =
                [1 + self.random.next() as usize % count.max(1), 2 + self.random.next() as usize % count.max(1)];
            for (at, c) in word.chars().enumerate() {
                let replace = count > 3 && at > 0 && change.contains(&at) && c.is_ascii_lowercase();
                if replace {
                    let with = if "aeiou".contains(c) { self.one(VOWELS) } else { self.one(OTHERS) };
                    out.push_str(with);
                } else {
                    out.push(c);
                }
            }
        }
        out
    }

    fn person(&mut self) -> String {
        if self.chance(15) {
            let whole = self.one(&self.tables.people);
            let whole = if self.chance(50) { self.misspelt(whole) } else { whole.to_string() };
            return whole;
        }
        let tables = self.tables;
        let region = self.random.next() as usize % (tables.regions.len() + 1);
        let Some((given, family)) = tables.regions.get(region) else {
            // Chinese, Korean and Vietnamese names.
            const FIRST: &[&str] = &[
                "Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Kim", "Park", "Lee", "Choi", "Nguyen", "Tran", "Zhao",
                "Wu",
            ];
            const PARTS: &[&str] = &[
                "min", "hui", "jun", "wei", "hao", "xin", "yan", "fang", "ling", "jin", "soo", "hyun", "young", "ho",
                "thi", "van", "duc", "minh",
            ];
            let (one, two) = (self.one(PARTS), self.one(PARTS));
            let capital = |w: &str| w[..1].to_uppercase() + &w[1..];
            let first = self.one(FIRST);
            return match self.random.next() % 4 {
                0 => format!("{first} {}-{two}", capital(one)),
                1 => format!("{first} {}{two}", capital(one)),
                2 => format!("{first} {}", capital(one)),
                _ => format!("{first} {} {}", capital(one), capital(two)),
            };
        };
        let first = self.one(given);
        let last = self.one(family);
        let mut name = match self.random.next() % 12 {
            0 | 1 => format!("{first} {} {last}", self.one(given)),
            2 => format!("{first} {last} {}", self.one(family)),
            3 => format!("{first} {}. {last}", (b'A' + (self.random.next() % 26) as u8) as char),
            4 => format!(
                "{}.{}. {last}",
                (b'A' + (self.random.next() % 26) as u8) as char,
                (b'A' + (self.random.next() % 26) as u8) as char
            ),
            5 => format!("{first} al-{last}"),
            6 => format!("{first} {last}-{}", self.one(family)),
            _ => format!("{first} {last}"),
        };
        if self.chance(50) {
            name = self.misspelt(&name);
        }
        name
    }

    fn place(&mut self) -> String {
        let name = self.one(&self.tables.places).to_string();
        let name = if self.chance(50) { self.misspelt(&name) } else { name };
        if !name.contains(' ') && self.chance(6) {
            return format!("{name} {}", self.one(LANDSCAPES));
        }
        name
    }

    fn organization(&mut self) -> String {
        let (field, body) = (self.one(FIELDS), self.one(BODIES));
        let tables = self.tables;
        let country = self.one(&tables.countries);
        let adjective = self.one(&tables.adjectives);
        let place = self.place();
        let family = self.person().rsplit(' ').next().unwrap_or("").to_string();
        match self.random.next() % 38 {
            0 => format!("Ministry of {field}"),
            1 => format!("Ministry of {field} and {}", self.one(FIELDS)),
            2 => format!("{field} Ministry"),
            3 => format!("{place} {}", self.one(HOUSES)),
            4 => format!("University of {place}"),
            5 => format!("{} {field} {body}", self.one(NATIONWIDE)),
            6 => format!("{country} {field} {body}"),
            7 => format!("{adjective} {} Party", self.one(PARTIES)),
            8 => format!("{} {} Party", self.one(PARTIES), self.one(PARTIES)),
            9 => format!("{family} {}", self.one(COMPANIES)),
            10 => format!("{place} {}", self.one(COMPANIES)),
            11 => format!("{} {}", self.one(&tables.words), self.one(COMPANIES)),
            12 => format!("{place} {}", self.one(PRESS)),
            13 => format!("The {place} {}", self.one(PRESS)),
            14 => format!("{place} {}", self.one(CLUBS)),
            15 => format!("{body} for {field}"),
            16 => format!("{body} of {adjective} {field}"),
            17 => format!("{family} {body}"),
            18 => format!("{} Court", self.one(NATIONWIDE)),
            19 => format!("{adjective} {field} {body}"),
            20 => self.one(&tables.outlets).to_string(),
            21 => format!("Bank of {country}"),
            22 => format!("{} {} of {country}", self.one(NATIONWIDE), body),
            23 => format!("{field} {body}"),
            24 => {
                let word = self.place();
                word.split(' ').next().unwrap_or("").to_string()
            }
            25 => format!("{place} Police"),
            26 => format!("{place} {} Government", self.one(LANDSCAPES)),
            27 => format!("{place} City Council"),
            28 => format!("{adjective} {}", self.one(FORCES)),
            29 => self.one(&tables.organizations).to_string(),
            30 => format!("{} {} {}", self.one(FOREIGN), self.one(FOREIGN_FIELDS), self.one(FOREIGN_FIELDS)),
            31 => format!("{} {}", self.one(FOREIGN), self.one(FOREIGN_FIELDS)),
            32 => format!("{}{}", self.one(&tables.words), self.one(&tables.words)),
            33 => format!("{} {}", self.one(&tables.words), body),
            34 => format!("{} for {field}", self.one(&tables.words)),
            35 => format!("{country} {}", self.one(NATION_BODIES)),
            36 => self.one(NATION_BODIES).to_string(),
            _ => self.abbreviation(),
        }
    }

    fn abbreviation(&mut self) -> String {
        let length = 2 + self.random.next() % 4;
        (0..length).map(|_| (b'A' + (self.random.next() % 26) as u8) as char).collect()
    }

    fn fill(&mut self, slot: char) -> Named {
        let class = match slot {
            'P' | 'F' | 'G' => Some(0),
            'O' | 'A' => Some(1),
            'L' | 'C' => Some(2),
            _ => None,
        };
        if slot == 'F' && !self.family.is_empty() && self.chance(85) {
            return (self.family.clone(), class);
        }
        let again = self.chance(40);
        let known: Vec<usize> = (0..self.cast.len()).filter(|&i| self.cast[i].0 == slot).collect();
        if again && !known.is_empty() {
            let name = self.cast[known[self.random.next() as usize % known.len()]].1.clone();
            if slot == 'P' {
                self.family = family_of(&name);
            }
            return (name, class);
        }
        let tables = self.tables;
        let name = match slot {
            'P' => self.person(),
            'F' => family_of(&self.person()),
            'G' => {
                let name = self.person();
                name.split(' ').next().unwrap_or("").to_string()
            }
            'L' => self.place(),
            'C' => self.one(&tables.countries).to_string(),
            'N' => self.one(&tables.adjectives).to_string(),
            'O' => self.organization(),
            'A' => self.abbreviation(),
            _ => {
                let word = self.one(&tables.words);
                if self.chance(50) { self.misspelt(word) } else { word.to_string() }
            }
        };
        if slot == 'P' {
            self.family = family_of(&name);
        }
        self.cast.push((slot, name.clone()));
        (name, class)
    }
}

/// The last word of a name.
fn family_of(name: &str) -> String {
    name.rsplit(' ').next().unwrap_or("").to_string()
}

/// One made document: its text, and each name as first and last byte and class.
pub fn document(tables: &Tables, random: &mut Random, sentences: usize) -> (String, Vec<(usize, usize, u8)>) {
    let mut draw = Draw { tables, random, cast: Vec::new(), family: String::new() };
    let mut text = String::new();
    let mut names = Vec::new();
    for _ in 0..sentences {
        let mut rest = draw.one(&tables.sentences);
        while let Some(open) = rest.find('{') {
            text.push_str(&rest[..open]);
            let slot = rest[open + 1..].chars().next().unwrap_or('W');
            let (mut name, class) = draw.fill(slot);
            // A headline in capitals.
            if rest[open + 3..].starts_with(" ACCUSES") || rest[open + 3..].starts_with(" MINISTER") {
                name = name.to_uppercase();
            }
            let start = text.len();
            text.push_str(&name);
            if let Some(class) = class {
                names.push((start, text.len(), class));
            }
            rest = &rest[open + 3..];
        }
        text.push_str(rest);
        text.push('\n');
    }
    (text, names)
}
