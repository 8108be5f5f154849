//! The tag sets of the treebank: universal parts of speech, Penn tags, universal dependency relations.

/// Declares a tag set with its printed names.
macro_rules! tagset {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[allow(missing_docs, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every tag; the position of a tag is its number as `u8`.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The tag as the treebank writes it.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The tag of that name.
            pub fn parse(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

tagset! {
    /// Universal parts of speech.
    Upos {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        X = "X",
    }
}

tagset! {
    /// Penn Treebank tags, with those that the English Web Treebank adds.
    Xpos {
        NN = "NN",
        IN = "IN",
        DT = "DT",
        NNP = "NNP",
        PRP = "PRP",
        JJ = "JJ",
        RB = "RB",
        Period = ".",
        VB = "VB",
        NNS = "NNS",
        Comma = ",",
        CC = "CC",
        VBD = "VBD",
        VBP = "VBP",
        VBZ = "VBZ",
        CD = "CD",
        VBN = "VBN",
        VBG = "VBG",
        MD = "MD",
        TO = "TO",
        PRPS = "PRP$",
        RRB = "-RRB-",
        LRB = "-LRB-",
        WDT = "WDT",
        Colon = ":",
        WRB = "WRB",
        OpenQuote = "``",
        CloseQuote = "''",
        WP = "WP",
        RP = "RP",
        UH = "UH",
        POS = "POS",
        HYPH = "HYPH",
        NNPS = "NNPS",
        JJR = "JJR",
        JJS = "JJS",
        EX = "EX",
        NFP = "NFP",
        RBR = "RBR",
        ADD = "ADD",
        GW = "GW",
        Dollar = "$",
        SYM = "SYM",
        PDT = "PDT",
        LS = "LS",
        FW = "FW",
        RBS = "RBS",
        AFX = "AFX",
        WPS = "WP$",
    }
}

tagset! {
    /// Universal dependency relations, with the subtypes that the English treebanks use.
    Deprel {
        Punct = "punct",
        Case = "case",
        Nsubj = "nsubj",
        Det = "det",
        Root = "root",
        Advmod = "advmod",
        Obj = "obj",
        Amod = "amod",
        Obl = "obl",
        Conj = "conj",
        Compound = "compound",
        Mark = "mark",
        Nmod = "nmod",
        Cc = "cc",
        Aux = "aux",
        Cop = "cop",
        Advcl = "advcl",
        NmodPoss = "nmod:poss",
        Xcomp = "xcomp",
        Ccomp = "ccomp",
        AclRelcl = "acl:relcl",
        Flat = "flat",
        Parataxis = "parataxis",
        Appos = "appos",
        Nummod = "nummod",
        Acl = "acl",
        AuxPass = "aux:pass",
        NsubjPass = "nsubj:pass",
        OblUnmarked = "obl:unmarked",
        NmodUnmarked = "nmod:unmarked",
        Discourse = "discourse",
        CompoundPrt = "compound:prt",
        Iobj = "iobj",
        List = "list",
        Expl = "expl",
        Fixed = "fixed",
        NmodDesc = "nmod:desc",
        OblAgent = "obl:agent",
        Csubj = "csubj",
        NsubjOuter = "nsubj:outer",
        DetPredet = "det:predet",
        Vocative = "vocative",
        Goeswith = "goeswith",
        AdvclRelcl = "advcl:relcl",
        CcPreconj = "cc:preconj",
        Reparandum = "reparandum",
        Orphan = "orphan",
        CsubjPass = "csubj:pass",
        Dislocated = "dislocated",
        Dep = "dep",
        CsubjOuter = "csubj:outer",
    }
}
