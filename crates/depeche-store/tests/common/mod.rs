//! Articles and events drawn at random, the same for the same seed.
#![allow(dead_code, clippy::cast_possible_wrap)] // each test uses its part; the numbers are small

use depeche_model::{
    Article, Attribution, Coded, Context, Country, DateSpan, Entity, Event, EventType, Language, Mode, Place, Range,
    Sector, Span, Spans, Status,
};
use jiff::{ToSpan as _, civil::Date};

/// A small generator of numbers (`SplitMix64`).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(3) > 0).then(|| make(self))
    }
}

const WORDS: &[&str] = &[
    "obus",
    "drones",
    "dans",
    "la",
    "nuit",
    "École",
    "l’Élysée",
    "ministre",
    "shells",
    "envoie",
    "the",
    "minister",
    "said",
    "troops",
    "réunion",
    "naïve",
    "Odesa",
    "3 000",
];

/// One of few articles, now and then with other words than before.
pub fn world(dice: &mut Dice) -> Coded {
    let id = format!("a-{}", dice.below(60));
    let text: Vec<&str> = (0..12).map(|_| dice.pick(WORDS)).collect();
    let number = dice.below(3);
    let article = Article {
        language: dice.pick(&Language::ALL),
        published: dice.maybe(day),
        title: if dice.below(4) == 0 { String::new() } else { format!("Drones dans la nuit, {number}") },
        text: if dice.below(3) == 0 { "Des obus, des drones dans la nuit.".to_owned() } else { text.join(" ") },
        url: (number > 0).then(|| format!("https://example.org/{number}")),
        publisher: dice.maybe(|d| d.pick(&["La Gazette du fleuve", "Kyodo", "Agence"]).to_owned()),
        id,
    };
    let events = (0..dice.below(4)).map(|n| event(dice, &format!("{}#{}", article.id, n + 1))).collect();
    Coded { article, events }
}

fn day(dice: &mut Dice) -> Date {
    jiff::civil::date(2024, 1, 1).saturating_add((dice.below(330) as i64).days())
}

fn span(dice: &mut Dice) -> Span {
    let start = dice.below(100) as u32;
    Span::new(start, start + 5)
}

fn entity(dice: &mut Dice) -> Entity {
    let country = dice.maybe(|d| Country::new(d.pick(&["RUS", "UKR", "FRA", "MLI", "PRK"])).unwrap());
    let named = dice.below(3) == 0;
    Entity {
        text: dice.pick(&["Moscou", "le ministre", "L’armée", "Sergueï Lavrov"]).to_owned(),
        country,
        sector: dice.pick(&[Sector::Gov, Sector::Mil, Sector::Cvl, Sector::Reb]),
        name: named.then(|| "Sergei Lavrov".to_owned()),
        wikidata: named.then(|| "Q58217".to_owned()),
        span: dice.maybe(span),
    }
}

fn range(dice: &mut Dice) -> Range {
    let min = dice.below(10);
    Range { min: Some(min), max: dice.maybe(|_| min + 3) }
}

/// An event of that id.
pub fn event(dice: &mut Dice, id: &str) -> Event {
    let actors: Vec<Entity> = (0..=dice.below(2)).map(|_| entity(dice)).collect();
    let recipients: Vec<Entity> = (0..dice.below(3)).map(|_| entity(dice)).collect();
    let kind = dice.pick(EventType::ALL);
    let start = dice.maybe(day);
    let own = |side: &[Entity]| side.iter().map(|entity| entity.span).collect();
    let spans = Spans {
        evidence: span(dice),
        trigger: span(dice),
        actors: if dice.below(5) == 0 { vec![None; actors.len()] } else { own(&actors) },
        recipients: own(&recipients),
        date: dice.maybe(span),
        place: dice.maybe(span),
        attribution: dice.maybe(span),
    };
    Event {
        id: id.to_owned(),
        event: kind,
        modes: kind.modes().first().copied().into_iter().chain((dice.below(6) == 0).then_some(Mode::Drone)).collect(),
        contexts: if dice.below(2) == 0 { Vec::new() } else { vec![Context::Military, Context::HumanRights] },
        actors,
        recipients,
        date: start.map(|start| DateSpan { start, end: start.tomorrow().unwrap() }),
        place: dice.maybe(place),
        status: dice.pick(&[Status::Actual, Status::Actual, Status::Future, Status::Negated]),
        attribution: dice.maybe(|d| Attribution {
            text: d.pick(&["le ministère russe", "officials"]).to_owned(),
            country: d.maybe(|_| Country::new("RUS").unwrap()),
        }),
        size: dice.maybe(range),
        dead: dice.maybe(range),
        injured: dice.maybe(|_| Range { min: None, max: Some(7) }),
        evidence: "Des obus, des drones".to_owned(),
        cameo: dice.pick(&["190", "036", "1831"]).to_owned(),
        quad: kind.quad(),
        goldstein: dice.pick(&[-10.0, 3.4, 7.4]),
        plover_score: 1.5,
        confidence: dice.below(100) as f64 / 100.0,
        rule: format!("rule-{}", dice.below(5)),
        spans,
    }
}

fn place(dice: &mut Dice) -> Place {
    Place {
        text: dice.pick(&["Odesa", "Bamako"]).to_owned(),
        country: dice.maybe(|d| Country::new(d.pick(&["UKR", "MLI"])).unwrap()),
        region: dice.maybe(|_| "Nord".to_owned()),
        lat: dice.maybe(|_| 46.5),
        lon: dice.maybe(|_| 30.7),
        geonameid: dice.maybe(|_| 698_740),
    }
}
