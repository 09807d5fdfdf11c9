//! Offices, roles and groups by description: the noun, how far its phrase reaches, whose it is.
//!
//! The reading goes by the order of words, not by the tree: "le ministre malien de la Défense, Sadio Camara" and
//! "Turkish Foreign Minister Mevlut Cavusoglu" are parsed in many wrong ways but written in few. French looks to the
//! right of the noun, English to its left and then past `of`, `for` and the like.

use depeche_model::{Country, Language, PartyKind, Sector, Upos};

use super::{
    draft::{Draft, Ground},
    scene::Scene,
};
use crate::who::entry::RoleSort;

/// A noun of role in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noun {
    pub first: u32,
    pub end: u32,
    pub role: u32,
    pub plural: bool,
}

/// Which draft covers each token, and which noun of role.
pub(super) struct Cover {
    pub draft: Vec<Option<u32>>,
    pub noun: Vec<Option<u32>>,
}

/// What the words of a phrase tell about its noun.
#[derive(Default)]
pub(super) struct Words {
    /// Countries named, in order.
    pub countries: Vec<Country>,
    /// Country of a place that the noun is put in.
    pub placed: Option<Country>,
    /// Body that it belongs to: sector, and whether it is named.
    pub body: Option<Sector>,
    /// Person named in apposition or as title-bearer: index of its draft.
    pub person: Option<u32>,
    /// A possessive stands before it.
    pub possessed: bool,
    /// "ancien", "former".
    pub former: bool,
    /// First token of the shortest phrase, and one past its last.
    pub tokens: (u32, u32),
    /// Draft that its country was read from.
    pub from: Option<u32>,
}

/// Every noun of role, longest first at each token.
pub(super) fn nouns(scene: &Scene<'_>, cover: &Cover) -> Vec<Noun> {
    let mut found: Vec<Noun> = Vec::new();
    let mut token = 0;
    while token < scene.len() {
        let noun = noun_at(scene, token).filter(|n| !named_over(scene, cover, n));
        token = noun.map_or(token + 1, |n| n.end);
        found.extend(noun.map(|n| across_adjective(scene, n)));
    }
    found
}

/// Whether a noun of role starts at a token.
pub(super) fn is_noun(scene: &Scene<'_>, token: u32) -> bool {
    noun_at(scene, token).is_some()
}

fn noun_at(scene: &Scene<'_>, token: u32) -> Option<Noun> {
    let pieces = scene.pieces_from(token);
    if !pieces.first().is_some_and(|p| p.token == token && p.first) {
        return None;
    }
    let words: Vec<_> = pieces.iter().take(8).map(|p| p.noun).collect();
    let (_, sentence_end) = scene.sentence(token);
    let mut best = None;
    for (length, refs) in scene.directory.nouns.prefixes(&words) {
        let last = &pieces[length - 1];
        let end = last.token + 1;
        let fit = refs.iter().find(|r| r.language == scene.language);
        if let Some(r) = fit.filter(|_| last.last && end <= sentence_end && nominal(scene, token, end)) {
            best = Some(Noun { first: token, end, role: r.role, plural: r.plural });
        }
    }
    best
}

/// "Le ministre iranien des Affaires étrangères": the role that the words make without the adjective between them.
fn across_adjective(scene: &Scene<'_>, noun: Noun) -> Noun {
    let split = scene.language == Language::French
        && scene.upos(noun.end) == Upos::Adj
        && matches!(scene.key(noun.end + 1), "de" | "du" | "des");
    if !split {
        return noun;
    }
    let head = scene.pieces_from(noun.first).iter().take_while(|p| p.token < noun.end);
    let rest = scene.pieces_from(noun.end + 1).iter().take(6);
    let words: Vec<_> = head.chain(rest).map(|p| p.noun).collect();
    let longest = scene
        .directory
        .nouns
        .prefixes(&words)
        .filter_map(|(length, refs)| refs.iter().find(|r| r.language == scene.language).map(|r| (length, r.role)));
    match longest.last() {
        Some((length, role)) if length > (noun.end - noun.first) as usize => Noun { role, ..noun },
        _ => noun,
    }
}

/// Whether a match is used as a noun: by its parts of speech where it is one word, always where it is several.
fn nominal(scene: &Scene<'_>, first: u32, end: u32) -> bool {
    if end > first + 1 {
        return true;
    }
    let named = scene.upos(end) == Upos::Propn && scene.capital(end) && scene.sentence(first).1 > end;
    match scene.upos(first) {
        Upos::Noun | Upos::Propn => true,
        // The tagger errs on titles: a title before a name is one whatever its tag.
        Upos::Adj | Upos::Adp | Upos::X if named => true,
        Upos::Adj => {
            let determined = first > 0 && matches!(scene.upos(first - 1), Upos::Det | Upos::Num);
            determined && scene.head(first) != first + 1
        }
        Upos::X => first > 0 && scene.upos(first - 1) == Upos::Det,
        _ => false,
    }
}

/// Whether a name of the tables covers the noun and more, or is the noun.
fn named_over(scene: &Scene<'_>, cover: &Cover, noun: &Noun) -> bool {
    let _ = scene;
    (noun.first..noun.end).all(|t| cover.draft[t as usize].is_some())
}

/// Reads the words around a noun.
pub(super) fn words(scene: &Scene<'_>, cover: &Cover, drafts: &[Draft], noun: &Noun) -> Words {
    let mut words = Words { tokens: (noun.first, noun.end), ..Words::default() };
    for token in noun.first..noun.end {
        if let Some(index) = cover.draft[token as usize] {
            take(&mut words, &drafts[index as usize], index);
        }
    }
    let start = match scene.language {
        Language::French => french_left(scene, cover, drafts, noun, &mut words),
        Language::English => english_left(scene, cover, drafts, noun, &mut words),
    };
    right(scene, cover, drafts, noun, &mut words);
    if words.person.is_none() {
        words.person = named_before(scene, cover, drafts, start);
    }
    words
}

/// Determiners, numbers and adjectives before a French noun; gives the first token of the phrase.
fn french_left(scene: &Scene<'_>, cover: &Cover, drafts: &[Draft], noun: &Noun, words: &mut Words) -> u32 {
    let _ = (cover, drafts);
    let (floor, _) = scene.sentence(noun.first);
    let mut at = noun.first;
    while at > floor {
        let before = at - 1;
        match scene.upos(before) {
            Upos::Num => words.tokens.0 = before,
            Upos::Adj | Upos::Noun if is_former(scene.key(before)) => words.former = true,
            Upos::Adj => {}
            Upos::Det => {
                words.possessed |= scene.possessive(before);
                return before;
            }
            Upos::Adp if matches!(scene.key(before), "du" | "des" | "au" | "aux") => return at,
            _ => return at,
        }
        at = before;
    }
    at
}

fn is_former(key: &str) -> bool {
    matches!(key, "ancien" | "ancienne" | "anciens" | "anciennes" | "ex" | "former" | "ousted" | "deposed" | "exile")
}

/// Modifiers and possessors before an English noun; gives the first token of the phrase.
fn english_left(scene: &Scene<'_>, cover: &Cover, drafts: &[Draft], noun: &Noun, words: &mut Words) -> u32 {
    let (floor, _) = scene.sentence(noun.first);
    let (mut at, mut crossed) = (noun.first, false);
    while at > floor {
        let before = at - 1;
        let key = scene.key(before);
        if let Some(index) = cover.draft[before as usize] {
            let draft = &drafts[index as usize];
            if draft.kind == PartyKind::Person && !crossed && scene.text(at) != "'s" && scene.text(at) != "’s" {
                return at;
            }
            take(words, draft, index);
            at = draft.first;
            if !crossed && draft.kind == PartyKind::Adjective {
                words.tokens.0 = at;
            }
            continue;
        }
        if let Some(role) = cover.noun[before as usize].or_else(|| phrase_word(scene, before)) {
            take_body(scene, words, role);
        }
        match scene.upos(before) {
            _ if key == "s" || scene.text(before) == "'" || scene.text(before) == "’" => crossed = true,
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num => {
                words.former |= is_former(key);
                if !crossed && !matches!(key, "several" | "many" | "some") {
                    words.tokens.0 = before;
                }
                if scene.upos(before) == Upos::Num && before > floor && !matches!(scene.text(before - 1), "'s" | "’s")
                {
                    return before;
                }
            }
            Upos::Punct if scene.text(before) == "-" => {}
            Upos::Cconj if cover.draft[at as usize].is_some() => {}
            Upos::Verb if participle(scene, cover, before, floor) => {}
            Upos::Det | Upos::Pron if scene.possessive(before) => {
                words.possessed = true;
                return before;
            }
            Upos::Det => return before,
            _ => return at,
        }
        at = before;
    }
    at
}

/// The role that a single word names, whatever its part of speech: "rebelle", "separatist".
fn phrase_word(scene: &Scene<'_>, token: u32) -> Option<u32> {
    let words: Vec<_> = scene.pieces_from(token).iter().take(1).map(|p| p.noun).collect();
    let found = scene.directory.nouns.prefixes(&words).next()?;
    found.1.iter().find(|r| r.language == scene.language).map(|r| r.role)
}

/// Whether a verb form before a noun is its modifier ("armed men") rather than the verb of a subject before it.
fn participle(scene: &Scene<'_>, cover: &Cover, token: u32, floor: u32) -> bool {
    let attached = scene.dep(token) == depeche_model::Relation::Amod && scene.head(token) > token;
    let named = token > floor && cover.draft[token as usize - 1].is_some();
    let subject =
        named || token > floor && matches!(scene.upos(token - 1), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adv);
    attached && !subject
}

/// Notes a name inside the phrase.
fn take(words: &mut Words, draft: &Draft, index: u32) {
    if let Some(country) = draft.country
        && !words.countries.contains(&country)
    {
        words.countries.push(country);
        words.countries.extend(draft.also.iter().copied());
        words.from.get_or_insert(index);
    }
    let people = draft.kind == PartyKind::Adjective && !matches!(draft.sector, Sector::Gov | Sector::Pre);
    if (draft.kind == PartyKind::Organization || people) && words.body.is_none() {
        words.body = Some(draft.sector);
    }
}

fn take_body(scene: &Scene<'_>, words: &mut Words, role: u32) {
    let role = &scene.directory.roles[role as usize];
    let armed = role.sort == RoleSort::Person && role.sector == Sector::Reb;
    if (role.sort == RoleSort::Body || armed) && words.body.is_none() {
        words.body = Some(role.sector);
    }
}

/// Modifiers, complements and names after a noun.
fn right(scene: &Scene<'_>, cover: &Cover, drafts: &[Draft], noun: &Noun, words: &mut Words) {
    let (_, ceiling) = scene.sentence(noun.first);
    let french = scene.language == Language::French;
    let limit = ceiling.min(noun.end + 14);
    let (mut at, mut linked, mut after_adp) = (noun.end, french, false);
    while at < limit {
        if let Some(index) = cover.draft[at as usize] {
            let draft = &drafts[index as usize];
            if draft.kind == PartyKind::Person && !after_adp {
                words.person = Some(index);
                return;
            }
            if !linked && !after_adp {
                return;
            }
            let beyond = words.countries.len() == 1 && after_adp && words.from.is_some();
            if !beyond {
                take(words, draft, index);
            }
            if draft.kind == PartyKind::Adjective && at == words.tokens.1 && words.tokens.1 - words.tokens.0 < 4 {
                words.tokens.1 = draft.end;
            }
            (at, after_adp) = (draft.end, false);
            continue;
        }
        match step(scene, cover, at, noun, words, &mut linked) {
            Step::Over { adposition } => after_adp = adposition || after_adp && scene.upos(at) == Upos::Det,
            Step::Comma => {
                words.person = apposed(scene, cover, drafts, at + 1);
                return;
            }
            Step::Placed => {
                words.placed = place(scene, cover, drafts, at + 1);
                return;
            }
            Step::Stop => return,
        }
        at += 1;
    }
}

enum Step {
    Over { adposition: bool },
    Comma,
    Placed,
    Stop,
}

/// What one token after the noun does to the phrase.
fn step(scene: &Scene<'_>, cover: &Cover, at: u32, noun: &Noun, words: &mut Words, linked: &mut bool) -> Step {
    let key = scene.key(at);
    let french = scene.language == Language::French;
    if scene.text(at) == "," {
        return Step::Comma;
    }
    let link = if french { matches!(key, "de" | "du" | "des" | "d") } else { matches!(key, "of" | "for" | "from") };
    if link {
        *linked = true;
        return Step::Over { adposition: true };
    }
    if scene.locative(at) && scene.upos(at) != Upos::Noun {
        let bare = matches!(key, "a" | "aux" | "au") && cover.draft.get(at as usize + 1).is_some_and(Option::is_none);
        let nested = bare && scene.upos(at + 1) == Upos::Noun && at == noun.end;
        return if nested { Step::Over { adposition: true } } else { Step::Placed };
    }
    if let Some(role) = cover.noun[at as usize].filter(|_| *linked && !(french && at == noun.end)) {
        take_body(scene, words, role);
    }
    if french
        && scene.upos(at) == Upos::Adj
        && let Some(role) = phrase_word(scene, at)
    {
        take_body(scene, words, role);
    }
    match scene.upos(at) {
        Upos::Adj if french || *linked => Step::Over { adposition: false },
        Upos::Noun | Upos::Propn | Upos::Num if *linked => Step::Over { adposition: false },
        Upos::Det if *linked => Step::Over { adposition: true },
        Upos::Cconj if french && cover.draft.get(at as usize + 1).copied().flatten().is_some() => {
            Step::Over { adposition: false }
        }
        Upos::Punct if scene.text(at) == "-" => Step::Over { adposition: false },
        _ => Step::Stop,
    }
}

/// Person named right after a comma, titles aside.
fn apposed(scene: &Scene<'_>, cover: &Cover, drafts: &[Draft], at: u32) -> Option<u32> {
    let mut at = at;
    for _ in 0..3 {
        match cover.draft.get(at as usize).copied().flatten() {
            Some(index) => return (drafts[index as usize].kind == PartyKind::Person).then_some(index),
            None if matches!(scene.upos(at), Upos::Det) || cover.noun.get(at as usize).copied().flatten().is_some() => {
                at += 1;
            }
            None => return None,
        }
    }
    None
}

/// Country of a place named within three tokens.
fn place(scene: &Scene<'_>, cover: &Cover, drafts: &[Draft], at: u32) -> Option<Country> {
    let (_, ceiling) = scene.sentence(at.saturating_sub(1));
    (at..ceiling.min(at + 3)).find_map(|t| {
        let draft = cover.draft[t as usize].map(|d| &drafts[d as usize])?;
        matches!(draft.kind, PartyKind::State | PartyKind::Place).then_some(draft.country).flatten()
    })
}

/// Person named right before a comma before the phrase: "Dmitry Peskov, its spokesman".
fn named_before(scene: &Scene<'_>, cover: &Cover, drafts: &[Draft], start: u32) -> Option<u32> {
    let comma = start.checked_sub(1).filter(|&t| scene.text(t) == ",")?;
    let index = cover.draft[comma.checked_sub(1)? as usize]?;
    (drafts[index as usize].kind == PartyKind::Person && scene.sentence(comma) == scene.sentence(start))
        .then_some(index)
}

/// The draft of a noun with its words.
pub(super) fn draft(scene: &Scene<'_>, noun: &Noun, words: &Words) -> Draft {
    let role = &scene.directory.roles[noun.role as usize];
    let kind = match role.sort {
        RoleSort::Office => PartyKind::Office,
        RoleSort::Person if !noun.plural => PartyKind::Office,
        RoleSort::Nation | RoleSort::Organisation => PartyKind::Anaphor,
        RoleSort::Asset => PartyKind::Asset,
        _ => PartyKind::Group,
    };
    let mut draft = Draft::new(scene, words.tokens.0, words.tokens.1, kind);
    draft.head = scene.head_of(noun.first, noun.end);
    draft.role = Some((noun.role, role.sort));
    draft.plural = noun.plural;
    let relation = role.offices.iter().any(|o| o == "relation");
    draft.open = relation || noun.plural && role.sort == RoleSort::Nation;
    draft.sector = sector(scene, noun, words);
    draft.reason = format!("noun of role, {}", draft.sector);
    if let Some(&country) = words.countries.first() {
        draft.place(Some(country), Ground::Phrase, &format!("{country} named in the phrase"));
        draft.also = words.countries[1..].to_vec();
        if draft.also.len() > 2 || kind == PartyKind::Office {
            draft.also.clear();
        }
    }
    draft
}

/// The noun's own sector, or that of the body that it speaks or acts for.
fn sector(scene: &Scene<'_>, noun: &Noun, words: &Words) -> Sector {
    let role = &scene.directory.roles[noun.role as usize];
    if words.former && role.sort == RoleSort::Office && role.sector == Sector::Gov {
        return Sector::Eli;
    }
    words.body.filter(|body| yields(scene, noun, *body)).unwrap_or(role.sector)
}

/// Whether a noun takes the sector of the body named with it: "a Hamas spokesman", "the army chief", "rebel positions",
/// "les hommes de Wagner".
fn yields(scene: &Scene<'_>, noun: &Noun, body: Sector) -> bool {
    use Sector::{Bus, Cop, Crm, Cvl, Gov, Mil, Prm, Pty, Reb, Spy, Uaf};
    let role = &scene.directory.roles[noun.role as usize];
    let armed = matches!(body, Reb | Prm | Crm | Cop | Spy | Mil);
    let men = matches!(scene.key(noun.first), "homme" | "hommes" | "men" | "man");
    let person = matches!(role.sort, RoleSort::Office | RoleSort::Person);
    role.offices.iter().any(|o| o == "part")
        || match role.sector {
            Gov => person && !role.offices.iter().any(|o| o.ends_with("minister")),
            Bus | Mil if role.sort != RoleSort::Asset => person && body != Gov,
            Mil | Reb | Prm | Uaf => armed,
            Pty => role.sort == RoleSort::Body && body == Reb,
            Cvl => men && armed,
            _ => false,
        }
}
