//! What describes an answer: where it stands in the tree and in the story, what it is, and what the act is.

use depeche_lexicon::Features;
use depeche_model::{Country, Mention, Party, PartyKind, Relation as R, Role, Tree, Upos};

use super::{Answer, story::Story};
use crate::Input;

struct View<'a, 't> {
    input: &'t Input<'a>,
    tree: &'t Tree<'a>,
    mention: &'t Mention,
    role: &'static str,
    /// Countries of the other side.
    other: Vec<Country>,
    story: &'t Story,
}

/// Weighs every answer by its features, and keeps their names where `out` does.
pub(super) fn describe(
    input: &Input<'_>,
    tree: &Tree<'_>,
    story: &Story,
    mention: &Mention,
    role: Role,
    answers: &mut [Answer],
    out: &mut Features<'_>,
) {
    let other_role = if role == Role::Actor { Role::Recipient } else { Role::Actor };
    let other = mention.fillers(other_role).filter_map(|h| input.cast.at(h)?.country).collect();
    let role = match (role, mention.mutual) {
        (_, true) => "C",
        (Role::Recipient, _) => "R",
        _ => "A",
    };
    let view = View { input, tree, mention, role, other, story };
    let any_slot = answers.iter().any(|a| a.slot);
    for (rank, answer) in answers.iter_mut().enumerate() {
        view.answer(answer, any_slot, rank, out);
        (answer.score, answer.features) = out.take();
    }
}

impl View<'_, '_> {
    fn answer(&self, answer: &Answer, any_slot: bool, rank: usize, out: &mut Features<'_>) {
        let (role, event) = (self.role, self.mention.event.name());
        let Some((&head, party)) =
            answer.joined.as_ref().or(answer.heads.first()).and_then(|h| Some((h, self.input.cast.at(*h)?)))
        else {
            out.push(format_args!("{role}|none"));
            out.push(format_args!("{role}|none|{event}"));
            out.push(format_args!("{role}|none|slot={any_slot}"));
            out.push(format_args!("{role}|none|{event}|slot={any_slot}"));
            out.push(format_args!("{role}|none|rule={}", self.mention.rule));
            out.push(format_args!("{role}|none|theme={}", self.mention.fillers(Role::Theme).next().is_some()));
            return;
        };
        let source = match (answer.joined, answer.slot) {
            (Some(_), _) => "join",
            (None, true) => "slot",
            (None, false) => "free",
        };
        out.push(format_args!("{role}|{source}"));
        out.push(format_args!("{role}|{source}|{event}"));
        out.push(format_args!("{role}|{source}|rule={}", self.mention.rule));
        if !answer.slot {
            out.push(format_args!("{role}|free|slot={any_slot}"));
            out.push(format_args!("{role}|free|first={}", rank <= 1 + usize::from(any_slot)));
            out.push(format_args!("{role}|free|back={}", self.back(head)));
        }
        self.tree_features(source, head, out);
        self.party_features(source, party, out);
        if answer.heads.len() > 1 && answer.joined.is_none() {
            out.push(format_args!("{role}|{source}|many"));
        }
    }

    fn tree_features(&self, source: &str, head: u32, out: &mut Features<'_>) {
        let role = self.role;
        let sentence = |at: u32| self.input.parsed.sentence_of(at);
        if sentence(head) != sentence(self.mention.trigger) {
            let subject = matches!(self.tree.dep(head), R::Nsubj | R::NsubjPass);
            out.push(format_args!("{role}|{source}|subject={subject}"));
            return;
        }
        let path = self.path(head);
        out.push(format_args!("{role}|{source}|path={path}"));
        out.push(format_args!("{role}|path={path}"));
        let first = path.split_inclusive(['^', 'v']).nth(1).unwrap_or("");
        out.push(format_args!("{role}|{source}|first={first}"));
        out.push(format_args!("{role}|{source}|last={}", self.tree.dep(head).label()));
        if let Some(case) = self.case(head) {
            out.push(format_args!("{role}|{source}|case={case}"));
            out.push(format_args!("{role}|case={case}|{}", self.mention.event.name()));
            if let Some(party) = self.input.cast.at(head) {
                out.push(format_args!("{role}|case={case}|kind={:?}", party.kind));
            }
        }
        self.word_features(source, head, &path, out);
        let inside = self.mention.clause.0 <= head && head < self.mention.clause.1;
        out.push(format_args!("{role}|{source}|inside={inside}"));
        out.push(format_args!("{role}|{source}|before={}", head < self.mention.trigger));
    }

    fn party_features(&self, source: &str, party: &Party, out: &mut Features<'_>) {
        let (role, event) = (self.role, self.mention.event.name());
        let kind = format!("{:?}", party.kind);
        out.push(format_args!("{role}|{source}|kind={kind}"));
        out.push(format_args!("{role}|kind={kind}|{event}"));
        out.push(format_args!("{role}|sector={}|{event}", party.sector));
        out.push(format_args!("{role}|{source}|sector={}", party.sector));
        let same = match party.country {
            None => "unknown",
            Some(country) if self.other.contains(&country) => "same",
            Some(_) if self.other.is_empty() => "alone",
            Some(_) => "other",
        };
        out.push(format_args!("{role}|{source}|country={same}"));
        out.push(format_args!("{role}|country={same}|{event}"));
        out.push(format_args!("{role}|{source}|country={same}|{event}"));
        out.push(format_args!("{role}|{source}|country={same}|sector={}", party.sector));
        out.push(format_args!("{role}|{source}|country={same}|kind={kind}"));
        out.push(format_args!("{role}|country={same}|sector={}|{event}", party.sector));
        out.push(format_args!("{role}|{source}|headline={}", self.story.leads(party.country)));
        out.push(format_args!("{role}|{source}|salience={}", self.story.rank(party.country)));
        self.story_features(source, party, out);
        if party.kind == PartyKind::Anaphor {
            out.push(format_args!("{role}|{source}|members={}", !party.members.is_empty()));
        }
    }

    fn story_features(&self, source: &str, party: &Party, out: &mut Features<'_>) {
        let role = self.role;
        let sentence = self.input.parsed.sentence_of(self.mention.trigger);
        let (before, beside) = self.story.sides(self.mention.trigger, sentence, party.chain);
        out.push(format_args!("{role}|{source}|before={before}"));
        out.push(format_args!("{role}|{source}|beside={beside}"));
        out.push(format_args!("{role}|{source}|named={}", self.story.named(party.chain)));
        out.push(format_args!("{role}|{source}|leads={}", self.story.leads_chain(party.chain)));
    }

    /// The word that the party hangs on, its own word, and the act's word with the way to it.
    fn word_features(&self, source: &str, head: u32, path: &str, out: &mut Features<'_>) {
        let role = self.role;
        let trigger = self.tree.token(self.mention.trigger);
        out.push(format_args!("{role}|pos={:?}|path={path}", trigger.upos));
        out.push(format_args!("{role}|act={}|path={path}", trigger.lemma));
        if let Some(above) = self.tree.head(head).filter(|&above| above != self.mention.trigger) {
            out.push(format_args!("{role}|on={}|{}", self.tree.token(above).lemma, self.tree.dep(head).label()));
            out.push(format_args!("{role}|{source}|on={:?}", self.tree.token(above).upos));
        }
        if self.tree.token(head).upos != Upos::Propn {
            out.push(format_args!("{role}|word={}", self.tree.token(head).lemma.to_lowercase()));
        }
    }

    /// Sentences from the party's to the act's.
    fn back(&self, head: u32) -> usize {
        let (own, other) = (self.input.parsed.sentence_of(self.mention.trigger), self.input.parsed.sentence_of(head));
        own.saturating_sub(other)
    }

    /// Relations from the trigger to the party: `^` up, `v` down, at most four steps each.
    fn path(&self, head: u32) -> String {
        let above = |from: u32| {
            let mut chain = vec![from];
            while let (Some(next), true) = (chain.last().and_then(|&at| self.tree.head(at)), chain.len() < 12) {
                chain.push(next);
            }
            chain
        };
        let (up, down) = (above(self.mention.trigger), above(head));
        let Some((i, j)) = up.iter().enumerate().find_map(|(i, t)| Some((i, down.iter().position(|d| d == t)?))) else {
            return "far".to_owned();
        };
        if i + j > 4 {
            return format!("far{}", (i + j).min(8));
        }
        let mut path = String::new();
        for &at in &up[..i] {
            path.push('^');
            path.push_str(coarse(self.tree.dep(at)));
        }
        for &at in down[..j].iter().rev() {
            path.push('v');
            path.push_str(coarse(self.tree.dep(at)));
        }
        path
    }

    fn case(&self, head: u32) -> Option<String> {
        let case = self.tree.children_by(head, &[R::Case]).next()?;
        Some(self.tree.token(case).lemma.to_lowercase().to_string())
    }
}

/// A relation without its subtype, where the subtype tells little here.
fn coarse(relation: R) -> &'static str {
    match relation {
        R::Obl | R::OblArg | R::OblMod | R::OblTmod | R::OblNpmod => "obl",
        R::Nmod | R::NmodTmod => "nmod",
        R::Flat | R::FlatName | R::FlatForeign => "flat",
        R::Parataxis | R::ParataxisInsert => "parataxis",
        other => other.label(),
    }
}
