//! Phrases that tell a place: a name or a common noun, with the preposition that puts something there.
//!
//! "dans la région de Koursk" is one phrase: its head is "région", the name in it is Koursk, its preposition is "dans".
//! "le parvis du ministère" has no name at all, and yet it is where the crowd stood.

use depeche_model::{Country, Parsed, Relation, Span, Upos};

use super::{Places, Resolved, words::Words};

/// How a phrase stands to what governs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// After a preposition that tells where: "à Odessa", "in Zahedan".
    Static,
    /// After one that tells where to or where from: "vers Koursk", "into Gaza".
    Motion,
    /// After "de", "of" or another preposition: "le siège de Bakhmout".
    Genitive,
    /// Object of a verb: "strafed Haffeh".
    Object,
    /// Subject of a passive verb, or beside a noun: "Odessa bombardée", "Gaza ceasefire".
    Bare,
    /// Subject of an active verb: who, not where.
    Subject,
}

/// One phrase.
#[derive(Clone, Debug)]
pub(super) struct Phrase<'a> {
    /// Token that hangs on the governor.
    pub head: u32,
    /// What the phrase is called in the text.
    pub span: Span,
    pub link: Link,
    pub name: Option<&'a Resolved>,
    /// State that the phrase tells; none where it tells none.
    pub country: Option<Country>,
    /// It lies between states: "the Thai-Cambodian border".
    pub shared: bool,
    /// The preposition, folded; empty without one.
    pub preposition: String,
}

/// Every phrase of a sentence that tells a place, in text order.
pub(super) fn phrases<'a>(places: &'a Places<'_>, sentence: (u32, u32)) -> Vec<Phrase<'a>> {
    let mut found: Vec<Phrase<'a>> = Vec::new();
    let inside = |r: &&Resolved| sentence.0 <= r.tokens.0 && r.tokens.1 <= sentence.1;
    for name in places.toponyms.iter().filter(inside) {
        found.push(named(places, name));
    }
    for token in sentence.0..sentence.1 {
        let common = places.parsed.tokens[token as usize].upos == Upos::Noun;
        let taken =
            found.iter().any(|p| p.head == token || p.name.is_some_and(|n| (n.tokens.0..n.tokens.1).contains(&token)));
        if common && !taken && is_site(places, token) {
            found.extend(common_noun(places, token));
        }
    }
    found.sort_by_key(|p| p.head);
    found
}

/// The phrase of a name. "la ville de Koursk", "the town of Haffeh": the common noun takes over as its head.
fn named<'a>(places: &Places<'_>, name: &'a Resolved) -> Phrase<'a> {
    let parsed = places.parsed;
    let mut head = name.head;
    for _ in 0..3 {
        let token = &parsed.tokens[head as usize];
        let up = token.head;
        let joins = matches!(
            token.dep,
            Relation::Nmod | Relation::Appos | Relation::FlatName | Relation::Flat | Relation::Compound
        );
        if !joins || up == head || !sorts(places, up) {
            break;
        }
        head = up;
    }
    // A list of places shares the preposition of its first member.
    if case(parsed, head).is_none() && parsed.tokens[head as usize].dep == Relation::Conj {
        head = parsed.tokens[head as usize].head;
    }
    let (link, preposition) = link(places, head);
    Phrase { head, span: name.span, link, name: Some(name), country: name.country, shared: false, preposition }
}

fn common_noun<'a>(places: &Places<'_>, token: u32) -> Option<Phrase<'a>> {
    let (link, preposition) = link(places, token);
    if matches!(link, Link::Subject | Link::Bare) {
        return None;
    }
    let told = told_by_adjectives(places, token);
    Some(Phrase {
        head: token,
        span: places.parsed.tokens[token as usize].span,
        link,
        name: None,
        country: told.first().copied().filter(|_| told.len() == 1),
        shared: told.len() > 1,
        preposition,
    })
}

/// The states of the adjectives on a noun: "le désert tchadien", "the Thai-Cambodian border".
fn told_by_adjectives(places: &Places<'_>, noun: u32) -> Vec<Country> {
    let mut told = Vec::new();
    for child in children(places.parsed, noun) {
        let token = &places.parsed.tokens[child as usize];
        if matches!(token.dep, Relation::Amod | Relation::Compound | Relation::Nmod) {
            let word = places.parsed.text(places.whole, child);
            let parts = places.gazetteer.adjective(word, places.language);
            let parts =
                parts.into_iter().chain(word.split('-').filter_map(|w| places.gazetteer.adjective(w, places.language)));
            told.extend(parts);
        }
    }
    told.sort_unstable();
    told.dedup();
    told
}

fn is_site(places: &Places<'_>, token: u32) -> bool {
    Words::get().is_site(&places.parsed.tokens[token as usize].lemma, places.language)
}

/// Whether a noun is a word for a sort of place.
fn sorts(places: &Places<'_>, token: u32) -> bool {
    let lemma = &places.parsed.tokens[token as usize].lemma;
    Words::get().is_sort(lemma, places.language) || is_site(places, token)
}

/// Tokens that hang on a token, in text order.
pub(super) fn children(parsed: &Parsed, token: u32) -> impl Iterator<Item = u32> + '_ {
    let (first, end) = parsed.sentences.get(parsed.sentence_of(token)).copied().unwrap_or_default();
    (first..end).filter(move |&t| t != token && parsed.tokens[t as usize].head == token)
}

/// The first and last token of the preposition on a token: "au large de" is three.
fn case(parsed: &Parsed, token: u32) -> Option<(u32, u32)> {
    let first = children(parsed, token).find(|&t| t < token && parsed.tokens[t as usize].dep == Relation::Case)?;
    let fixed = children(parsed, first).filter(|&t| t < token && parsed.tokens[t as usize].dep == Relation::Fixed);
    let last = fixed.last().unwrap_or(first);
    let more =
        children(parsed, token).filter(|&t| t > last && t < token && parsed.tokens[t as usize].dep == Relation::Case);
    Some((first, more.last().unwrap_or(last) + 1))
}

fn link(places: &Places<'_>, head: u32) -> (Link, String) {
    let parsed = places.parsed;
    let token = &parsed.tokens[head as usize];
    if let Some((first, end)) = case(parsed, head) {
        let words = Words::get();
        let whole = super::fold::fold(parsed.span(first, end).of(places.whole));
        let first = super::fold::fold(parsed.text(places.whole, first));
        let is = |test: fn(&Words, &str, depeche_model::Language) -> bool| {
            test(words, &whole, places.language) || test(words, &first, places.language)
        };
        let link = if is(Words::fixes) {
            Link::Static
        } else if is(Words::locates) {
            Link::Motion
        } else {
            Link::Genitive
        };
        return (link, first);
    }
    let link = match token.dep {
        Relation::Obj | Relation::Iobj => Link::Object,
        Relation::Nsubj | Relation::NsubjOuter | Relation::NsubjCaus | Relation::Csubj | Relation::OblAgent => {
            Link::Subject
        }
        _ => Link::Bare,
    };
    (link, String::new())
}
