//! What describes a phrase as the place of an act.
//!
//! A feature is a short text, `name=value`, often with the class of the act before it: force, deed or speech. What a
//! feature is worth is not decided here.

use depeche_model::{EventType, Parsed, Relation, Upos};

use super::{
    Kind, Places,
    phrases::{Link, Phrase, children},
    words::Words,
};

/// A phrase, and how far back it stands.
#[derive(Clone, Debug)]
pub(super) struct Option_<'a> {
    pub phrase: Phrase<'a>,
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

impl<'a> Option_<'a> {
    /// A phrase of the act's own sentence.
    pub fn here(phrase: Phrase<'a>) -> Self {
        Self { phrase, back: 0, frame: Frame::Body }
    }
}

/// The act that a place is sought for.
pub(super) struct Act<'p, 'a> {
    pub places: &'p Places<'a>,
    pub trigger: u32,
    pub clause: (u32, u32),
    pub event: EventType,
    pub sentence: (u32, u32),
}

impl Act<'_, '_> {
    /// Features of "none", then of every option in order.
    pub fn describe(&self, options: &[Option_<'_>]) -> Vec<Vec<String>> {
        let direct = options.iter().any(|o| o.back == 0 && o.phrase.link == Link::Static && self.hangs(&o.phrase));
        let points = self.points_back();
        let mut all = vec![self.none(direct, points)];
        for (index, option) in options.iter().enumerate() {
            let mut features =
                if option.back == 0 { self.here(&option.phrase) } else { self.carried(option, direct, points) };
            features.push(format!("kind={}", kind(&option.phrase)));
            features.push(format!("{}:kind={}", self.class(), kind(&option.phrase)));
            if index > 0 && options[..index].iter().any(|o| o.phrase.span == option.phrase.span) {
                features.push("again".to_owned());
            }
            all.push(features);
        }
        all
    }

    fn none(&self, direct: bool, points: bool) -> Vec<String> {
        let mut features = vec!["none".to_owned(), format!("none:{}", self.event), format!("none:{}", self.class())];
        if direct {
            features.push(format!("none:{}:direct", self.class()));
        }
        if points {
            features.push("none:points".to_owned());
        }
        features
    }

    /// Whether the clause points to a place named before: "there", "sur place", "the town".
    fn points_back(&self) -> bool {
        let (parsed, whole, language) = (self.places.parsed, self.places.whole, self.places.language);
        (self.clause.0..self.clause.1).any(|t| {
            let token = &parsed.tokens[t as usize];
            let definite = || children(parsed, t).any(|c| Words::get().points_with(parsed.text(whole, c), language));
            Words::get().points_back(parsed.text(whole, t), language)
                || (token.upos == Upos::Noun && Words::get().is_sort(&token.lemma, language) && definite())
        })
    }

    fn here(&self, phrase: &Phrase<'_>) -> Vec<String> {
        let class = self.class();
        let path = self.path(phrase.head);
        let inside = (self.clause.0..self.clause.1).contains(&phrase.head);
        let side = if phrase.head < self.trigger { "before" } else { "after" };
        let opens = phrase.head <= self.first_word() + 3;
        let link = format!("{:?}", phrase.link).to_lowercase();
        let mut features = vec![
            format!("link={link}"),
            format!("{class}:link={link}"),
            format!("{}:link={link}", self.event),
            format!("path={}", path.shape),
            format!("{class}:path={}", path.shape),
            format!("link={link},path={}", path.shape),
            format!("via={},link={link}", path.via),
            format!("{class}:via={},link={link}", path.via),
            format!("crossed={}", path.crossed),
            format!("inside={inside},{side}"),
            format!("{class}:inside={inside},{side}"),
            format!("{class}:link={link},inside={inside}"),
        ];
        if !phrase.preposition.is_empty() {
            features.push(format!("prep={}", phrase.preposition));
            features.push(format!("{class}:prep={}", phrase.preposition));
        }
        if opens && phrase.link != Link::Subject {
            features.push(format!("{class}:opens,link={link}"));
        }
        if phrase.link == Link::Static || phrase.link == Link::Motion {
            features.push(format!("{class}:{link},kind={}", kind(phrase)));
        }
        features
    }

    fn carried(&self, option: &Option_<'_>, direct: bool, points: bool) -> Vec<String> {
        let class = self.class();
        let frame = match option.frame {
            Frame::Body => format!("back{}", option.back.min(4)),
            Frame::Dateline => "dateline".to_owned(),
            Frame::Title => "title".to_owned(),
        };
        let link = format!("{:?}", option.phrase.link).to_lowercase();
        let mut features = vec![
            format!("carried={frame}"),
            format!("{class}:carried={frame}"),
            format!("{}:carried", self.event),
            format!("carried:link={link}"),
        ];
        if direct {
            features.push("carried:direct".to_owned());
        }
        if points {
            features.push(format!("carried={frame}:points"));
        }
        features
    }

    fn hangs(&self, phrase: &Phrase<'_>) -> bool {
        self.path(phrase.head).shape.starts_with("down")
    }

    /// Force, deed or speech.
    fn class(&self) -> &'static str {
        match self.event {
            EventType::Assault | EventType::Protest | EventType::Mobilize => "force",
            EventType::Consult
            | EventType::Cooperate
            | EventType::Aid
            | EventType::Retreat
            | EventType::Sanction
            | EventType::Coerce => "deed",
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
            (0, 0) => "down0".to_owned(),
            (down, 0) => format!("down{}", down.min(4)),
            (0 | 1, up) => format!("up{}", up.min(3)),
            _ => "across".to_owned(),
        };
        // The relation by which the branch of the phrase hangs where the two paths meet.
        let branch = meet.checked_sub(1).map_or(Relation::Root, |i| parsed.tokens[mine[i] as usize].dep);
        Route { shape, via: branch.label(), crossed }
    }
}

struct Route {
    shape: String,
    via: &'static str,
    crossed: usize,
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

fn kind(phrase: &Phrase<'_>) -> &'static str {
    match phrase.name.map(|n| n.kind) {
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
