//! Classes of common words that names, titles and descriptions are built with.

/// A set of word classes.
pub(super) type Classes = u32;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal: $words:literal;)+) => {
        $($(#[$doc])* pub(super) const $name: Classes = 1 << $bit;)+
        /// Every class with its words, lower case, separated by blanks.
        pub(super) const WORDS: &[(Classes, &str)] = &[$(($name, $words)),+];
    };
}

classes! {
    /// "the" and words that pick out like it.
    THE = 0: "the this that these those";
    /// Words that bring in somebody new.
    INDEFINITE = 1: "a an another one some several many other unnamed unidentified two three four five six";
    /// Whose: the office is of the government of the one spoken of.
    WHOSE = 2: "his her its their";
    /// No longer, or at another time.
    FORMER = 3: "former ex erstwhile onetime ousted deposed late predecessor then departed";
    /// Words before a title that tell rank, standing or time, and nothing of the office.
    STANDING = 4: "acting interim caretaker transitional outgoing incoming new newly appointed elected re senior top ranking \
        high level chief deputy vice first second assistant associate permanent special personal principal veteran longtime \
        long serving time visiting current incumbent designate elect unnamed unidentified anonymous leading prominent \
        de facto powerful embattled hard line hardline moderate reformist influential close key foremost highest \
        most old young temporary provisional sitting ailing beleaguered coordinating resident roving honorary elected \
        reelected";
    /// Words before a title that tell its field.
    FIELD = 5: "foreign defense defence military security state government party press political diplomatic intelligence \
        presidential parliamentary ministry ministerial national federal union home interior internal external affairs policy trade \
        finance economic economy commerce energy nuclear oil justice law information communications media public health \
        education environment agriculture transport labor labour culture tourism science technology water housing \
        development cooperation immigration border police army navy naval air force police coast guard peace disarmament \
        human rights climate regional local embassy consular cabinet administration opposition rebel royal prime \
        supreme central chief congressional senate house legislative religious spiritual emergency disaster relief \
        aid planning investment industry industrial infrastructure railway railways petroleum mines mining power \
        strategic operations general staff joint political social welfare women youth sports integration \
        european asian african american arab gulf budget treasury attorney council protocol legal law enforcement \
        counterterrorism cyber homeland veterans arms control north south east west northern southern eastern western \
        middle pacific atlantic civil aviation religion religious digital innovation";
    /// Nouns that name who holds an office or speaks for somebody.
    HOLDER = 6: "minister secretary president premier chancellor spokesman spokeswoman spokesperson ambassador envoy adviser \
        advisor aide official diplomat negotiator leader chief director chairman chairwoman chairperson chair commander \
        head representative delegate commissioner counsellor counselor councilor councillor coordinator undersecretary \
        prince princess king queen emir sultan governor mayor senator lawmaker legislator congressman congresswoman speaker officer \
        attache consul premier pope emissary deputy general admiral marshal ruler parliamentarian rapporteur \
        mediator interlocutor statesman strongman dictator monarch emperor ayatollah cleric counterpart prosecutor \
        politician minister-designate source colleague";
    /// The same, several.
    HOLDERS = 7: "ministers secretaries presidents premiers chancellors spokesmen spokeswomen spokespeople spokespersons \
        ambassadors envoys advisers advisors aides officials diplomats negotiators leaders chiefs directors chairmen \
        commanders heads representatives delegates commissioners counsellors counselors councilors coordinators \
        undersecretaries princes kings emirs governors mayors senators lawmakers legislators congressmen speakers officers \
        deputies generals admirals rulers parliamentarians mediators interlocutors counterparts prosecutors politicians \
        sources emissaries consuls dgmos colleagues";
    /// Nouns that name a part of a government.
    ORGAN = 8: "government ministry department embassy consulate administration delegation mission presidency cabinet \
        parliament army military navy authorities regime leadership side team office agency junta court forces \
        police media council commission committee assembly congress senate bureau directorate service chancellery politburo troops";
    /// Before a name, instead of an office.
    HONORIFIC = 9: "mr mrs ms miss dr sir lord lady dame madam madame mme prof professor rev reverend hon honourable honorable \
        excellency majesty highness sheikh sheik shaikh imam mullah maulana mufti ayatollah archbishop bishop cardinal judge justice \
        mullah shri smt haji hajj sayyid comrade h.e. he's senor sr sra datuk dato seri pehin mawlawi maulvi ustaz ustad";
    /// Ranks before a name.
    RANK = 10: "gen general lt lieutenant maj major brig brigadier col colonel adm admiral vice capt captain cmdr commander \
        sgt sergeant cpl corporal marshal field rear air chief lieut";
    /// Lower-case words inside a name.
    PARTICLE = 11: "bin ibn ben bint al el ul ur ud de da do dos das du del della di der den van von zu la le las los ter ten abu \
        y e af av ould wuld st abd";
    /// Days, months and other words that end a name though they are capitalised.
    CALENDAR = 12: "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays \
        saturdays sundays january february march april may june july august \
        september october november december jan feb mar apr jun jul aug sept sep oct nov dec \
        mon tue tues wed thu thur thurs fri sat sun gmt utc est edt ist christmas easter ramadan eid";
    /// Function words, which are no names even when a sentence begins with them.
    FUNCTION = 13: "the a an this that these those and or but nor so yet for of in on at by to from with without within into onto \
        upon over under after before since until till during while when where why who whom whose what which how if though \
        although because as than then thus there here it its he his him she her hers they their theirs them we our ours us i my \
        mine me you your yours is are was were be been being am do does did has have had will would shall should can could \
        may might must not no yes all any both each either neither every few many more most much other some such several only \
        own same too very just also even still again once ever never always often now today yesterday tomorrow earlier later \
        meanwhile however moreover besides instead despite amid among amongst between against about around across along \
        through throughout toward towards near out up down off above below behind beside beyond per via according asked \
        said says told speaking last next first second third new old one two three four five six seven eight nine ten \
        another let like unlike nearly almost perhaps maybe indeed whether please dear given including following \
        further regarding concerning based responding commenting referring citing quoting noting adding recent \
        recently soon finally initially originally previously currently officially reportedly apparently";
    /// Prepositions after which a place is only a place.
    LOCATIVE = 14: "in near at inside outside across throughout around into through via within";
    /// Words of travel: "to" after them leads to a place.
    MOTION = 15: "fly flies flew flown flying flight travel travels traveled travelled traveling travelling trip trips visit visits go \
        goes went gone going come comes came coming return returns returned returning arrive arrives arrived arriving head heads \
        headed heading way tour journey journeys journeyed route voyage drive drove driven move moved moves rush rushed moved \
        delegation sent send dispatched dispatch deployed deploy invited invite invites invitation back welcome \
        train plane bus road flights trek pilgrimage fled flee escape escaped brought bring taken take summoned accredited";
    /// Words of being or going somewhere that take the place as their object.
    REACH = 16: "visit visits visited visiting leave leaves left leaving reach reaches reached reaching tour toured tours touring enter \
        entered entering invade invaded invading cross crossed crossing downtown central";
    /// Nouns of several governments.
    LANDS = 17: "countries sides nations governments capitals states neighbours neighbors powers allies parties delegations armies \
        militaries foes enemies rivals partners economies superpowers adversaries koreas";
    /// Nouns of several people.
    PEOPLE = 18: "men women leaders presidents ministers diplomats officials premiers chancellors envoys negotiators generals \
        counterparts politicians statesmen spokesmen heads chiefs secretaries ambassadors commanders principals colleagues";
    /// Numbers of a group.
    NUMBER = 19: "two three four five six seven both";
    /// Male by the form of address or the noun.
    MALE = 20: "mr sir lord prince king sheikh sheik spokesman chairman emperor sultan emir pope imam ayatollah congressman statesman \
        mullah shri cardinal archbishop bishop";
    /// Female by the form of address or the noun.
    FEMALE = 21: "mrs ms miss lady dame madam madame mme princess queen spokeswoman chairwoman congresswoman empress baroness smt";
    /// Words of offices for which "to" or "for" tells where they are sent, not whom they serve.
    SENT = 22: "ambassador ambassadors envoy envoys representative representatives emissary attache consul coordinator rapporteur \
        delegate mediator commissioner embassy mission adviser advisor deputy negotiator";
    /// The name of an office's field goes on with these.
    PORTFOLIO = 23: "foreign affairs external relations defense defence national state security trade industry commerce finance \
        economy economic energy interior internal home justice education health culture tourism transport agriculture \
        environment labor labour information communications science technology development cooperation expatriates \
        immigration emigration europe european integration international petroleum water mining planning public works \
        military operations staff general army armed forces navy air defence office central commission committee \
        communist party council politburo political bureau department ministry treasury homeland social welfare youth \
        sports women trade war peace reconciliation parliament assembly house representatives senate duma \
        protocol policy planning intelligence americas africa asia east west middle near north south pacific \
        commonwealth union community exchequer human rights investment climate change arms control nonproliferation \
        oceans eurasian eurasia disarmament counter terrorism narcotics resources natural rural urban federal court \
        supreme leader revolution guardian expediency maritime fisheries diplomacy regional francophonie diaspora nationals abroad \
        religious cultural digital sport aviation heritage veterans infrastructure hemisphere eastern western territorial";
    /// Nouns of things that are said or sent: what comes "from Moscow" is then its government's.
    SPOKEN = 24: "answer answers response responses reply replies word words silence statement statements pressure message messages letter \
        letters call calls request requests signal signals support demand demands invitation invitations assurance assurances reaction reactions \
        criticism proposal proposals offer offers condemnation denial confirmation help aid warning warnings objection objections \
        apology apologies explanation guarantee guarantees permission approval commitment commitments threat threats note protest";
    /// Last words of an organization's name, or its first before "of" or "for".
    INSTITUTION = 25: "ministry department university college school institute institution bank council committee commission \
        party union association federation league society foundation trust fund agency authority court parliament assembly senate congress \
        corporation company group holdings ltd limited inc plc llc co corp airlines airways air motors industries international network \
        church army navy police force forces movement front alliance coalition organization organisation office bureau board club team \
        academy centre center service services hospital newspaper times post tribune herald gazette press news radio television tv media agency \
        initiative program programme project secretariat tribunal administration government cabinet embassy chamber exchange \
        brigade command guard guards corps unit taskforce conference forum partnership consortium cooperative syndicate directorate house \
        watch amnesty telecom energy oil petroleum gas electric power insurance securities capital technologies systems";
    /// Last words of a place's name.
    LANDSCAPE = 26: "river city province state county district region island islands sea ocean bay gulf mountain mountains valley lake \
        desert peninsula strait canal street avenue road square park village town township beach coast border delta airport port bridge \
        hills heights forest territory territories governorate oblast prefecture municipality suburb basin plateau cape falls north south east west";
    /// First words of a place's name.
    LANDSCAPE_FIRST = 27: "lake mount cape fort port gulf strait isle saint st san santa el al new north south east west northern southern \
        eastern western central upper lower greater";
}

/// Family names that stand first in Chinese, Korean and Vietnamese names.
pub(super) const FAMILY_FIRST: &str = "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song \
    Zheng Xie Han Tang Feng Yu Dong Xiao Cheng Cao Yuan Deng Fu Shen Zeng Peng Lu Su Jiang Cai Jia Ding Wei Xue Ye Yan Pan Du Dai \
    Xia Zhong Tian Ren Fan Fang Shi Yao Tan Liao Zou Xiong Jin Hao Kong Bai Cui Kang Mao Qiu Qin Gu Hou Shao Meng Long Wan Duan Qian \
    Tsai Chiang Hsieh Hua Geng Xi Bo Wen Geng Ouyang Sima Kim Lee Park Choi Jung Jeong Kang Cho Yoon Jang Lim Oh Seo Shin Kwon Hwang \
    Ahn Song Ryu Hong Jeon Moon Ko Bae Baek Ban Yun Chung Roh Ri Pak Choe Hwang Jo Ro Nam No Kwak Hyun Ham Thae Nguyen Tran Le Pham \
    Hoang Phan Vu Dang Bui Do Ho Ngo Duong Truong Vo Dinh To Luong Mai";

/// Countries whose people write the family name first.
pub(super) const FAMILY_FIRST_LANDS: &[&str] = &["CHN", "TWN", "HKG", "MAC", "PRK", "KOR", "VNM"];

/// Countries whose people are called by their first name alone: "Abiy", "Thaksin", "Prabowo".
pub(super) const FIRST_NAME_LANDS: &[&str] =
    &["BGD", "BTN", "DJI", "ERI", "ETH", "IDN", "ISL", "KEN", "KHM", "LAO", "LKA", "MMR", "MYS", "SOM", "THA", "TLS"];

/// Given names that are nearly always men's.
pub(super) const MEN: &str = "Abdul Abdullah Abdallah Adam Ahmad Ahmed Ahmet Alan Alastair Alberto Aleksandar Aleksander Aleksandr Aleksei \
    Alejandro Alex Alexander Alexandre Alexei Alexey Alexis Alfredo Ali Alireza Amir Anatoly Anders Andrei Andres Andrew Andrey Andrzej \
    Anthony Antonio Antony Antonis Anwar Arif Arkady Arnold Arthur Asif Ashraf Avigdor Ban Barack Bashar Ben Benjamin Bernard Bernardo \
    Bill Bob Boris Brad Brian Bruce Bruno Carl Carlos Charles Chris Christian Christoph Christopher Chuck Colin Craig Cyril Dan Daniel Darren David \
    Denis Dennis Denys Dick Didier Diego Dieter Dimitri Dirk Dmitri Dmitry Dominic Dominique Don Donald Douglas Ed Edgar Eduardo \
    Edward Ehud Emmanuel Enrique Eric Ernesto Evo Farhad Faisal Felipe Felix Fernando Fidel Francis Francisco Francois Frank Frans Fred \
    Frederick Gary Geoffrey George Gennady Gerald Gerard Gerhard Gideon Giorgi Giorgio Giovanni Giuseppe Gordon Graham Greg Gregory Guido \
    Guillermo Gustavo Guy Hakan Hamad Hamid Hans Harold Harry Hasan Hassan Heinz Helmut Henri Henry Herman Hosni Howard Hugo Hugh \
    Hussein Ibrahim Igor Ilham Imran Ismail Ivan Ivica Jack Jacob Jacques Jaime Jake Jakob James Jamie Jan Janos Jared Jason Javad Javier Jay Jean \
    Jeff Jeffrey Jens Jeremy Jerry Jerzy Jim Jimmy Joachim Joao Joe Joel Johan Johannes John Jon Jonathan Jorge Jose Josef Joseph Josep Joshua Josh \
    Juan Julian Julio Justin Kamal Karl Kemal Ken Kenneth Kevin Khalid Khalil Kirill Klaus Kofi Konstantin Kurt Larry Lars Lech \
    Leo Leonid Leon Leonardo Lloyd Lorenzo Louis Luc Luca Lucas Luis Luiz Mahmoud Mahmud Malcolm Manmohan Manuel Marc Marcelo Marco Marcos \
    Mario Mark Markus Martin Masoud Massoud Mateusz Matt Matteo Matthew Maurice Mauricio Max Maxim Mehdi Mehmet Menachem Mevlut Michael Michel \
    Miguel Mike Mikhail Milan Milos Mircea Mohamed Mohammad Mohammed Muhammad Mustafa Naftali Narendra Nasser Nathan Neil Ned \
    Nicholas Nick Nicolas Nicos Nigel Nikol Nikolai Nikos Nouri Oleg Oleksandr Olaf Oliver Omar Oscar Osama Otto Pablo Pascal Pat Patrick Paul \
    Paulo Pavel Pawel Pedro Pervez Pete Peter Petr Petro Phil Philip Philippe Pierre Pranab Radoslaw Rafael Rafik Rahul Rajiv Ralph Ramon Ramzan \
    Rashid Raul Ray Raymond Recep Rex Ricardo Richard Rick Rishi Rob Robert Roberto Rodrigo Roger Roland Roman Ron Ronald Rory Roy Rudolf Rui \
    Russell Ryan Saad Saddam Saeed Said Salman Salva Sam Samuel Sandro Scott Sean Sebastian Sebastien Serge Sergei Sergey Sergio Shaun Shimon \
    Silvio Simon Stanislav Stefan Stefano Stephane Stephen Steve Steven Stuart Sunil Sven Taro Tayyip Ted Terry Theodore Thomas Tim Timothy Toby \
    Tom Tomas Tony Trevor Uhuru Vaclav Valery Viktor Victor Vikram Vincent Vitaly Vladimir Volodymyr Vojislav Vyacheslav Walter Warren Wayne \
    Wendell Werner Wesley William Wolfgang Xavier Yair Yasser Yevgeny Yitzhak Yuri Yury Yusuf Zbigniew Zoran Brendan Mathias Kyle Mitch Newt Asim Shehbaz Bilal Ishaq";

/// Given names that are nearly always women's.
pub(super) const WOMEN: &str = "Aisha Alexandra Alice Alison Amanda Amina Amy Ana Andrea Angela Angelina Anita Ann Anna Annalena Anne Annegret \
    Annette Antonia Asma Aung Barbara Beata Beatrice Benazir Beth Betty Brigitte Bridget Carla Carmen Carol Caroline Catherine Cathy \
    Cecilia Charlotte Chloe Christiane Christina Christine Chrystia Claire Clare Claudia Condoleezza Cristina Cynthia Dalia Debbie Deborah Denise \
    Diana Diane Dilma Dina Dominika Dora Doris Dorothy Edith Ekaterina Elena Eleanor Elisabeth Elise Eliza Elizabeth Ellen Emily Emine \
    Emma Erika Erna Esther Eva Evelyn Fatima Fatemeh Federica Fiona Florence Frances Francesca Gabriela Gaitri Genevieve Georgia Gina Gloria Golda \
    Grace Greta Hanan Hanna Hannah Heather Heidi Helen Helena Helene Helle Hillary Hina Indira Ine Ingrid Irina Irene Isabel Isabelle Iryna \
    Jacinda Jane Janet Jean-Pierre Jeanine Jen Jennifer Jessica Jill Joan Joanna Josephine Joyce Judith Judy Julia Julie Julieta Kaja Karen \
    Karin Karine Karoline Kate Katherine Kathleen Kathy Katrin Kersti Khaleda Kim-Hyun Kirsten Kristalina Kyung Lara Laura Laurence Leila Lena Leni \
    Lidia Linda Lisa Liz Louise Lucy Lynn Madeleine Magdalena Maia Maleeha Margaret Margarita Margot Maria Marie Marija Marina Marine \
    Marta Martha Mary Marzieh Mary-Lou Melania Melanie Mette Michele Michelle Mina Mireille Molly Monica Nadia Nancy Natalia Natalie Nicola \
    Nicole Nikki Nirupama Nora Olena Olga Olivia Pamela Park-Geun Patricia Paula Penny Polly Priti Rachel Rebecca Rita Roberta Rosa Rosemary Ruth Samantha \
    Sana Sanna Sara Sarah Sharon Sheikh-Hasina Sheila Sherry Shirley Simonetta Sonia Sophie Stephanie Stella Sue Susan Susana Sushma \
    Svetlana Sviatlana Sylvia Sylvie Tamara Tanja Tarja Tasnim Teresa Theresa Tina Tsai Tulsi Tzipi Ursula Valentina Valerie Vera Veronica \
    Victoria Viola Violeta Virginia Vivian Wendy Winnie Yasmin Yulia Yvette Zahra Zuzana";

/// States where the head of government leads: "India's leader" is the prime minister. Iran's president is one: whom other
/// presidents call is he, not the Supreme Leader.
pub(super) const LED_BY_GOVERNMENT: &[&str] = &[
    "ALB", "AND", "ARM", "ATG", "AUS", "AUT", "BEL", "BGD", "BGR", "BHS", "BLZ", "BRB", "CAN", "CZE", "DEU", "DMA",
    "DNK", "ESP", "EST", "ETH", "FIN", "FJI", "GBR", "GEO", "GRC", "GRD", "GRL", "HRV", "HUN", "IND", "IRL", "IRN",
    "IRQ", "ISL", "ISR", "ITA", "JAM", "JPN", "KHM", "KNA", "LAO", "LBN", "LCA", "LSO", "LUX", "LVA", "MDA", "MKD",
    "MLT", "MNE", "MUS", "MYS", "NLD", "NOR", "NPL", "NZL", "PAK", "PNG", "POL", "PRT", "SGP", "SLB", "SVK", "SVN",
    "SWE", "THA", "TON", "TTO", "TUV", "VCT", "VUT", "WSM", "XKX",
];

/// Governments whose constitution moved the lead from one office to the other, with the day from which it is as
/// [`LED_BY_GOVERNMENT`] has it.
pub(super) const LEADERSHIP_CHANGED: &[(&str, &str)] = &[
    ("ARM", "2018-04-17"),
    ("GEO", "2013-11-17"),
    ("MDA", "2001-04-07"),
    ("PAK", "2008-08-18"),
    ("TUR", "2014-08-28"),
];

/// Holders of these speak or act for the whole state; the first is the highest.
pub(super) const HIGH_KINDS: &[&str] = &[
    "head_of_state",
    "head_of_government",
    "secretary_general",
    "president_commission",
    "president_council",
    "high_representative",
    "foreign_minister",
    "deputy_head_of_state",
    "defense_minister",
    "political_chief",
    "crown_prince",
    "national_security_adviser",
    "deputy_head_of_government",
    "foreign_secretary",
    "director_general",
    "special_envoy",
    "deputy_foreign_minister",
    "spokesperson_foreign",
    "spokesperson_head",
    "spokesperson_military",
    "ambassador_un",
    "military_chief",
    "dgmo",
    "intelligence_chief",
];

/// Organizations that are a part of another: a contact with them is one with the whole.
pub(super) const PART_OF: &[(&str, &str)] = &[
    ("UNSC", "UN"),
    ("UNGA", "UN"),
    ("UNSECRETARIAT", "UN"),
    ("HRC", "UN"),
    ("EUCOMMISSION", "EU"),
    ("EP", "EU"),
    ("PLC", "YEM"),
    ("PLO", "PSE"),
    ("SAC", "MMR"),
    ("SAF", "SDN"),
    ("POLISARIO", "ESH"),
    ("TPCHAITI", "HTI"),
];

/// Abbreviations and forms that are more often something else; they count only where the document has told them in full.
pub(super) const RISKY: &str = "AA ADB ADF AES AFC ALBA AMU ANC AQ ARF AS CAN CAR CE CIS CMA CPT CTA DPR E3 EC ECO ECHR EP ETA FGS FLA FRG FSA GA \
    GAC GB GNU GSF GUAM HK HoR HRC ICC IEA IMO IRA IS JEM JeM KSA LAS LNA LPR MEA MSS N4 NAM NC8 NDF NK NPA NPC NSC NSG OPT PA PCA PIF \
    PLA PLC PMR PMU PSE QSD RAW RIC RS RSA RSF SAC SADR SAF SDF SF SICA SLA SLM SNA SRV STF SVG TAO TNI TPC UAR UNC WA WB WHO WTO B9 G4 P5 V4 \
    CCS CDS CMC GHQ PMO EAM FM NSA DNI MINREX MINEX Quad QUAD Male Amal Castille Bern Chancellery Nassau Victoria Sofia \
    Santiago Sucre Kingston Georgetown Langley Zapote Mezzeh Bercy Akershus Aksaray Beehive Istana Lima Tunis Nusantara Nyala";
