//! Persons whom no table knows, and surnames of those whom the article has introduced.

use compact_str::CompactString;
use depeche_model::{EntityKind, EntityTag, Language, PartyKind, Sector, Upos};
use rustc_hash::FxHashMap;

use super::{draft::Draft, scene::Scene};

/// Small words that may stand inside a name.
fn particle(key: &str) -> bool {
    matches!(
        key,
        "al" | "el"
            | "ben"
            | "bin"
            | "ibn"
            | "de"
            | "da"
            | "dos"
            | "del"
            | "von"
            | "van"
            | "der"
            | "le"
            | "la"
            | "abu"
            | "ould"
            | "ag"
            | "di"
            | "du"
    )
}

/// Drafts of personal names that no table covers.
pub(super) fn unknown(scene: &Scene<'_>, covered: &[Option<u32>]) -> Vec<Draft> {
    let mut found = Vec::new();
    let mut token = 0;
    while token < scene.len() {
        match span_at(scene, covered, token).filter(|&(first, end)| !put(scene, first, end)) {
            Some((first, end)) => {
                let mut draft = Draft::new(scene, first, end, PartyKind::Person);
                scene.parsed.span(first, end).of(scene.whole).clone_into(&mut draft.name);
                draft.sector = Sector::Cvl;
                "person not in the tables".clone_into(&mut draft.reason);
                found.push(draft);
                token = end;
            }
            None => token += 1,
        }
    }
    found
}

/// Whether a one-word name that the tagger takes for a person stands where a place does, and is one.
fn put(scene: &Scene<'_>, first: u32, end: u32) -> bool {
    let before = first.checked_sub(1).map_or("", |t| scene.key(t));
    let preposition = matches!(before, "to" | "in" | "at" | "near" | "from" | "a" | "en" | "dans" | "vers" | "depuis");
    end == first + 1 && preposition && scene.geography.country_of(scene.text(first)).is_some()
}

/// A personal name that starts at a token: as the tagger of names has it, cut at tables' names and titles.
fn span_at(scene: &Scene<'_>, covered: &[Option<u32>], token: u32) -> Option<(u32, u32)> {
    let (_, ceiling) = scene.sentence(token);
    let free = |t: u32| covered[t as usize].is_none();
    let word = |t: u32| free(t) && scene.capital(t) && !scene.key(t).is_empty();
    if !word(token) || is_title(scene, token) {
        return None;
    }
    let tagged = scene.is_person(token) || leads_name(scene, covered, token);
    let mut end = token;
    while end < ceiling && free(end) {
        let inside = scene.entity(end) == EntityTag::Inside(EntityKind::Person)
            || end == token
            || end == token + 1 && scene.is_person(end) && !scene.is_person(token);
        let join = word(end)
            && (inside
                || !tagged && is_name_word(scene, end) && scene.entity(end).kind() == scene.entity(token).kind());
        let small =
            particle(scene.key(end)) && end + 1 < ceiling && word(end + 1) && scene.entity(end + 1) != EntityTag::Out;
        let hyphen = scene.text(end) == "-" && end + 1 < ceiling && inside;
        if !(join || end > token && (small || hyphen)) {
            break;
        }
        end += 1;
    }
    let words = (token..end).filter(|&t| word(t)).count();
    let person = if tagged { words > 1 || scene.upos(token) == Upos::Propn } else { words > 1 && titled(scene, token) };
    (person && end > token).then_some((token, end))
}

fn is_name_word(scene: &Scene<'_>, token: u32) -> bool {
    scene.upos(token) == Upos::Propn
}

/// Whether a capitalised proper noun stands right before a name that the tagger cut short ("Charlot" in "Charlot Salwai").
fn leads_name(scene: &Scene<'_>, covered: &[Option<u32>], token: u32) -> bool {
    let next = token + 1;
    let proper = scene.upos(token) == Upos::Propn && scene.entity(token) == EntityTag::Out;
    proper
        && next < scene.len()
        && scene.entity(next) == EntityTag::Begin(EntityKind::Person)
        && covered[next as usize].is_none()
        && scene.upos(next) == Upos::Propn
        && scene.sentence(next) == scene.sentence(token)
        && !is_title(scene, next)
}

/// Whether a token is a noun of role, so that no name starts with it ("President").
fn is_title(scene: &Scene<'_>, token: u32) -> bool {
    let pieces = scene.pieces_from(token);
    let words: Vec<_> = pieces.iter().take(3).map(|p| p.noun).collect();
    let known =
        scene.directory.nouns.prefixes(&words).any(|(_, refs)| refs.iter().any(|r| r.language == scene.language));
    known
        || matches!(
            scene.key(token),
            "m" | "mr"
                | "mrs"
                | "ms"
                | "mme"
                | "dr"
                | "sheikh"
                | "cheikh"
                | "sir"
                | "foreign"
                | "prime"
                | "defence"
                | "defense"
                | "interior"
                | "deputy"
                | "vice"
        )
}

/// Whether the word before a name is a noun of role or a courtesy title.
pub(super) fn titled(scene: &Scene<'_>, token: u32) -> bool {
    let Some(before) = token.checked_sub(1) else { return false };
    let before = if scene.text(before) == "," { before.saturating_sub(1) } else { before };
    is_title(scene, before)
        || scene.language == Language::French
            && scene.upos(before) == Upos::Adj
            && before > 0
            && is_title(scene, before - 1)
}

/// Ties later mentions of a person to the first by surname, and gives them what the first is.
pub(super) fn tie_surnames(drafts: &mut [Draft]) {
    let mut seen: FxHashMap<CompactString, usize> = FxHashMap::default();
    for index in 0..drafts.len() {
        if drafts[index].kind != PartyKind::Person {
            continue;
        }
        let name = crate::who::fold::key(&drafts[index].name);
        let surname = name.rsplit(' ').next().unwrap_or("").to_owned();
        let single = !name.contains(' ');
        let earlier = seen.get(name.as_str()).or_else(|| seen.get(surname.as_str()).filter(|_| single)).copied();
        match earlier {
            Some(first) if drafts[index].entry.is_none() => follow(drafts, index, first),
            _ => {
                seen.entry(surname.as_str().into()).or_insert(index);
                seen.entry(name).or_insert(index);
            }
        }
    }
}

/// Makes a draft the same party as an earlier one.
pub(super) fn follow(drafts: &mut [Draft], later: usize, first: usize) {
    let source = drafts[first].clone();
    let draft = &mut drafts[later];
    draft.same = Some(first);
    draft.entry = draft.entry.or(source.entry);
    if draft.name.is_empty() {
        draft.name.clone_from(&source.name);
    }
    if draft.sector == Sector::Unk || source.kind == PartyKind::Person {
        draft.sector = source.sector;
    }
    draft.also.clone_from(&source.also);
    let reason = format!("same as token {}", source.first);
    draft.place(source.country, super::draft::Ground::Antecedent, &reason);
}
