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
/// Peoples, faiths and languages: capitalised, and none of the three kinds.
const PEOPLES: &str = "Muslim Muslims Christian Christians Hindu Hindus Buddhist Buddhists Sikh Sikhs Jew Jews Jewish Catholic \
    Catholics Protestant Anglican Orthodox Pentecostal Shiite Shiites Sunni Sunnis Sufi Islamic Islamist Islamists Marxist Maoist \
    Kurd Kurds Kurdish Arab Arabs Arabic Berber Amazigh Tuareg Hausa Fulani Yoruba Igbo Akan Ewe Zulu Xhosa Maasai Kikuyu Luo Hutu Tutsi Oromo \
    Amhara Tigrayan Somali Nubian Uyghur Uyghurs Tibetan Tibetans Rohingya Tamil Tamils Telugu Punjabi Pashtun Pashtuns Baloch \
    Sindhi Bengali Marathi Malay Javanese Moro Maori Inuit Mapuche Quechua Aymara Maya Mayan Nahua Creole Roma Slavic Latino Hispanic \
    African Africans Asian Asians European Europeans Western Westerners Nordic Baltic Balkan Scandinavian Soviet Ottoman Roman \
    Aboriginal Indigenous Dalit Dalits Swahili Amharic Persian Mandarin Cantonese Spanish French English Communist Zionist Caribbean \
    Latin-American Anglo-Saxon Afro-Colombian Mediterranean Confucian Evangelical Baptist Methodist Shona Ndebele Tswana Wolof Mandinka";

/// Laws, festivals, wars, prizes, programmes, illnesses and abbreviations of common words: capitalised, and none of the three kinds.
const OTHERS: &[&str] = &[
    "World Cup",
    "FIFA World Cup",
    "Asian Games",
    "Olympic Games",
    "Tokyo Olympics",
    "Africa Cup of Nations",
    "Copa América",
    "Asia Cup",
    "Champions League",
    "Premier League",
    "Grand Prix",
    "Commonwealth Games",
    "Australian Open",
    "US Open",
    "Nobel Peace Prize",
    "Nobel Prize",
    "Grammy Awards",
    "Booker Prize",
    "Academy Award",
    "Oscars",
    "Ramadan",
    "Eid al-Fitr",
    "Eid al-Adha",
    "Diwali",
    "Christmas",
    "Easter",
    "Holy Week",
    "Lunar New Year",
    "Songkran",
    "Independence Day",
    "International Women's Day",
    "Black Friday",
    "Labour Day",
    "Mother's Day",
    "Paris Agreement",
    "Kyoto Protocol",
    "Geneva Convention",
    "Treaty of Lisbon",
    "Belfast Agreement",
    "Penal Code",
    "Criminal Code",
    "Companies Act",
    "Constitution",
    "Bill of Rights",
    "Universal Declaration of Human Rights",
    "Criminal Procedure Code",
    "Public Procurement Act",
    "Sustainable Development Goals",
    "Millennium Development Goals",
    "Vision 2030",
    "Belt and Road Initiative",
    "Green New Deal",
    "Covid-19",
    "COVID-19",
    "Omicron",
    "Delta",
    "Ebola",
    "HIV",
    "AIDS",
    "GDP",
    "GST",
    "VAT",
    "CCTV",
    "ATM",
    "PhD",
    "MBA",
    "SMS",
    "FIR",
    "SUV",
    "DNA",
    "IPO",
    "ICU",
    "AI",
    "PCR",
    "LGBTQ",
    "STEM",
    "USB",
    "NGO",
    "CEO",
    "Second World War",
    "World War II",
    "First World War",
    "Cold War",
    "Gulf War",
    "Arab Spring",
    "Vietnam War",
    "Industrial Revolution",
    "Battle of Waterloo",
    "Holocaust",
    "Renaissance",
    "Internet",
    "Bible",
    "Koran",
    "Quran",
    "Torah",
    "Ramayana",
    "Netflix Original",
    "iPhone",
    "Android",
    "Windows",
    "Bitcoin",
    "Land Cruiser",
    "Boeing 737",
    "Airbus A320",
    "Sputnik V",
    "Kalashnikov",
    "Zoom",
    "Big Bang",
    "Milky Way",
    "Mars",
    "Earth",
    "God",
    "Allah",
    "Buddha",
    "Jesus",
];
/// What "National … Act" ends with.
const OTHER_LAST: &[&str] = &[
    "Act",
    "Bill",
    "Law",
    "Code",
    "Policy",
    "Programme",
    "Program",
    "Plan",
    "Project",
    "Strategy",
    "Agreement",
    "Treaty",
    "Convention",
    "Protocol",
    "Charter",
    "Accord",
    "Festival",
    "Awards",
    "Award",
    "Prize",
    "Cup",
    "Games",
    "Championship",
    "Championships",
    "Summit",
    "Conference",
    "Week",
    "Day",
    "Month",
    "Year",
    "Exhibition",
    "Fair",
    "Expo",
    "Index",
    "Report",
    "Campaign",
    "Challenge",
    "Tournament",
    "Trophy",
    "Scheme",
    "Amendment",
    "Declaration",
    "Resolution",
    "Decree",
    "Marathon",
    "Open",
    "Biennale",
    "Workshop",
    "Crisis",
    "War",
    "Revolution",
];
/// Buildings and works: capitalised, and counted with none of the three kinds.
const BUILDINGS: &[&str] = &[
    "International Airport",
    "Airport",
    "Stadium",
    "Bridge",
    "Museum",
    "Hospital",
    "General Hospital",
    "Teaching Hospital",
    "Dam",
    "Stadium",
    "Power Station",
    "Power Plant",
    "Conference Centre",
    "Convention Centre",
    "Central Prison",
    "Railway Station",
    "Bus Station",
    "Highway",
    "Expressway",
    "Temple",
    "Cathedral",
    "Palace",
    "Tower",
    "Terminal",
    "Shopping Mall",
    "Library",
    "Theatre",
    "Canal",
    "Sports Complex",
    "Cricket Ground",
    "Racecourse",
    "Refinery",
    "Military Hospital",
    "Medical Centre",
    "National Museum",
];
/// First words of places of several words.
const PLACE_FIRST: &[&str] = &[
    "San", "Santa", "Santo", "São", "Saint", "St", "Port", "Puerto", "Al", "El", "La", "Las", "Los", "Ban", "Ban",
    "Kampung", "Sungai", "Wadi", "Tel", "Beit", "Umm", "Ras", "Bandar", "Kota", "Nakhon", "Chiang", "Phu", "New",
    "Old", "Upper", "Lower", "Mount", "Lake", "Cape", "Fort", "Villa", "Rio", "Monte", "Isla", "Big", "Little",
    "Great", "Khan", "Deir", "Ain", "Sidi", "Oued", "Bani",
];
/// Last words of places of several words.
const PLACE_LAST: &[&str] = &[
    "Nagar",
    "Sadar",
    "Bazar",
    "Ganj",
    "Khas",
    "Kalan",
    "Heights",
    "Hill",
    "Beach",
    "Bay",
    "Junction",
    "Park",
    "National Park",
    "Forest Reserve",
    "Falls",
    "Springs",
    "Estate",
    "Gardens",
    "North",
    "South",
    "East",
    "West",
    "Central",
    "City",
    "Town",
    "Village",
    "Market",
    "Road",
    "Street",
    "Avenue",
    "Square",
    "Governorate",
    "Prefecture",
    "Municipality",
    "Peninsula",
    "Islands",
    "Archipelago",
    "Desert",
    "Mountains",
    "Basin",
    "Metropolis",
    "Division",
    "Subcounty",
    "Constituency",
    "Local Government Area",
    "Special Economic Zone",
    "Strait",
    "Gulf",
    "Plateau",
];
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
    peoples: Vec<&'static str>,
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
            peoples: PEOPLES.split_whitespace().collect(),
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
        let name = if self.chance(60) { self.misspelt(&name) } else { name };
        if !name.contains(' ') && self.chance(5) {
            return format!("{} {name}", self.one(PLACE_FIRST));
        }
        if !name.contains(' ') && self.chance(5) {
            return format!("{name} {}", self.one(PLACE_LAST));
        }
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
        match self.random.next() % 45 {
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
            38 => format!("{field} and {} {body}", self.one(FIELDS)),
            39 => format!("{body} on {field} and {}", self.one(FIELDS)),
            40 => format!("{body} of {field}, {} and {}", self.one(FIELDS), self.one(FIELDS)),
            41 => format!("{} {body} of {field} of {country}", self.one(NATIONWIDE)),
            42 => {
                format!("{body} for the {} of {field}", self.one(&["Protection", "Promotion", "Prevention", "Study"]))
            }
            43 => format!("{place} University of {field}"),
            44 => format!("{} and {} {}", self.one(&tables.words), self.one(&tables.words), self.one(COMPANIES)),
            35 => format!("{country} {}", self.one(NATION_BODIES)),
            36 => self.one(NATION_BODIES).to_string(),
            _ => self.abbreviation(),
        }
    }

    fn other(&mut self) -> String {
        let tables = self.tables;
        let (field, last) = (self.one(FIELDS), self.one(OTHER_LAST));
        match self.random.next() % 12 {
            0..6 => self.one(OTHERS).to_string(),
            6 => format!("{} {last}", self.place()),
            7 => format!("{} {last}", self.one(&tables.words)),
            8 => format!("{} {field} {last}", self.one(NATIONWIDE)),
            9 => format!("{} {field} {last}", self.one(&tables.adjectives)),
            10 => format!("Operation {}", self.one(&tables.words)),
            _ => format!("{field} {last}"),
        }
    }

    fn abbreviation(&mut self) -> String {
        let length = 2 + self.random.next() % 4;
        (0..length).map(|_| (b'A' + (self.random.next() % 26) as u8) as char).collect()
    }

    fn fill(&mut self, slot: char) -> Named {
        let class = class_of(slot);
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
            'R' if self.chance(80) => self.one(&tables.peoples).to_string(),
            'R' => self.place() + self.one(&["an", "ese", "i", "ans", "is", "ian"]),
            'E' => self.other(),
            'B' => format!("{} {}", if self.chance(50) { self.place() } else { self.person() }, self.one(BUILDINGS)),
            // Half of them in a language that nobody knows, so that not every strange word is a name.
            _ if self.chance(50) => {
                let word = if self.chance(50) { self.place() } else { family_of(&self.person()) };
                self.misspelt(word.split(' ').next().unwrap_or_default())
            }
            _ => self.one(&tables.words).to_string(),
        };
        if slot == 'P' {
            self.family = family_of(&name);
        }
        self.cast.push((slot, name.clone()));
        (name, class)
    }
}

/// The class of what fills a slot.
fn class_of(slot: char) -> Option<u8> {
    match slot {
        'P' | 'F' | 'G' => Some(0),
        'O' | 'A' => Some(1),
        'L' | 'C' => Some(2),
        _ => None,
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
            let close = open + rest[open..].find('}').unwrap_or(2);
            let slot = rest[open + 1..].chars().next().unwrap_or('W');
            let (mut name, class) = match rest[open + 1..close].split_once('=') {
                Some((_, name)) => (name.to_string(), class_of(slot)),
                None => draw.fill(slot),
            };
            // A headline in capitals.
            if rest[close + 1..].starts_with(" ACCUSES") || rest[close + 1..].starts_with(" MINISTER") {
                name = name.to_uppercase();
            }
            let start = text.len();
            text.push_str(&name);
            if let Some(class) = class {
                names.push((start, text.len(), class));
            }
            rest = &rest[close + 1..];
        }
        text.push_str(rest);
        text.push('\n');
    }
    (text, names)
}

/// A sentence with about half of its names exchanged for drawn ones of the same class and much the same form; `None` if it
/// has no name. A name that stands in it twice is exchanged alike.
pub fn renamed(
    tables: &Tables,
    random: &mut Random,
    text: &str,
    names: &[(usize, usize, u8)],
) -> Option<(String, Vec<(usize, usize, u8)>)> {
    let mut draw = Draw { tables, random, cast: Vec::new(), family: String::new() };
    let mut given: Vec<(&str, String)> = Vec::new();
    let (mut out, mut found) = (String::new(), Vec::new());
    let mut at = 0;
    for &(start, end, class) in names {
        let old = text.get(start..end).filter(|_| start >= at)?;
        out.push_str(&text[at..start]);
        let known = given.iter().find(|(name, _)| *name == old).map(|(_, new)| new.clone());
        let new = known.unwrap_or_else(|| match class {
            _ if draw.chance(40) => old.to_string(),
            0 if !old.contains(' ') => family_of(&draw.person()),
            0 => draw.person(),
            1 if old.len() > 1 && old.chars().all(char::is_uppercase) => draw.abbreviation(),
            1 => draw.organization(),
            _ if COUNTRIES.contains(old) => draw.one(&tables.countries).to_string(),
            _ => draw.place(),
        });
        found.push((out.len(), out.len() + new.len(), class));
        out.push_str(&new);
        given.push((old, new));
        at = end;
    }
    out.push_str(&text[at..]);
    (!names.is_empty()).then_some((out, found))
}
