//! What describes a phrase as the place of an act.
//!
//! Atoms describe an option: how it is linked, which way it hangs on the act, what sort of place it is, the class of the
//! act (force, deed, bargain or speech). A feature is the conjunction of a few of them, `class=speech&link=static`; the templates
//! say of which. What a feature is worth is not decided here.

use depeche_model::{Country, EventType, Parsed, Relation, Upos};

use super::{
    Kind, Places,
    phrases::{Link, Phrase},
    words::Words,
};

/// A phrase, and how far back it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Option_<'a> {
    pub phrase: &'a Phrase,
    /// Sentences between it and the act; 0 in its own.
    pub back: u32,
    /// It is a dateline, or stands in the headline.
    pub frame: Frame,
}

/// Part of the article that a carried phrase stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    Body,
    Dateline,
    Title,
}

/// The act that a place is sought for.
pub(super) struct Act<'p, 'a> {
    pub places: &'p Places<'a>,
    pub trigger: u32,
    pub clause: (u32, u32),
    pub event: EventType,
    pub sentence: (u32, u32),
}

/// What is combined into features. An atom that an option lacks leaves out every template that asks for it.
const TEMPLATES: &[&[&str]] = &[
    &["none", "event"],
    &["none", "class"],
    &["none", "class", "best"],
    &["none", "points"],
    &["where"],
    &["level"],
    &["level", "class"],
    &["link", "via"],
    &["kind", "class"],
    &["back"],
    &["back", "points"],
    &["agrees", "where"],
    &["seat", "link"],
    &["here", "where"],
    &["via", "class"],
    &["agrees", "class"],
    &["level", "event"],
    &["where", "event"],
    &["back", "class"],
    &["back", "event"],
    &["level", "kind"],
    &["link", "kind", "class"],
    &["none", "event", "best"],
];

/// The atoms of an option, by name.
pub(super) type Atoms = Vec<(&'static str, &'static str)>;

/// Hands every feature that the templates make of some atoms to `each`, in one buffer.
pub(super) fn combine(atoms: &Atoms, mut each: impl FnMut(&str)) {
    let mut feature = String::with_capacity(64);
    'templates: for template in TEMPLATES {
        feature.clear();
        for name in *template {
            let Some((_, value)) = atoms.iter().find(|(n, _)| n == name) else { continue 'templates };
            if !feature.is_empty() {
                feature.push('&');
            }
            feature.push_str(name);
            if !value.is_empty() {
                feature.push('=');
                feature.push_str(value);
            }
        }
        each(&feature);
    }
}

impl Act<'_, '_> {
    /// The atoms of "none", then of every option in order.
    pub fn atoms(&self, options: &[Option_<'_>]) -> Vec<Atoms> {
        let levels: Vec<Option<&'static str>> = options.iter().map(|o| self.level(o)).collect();
        let best = levels.iter().flatten().min().copied().unwrap_or("none");
        let agreed = commonest(options.iter().filter_map(|o| o.phrase.country));
        let shared: Atoms =
            vec![("class", self.class()), ("event", self.event.name()), ("points", yes(self.points_back()))];
        let mut none = shared.clone();
        none.extend([("none", ""), ("best", best)]);
        let mut all = vec![none];
        for (index, option) in options.iter().enumerate() {
            let mut atoms = shared.clone();
            atoms.push(("kind", kind(option.phrase)));
            let same = option.phrase.country.is_some() && option.phrase.country == agreed;
            atoms.push(("agrees", yes(same)));
            atoms.extend(levels[index].map(|level| ("level", level)));
            if option.frame == Frame::Dateline && self.says_here() {
                atoms.push(("here", ""));
            }
            match (option.back, option.frame) {
                (0, Frame::Dateline) => atoms.push(("where", "line")),
                (0, _) => self.here(option.phrase, &mut atoms),
                _ => self.carried(option, &mut atoms),
            }
            all.push(atoms);
        }
        all
    }

    /// Whether the clause points to a place named before: "there", "sur place", "the town".
    fn points_back(&self) -> bool {
        let (parsed, whole, language) = (self.places.parsed, self.places.whole, self.places.language);
        (self.clause.0..self.clause.1).any(|t| {
            let token = &parsed.tokens[t as usize];
            let definite = || {
                parsed.children(t).map(|(c, _)| c).any(|c| Words::get().points_with(parsed.text(whole, c), language))
            };
            Words::get().points_back(parsed.text(whole, t), language)
                || (token.upos == Upos::Noun && Words::get().is_sort(&token.lemma, language) && definite())
        })
    }

    fn here(&self, phrase: &Phrase, atoms: &mut Atoms) {
        let path = self.path(phrase.head);
        atoms.extend([("where", "own"), ("link", phrase.link.label()), ("via", path.via)]);
        if phrase.name.is_some() && self.places.gazetteer.is_seat(phrase.span.of(self.places.whole)) {
            atoms.push(("seat", ""));
        }
    }

    fn carried(&self, option: &Option_<'_>, atoms: &mut Atoms) {
        let act = self.places.parsed.span(self.trigger, self.trigger + 1).start as usize;
        let between = self.places.whole.get(option.phrase.span.end as usize..act).unwrap_or_default();
        let back = match option.frame {
            Frame::Body if between.contains("\n\n") => "paragraph",
            Frame::Body => ["0", "1", "2", "3"][option.back.min(3) as usize],
            Frame::Dateline => "dateline",
            Frame::Title => "title",
        };
        atoms.extend([("where", "carried"), ("back", back), ("link", option.phrase.link.label())]);
    }

    /// How firmly an option of the act's own sentence is tied to it; the first letter ranks it.
    fn level(&self, option: &Option_<'_>) -> Option<&'static str> {
        let phrase = option.phrase;
        match (option.back, option.frame) {
            (0, Frame::Dateline) => return Some("f-dateline"),
            (0, _) => {}
            _ => return None,
        }
        let path = self.path(phrase.head);
        let inside = (self.clause.0..self.clause.1).contains(&phrase.head);
        let opens = phrase.head <= self.first_word() + 3;
        match phrase.link {
            Link::Static if inside && path.crossed == 0 && path.shape == Shape::Below => Some("a-hangs"),
            Link::Static if opens => Some("b-opens"),
            Link::Static if inside => Some("c-inside"),
            Link::Motion | Link::Object | Link::Genitive if inside && kind(phrase) != "country" => Some("d-other"),
            Link::Static if path.shape != Shape::Across => Some("e-outside"),
            _ => None,
        }
    }

    /// Whether the clause says "here", "ici".
    fn says_here(&self) -> bool {
        let word = |t: u32| self.places.parsed.text(self.places.whole, t).to_lowercase();
        (self.clause.0..self.clause.1).any(|t| matches!(word(t).as_str(), "here" | "ici"))
    }

    /// Force has a place nearly always, a deed often, a bargain sometimes, speech seldom.
    fn class(&self) -> &'static str {
        match self.event {
            EventType::Assault | EventType::Protest | EventType::Mobilize => "force",
            EventType::Consult | EventType::Aid | EventType::Retreat | EventType::Coerce => "deed",
            EventType::Agree | EventType::Concede | EventType::Support | EventType::Cooperate => "bargain",
            _ => "speech",
        }
    }

    fn first_word(&self) -> u32 {
        let letter = |t: &u32| self.places.parsed.tokens[*t as usize].upos != Upos::Punct;
        (self.sentence.0..self.sentence.1).find(letter).unwrap_or(self.sentence.0)
    }

    /// How a token hangs on the trigger.
    fn path(&self, token: u32) -> Route {
        let parsed = self.places.parsed;
        let (mine, its) = (chain(parsed, token), chain(parsed, self.trigger));
        let meet = mine.iter().position(|t| its.contains(t)).unwrap_or(mine.len() - 1);
        let other = its.iter().position(|t| *t == mine[meet]).unwrap_or(its.len() - 1);
        let border = |t: &&u32| clausal(parsed.tokens[**t as usize].dep, parsed.tokens[**t as usize].upos);
        let crossed = mine[..meet].iter().chain(&its[..other]).filter(border).count().min(3);
        let shape = match (meet, other) {
            (_, 0) => Shape::Below,
            (0 | 1, _) => Shape::Above,
            _ => Shape::Across,
        };
        // The relation by which the branch of the phrase hangs where the two paths meet.
        let branch = meet.checked_sub(1).map_or(Relation::Root, |i| parsed.tokens[mine[i] as usize].dep);
        Route { shape, via: branch.label(), crossed }
    }
}

/// The way from a phrase to the act.
struct Route {
    shape: Shape,
    /// Relation by which the phrase's branch hangs where the two paths meet.
    via: &'static str,
    /// Borders of clauses on the way.
    crossed: usize,
}

/// Where a phrase hangs, seen from the act.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Below,
    Above,
    Across,
}

/// The state named most often; the first of the alphabet among equals.
fn commonest(states: impl Iterator<Item = Country>) -> Option<Country> {
    let mut counts = std::collections::BTreeMap::new();
    states.for_each(|state| *counts.entry(state).or_insert(0) += 1);
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map(|(state, _)| state)
}

/// A token and all that it hangs on, up to the root.
fn chain(parsed: &Parsed, from: u32) -> Vec<u32> {
    let mut chain = vec![from];
    let mut last = from;
    while chain.len() < 40 {
        let head = parsed.tokens[last as usize].head;
        if head == last {
            break;
        }
        chain.push(head);
        last = head;
    }
    chain
}

/// Whether a relation opens a clause of its own.
fn clausal(relation: Relation, upos: Upos) -> bool {
    match relation {
        Relation::Ccomp | Relation::Csubj | Relation::Advcl | Relation::AclRelcl | Relation::Parataxis => true,
        Relation::Conj => matches!(upos, Upos::Verb | Upos::Aux),
        _ => false,
    }
}

const fn yes(answer: bool) -> &'static str {
    if answer { "true" } else { "false" }
}

fn kind(phrase: &Phrase) -> &'static str {
    match phrase.name.map(|_| phrase.kind) {
        None => "noun",
        Some(None) => "unknown",
        Some(Some(kind)) => match kind {
            Kind::Country | Kind::Region | Kind::City | Kind::Area => kind.label(),
            Kind::Building => "building",
            Kind::Sea | Kind::Strait | Kind::Line => "sea",
            _ => "spot",
        },
    }
}
