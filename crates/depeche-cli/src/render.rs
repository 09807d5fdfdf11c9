//! Events for a person to read: one block an event, the words that tell it marked in their sentence.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use depeche::{Attribution, DateSpan, Entity, Event, Mode, Quad, Range, Span, Status};

/// Style of errors.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default();
/// Style of what stands back.
pub(crate) const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();
const MARK: Style = Style::new().underline();

const INDENT: &str = "    ";

/// Colour of a quad class: cooperation green, conflict yellow in words and red in deeds.
pub(crate) const fn colour(quad: Quad) -> Style {
    match quad {
        Quad::VerbalCooperation => AnsiColor::Cyan.on_default().bold(),
        Quad::MaterialCooperation => AnsiColor::Green.on_default().bold(),
        Quad::VerbalConflict => AnsiColor::Yellow.on_default().bold(),
        Quad::MaterialConflict => AnsiColor::Red.on_default().bold(),
    }
}

/// One event as a block of lines.
pub(crate) fn block(event: &Event, whole: &str, width: usize) -> String {
    let mut out = String::new();
    let style = colour(event.quad);
    let modes = modes(&event.modes);
    let _ = write!(out, "{:<23} {BOLD}{}{BOLD:#}", date(event.date), sides(event));
    let _ = writeln!(out, "\n{INDENT}{style}{}{modes}{style:#}{}", event.event, details(event));
    out.push_str(&quote(whole, event.spans.evidence, width));
    out
}

/// Modes in brackets, as they follow a type.
pub(crate) fn modes(modes: &[Mode]) -> String {
    let modes: Vec<&str> = modes.iter().map(|m| m.name()).collect();
    if modes.is_empty() { String::new() } else { format!(" ({})", modes.join(", ")) }
}

/// The sentence around what is told, its words marked.
pub(crate) fn quote(whole: &str, evidence: Span, width: usize) -> String {
    let sentence = sentence(whole, evidence);
    let mut out = String::new();
    for line in textwrap::wrap(&marked(whole, sentence, evidence), width.max(40) - INDENT.len()) {
        let _ = writeln!(out, "{INDENT}{DIM}│{DIM:#} {line}");
    }
    out
}

/// When, or that nobody says.
pub(crate) fn date(date: Option<DateSpan>) -> String {
    date.map_or_else(|| "undated".to_owned(), days)
}

/// A day, or the first and last of several.
pub(crate) fn days(span: DateSpan) -> String {
    if span.start == span.end { span.start.to_string() } else { format!("{} – {}", span.start, span.end) }
}

fn sides(event: &Event) -> String {
    who(&event.actors, &event.recipients)
}

/// Who acts, and upon whom.
pub(crate) fn who(actors: &[Entity], recipients: &[Entity]) -> String {
    let side = |all: &[Entity]| all.iter().map(entity).collect::<Vec<_>>().join(" + ");
    match (actors.is_empty(), recipients.is_empty()) {
        (false, true) => side(actors),
        (true, _) => format!("? → {}", side(recipients)),
        _ => format!("{} → {}", side(actors), side(recipients)),
    }
}

/// The same in a few words: names and countries without sectors.
pub(crate) fn parties(actors: &[Entity], recipients: &[Entity]) -> String {
    let party = |entity: &Entity| {
        let name = entity.name.as_ref().unwrap_or(&entity.text);
        match entity.country {
            // The tables call a state by its code.
            Some(country) if name == country.as_str() => name.clone(),
            Some(country) => format!("{name} [{country}]"),
            None => name.clone(),
        }
    };
    let side = |all: &[Entity]| all.iter().map(party).collect::<Vec<_>>().join(" + ");
    match (actors.is_empty(), recipients.is_empty()) {
        (false, true) => side(actors),
        (true, _) => format!("? → {}", side(recipients)),
        _ => format!("{} → {}", side(actors), side(recipients)),
    }
}

fn entity(entity: &Entity) -> String {
    let country = entity.country.map_or_else(|| "?".to_owned(), |c| c.to_string());
    format!("{} [{country} {}]", entity.text, entity.sector)
}

fn details(event: &Event) -> String {
    let mut out = String::new();
    if event.status != Status::Actual {
        let _ = write!(out, " · {}", event.status);
    }
    if let Some(place) = &event.place {
        let _ = write!(out, " · at {}", place.text);
        if let Some(country) = place.country {
            let _ = write!(out, " [{country}]");
        }
    }
    if let Some(source) = &event.attribution {
        let _ = write!(out, " · according to {}", attribution(source));
    }
    for (name, number) in [("size", event.size), ("dead", event.dead), ("injured", event.injured)] {
        if let Some(number) = number {
            let _ = write!(out, " · {name} {}", range(number));
        }
    }
    let _ = write!(out, " · CAMEO {}", event.cameo);
    out
}

fn attribution(source: &Attribution) -> String {
    source.country.map_or_else(|| source.text.clone(), |country| format!("{} [{country}]", source.text))
}

/// A number with its bounds.
pub(crate) fn range(range: Range) -> String {
    match (range.min, range.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min}–{max}"),
        (Some(min), None) => format!("≥ {min}"),
        (None, Some(max)) => format!("≤ {max}"),
        (None, None) => "?".to_owned(),
    }
}

/// The line and sentence around a span, as bytes; a sentence is cut at full stops only where the line is long.
fn sentence(whole: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let line_start = whole[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = whole[end..].find('\n').map_or(whole.len(), |at| end + at);
    let from = whole[line_start..start].rfind(". ").map_or(line_start, |at| line_start + at + 2);
    let to = whole[end..line_end].find(". ").map_or(line_end, |at| end + at + 1);
    Span::new(from as u32, to as u32)
}

fn marked(whole: &str, sentence: Span, evidence: Span) -> String {
    let before = Span::new(sentence.start, evidence.start).of(whole);
    let after = Span::new(evidence.end, sentence.end).of(whole);
    let evidence = evidence.of(whole);
    if coloured() {
        return format!("{before}{MARK}{evidence}{MARK:#}{after}");
    }
    if before.trim().is_empty() && after.trim().chars().all(|c| c.is_ascii_punctuation()) {
        return format!("{before}{evidence}{after}");
    }
    format!("{before}‹{evidence}›{after}")
}

/// Whether styles reach the reader; where they do not, evidence that is part of its sentence stands between ‹ and ›.
fn coloured() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

/// Columns of the terminal, or 100 where there is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(w, _)| usize::from(w.0).clamp(60, 120))
}
