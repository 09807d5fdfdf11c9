//! The text as sentences and tokens with lemma, part of speech, morphology, dependency head and named-entity tag.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::Span;

macro_rules! labels {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $label:literal),* $(,)? } else $other:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// The label as treebanks write it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// From a treebank's label; what is not known here falls to the general label.
            pub fn from_label(label: &str) -> Self {
                match label { $($label => Self::$variant,)* _ => Self::$other }
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.label())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from_label(&CompactString::deserialize(deserializer)?))
            }
        }
    };
}

labels! {
    /// Universal part of speech.
    #[allow(missing_docs)]
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    } else X
}

labels! {
    /// Universal dependency relation, with the subtypes that coding tells apart. A subtype unknown here is read as its
    /// general relation by [`Relation::parse`].
    #[allow(missing_docs)]
    Relation {
        Root = "root", Nsubj = "nsubj", NsubjPass = "nsubj:pass", NsubjCaus = "nsubj:caus", NsubjOuter = "nsubj:outer",
        Csubj = "csubj", CsubjPass = "csubj:pass", Obj = "obj", ObjAgent = "obj:agent", ObjLvc = "obj:lvc", Iobj = "iobj",
        Obl = "obl", OblArg = "obl:arg", OblAgent = "obl:agent", OblMod = "obl:mod", OblTmod = "obl:tmod", OblNpmod = "obl:npmod",
        Ccomp = "ccomp", Xcomp = "xcomp", Advcl = "advcl", AdvclCleft = "advcl:cleft", Advmod = "advmod", Acl = "acl",
        AclRelcl = "acl:relcl", Amod = "amod", Nmod = "nmod", NmodPoss = "nmod:poss", NmodTmod = "nmod:tmod", Nummod = "nummod",
        Appos = "appos", Compound = "compound", CompoundPrt = "compound:prt", Flat = "flat", FlatName = "flat:name",
        FlatForeign = "flat:foreign", Fixed = "fixed", Conj = "conj", Cc = "cc", CcPreconj = "cc:preconj", Case = "case",
        Mark = "mark", Det = "det", DetPredet = "det:predet", Cop = "cop", Aux = "aux", AuxPass = "aux:pass", AuxTense = "aux:tense",
        AuxCaus = "aux:caus", Expl = "expl", ExplSubj = "expl:subj", ExplComp = "expl:comp", ExplPass = "expl:pass", ExplPv = "expl:pv",
        Vocative = "vocative", Discourse = "discourse", Dislocated = "dislocated", Parataxis = "parataxis",
        ParataxisInsert = "parataxis:insert", List = "list", Orphan = "orphan", Goeswith = "goeswith", Reparandum = "reparandum",
        Clf = "clf", Punct = "punct", Dep = "dep",
    } else Dep
}

impl Relation {
    /// From a label whose subtype may be unknown: `nmod:unmarked` is read as `nmod`.
    pub fn parse(label: &str) -> Self {
        match Self::from_label(label) {
            Self::Dep => Self::from_label(label.split(':').next().unwrap_or(label)),
            known => known,
        }
    }
}

/// Morphological features as a set of bits; only those that coding and resolution ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feats(pub u64);

macro_rules! feats {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $feature:literal;)*) => {
        impl Feats {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*
            const TABLE: &'static [(&'static str, Self)] = &[$(($feature, Self::$name),)*];
        }
    };
}

feats! {
    /// Singular.
    SING = 0, "Number=Sing"; /// Plural.
    PLUR = 1, "Number=Plur"; /// Masculine.
    MASC = 2, "Gender=Masc"; /// Feminine.
    FEM = 3, "Gender=Fem"; /// First person.
    P1 = 4, "Person=1"; /// Second person.
    P2 = 5, "Person=2"; /// Third person.
    P3 = 6, "Person=3"; /// Present.
    PRES = 7, "Tense=Pres"; /// Past (participle, English preterite, French passé simple).
    PAST = 8, "Tense=Past"; /// Future.
    FUT = 9, "Tense=Fut"; /// Imperfect.
    IMPF = 10, "Tense=Imp"; /// Indicative.
    IND = 11, "Mood=Ind"; /// Conditional.
    CND = 12, "Mood=Cnd"; /// Subjunctive.
    SUB = 13, "Mood=Sub"; /// Imperative.
    IMP = 14, "Mood=Imp"; /// Finite.
    FIN = 15, "VerbForm=Fin"; /// Infinitive.
    INF = 16, "VerbForm=Inf"; /// Participle.
    PART = 17, "VerbForm=Part"; /// Gerund.
    GER = 18, "VerbForm=Ger"; /// Passive voice.
    PASS = 19, "Voice=Pass"; /// Negative.
    NEG = 20, "Polarity=Neg"; /// Reflexive.
    REFLEX = 21, "Reflex=Yes"; /// Possessive.
    POSS = 22, "Poss=Yes"; /// Definite.
    DEF = 23, "Definite=Def"; /// Indefinite.
    INDEF = 24, "Definite=Ind"; /// Personal or possessive pronoun.
    PRS = 25, "PronType=Prs"; /// Relative pronoun.
    REL = 26, "PronType=Rel"; /// Interrogative.
    INT = 27, "PronType=Int"; /// Demonstrative.
    DEM = 28, "PronType=Dem"; /// Indefinite pronoun.
    INDPRON = 29, "PronType=Ind"; /// Cardinal.
    CARD = 30, "NumType=Card"; /// Ordinal.
    ORD = 31, "NumType=Ord"; /// Causative voice.
    CAUS = 32, "Voice=Cau";
}

impl Feats {
    /// Reads a UD `FEATS` column, `Name=Value|Name=Value`; unknown features are passed over.
    pub fn parse(column: &str) -> Self {
        let mut bits = 0;
        for feature in column.split('|') {
            if let Some((_, flag)) = Self::TABLE.iter().find(|(name, _)| *name == feature) {
                bits |= flag.0;
            }
        }
        Self(bits)
    }

    /// Whether every bit of `other` is set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl Serialize for Feats {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let set: Vec<&str> = Self::TABLE.iter().filter(|(_, flag)| self.has(*flag)).map(|(name, _)| *name).collect();
        serializer.serialize_str(&set.join("|"))
    }
}

impl<'de> Deserialize<'de> for Feats {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::parse(&String::deserialize(deserializer)?))
    }
}

/// Sort of a named entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation.
    Organization,
    /// A place.
    Location,
    /// Any other name.
    Misc,
}

/// BILUO-like tag folded to BIO: enough to rebuild every span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EntityTag {
    /// No name.
    #[default]
    Out,
    /// First token of a name.
    Begin(EntityKind),
    /// Later token of a name.
    Inside(EntityKind),
}

impl EntityTag {
    /// Its kind, if it is part of a name.
    pub const fn kind(self) -> Option<EntityKind> {
        match self {
            Self::Out => None,
            Self::Begin(kind) | Self::Inside(kind) => Some(kind),
        }
    }

    /// From `""`, `B-PER`, `I-LOC` and the like.
    pub fn from_label(label: &str) -> Self {
        let Some((position, kind)) = label.split_once('-') else { return Self::Out };
        let kind = match kind {
            "PER" => EntityKind::Person,
            "ORG" => EntityKind::Organization,
            "LOC" => EntityKind::Location,
            _ => EntityKind::Misc,
        };
        if position == "B" { Self::Begin(kind) } else { Self::Inside(kind) }
    }

    /// `""`, `B-PER`, `I-LOC` and the like.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Out => "",
            Self::Begin(EntityKind::Person) => "B-PER",
            Self::Begin(EntityKind::Organization) => "B-ORG",
            Self::Begin(EntityKind::Location) => "B-LOC",
            Self::Begin(EntityKind::Misc) => "B-MISC",
            Self::Inside(EntityKind::Person) => "I-PER",
            Self::Inside(EntityKind::Organization) => "I-ORG",
            Self::Inside(EntityKind::Location) => "I-LOC",
            Self::Inside(EntityKind::Misc) => "I-MISC",
        }
    }
}

impl Serialize for EntityTag {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.label())
    }
}

impl<'de> Deserialize<'de> for EntityTag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from_label(&CompactString::deserialize(deserializer)?))
    }
}

/// One token; white space is never one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// Bytes in the whole text.
    pub span: Span,
    /// Dictionary form.
    pub lemma: CompactString,
    /// Part of speech.
    pub upos: Upos,
    /// Morphology.
    pub feats: Feats,
    /// Index of its head among [`Parsed::tokens`]; its own index at a root.
    pub head: u32,
    /// Relation to the head.
    pub dep: Relation,
    /// Named-entity tag.
    pub ent: EntityTag,
}

/// A parsed article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    /// All tokens in text order.
    pub tokens: Vec<Token>,
    /// Sentences as token ranges, first and one past the last; heads never leave their sentence.
    pub sentences: Vec<(u32, u32)>,
}

impl Parsed {
    /// Index of the sentence that holds a token.
    pub fn sentence_of(&self, token: u32) -> usize {
        self.sentences.partition_point(|&(_, end)| end <= token)
    }

    /// Direct dependents of a token, in text order. Whoever asks for many should make a [`crate::Tree`].
    pub fn children(&self, token: u32) -> impl Iterator<Item = (u32, &Token)> {
        let (first, end) = self.sentences.get(self.sentence_of(token)).copied().unwrap_or((0, 0));
        (first..end)
            .filter_map(|i| Some((i, self.tokens.get(i as usize)?)))
            .filter(move |(i, t)| t.head == token && *i != token)
    }

    /// Text of a token.
    pub fn text<'t>(&self, whole: &'t str, token: u32) -> &'t str {
        self.tokens.get(token as usize).map_or("", |t| t.span.of(whole))
    }

    /// Bytes from the first to the last of a token range.
    pub fn span(&self, first: u32, end: u32) -> Span {
        let (Some(a), Some(b)) = (self.tokens.get(first as usize), self.tokens.get((end.max(1) - 1) as usize)) else {
            return Span::default();
        };
        a.span.cover(b.span)
    }
}
