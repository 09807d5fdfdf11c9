//! A party while it is being worked out.

use depeche_model::{Country, Party, PartyKind, Sector};

use super::scene::Scene;
use crate::who::entry::RoleSort;

/// How a draft's country was found, the stronger first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ground {
    /// By a table: name, adjective, person.
    Table,
    /// By words inside the phrase.
    Phrase,
    /// By an earlier mention of the same.
    Antecedent,
    /// By a place told with it.
    Place,
    /// By what the article is about.
    Focus,
    /// Not at all.
    None,
}

/// A party while it is being worked out.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub head: u32,
    pub first: u32,
    pub end: u32,
    pub kind: PartyKind,
    pub country: Option<Country>,
    pub also: Vec<Country>,
    pub sector: Sector,
    /// Index of its entry.
    pub entry: Option<u32>,
    /// Name of an unknown person, or of an entry.
    pub name: String,
    pub role: Option<(u32, RoleSort)>,
    pub ground: Ground,
    pub plural: bool,
    /// The tables have the person in office on the day.
    pub current: bool,
    /// The text leaves open which states it means: "ses alliés", "195 countries".
    pub open: bool,
    /// Draft that it is the same party as.
    pub same: Option<usize>,
    pub members: Vec<usize>,
    pub reason: String,
}

impl Draft {
    pub(super) fn new(scene: &Scene<'_>, first: u32, end: u32, kind: PartyKind) -> Self {
        Self {
            head: scene.head_of(first, end),
            first,
            end,
            kind,
            country: None,
            also: Vec::new(),
            sector: Sector::Unk,
            entry: None,
            name: String::new(),
            role: None,
            ground: Ground::None,
            plural: false,
            current: false,
            open: false,
            same: None,
            members: Vec::new(),
            reason: String::new(),
        }
    }

    /// Sets the country if a stronger ground has not.
    pub(super) fn place(&mut self, country: Option<Country>, ground: Ground, reason: &str) {
        if country.is_some() && (self.country.is_none() || ground < self.ground) {
            self.country = country;
            self.ground = ground;
            if !reason.is_empty() {
                if !self.reason.is_empty() {
                    self.reason.push_str("; ");
                }
                self.reason.push_str(reason);
            }
        }
    }

    pub(super) fn party(self, scene: &Scene<'_>, chain: u32) -> Party {
        let entry = self.entry.and_then(|e| scene.directory.entries.get(e as usize));
        Party {
            head: self.head,
            tokens: (self.first, self.end),
            span: scene.parsed.span(self.first, self.end),
            country: self.country,
            also: self.also,
            sector: self.sector,
            kind: self.kind,
            chain,
            entry: entry.map_or(self.name, |e| e.name.to_string()),
            wikidata: entry.and_then(|e| e.wikidata.as_ref()).map(ToString::to_string),
            members: self.members.into_iter().map(|m| m as u32).collect(),
            confidence: match self.ground {
                Ground::Table => 0.97,
                Ground::Phrase => 0.92,
                Ground::Antecedent => 0.8,
                Ground::Place => 0.75,
                Ground::Focus => 0.6,
                Ground::None => 0.4,
            },
            reason: self.reason,
        }
    }
}
