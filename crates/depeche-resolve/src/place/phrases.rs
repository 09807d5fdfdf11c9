//! Phrases that tell a place: a name or a common noun, with the preposition that puts something there.
//!
//! "dans la région de Koursk" is one phrase: its head is "région", the name in it is Koursk, its preposition is "dans".
//! "le parvis du ministère" has no name at all, and yet it is where the crowd stood.

use depeche_model::{Country, Parsed, Relation, Span, Upos};

use super::{Kind, Places, Resolved, words::Words};

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

impl Link {
    /// Its name in features.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::Motion => "motion",
            Self::Genitive => "genitive",
            Self::Object => "object",
            Self::Bare => "bare",
            Self::Subject => "subject",
        }
    }
}

/// One phrase.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// Token that hangs on the governor.
    pub head: u32,
    /// What the phrase is called in the text.
    pub span: Span,
    pub link: Link,
    /// The name in it, by its number among [`Places::toponyms`].
    pub name: Option<u32>,
    /// Sort of the place that it names; none for a common noun, and for a name that no table has.
    pub kind: Option<Kind>,
    /// State that the phrase tells; none where it tells none.
    pub country: Option<Country>,
    /// It lies between states: "the Thai-Cambodian border".
    pub shared: bool,
}

/// Every phrase of a sentence that tells a place, in text order.
pub(super) fn phrases(places: &Places<'_>, sentence: (u32, u32)) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    let mut taken: Vec<(u32, u32)> = Vec::new();
    for (number, name) in (0..).zip(&places.toponyms) {
        if sentence.0 <= name.tokens.0 && name.tokens.1 <= sentence.1 {
            taken.push(name.tokens);
            found.push(named(places, number, name));
        }
    }
    for token in sentence.0..sentence.1 {
        let common = places.parsed.tokens[token as usize].upos == Upos::Noun;
        let free = || !taken.iter().any(|t| (t.0..t.1).contains(&token)) && !found.iter().any(|p| p.head == token);
        if common && (is_site(places, token) || points_back(places, token)) && free() {
            found.extend(common_noun(places, token));
        }
    }
    found.sort_by_key(|p| p.head);
    found
}

/// The phrase of a name. "la ville de Koursk", "les faubourgs de Ras al-Aïn", "the streets of Kyiv": the common noun takes
/// over as its head, for it is what the act hangs on.
fn named(places: &Places<'_>, number: u32, name: &Resolved) -> Phrase {
    let parsed = places.parsed;
    let mut head = name.head;
    for _ in 0..3 {
        let token = &parsed.tokens[head as usize];
        let up = token.head;
        let joins = matches!(
            token.dep,
            Relation::Nmod | Relation::Appos | Relation::FlatName | Relation::Flat | Relation::Compound
        );
        let located = head == name.head && !matches!(link(places, name.tokens.0, head), Link::Genitive | Link::Bare);
        if !joins || located || up == head || !is_place_noun(places, up) {
            break;
        }
        head = up;
    }
    let first = if head == name.head { name.tokens.0 } else { head };
    let mut link = link(places, first, head);
    // A list of places shares the preposition of its first member.
    if link == Link::Bare && parsed.tokens[head as usize].dep == Relation::Conj {
        let up = parsed.tokens[head as usize].head;
        link = self::link(places, up, up);
    }
    Phrase { head, span: name.span, link, name: Some(number), kind: name.kind, country: name.country, shared: false }
}

fn common_noun(places: &Places<'_>, token: u32) -> Option<Phrase> {
    let link = link(places, token, token);
    // "In prison" and "à terre" are states, not places; a place has an article, an adjective or an owner.
    let said = places.parsed.children(token).map(|(c, _)| c).any(|c| {
        let child = &places.parsed.tokens[c as usize];
        matches!(child.dep, Relation::Det | Relation::Amod | Relation::NmodPoss | Relation::Compound)
    });
    if !said || matches!(link, Link::Subject | Link::Bare) {
        return None;
    }
    let told = told_by_adjectives(places, token);
    Some(Phrase {
        head: token,
        span: said_so(places, token),
        link,
        name: None,
        kind: None,
        country: told.first().copied().filter(|_| told.len() == 1),
        shared: told.len() > 1,
    })
}

/// Whether a noun stands for a place named before: "cette zone frontalière", "those valleys".
fn points_back(places: &Places<'_>, token: u32) -> bool {
    let points = |c: u32| Words::get().demonstrates(places.parsed.text(places.whole, c), places.language);
    is_place_noun(places, token) && places.parsed.children(token).any(|(c, _)| c < token && points(c))
}

/// What a place without a name is called: the noun, with the demonstrative before it and the adjectives after, if it points back.
fn said_so(places: &Places<'_>, token: u32) -> Span {
    let (parsed, noun) = (places.parsed, places.parsed.tokens[token as usize].span);
    if !points_back(places, token) {
        return noun;
    }
    let joined = |t: &u32| {
        let child = &parsed.tokens[*t as usize];
        child.head == token && matches!(child.dep, Relation::Det | Relation::Amod)
    };
    let first = (0..token).rev().take_while(joined).last().unwrap_or(token);
    let last = (token + 1..parsed.tokens.len() as u32).take_while(joined).last().unwrap_or(token);
    parsed.span(first, last + 1)
}

/// The states of the adjectives on a noun: "le désert tchadien", "the Thai-Cambodian border".
fn told_by_adjectives(places: &Places<'_>, noun: u32) -> Vec<Country> {
    let mut told = Vec::new();
    for child in places.parsed.children(noun).map(|(c, _)| c) {
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

/// Whether a noun is a word for a place, its sort or a part of it.
fn is_place_noun(places: &Places<'_>, token: u32) -> bool {
    let lemma = &places.parsed.tokens[token as usize].lemma;
    let words = Words::get();
    words.is_sort(lemma, places.language) || words.is_part(lemma, places.language) || is_site(places, token)
}

/// How the phrase of `head`, whose name or noun begins at `first`, is linked.
///
/// The preposition is read from the text and not from the tree: parsers take "au large de" and "près de" apart in a
/// dozen ways.
fn link(places: &Places<'_>, first: u32, head: u32) -> Link {
    let parsed = places.parsed;
    let opening = parsed.sentences.get(parsed.sentence_of(head)).map_or(0, |s| s.0);
    let mut start = first;
    while start > opening && belongs(parsed, start - 1, head) {
        start -= 1;
    }
    if start > opening && (parsed.tokens[start as usize - 1].upos == Upos::Adp || contracted(places, start - 1)) {
        let words = Words::get();
        for length in (1..=4.min(start - opening)).rev() {
            let text = super::fold::fold(parsed.span(start - length, start).of(places.whole));
            let text = match text.rsplit_once(' ') {
                Some((before, "du" | "des" | "d")) => format!("{before} de"),
                _ => text,
            };
            if words.fixes(&text, places.language) {
                return Link::Static;
            }
            if words.locates(&text, places.language) {
                return Link::Motion;
            }
            if length == 1 {
                return Link::Genitive;
            }
        }
    }
    match parsed.tokens[head as usize].dep {
        Relation::Obj | Relation::Iobj => Link::Object,
        Relation::Nsubj | Relation::NsubjOuter | Relation::NsubjCaus | Relation::Csubj | Relation::OblAgent => {
            Link::Subject
        }
        _ => Link::Bare,
    }
}

/// Whether a token stands between the preposition and the head of a phrase: its article, adjective or number.
fn belongs(parsed: &Parsed, token: u32, head: u32) -> bool {
    let word = &parsed.tokens[token as usize];
    let own =
        word.head == head || parsed.tokens.get(word.head as usize).is_some_and(|t| t.head == head && word.head > token);
    own && !matches!(word.upos, Upos::Adp | Upos::Verb | Upos::Aux | Upos::Punct | Upos::Cconj | Upos::Sconj)
}

/// "au" and "du" are prepositions whatever the tagger makes of them.
fn contracted(places: &Places<'_>, token: u32) -> bool {
    let text = places.parsed.text(places.whole, token);
    places.language == depeche_model::Language::French
        && matches!(text.to_lowercase().as_str(), "au" | "aux" | "du" | "des")
}
