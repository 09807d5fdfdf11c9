//! Which place of a name is meant.
//!
//! Every candidate starts from its size. What the text says outright weighs most: a container beside the name
//! ("Tripoli, au Liban", "Paris, Texas"), an adjective before it ("the Kenyan city of Mombasa"), the word for its sort
//! ("province de Koursk"). The states that the article speaks of come next, then places that lie near each other.

use depeche_model::{Country, Language};

use super::{
    Candidate, Context, Gazetteer, Kind, Resolved, Source, Toponym, context::adjectives, distance, words::Words,
};

/// Weight of a container that the text names beside the place.
const CONTAINED: f64 = 5.0;
/// Weight of a state that stands near in the same sentence.
const BESIDE: f64 = 1.5;
/// Weights of a state that the article names at all, and of its share.
const NAMED: (f64, f64) = (1.2, 1.8);
/// Weight of another place within so many kilometres, the nearest first; and whether it must be sure itself.
const NEIGHBOURS: [(f64, f64, bool); 3] = [(60.0, 1.5, true), (30.0, 1.2, false), (350.0, 0.7, true)];
/// Weight of what the text says of the same name elsewhere in the article.
const SAID_ELSEWHERE: f64 = 4.0;
/// A place smaller than this, in a state that the article does not speak of, is not meant: it only bears the name.
const STRAY: f64 = 4.3;
/// Weight of the word for a sort of place.
const SORT: f64 = 2.0;

/// A place by name, with what else it could have been.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The likeliest place; none where no table has the name.
    pub best: Option<Resolved>,
    /// Every place of the name, likeliest first.
    pub candidates: Vec<Candidate>,
}

impl Gazetteer {
    /// What a name means in a context, and why.
    pub fn explain(&self, name: &str, language: Language, context: &Context) -> Answer {
        let candidates = self.lookup(name, language);
        let span = depeche_model::Span::new(0, name.len() as u32);
        let toponym = Toponym { span, tokens: (0, 1), head: 0, candidates: candidates.clone() };
        let best = resolve(self, &[toponym], name, language, context).pop();
        Answer { best: best.filter(|b| b.kind.is_some()), candidates }
    }
}

/// Decides every toponym of an article; the result has one place for each, in the same order.
pub fn resolve(
    gazetteer: &Gazetteer,
    toponyms: &[Toponym],
    whole: &str,
    language: Language,
    context: &Context,
) -> Vec<Resolved> {
    let scene = Scene { gazetteer, toponyms, whole, language, context };
    let firm: Vec<Option<&Candidate>> = toponyms.iter().map(firm).collect();
    let around: Vec<Around<'_>> = (0..toponyms.len()).map(|index| scene.around(index)).collect();
    (0..toponyms.len()).map(|index| scene.decide(index, &around, &firm)).collect()
}

/// The candidate of a name that can hardly mean another: it outweighs the next by far.
fn firm(toponym: &Toponym) -> Option<&Candidate> {
    let first = toponym.candidates.first()?;
    let second = toponym.candidates.get(1).map_or(0.0, Candidate::prior);
    (first.kind != Kind::Country && first.prior() - second > 1.5).then_some(first)
}

struct Scene<'a> {
    gazetteer: &'a Gazetteer,
    toponyms: &'a [Toponym],
    whole: &'a str,
    language: Language,
    context: &'a Context,
}

/// The reason given where the text itself decides.
const TOLD: &str = "the text says what it lies in";

/// What the text around a name says of it.
struct Around<'a> {
    /// A container stands beside it: a state, and its region where it is one.
    container: Vec<&'a Candidate>,
    /// A state's adjective stands before it.
    adjective: Option<Country>,
    /// States named in the same sentence.
    beside: Vec<Country>,
    /// The sort of place that the word before it tells.
    sort: Option<Kind>,
}

impl Around<'_> {
    /// Whether the text says outright what the place lies in.
    fn is_told(&self) -> bool {
        !self.container.is_empty() || self.adjective.is_some()
    }

    /// Whether the text says outright that the place is this one.
    fn tells(&self, c: &Candidate) -> bool {
        self.container.iter().any(|holder| holds(holder, c))
            || (self.adjective.is_some() && self.adjective == c.country)
    }
}

impl Scene<'_> {
    fn decide(&self, index: usize, around: &[Around<'_>], firm: &[Option<&Candidate>]) -> Resolved {
        let toponym = &self.toponyms[index];
        let elsewhere = self.elsewhere(index, around);
        let around = &around[index];
        let mut ranked: Vec<(f64, &'static str, &Candidate)> = toponym
            .candidates
            .iter()
            .map(|candidate| {
                let (score, reason) = self.score(candidate, around, index, firm);
                let told = elsewhere.iter().any(|a| a.tells(candidate));
                if told { (score + SAID_ELSEWHERE, TOLD, candidate) } else { (score, reason, candidate) }
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        // "Malakoff, Texas" is not the Malakoff by Paris, even if no table has the Texan one.
        let foreign = |c: &Candidate| {
            let stray = c.prior() < STRAY && c.country.is_none_or(|country| self.context.weight(country) == 0.0);
            c.source == Source::GeoNames
                && ((around.is_told() && !around.tells(c)) || (stray && !around.tells(c) && elsewhere.is_empty()))
        };
        match ranked.first() {
            Some(&(score, reason, best)) if !foreign(best) => {
                let other =
                    ranked.iter().skip(1).find(|(_, _, c)| c.country != best.country || distance(c, best) > 50.0);
                known(toponym, best, score, reason, other.map(|&(s, _, c)| (s, c)))
            }
            _ => self.unknown(toponym, around),
        }
    }

    /// What the text says of the same name elsewhere, where it says nothing here.
    fn elsewhere<'b>(&self, index: usize, around: &'b [Around<'b>]) -> Vec<&'b Around<'b>> {
        let name = self.toponyms[index].span.of(self.whole);
        let same = |other: usize| other != index && self.toponyms[other].span.of(self.whole).eq_ignore_ascii_case(name);
        if around[index].is_told() {
            return Vec::new();
        }
        around.iter().enumerate().filter(|(other, a)| a.is_told() && same(*other)).map(|(_, a)| a).collect()
    }

    fn score(
        &self,
        c: &Candidate,
        around: &Around<'_>,
        index: usize,
        firm: &[Option<&Candidate>],
    ) -> (f64, &'static str) {
        let mut parts = vec![(c.prior(), "size")];
        if around.tells(c) {
            parts.push((CONTAINED, TOLD));
        }
        if c.country.is_some_and(|country| around.beside.contains(&country)) {
            parts.push((BESIDE, "its state stands in the sentence"));
        }
        if around.sort.is_some_and(|sort| (sort == Kind::Region) == (c.kind == Kind::Region)) {
            parts.push((SORT, "the word before it tells its sort"));
        }
        let weight = c.country.map_or(0.0, |country| self.context.weight(country));
        if weight > 0.0 {
            parts.push((NAMED.0 + NAMED.1 * weight, "the article speaks of its state"));
        }
        if let Some(weight) = self.neighbour(c, index, firm) {
            parts.push((weight, "it lies near another place of the article"));
        }
        let score = parts.iter().map(|p| p.0).sum();
        let reason = parts.iter().skip(1).max_by(|a, b| a.0.total_cmp(&b.0)).map_or("greatest of its name", |p| p.1);
        (score, reason)
    }

    /// Weight of the nearest other place: one that is sure may be far, one that is not must be close by.
    fn neighbour(&self, c: &Candidate, index: usize, firm: &[Option<&Candidate>]) -> Option<f64> {
        if c.kind == Kind::Country {
            return None;
        }
        let others = |reach: f64, sure: bool| {
            let mut rest = self.toponyms.iter().zip(firm).enumerate().filter(|&(other, _)| other != index);
            rest.any(|(_, (toponym, firm))| {
                let possible = if sure { firm.as_slice() } else { &toponym.candidates.iter().collect::<Vec<_>>()[..] };
                possible.iter().any(|o| o.kind != Kind::Country && o.name != c.name && distance(o, c) < reach)
            })
        };
        NEIGHBOURS.iter().find(|(reach, _, sure)| others(*reach, *sure)).map(|n| n.1)
    }

    fn around(&self, index: usize) -> Around<'_> {
        let span = self.toponyms[index].span;
        let start = sentence_start(self.whole, span.start as usize);
        let before = self.whole.get(start..span.start as usize).unwrap_or_default();
        let close = tail(before, 45);
        let adjective = adjectives(self.gazetteer, close, self.language).pop().map(|(country, _)| country);
        let beside = self.toponyms.iter().enumerate().filter(|&(other, t)| {
            other != index && t.span.start.abs_diff(span.start) < 80 && t.span.start as usize >= start
        });
        Around {
            container: self.container(index),
            adjective: adjective.filter(|_| Words::get().leads_to_name(close, self.language)),
            beside: beside
                .filter_map(|(_, t)| t.candidates.first().filter(|c| c.kind == Kind::Country)?.country)
                .collect(),
            sort: Words::get().sort_before(before, self.language),
        }
    }

    /// What the text names right after a place as holding it: "Tripoli, au Liban", "Odessa, grand port du sud de l'Ukraine".
    fn container(&self, index: usize) -> Vec<&Candidate> {
        let here = self.toponyms[index].span;
        let mut found = Vec::new();
        // "China, Japan" is a list.
        if self.toponyms[index].candidates.first().is_some_and(|c| c.kind == Kind::Country && c.main) {
            return found;
        }
        for next in self.toponyms.iter().skip(index + 1).take(2) {
            let gap = self.whole.get(here.end as usize..next.span.start as usize).unwrap_or("\n");
            if gap.len() > 48 || !Words::is_containing(gap, self.language) {
                break;
            }
            found.extend(next.candidates.iter().filter(|c| matches!(c.kind, Kind::Country | Kind::Region)));
        }
        found
    }

    /// A name that no table has: its state is what the text says of it, or nothing.
    fn unknown(&self, toponym: &Toponym, around: &Around<'_>) -> Resolved {
        let holder = around.container.iter().find(|c| c.kind == Kind::Country).or(around.container.first());
        let country = around.adjective.or_else(|| holder.and_then(|c| c.country));
        Resolved {
            span: toponym.span,
            tokens: toponym.tokens,
            head: toponym.head,
            name: toponym.span.of(self.whole).into(),
            kind: None,
            country,
            region: compact_str::CompactString::default(),
            point: None,
            geonameid: None,
            score: 0.0,
            runner_up: None,
            reason: if country.is_some() { "in no table; the text names its state" } else { "in no table" }.to_owned(),
        }
    }
}

/// Whether a container can hold a candidate: a state what lies in it, a region what is said to or lies near its middle.
fn holds(holder: &Candidate, c: &Candidate) -> bool {
    if holder.country != c.country || c.kind == Kind::Country {
        return false;
    }
    if holder.kind == Kind::Country {
        return true;
    }
    let named = !c.region.is_empty() && (c.region == holder.name || c.region == holder.region);
    c.kind != Kind::Region && (named || (c.region.is_empty() && distance(holder, c) < 300.0))
}

fn known(toponym: &Toponym, best: &Candidate, score: f64, reason: &str, other: Option<(f64, &Candidate)>) -> Resolved {
    Resolved {
        span: toponym.span,
        tokens: toponym.tokens,
        head: toponym.head,
        name: best.name.clone(),
        kind: Some(best.kind),
        country: best.country,
        region: best.region.clone(),
        point: Some((best.lat, best.lon)),
        geonameid: best.geonameid,
        score,
        runner_up: other.map(|(score, c)| {
            let country = c.country.map_or_else(|| "no state".to_owned(), |c| c.to_string());
            let region = if c.region.is_empty() { String::new() } else { format!(", {}", c.region) };
            format!("{}{region} ({country}), {score:.1} against {:.1}", c.name, score.max(0.0))
        }),
        reason: reason.to_owned(),
    }
}

/// Where the sentence that holds a byte begins, as far as marks tell.
fn sentence_start(whole: &str, at: usize) -> usize {
    let before = whole.get(..at).unwrap_or_default();
    before.rfind(['\n', '!', '?', ';']).max(before.rfind(". ")).map_or(0, |i| i + 1)
}

/// The last bytes of a text, cut at a character.
fn tail(text: &str, bytes: usize) -> &str {
    let from = (text.len().saturating_sub(bytes)..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    &text[from..]
}
