//! Puts one mention's fields together.

use depeche_lexicon::Lexicon;
use depeche_model::{
    Attribution, Cast, DateSpan, Entity, Event, EventType, Language, Mention, Mode, Parsed, Party, PartyKind, Role,
    Sector, Span, Spans, Status, Tree, Upos, plover,
};
use jiff::civil::Date;

use super::{Draft, content, contexts, merge};
use crate::{attribution, place, quantity, status, when};

/// What assembling reads: one article's analysis.
pub struct Assembler<'a> {
    /// Title, line feed, text.
    pub whole: &'a str,
    /// Bytes of the title.
    pub title: Span,
    /// Language.
    pub language: Language,
    /// Day of publication.
    pub published: Option<Date>,
    /// The parse.
    pub parsed: &'a Parsed,
    /// Its tree.
    pub tree: &'a Tree<'a>,
    /// Parties.
    pub cast: &'a Cast,
    /// Word classes.
    pub lexicon: &'a Lexicon,
    /// Temporal expressions on the calendar.
    pub times: Vec<when::Timed>,
    /// Places.
    pub places: place::Places<'a>,
    /// Numbers.
    pub quantities: Vec<quantity::Quantity>,
}

/// Events of an article, in text order, each told once.
pub fn assemble(analysis: &Assembler<'_>, article_id: &str, mentions: &[Mention]) -> Vec<Event> {
    let drafts = mentions.iter().filter_map(|mention| analysis.draft(mention)).collect();
    let mut events: Vec<Event> = merge(drafts).into_iter().map(|draft| draft.event).collect();
    for (n, event) in events.iter_mut().enumerate() {
        event.id = format!("{article_id}#{}", n + 1);
    }
    events
}

struct When {
    date: Option<DateSpan>,
    span: Option<Span>,
    told: bool,
}

impl Assembler<'_> {
    fn draft(&self, mention: &Mention) -> Option<Draft> {
        let classes = self.lexicon.classes(self.language);
        let status_reader = status::Reader { whole: self.whole, parsed: self.parsed, tree: self.tree, classes };
        let modality = status_reader.modality(mention.trigger, &mention.words);
        let source = self.source(mention);
        let when = self.when(mention);
        let (event, status) =
            status::settle(mention.event, modality, when.date, when.told, self.published, source.is_some());
        let plan = self.is_plan(mention, event, modality);
        let date = self.date(&when, plan, status);
        let (mut actors, mut recipients) = (self.side(mention, Role::Actor), self.side(mention, Role::Recipient));
        self.victims(event, &mut recipients);
        self.arms(event, &mut actors);
        if mention.mutual && event != EventType::Consult {
            actors.append(&mut recipients);
        }
        if actors.is_empty() && recipients.is_empty() {
            return None;
        }
        let mut modes = if event == mention.event { mention.modes.clone() } else { Vec::new() };
        let mut contexts = mention.contexts.clone();
        contexts::add(self.tree, self.whole, classes, mention.clause, event, &mut modes, &mut contexts);
        if modes.is_empty() {
            modes.extend(content::mode(event, self.tree, self.whole, classes, mention.trigger, mention.clause));
        }
        let act = when::Act { trigger: mention.trigger, clause: mention.clause, event };
        let numbers = quantity::attach(self.parsed, self.whole, self.language, act, &modes, &self.quantities);
        // A promise has the place of what it promises only where the plan itself is told (settled case 2); a call has none.
        let nowhere = event == EventType::Agree && !plan || modes.contains(&Mode::Phone);
        let place = if nowhere { None } else { self.places.attach(mention.trigger, mention.clause, event) };
        let evidence = self.evidence(mention);
        let entry = plover::cameo(&mention.cameo);
        let plover_score = modes.first().map_or(event.score(), |&mode| event.score_in(mode));
        let spans = Spans {
            evidence,
            trigger: self.tree.token(mention.trigger).span,
            actors: actors.iter().map(|a| a.span).collect(),
            recipients: recipients.iter().map(|r| r.span).collect(),
            date: when.span,
            place: place.as_ref().map(|p| p.span),
            attribution: source.map(|s| s.span),
        };
        let event = Event {
            id: String::new(),
            event,
            modes,
            contexts,
            actors,
            recipients,
            date,
            place: place.map(|p| p.place),
            status,
            attribution: source.map(|s| self.attribution(s)),
            size: numbers.size,
            dead: numbers.dead,
            injured: numbers.injured,
            evidence: evidence.of(self.whole).to_owned(),
            cameo: mention.cameo.clone(),
            quad: event.quad(),
            goldstein: entry.map_or(0.0, |e| e.goldstein),
            plover_score,
            confidence: (f64::from(mention.confidence) * 1000.0).round() / 1000.0,
            rule: mention.rule.clone(),
            spans,
        };
        let headline = self.title.contains(evidence);
        let verb = self.tree.token(mention.trigger).upos == Upos::Verb;
        Some(Draft { event, dated: when.told, headline, mutual: mention.mutual, words: self.words(mention), verb })
    }

    fn source(&self, mention: &Mention) -> Option<attribution::Source> {
        let classes = self.lexicon.classes(self.language);
        let reader =
            attribution::Reader { whole: self.whole, parsed: self.parsed, tree: self.tree, cast: self.cast, classes };
        let actors: Vec<u32> = mention.fillers(Role::Actor).collect();
        reader.source(mention.trigger, mention.event, &actors)
    }

    fn attribution(&self, source: attribution::Source) -> Attribution {
        let country =
            source.party.and_then(|index| self.cast.parties.get(index as usize)).and_then(|party| party.country);
        Attribution { text: source.span.of(self.whole).to_owned(), country }
    }

    fn when(&self, mention: &Mention) -> When {
        let act = when::Act { trigger: mention.trigger, clause: mention.clause, event: mention.event };
        let found = when::attach(self.parsed, act, &self.times, self.published);
        match found {
            Some(found) => When { date: Some(found.dates), span: found.span, told: found.explicit },
            None => When { date: None, span: None, told: false },
        }
    }

    fn side(&self, mention: &Mention, role: Role) -> Vec<Entity> {
        let mut out: Vec<Entity> = Vec::new();
        for head in mention.fillers(role) {
            let Some(party) = self.cast.at(head) else { continue };
            for entity in self.entities(party) {
                let twice = out.iter().any(|e| e.text == entity.text && e.country == entity.country);
                if !twice {
                    out.push(entity);
                }
            }
        }
        out
    }

    /// A party as entities: a plural one as its members, one with several countries as one entity for each.
    fn entities(&self, party: &Party) -> Vec<Entity> {
        if !party.members.is_empty() {
            let members = party.members.iter().filter_map(|&m| self.cast.parties.get(m as usize));
            return members.map(|member| self.entity(member, member.country)).collect();
        }
        let mut all = vec![self.entity(party, party.country)];
        all.extend(party.also.iter().map(|&country| self.entity(party, Some(country))));
        all
    }

    fn entity(&self, party: &Party, country: Option<depeche_model::Country>) -> Entity {
        Entity {
            text: party.span.of(self.whole).to_owned(),
            country,
            sector: party.sector,
            name: (!party.entry.is_empty()).then(|| party.entry.clone()),
            wikidata: party.wikidata.clone(),
            span: Some(party.span),
        }
    }

    /// A place or people that is hit stands for the persons in it (GUIDELINES.md, settled case 12).
    fn victims(&self, event: EventType, recipients: &mut [Entity]) {
        if event != EventType::Assault {
            return;
        }
        for entity in recipients.iter_mut().filter(|e| e.sector == Sector::Gov) {
            let place = self.cast.parties.iter().any(|p| Some(p.span) == entity.span && p.kind == PartyKind::Place);
            if place {
                entity.sector = Sector::Cvl;
            }
        }
    }

    /// A state that uses or moves force does so by its army (the gold codes it MIL).
    fn arms(&self, event: EventType, actors: &mut [Entity]) {
        if !matches!(event, EventType::Assault | EventType::Mobilize) {
            return;
        }
        for entity in actors.iter_mut().filter(|e| e.sector == Sector::Gov) {
            let state =
                |p: &&Party| Some(p.span) == entity.span && matches!(p.kind, PartyKind::State | PartyKind::Adjective);
            if self.cast.parties.iter().any(|p| state(&p)) {
                entity.sector = Sector::Mil;
            }
        }
    }

    /// Whether an AGREE is the plan itself, not the promise of it: an act still to come, a rule that tells plans, or a word
    /// of its pattern that says so ("se prépare à", "doit", "is due").
    fn is_plan(&self, mention: &Mention, event: EventType, modality: status::Modality) -> bool {
        let classes = self.lexicon.classes(self.language);
        let word = || mention.words.iter().any(|&at| classes.is("coming", &self.tree.token(at).lemma));
        let rule = || self.lexicon.rule(&mention.rule).is_some_and(|rule| rule.plan);
        event == EventType::Agree && (mention.event != event || modality.coming || word() || rule())
    }

    /// The days of an act. A plan that tells none has none (settled case 2); nor has background, whose day of publication
    /// is that of its telling.
    fn date(&self, when: &When, plan: bool, status: Status) -> Option<DateSpan> {
        let background = status == Status::Historical && !status::is_background(when.date, self.published);
        when.date.filter(|_| when.told || !(plan || background))
    }

    fn evidence(&self, mention: &Mention) -> Span {
        let (first, end) = mention.clause;
        let sentence =
            self.parsed.sentences.get(self.parsed.sentence_of(mention.trigger)).copied().unwrap_or((first, end));
        self.parsed.span(first.max(sentence.0), end.min(sentence.1))
    }

    fn words(&self, mention: &Mention) -> Vec<String> {
        let (first, end) = mention.clause;
        let content = |at: &u32| {
            matches!(self.tree.token(*at).upos, Upos::Noun | Upos::Verb | Upos::Propn | Upos::Num | Upos::Adj)
        };
        let mut words: Vec<String> =
            (first..end).filter(content).map(|at| self.tree.token(at).lemma.to_lowercase().into()).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}
