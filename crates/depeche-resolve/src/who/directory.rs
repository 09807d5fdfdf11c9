//! The compiled tables.
//!
//! [`Directory::embedded`] reads the tables that were compiled in; [`Directory::from_tables`] reads any others of the
//! same form, so that a user's folder may add to them or stand in for them. Reading never fails as a whole: a line that
//! cannot be used is left out and reported in [`Directory::problems`].

use compact_str::CompactString;
use depeche_model::{Country, Diagnostic, Language, Sector};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{
    entry::{Entry, EntryKind, FormRef, FormSort, RoleEntry, RoleRef, RoleSort, Term},
    fold::{Case, pieces},
    inflect,
    table::{Row, Table, forms},
    trie::Trie,
};

/// Name and text of every table compiled in.
pub const TABLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/actor_tables.rs"));

/// States, bodies, persons and roles, ready for lookup.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    pub(crate) entries: Vec<Entry>,
    pub(crate) names: Trie<FormRef>,
    pub(crate) roles: Vec<RoleEntry>,
    pub(crate) nouns: Trie<RoleRef>,
    /// Entries that ever held an office of a country.
    pub(crate) holders: FxHashMap<(Country, CompactString), Vec<u32>>,
    sovereigns: FxHashMap<Country, Country>,
    persons: FxHashMap<CompactString, u32>,
    problems: Vec<Diagnostic>,
}

/// What a person was on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// State or body.
    pub country: Country,
    /// Sector on that day; [`Sector::Eli`] for a former holder.
    pub sector: Sector,
    /// Office on that day; empty for none.
    pub office: CompactString,
    /// Whether a term covers the day.
    pub current: bool,
}

impl Directory {
    /// The tables that were compiled in.
    pub fn embedded() -> Self {
        Self::from_tables(TABLES.iter().copied())
    }

    /// Tables as name and text; the name of a file says nothing, its header says what it holds.
    pub fn from_tables<'t>(tables: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let mut directory = Self::default();
        directory.names.reserve(1 << 15);
        directory.nouns.reserve(1 << 12);
        for (file, text) in tables {
            let mut problems = Vec::new();
            let table = Table::read(file, text, &mut problems);
            directory.problems.append(&mut problems);
            for row in &table.rows {
                if let Err(problem) = directory.add(&table, row) {
                    directory.problems.push(problem);
                }
            }
        }
        directory.names.seal(|old, new| {
            let covers = old.language.is_none_or(|l| Some(l) == new.language);
            old.entry == new.entry && covers && (old.case == new.case || old.case == Case::Any)
        });
        directory.nouns.seal(|old, new| old.language == new.language && old.role == new.role);
        directory
    }

    /// The state that a territory is coded as: overseas territories act and suffer as their state's.
    pub fn sovereign(&self, country: Country) -> Country {
        self.sovereigns.get(&country).copied().unwrap_or(country)
    }

    /// What was wrong with the tables, in their order.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// Every entry, in table order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn add(&mut self, table: &Table<'_>, row: &Row<'_>) -> Result<(), Diagnostic> {
        if table.has("office") && table.has("short") {
            self.add_person(table, row)
        } else if table.has("adjectives") {
            self.add_state(table, row)
        } else if table.has("sort") {
            self.add_role(table, row)
        } else {
            self.add_body(table, row)
        }
    }

    fn add_state(&mut self, table: &Table<'_>, row: &Row<'_>) -> Result<(), Diagnostic> {
        let code = table.cell(row, "code");
        let own = country(table, row, code)?;
        let state = match table.cell(row, "state") {
            "" => own,
            state => country(table, row, state)?,
        };
        if state != own {
            self.sovereigns.insert(own, state);
        }
        let entry = self.push(table, row, code, EntryKind::State, Some(state), Sector::Gov);
        let columns = [
            ("names", FormSort::Name),
            ("adjectives", FormSort::Adjective),
            ("people", FormSort::Inhabitant),
            ("capitals", FormSort::Capital),
            ("nicknames", FormSort::Nickname),
            ("bynames", FormSort::Byname),
        ];
        for (column, sort) in columns {
            self.add_forms(entry, sort, table.cell(row, column));
        }
        Ok(())
    }

    fn add_body(&mut self, table: &Table<'_>, row: &Row<'_>) -> Result<(), Diagnostic> {
        let code = table.cell(row, "country");
        let country = if code.is_empty() { None } else { Some(country(table, row, code)?) };
        let (kind, sort) = match table.cell(row, "kind") {
            "state" => (EntryKind::Seat, FormSort::Name),
            "people" => (EntryKind::People, FormSort::Adjective),
            "organization" => (EntryKind::Organization, FormSort::Name),
            other => {
                return Err(bad(table, row, &format!("unknown kind `{other}`"), "write state, people or organization"));
            }
        };
        let (from, to) = (day(table, row, "from", false)?, day(table, row, "to", true)?);
        let entry = self.push(table, row, table.cell(row, "name"), kind, country, sector(table, row)?);
        (self.entries[entry as usize].from, self.entries[entry as usize].to) = (from, to);
        self.add_forms(entry, sort, table.cell(row, "forms"));
        Ok(())
    }

    fn add_person(&mut self, table: &Table<'_>, row: &Row<'_>) -> Result<(), Diagnostic> {
        let name = table.cell(row, "name");
        let country = country(table, row, table.cell(row, "country"))?;
        let term = Term {
            country,
            sector: sector(table, row)?,
            office: table.cell(row, "office").into(),
            from: day(table, row, "from", false)?,
            to: day(table, row, "to", true)?,
            loose: ["from", "to"].iter().any(|column| matches!(table.cell(row, column).len(), 4 | 7)),
            line: row.line,
        };
        let known = self.persons.get(name).copied();
        let entry = match known {
            Some(entry) => entry,
            None => self.push(table, row, name, EntryKind::Person, Some(country), term.sector),
        };
        self.persons.insert(name.into(), entry);
        if !term.office.is_empty() {
            self.holders.entry((country, term.office.clone())).or_default().push(entry);
        }
        self.entries[entry as usize].terms.push(term);
        if known.is_none() {
            self.add_forms(entry, FormSort::Full, name);
        }
        self.add_forms(entry, FormSort::Full, table.cell(row, "forms"));
        self.add_forms(entry, FormSort::Short, table.cell(row, "short"));
        Ok(())
    }

    fn add_role(&mut self, table: &Table<'_>, row: &Row<'_>) -> Result<(), Diagnostic> {
        let sort = match table.cell(row, "sort") {
            "office" => RoleSort::Office,
            "person" => RoleSort::Person,
            "people" => RoleSort::People,
            "body" => RoleSort::Body,
            "nation" => RoleSort::Nation,
            "organisation" => RoleSort::Organisation,
            "asset" => RoleSort::Asset,
            "act" => RoleSort::Act,
            other => {
                let hint = "write office, person, people, body, nation, organisation, asset or act";
                return Err(bad(table, row, &format!("unknown sort `{other}`"), hint));
            }
        };
        let offices = table.cell(row, "office").split_whitespace().map(CompactString::from).collect();
        let role = self.roles.len() as u32;
        self.roles.push(RoleEntry { sector: sector(table, row)?, sort, offices });
        for (language, column) in [(Language::French, "fr"), (Language::English, "en")] {
            for (_, form) in forms(table.cell(row, column)) {
                self.nouns.add(&pieces(form), RoleRef { role, language, plural: false });
                let plural = inflect::plural(form, language);
                if plural != form {
                    self.nouns.add(&pieces(&plural), RoleRef { role, language, plural: true });
                }
            }
        }
        Ok(())
    }

    fn push(
        &mut self,
        table: &Table<'_>,
        row: &Row<'_>,
        name: &str,
        kind: EntryKind,
        country: Option<Country>,
        sector: Sector,
    ) -> u32 {
        let wikidata = Some(table.cell(row, "wikidata")).filter(|id| !id.is_empty()).map(CompactString::from);
        let (table, line) = (table.file.into(), row.line);
        let terms = Vec::new();
        self.entries.push(Entry {
            name: name.into(),
            kind,
            country,
            sector,
            terms,
            from: None,
            to: None,
            wikidata,
            table,
            line,
        });
        self.entries.len() as u32 - 1
    }

    fn add_forms(&mut self, entry: u32, sort: FormSort, cell: &str) {
        for (language, form) in forms(cell) {
            self.names.add(&pieces(form), FormRef { entry, sort, language, case: Case::of(form) });
        }
    }

    /// What a person was on a day: the term that covers it (an office before an undated role), else a former holder.
    pub fn standing(&self, entry: &Entry, day: Option<Date>) -> Option<Standing> {
        let last = entry.terms.iter().max_by_key(|term| (term.from, term.line))?;
        let Some(day) = day else { return Some(Standing::of(last, last.sector, true)) };
        let now =
            entry.terms.iter().filter(|t| t.covers(day)).max_by_key(|t| (t.leads(), t.from, std::cmp::Reverse(t.line)));
        if let Some(term) = now {
            return Some(Standing::of(term, term.sector, true));
        }
        let before = entry.terms.iter().filter(|t| t.to.is_some_and(|to| to < day)).max_by_key(|t| t.to);
        let Some(term) = before else {
            let first = entry.terms.iter().min_by_key(|t| t.from).unwrap_or(last);
            return Some(Standing::of(first, first.sector, false));
        };
        let official =
            matches!(term.sector, Sector::Gov | Sector::Leg | Sector::Mil | Sector::Jud | Sector::Cop | Sector::Spy);
        Some(Standing::of(term, if official { Sector::Eli } else { term.sector }, false))
    }

    /// Who held an office of a state or body on a day; the latest to enter where terms touch.
    pub fn holder(&self, country: Country, office: &str, day: Date) -> Option<&Entry> {
        self.entries.get(self.holder_index(country, office, day)? as usize)
    }

    /// The same as an index of [`Directory::entries`].
    pub(crate) fn holder_index(&self, country: Country, office: &str, day: Date) -> Option<u32> {
        let held = self.holders.get(&(country, CompactString::from(office)))?;
        let entered = |id: u32| {
            let holds = |t: &&Term| t.office == office && t.country == country && t.from.is_some() && t.covers(day);
            self.entries[id as usize].terms.iter().filter(holds).map(|t| t.from).max()
        };
        held.iter().copied().filter(|&id| entered(id).is_some()).max_by_key(|&id| entered(id))
    }
}

impl Standing {
    fn of(term: &Term, sector: Sector, current: bool) -> Self {
        let office = if current { term.office.clone() } else { CompactString::default() };
        Self { country: term.country, sector, office, current }
    }
}

fn bad(table: &Table<'_>, row: &Row<'_>, message: &str, hint: &str) -> Diagnostic {
    Diagnostic::error(table.file, message).at(row.line, 1).hint(hint)
}

fn country(table: &Table<'_>, row: &Row<'_>, code: &str) -> Result<Country, Diagnostic> {
    Country::new(code).ok_or_else(|| {
        bad(
            table,
            row,
            &format!("`{code}` is no country code"),
            "write ISO 3166 alpha-3, or UNO, EUR, IGO, NGO, MNC, IMG",
        )
    })
}

fn sector(table: &Table<'_>, row: &Row<'_>) -> Result<Sector, Diagnostic> {
    let code = table.cell(row, "sector");
    code.parse()
        .map_err(|_| bad(table, row, &format!("`{code}` is no sector"), "write one of PLOVER's three-letter sectors"))
}

/// A day, month or year; a month or year stands for its first day, or its last where it ends a term.
fn day(table: &Table<'_>, row: &Row<'_>, column: &str, last: bool) -> Result<Option<Date>, Diagnostic> {
    let text = table.cell(row, column);
    if text.is_empty() {
        return Ok(None);
    }
    let first: Option<Date> = match text.len() {
        4 => format!("{text}-01-01").parse().ok(),
        7 => format!("{text}-01").parse().ok(),
        _ => text.parse().ok(),
    };
    let first =
        first.ok_or_else(|| bad(table, row, &format!("`{text}` is no date"), "write YYYY-MM-DD, YYYY-MM or YYYY"))?;
    Ok(Some(match (last, text.len()) {
        (true, 4) => first.last_of_year(),
        (true, 7) => first.last_of_month(),
        _ => first,
    }))
}
