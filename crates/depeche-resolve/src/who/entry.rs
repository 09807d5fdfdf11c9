//! What the tables hold: states, bodies, peoples, persons with their terms of office, and nouns of role.

use compact_str::CompactString;
use depeche_model::{Country, Language, Sector};
use jiff::civil::Date;

use super::fold::Case;

/// Sort of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A state or territory.
    State,
    /// A seat of power or a region that stands for who rules there.
    Seat,
    /// A named body, group, party, company or outlet.
    Organization,
    /// A people, minority or community.
    People,
    /// A person.
    Person,
}

/// One term of one person in one office, or an undated role.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// State or body.
    pub country: Country,
    /// Sector while in it.
    pub sector: Sector,
    /// Key of the office (`head-of-state`, …); empty for none.
    pub office: CompactString,
    /// First day; `None` where the role has no dates.
    pub from: Option<Date>,
    /// Last day; `None` while it lasts.
    pub to: Option<Date>,
    /// Whether a day of it is known to the month or year only, so that it stands for the widest span.
    pub loose: bool,
    /// Line of the table.
    pub line: u32,
}

impl Term {
    /// Whether it is the highest office of its state: it stands before any other that the person holds beside it.
    pub(crate) fn leads(&self) -> bool {
        matches!(self.office.as_str(), "head-of-state" | "head-of-government" | "monarch")
    }

    /// Whether it covers a day; an undated role covers every day.
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// One entry of the actor tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Unique key within its kind: the canonical English name, or the code of a state.
    pub name: CompactString,
    /// Its sort.
    pub kind: EntryKind,
    /// State or body; `None` for a people across states. For a person see [`Entry::terms`].
    pub country: Option<Country>,
    /// Sector; for a person see [`Entry::terms`].
    pub sector: Sector,
    /// Terms of office of a person, in table order; empty for everything else.
    pub terms: Vec<Term>,
    /// First day on which a body counts as what this line says; `None` for always. A person's days are in the terms.
    pub from: Option<Date>,
    /// Last such day.
    pub to: Option<Date>,
    /// Wikidata id, where known.
    pub wikidata: Option<CompactString>,
    /// Table that it comes from.
    pub table: CompactString,
    /// First line of it there.
    pub line: u32,
}

impl Entry {
    /// Whether a body counts as what its line says on a day; always true of a person, whose terms say more.
    pub fn valid_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// How a form names its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormSort {
    /// The name.
    Name,
    /// An adjective of country or people.
    Adjective,
    /// Inhabitants.
    Inhabitant,
    /// The capital, which stands for the government.
    Capital,
    /// A by-name ("l'Hexagone").
    Nickname,
    /// A common noun that names it where the text names it too ("l'île").
    Byname,
    /// Full name of a person.
    Full,
    /// Name of a person on later mention.
    Short,
}

/// One form of one entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormRef {
    pub entry: u32,
    pub sort: FormSort,
    pub language: Option<Language>,
    pub case: Case,
}

/// Sort of a noun of role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleSort {
    /// A single-person office that the person tables can answer.
    Office,
    /// A person or several.
    Person,
    /// People without a role: victims, crowds, residents.
    People,
    /// A collective body.
    Body,
    /// Stands for a state named before: "le pays", "the kingdom".
    Nation,
    /// Stands for a body named before: "l'organisation", "the group".
    Organisation,
    /// A thing that belongs to a party.
    Asset,
    /// An act of force: no party, but an adjective beside it is that of an army.
    Act,
}

/// One line of the roles table.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleEntry {
    /// Sector of the bare noun.
    pub sector: Sector,
    /// Sort.
    pub sort: RoleSort,
    /// Keys of offices, to look a holder up by; empty for none.
    pub offices: Vec<CompactString>,
}

impl RoleEntry {
    /// Keys of its offices that one person holds at a time, so that the tables can say who.
    pub(crate) fn single_offices(&self) -> impl Iterator<Item = &CompactString> {
        const SHARED: [&str; 9] = [
            "minister",
            "spokesperson",
            "ambassador",
            "commissioner",
            "agency-head",
            "governor",
            "mayor",
            "part",
            "relation",
        ];
        self.offices.iter().filter(|office| !SHARED.contains(&office.as_str()))
    }
}

/// One form of one line of the roles table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RoleRef {
    pub role: u32,
    pub language: Language,
    pub plural: bool,
}
