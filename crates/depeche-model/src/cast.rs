//! The parties that an article's words name, before anybody has done anything.

use serde::{Deserialize, Serialize};

use crate::{Country, Sector, Span};

/// What sort of expression named the party; rules ask for these as `@state`, `@person` and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A state, its capital or its seat of power by name: "la Russie", "Moscow", "the Kremlin".
    State,
    /// An adjective of country or the like that stands beside a noun: "russes", "South Korean".
    Adjective,
    /// Inhabitants or a people: "les Maliens", "Ukrainians".
    People,
    /// A named person: "Vladimir Poutine".
    Person,
    /// A named organisation, party, group, company, outlet: "Hamas", "OTAN", "Reuters".
    Organization,
    /// An office or role that stands for its holder or kind: "le président américain", "a police spokesman".
    Office,
    /// A group by description: "des manifestants", "security forces", "three soldiers".
    Group,
    /// A pronoun or definite noun resolved to an earlier party: "il", "they", "le pays".
    Anaphor,
    /// A place that is no state: a city, region, strait. It may stand for its people as a victim ("attack on Odessa").
    Place,
    /// A vessel, embassy, base, convoy or other thing that belongs to a party and can be hit, seized or moved.
    Asset,
}

/// One mention of a party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Head token of the phrase.
    pub head: u32,
    /// Tokens of the shortest phrase that names it: first, and one past the last.
    pub tokens: (u32, u32),
    /// The same in bytes of the whole text.
    pub span: Span,
    /// State or body it belongs to; `None` where the text does not tell.
    pub country: Option<Country>,
    /// Further countries, for one phrase that names several ("American and Zionist spy services").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Country>,
    /// Sector.
    pub sector: Sector,
    /// Sort of expression.
    pub kind: PartyKind,
    /// Identity within the article: mentions of one party share it (coreference chain).
    pub chain: u32,
    /// Key of the table entry that it resolved to, e.g. a person's canonical name; empty for descriptions.
    #[serde(default)]
    pub entry: String,
    /// Wikidata id (`Q…`) where the table has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// Parties this mention stands for, by index into [`Cast::parties`], where it is plural: "both sides", "the two leaders", "les deux pays".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<u32>,
    /// How sure the resolution is, 0 to 1.
    pub confidence: f32,
    /// Why, for `explain`: the table, the rule, the antecedent.
    #[serde(default)]
    pub reason: String,
}

/// Every party mention of an article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cast {
    /// Mentions in text order.
    pub parties: Vec<Party>,
    /// For each token, one more than the index of the innermost party whose **head** it is; 0 for none.
    pub by_head: Vec<u32>,
}

impl Cast {
    /// The party whose head is this token.
    pub fn at(&self, token: u32) -> Option<&Party> {
        self.index_at(token).map(|index| &self.parties[index as usize])
    }

    /// Index of the party whose head is this token.
    pub fn index_at(&self, token: u32) -> Option<u32> {
        self.by_head.get(token as usize).and_then(|&n| n.checked_sub(1))
    }
}
