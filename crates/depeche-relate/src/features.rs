//! What is known of a pair of parties in a sentence, as names of features.
//!
//! Four sorts of evidence stand side by side: which rules of the lexicon hold, and whether they make the source the actor and the target
//! the recipient; which types the words could trigger at all, wherever they stand; the words themselves, by where they stand
//! towards the two parties in the line and in the tree; and what sort of party each is. All are plain strings, so that the
//! weights can be read.

use std::collections::BTreeMap;

use depeche_coding::Input;
use depeche_model::{EventType, Feats, Mention, Party, Relation as R, Role, Span, Token, Tree, Upos};

use crate::{
    Pair,
    ties::{Path, Side, above},
};

/// Everything about one pair.
struct View<'a, 't> {
    input: &'t Input<'a>,
    tree: &'t Tree<'a>,
    source: Side,
    target: Side,
    path: Option<Path>,
}

/// What a pair's sentence shows.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Features, each once, in alphabetic order; none where the parties hold no token.
    pub features: Vec<String>,
    /// Every rule that holds in the sentence, the one that fits the pair best first.
    pub witnesses: Vec<Mention>,
}

/// Reads a pair.
pub fn read(input: &Input<'_>, pair: Pair) -> Reading {
    let tree = Tree::new(input.parsed);
    let side = |span: Option<Span>| match span {
        Some(span) => Side::of(input.parsed, &tree, span),
        None => Side::absent(input.parsed, &tree),
    };
    let (Some(source), Some(target)) = (side(pair.source), side(pair.target)) else { return Reading::default() };
    let path = Path::between(&tree, source.head, target.head);
    let view = View { input, tree: &tree, source, target, path };
    let mut out = vec!["bias".to_owned()];
    let mut witnesses = depeche_coding::witnesses(input, &tree);
    witnesses.sort_by(|a, b| view.rank(b).total_cmp(&view.rank(a)));
    view.rules(&witnesses, &mut out);
    view.words(&mut out);
    view.pairs_of_words(&mut out);
    view.ties(&mut out);
    view.parties(&mut out);
    out.sort_unstable();
    out.dedup();
    Reading { features: out, witnesses }
}

impl View<'_, '_> {
    fn lemma(&self, at: u32) -> String {
        plain(self.tree.token(at))
    }

    /// Rules that hold anywhere, the best first, and how their roles lie towards the pair.
    fn rules(&self, found: &[Mention], out: &mut Vec<String>) {
        if let Some(best) = found.first() {
            out.push(format!("best={}", best.event));
            out.push(format!("best={}|{}", best.event, self.fit(best)));
            out.push(format!("bestrule={}", best.rule));
        }
        out.push(format!("rules={}", found.len().min(3)));
        for mention in found {
            out.push(format!("rule={}", mention.rule));
            out.push(format!("holds={}", mention.event));
            out.push(format!("holds={}|{}", mention.event, self.fit(mention)));
            if self.path.as_ref().is_some_and(|p| p.top == mention.trigger) {
                out.push(format!("top={}", mention.event));
            }
        }
    }

    /// Rank of a match for this pair: its own, more where its roles are the marked parties.
    fn rank(&self, mention: &Mention) -> f32 {
        mention.score + self.agreement(mention)
    }

    fn agreement(&self, mention: &Mention) -> f32 {
        let one = |role, side: &Side| f32::from(u8::from(mention.fillers(role).any(|at| side.holds(at))));
        let mutual = if mention.mutual { one(Role::Actor, &self.target) } else { 0.0 };
        let swapped = one(Role::Actor, &self.target) + one(Role::Recipient, &self.source);
        2.0 * (one(Role::Actor, &self.source) + one(Role::Recipient, &self.target).max(mutual)) - swapped
    }

    /// In a word: whether the source acts and the target receives.
    fn fit(&self, mention: &Mention) -> &'static str {
        let has = |role, side: &Side| mention.fillers(role).any(|at| side.holds(at));
        let straight = (has(Role::Actor, &self.source), has(Role::Recipient, &self.target));
        match straight {
            (true, true) => "both",
            (true, false) if mention.mutual && has(Role::Actor, &self.target) => "both",
            (true, false) => "source",
            (false, true) => "target",
            (false, false) if has(Role::Actor, &self.target) || has(Role::Recipient, &self.source) => "turned",
            (false, false) => "neither",
        }
    }

    /// Content words, by region and alone, with the types that each may trigger.
    fn words(&self, out: &mut Vec<String>) {
        let mut shares: BTreeMap<EventType, f32> = BTreeMap::new();
        for at in 0..self.input.parsed.tokens.len() as u32 {
            let token = self.tree.token(at);
            if !is_content(token) {
                continue;
            }
            let lemma = self.lemma(at);
            let region = self.region(at);
            if matches!(region, "source" | "target") {
                out.push(format!("{region}={lemma}"));
                continue;
            }
            out.push(format!("w={lemma}"));
            out.push(format!("w={lemma}|{region}"));
            out.push(format!("stem={}", stem(&lemma)));
            for (event, share) in self.could(at) {
                *shares.entry(event).or_default() += share;
            }
        }
        let all: f32 = shares.values().sum();
        let best = shares.iter().max_by(|a, b| a.1.total_cmp(b.1)).map(|(event, _)| *event);
        out.extend(best.map(|event| format!("could={event}")));
        for (event, share) in shares {
            out.extend((1..=4_u8).filter(|n| share / all > 0.15 * f32::from(*n)).map(|n| format!("could={event}>{n}")));
        }
    }

    /// Types that a token may trigger, with the share of its patterns.
    fn could(&self, at: u32) -> BTreeMap<EventType, f32> {
        let token = self.tree.token(at);
        let patterns = self.input.lexicon.triggered_by(self.input.language, &token.lemma);
        let mut shares = BTreeMap::new();
        for &pattern in patterns {
            *shares.entry(self.input.lexicon.get(pattern).0.event).or_insert(0.0) += 1.0 / patterns.len() as f32;
        }
        shares
    }

    /// Where a token stands towards the parties.
    fn region(&self, at: u32) -> &'static str {
        let (first, second) = if self.source.tokens.0 <= self.target.tokens.0 {
            (&self.source, &self.target)
        } else {
            (&self.target, &self.source)
        };
        match at {
            _ if self.source.holds(at) => "source",
            _ if self.target.holds(at) => "target",
            _ if at < first.tokens.0 => "before",
            _ if at < second.tokens.0 => "between",
            _ => "after",
        }
    }

    /// Neighbouring words outside the parties, which stand as S and T.
    fn pairs_of_words(&self, out: &mut Vec<String>) {
        let mut line: Vec<String> = Vec::new();
        for at in 0..self.input.parsed.tokens.len() as u32 {
            let token = self.tree.token(at);
            let word = match self.region(at) {
                "source" => "S".to_owned(),
                "target" => "T".to_owned(),
                _ if matches!(token.upos, Upos::Punct | Upos::Det | Upos::Num | Upos::Sym) => continue,
                _ => self.lemma(at),
            };
            if line.last().is_none_or(|last| *last != word || word.len() > 1) {
                line.push(word);
            }
        }
        out.extend(line.windows(2).map(|two| format!("two={}", two.join(" "))));
        out.extend(line.windows(3).map(|three| format!("three={}", three.join(" "))));
    }

    /// Words on the way from one party to the other, and what governs each.
    fn ties(&self, out: &mut Vec<String>) {
        if self.source.tokens.0 > self.target.tokens.0 {
            out.push("turned".to_owned());
        }
        for (name, head) in [("s", self.source.head), ("t", self.target.head)] {
            let way = above(self.tree, head);
            let verb =
                way[1..].iter().copied().find(|&at| is_content(self.tree.token(at)) && self.region(at) != "source");
            if let Some(verb) = verb {
                let lemma = self.lemma(verb);
                out.push(format!("over-{name}={lemma}"));
                out.push(format!("over-{name}={lemma}|{}", self.tree.dep(head).label()));
                self.extend_could(verb, &format!("over-{name}"), out);
            }
            let cases: Vec<String> = self.tree.children_by(head, &[R::Case]).map(|c| self.lemma(c)).collect();
            out.extend(cases.into_iter().map(|case| format!("case-{name}={case}")));
        }
        let Some(path) = &self.path else { return out.push("path=none".to_owned()) };
        let inner: Vec<u32> = path.inner([&self.source, &self.target]).collect();
        for &at in inner.iter().filter(|&&at| is_content(self.tree.token(at))) {
            let lemma = self.lemma(at);
            out.push(format!("path={lemma}"));
            out.push(format!("pathstem={}", stem(&lemma)));
            self.extend_could(at, "path", out);
        }
        let lemmas: Vec<String> = inner.iter().map(|&at| self.lemma(at)).collect();
        out.push(format!("way={}", lemmas.join(">")));
        let label = |at: &u32| self.tree.dep(*at).label();
        let (up, down): (Vec<_>, Vec<_>) = (path.up.iter().map(label).collect(), path.down.iter().map(label).collect());
        out.push(format!("deps={}^{}", up.join("<"), down.join("<")));
        self.head_of_clause(path.top, out);
    }

    fn extend_could(&self, at: u32, name: &str, out: &mut Vec<String>) {
        let best = self.could(at).into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        out.extend(best.map(|(event, _)| format!("{name}-could={event}")));
    }

    /// The word where the ways meet: itself, its form, what denies or tempers it.
    fn head_of_clause(&self, top: u32, out: &mut Vec<String>) {
        let token = self.tree.token(top);
        let lemma = self.lemma(top);
        out.push(format!("top={lemma}"));
        for (name, feature) in [
            ("past", Feats::PAST),
            ("pres", Feats::PRES),
            ("fut", Feats::FUT),
            ("cnd", Feats::CND),
            ("pass", Feats::PASS),
        ] {
            if token.feats.has(feature) {
                out.push(format!("top-{name}"));
            }
        }
        for &child in self.tree.children(top) {
            let (word, dep) = (self.lemma(child), self.tree.dep(child));
            match dep {
                R::Aux | R::AuxPass | R::AuxTense | R::Cop => out.push(format!("aux={word}")),
                R::Advmod | R::CompoundPrt | R::Mark => {
                    out.push(format!("mod={word}"));
                    out.push(format!("top={lemma} {word}"));
                }
                R::Obj | R::Xcomp | R::Ccomp | R::Obl | R::OblArg => out.push(format!("top={lemma} {word}")),
                _ => {}
            }
        }
    }

    /// What sort of party each is.
    fn parties(&self, out: &mut Vec<String>) {
        let (source, target) = (self.party(&self.source), self.party(&self.target));
        for (name, party) in [("s", source), ("t", target)] {
            let Some(party) = party else {
                out.push(format!("{name}-none"));
                continue;
            };
            out.push(format!("{name}-kind={:?}", party.kind));
            out.push(format!("{name}-sector={}", party.sector));
        }
        if let (Some(source), Some(target)) = (source, target) {
            out.push(format!("sectors={}>{}", source.sector, target.sector));
            if source.country.is_some() && target.country.is_some() {
                out.push(format!("home={}", source.country == target.country));
            }
        }
    }

    /// The party whose head stands nearest the head of the side.
    fn party(&self, side: &Side) -> Option<&Party> {
        let parties = self.input.cast.parties.iter().filter(|party| side.holds(party.head));
        parties.min_by_key(|party| party.head.abs_diff(side.head))
    }
}

/// A lemma in lower case; numbers are all one.
fn plain(token: &Token) -> String {
    if token.upos == Upos::Num { "#".to_owned() } else { token.lemma.to_lowercase().to_string() }
}

fn is_content(token: &Token) -> bool {
    matches!(
        token.upos,
        Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv | Upos::Propn | Upos::Adp | Upos::Aux | Upos::Part
    )
}

/// The first letters of a word: "condemn" and "condemnation" share them.
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
    &word[..end]
}
