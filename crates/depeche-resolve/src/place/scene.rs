//! The scene that an act is told in: places named before it, for a sentence that names none.

use depeche_model::Parsed;

use super::{
    Kind, Places, Resolved,
    features::{Frame, Option_},
    phrases::{Link, Phrase},
};

/// How many sentences back a scene reaches, and how many places it offers.
const REACH: usize = 4;
const OFFERED: usize = 4;

/// Every place of the act's own sentence.
pub(super) fn own<'p>(places: &'p Places<'_>, sentence: usize) -> Vec<Option_<'p>> {
    let line = dateline(places).map(|r| r.span);
    let frame = |p: &Phrase| if line == Some(p.span) { Frame::Dateline } else { Frame::Body };
    of(places, sentence).iter().map(|phrase| Option_ { frame: frame(phrase), phrase, back: 0 }).collect()
}

/// Places that an act may take over: the nearest first, then the headline and the dateline.
pub(super) fn carried<'p>(places: &'p Places<'_>, sentence: usize) -> Vec<Option_<'p>> {
    let body = body_start(places.parsed, places.whole);
    let mut offered: Vec<Option_<'p>> = Vec::new();
    for index in (sentence.saturating_sub(REACH).max(body)..sentence).rev() {
        for phrase in of(places, index).iter().rev().filter(|p| p.name.is_some() && p.link != Link::Subject) {
            if offered.len() < OFFERED && !offered.iter().any(|o| o.phrase.span == phrase.span) {
                offered.push(Option_ { phrase, back: (sentence - index) as u32, frame: Frame::Body });
            }
        }
    }
    if sentence > 0 {
        let mut title = (0..body.min(sentence)).flat_map(|s| of(places, s)).filter(|p| p.name.is_some());
        offered.extend(title.next().map(|phrase| Option_ { phrase, back: 9, frame: Frame::Title }));
        let line = dateline(places).and_then(|r| {
            of(places, places.parsed.sentence_of(r.head)).iter().find(|p| p.name.is_some() && p.span == r.span)
        });
        offered.extend(line.map(|phrase| Option_ { phrase, back: 9, frame: Frame::Dateline }));
    }
    offered
}

fn of<'p>(places: &'p Places<'_>, sentence: usize) -> &'p [Phrase] {
    places.phrases.get(sentence).map(Vec::as_slice).unwrap_or_default()
}

/// The first sentence after the headline.
fn body_start(parsed: &Parsed, whole: &str) -> usize {
    let title = whole.find('\n').unwrap_or(0) as u32;
    parsed
        .sentences
        .iter()
        .position(|s| parsed.tokens.get(s.0 as usize).is_some_and(|t| t.span.start >= title))
        .unwrap_or(0)
}

/// "ISTANBUL, July 22 —": a place in capitals at the start of the text.
pub(super) fn dateline<'p>(places: &'p Places<'_>) -> Option<&'p Resolved> {
    let title = places.whole.find('\n').unwrap_or(0) as u32;
    let first = places.toponyms.iter().find(|r| r.span.start >= title)?;
    let name = first.span.of(places.whole);
    let shouted = name.chars().filter(|c| c.is_alphabetic()).count() > 2 && !name.chars().any(char::is_lowercase);
    (shouted && first.kind != Some(Kind::Country) && first.span.start <= title + 3).then_some(first)
}
