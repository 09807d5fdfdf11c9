//! Runs `tests/suite/acts.conllu`: the form of a verb, and the date and numbers of an act, from a parse.

use depeche_model::{DateSpan, EntityTag, Feats, Language, Mode, Parsed, Range, Relation, Span, Token, Upos};
use depeche_resolve::{quantity, tense, when};
use jiff::civil::Date;

const ACTS: &str = include_str!("../../../tests/suite/acts.conllu");

struct Case {
    language: Language,
    text: String,
    acts: Vec<String>,
    parsed: Parsed,
}

fn read(block: &str) -> Option<Case> {
    let comments = |key: &str| -> Vec<String> {
        let prefix = format!("# {key} = ");
        block.lines().filter_map(|line| line.strip_prefix(&prefix)).map(str::to_owned).collect()
    };
    let text = comments("text").pop()?;
    let mut from = 0;
    let mut tokens = Vec::new();
    for line in block.lines().filter(|l| !l.starts_with('#') && l.contains('\t')) {
        let f: Vec<&str> = line.split('\t').collect();
        let start = from + text[from..].find(f[1]).unwrap();
        from = start + f[1].len();
        let (own, head) = (f[0].parse::<u32>().unwrap() - 1, f[6].parse::<u32>().unwrap());
        tokens.push(Token {
            span: Span::new(start as u32, from as u32),
            lemma: f[2].into(),
            upos: Upos::from_label(f[3]),
            feats: Feats::parse(f[5]),
            head: head.checked_sub(1).unwrap_or(own),
            dep: Relation::parse(f[7]),
            ent: EntityTag::Out,
        });
    }
    let end = tokens.len() as u32;
    let parsed = Parsed { tokens, sentences: vec![(0, end)] };
    Some(Case { language: comments("lang").pop()?.parse().unwrap(), acts: comments("act"), text, parsed })
}

fn days(date: Option<DateSpan>) -> String {
    date.map_or(
        "none".into(),
        |d| if d.start == d.end { d.start.to_string() } else { format!("{}..{}", d.start, d.end) },
    )
}

fn bounds(range: Option<Range>) -> String {
    let end = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
    range.map_or("-".into(), |r| format!("{}..{}", end(r.min), end(r.max)))
}

#[test]
fn acts_have_their_dates_and_numbers() {
    let published: Date = "2025-08-13".parse().unwrap();
    let cases: Vec<Case> = ACTS.split("\n\n").filter_map(read).collect();
    assert!(cases.len() >= 20, "only {} sentences were read", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let timed = when::read(&case.parsed, &case.text, case.language, published);
        let quantities = quantity::find(&case.text, case.language);
        for act in &case.acts {
            let f: Vec<&str> = act.split(' ').collect();
            let trigger =
                (0..case.parsed.tokens.len() as u32).find(|&i| case.parsed.text(&case.text, i) == f[0]).unwrap();
            let end = case.parsed.tokens.len() as u32;
            let place = when::Act { trigger, clause: (0, end), event: f[1].parse().unwrap() };
            let modes: Vec<Mode> = f[2].parse().into_iter().collect();
            let form = serde_json::to_string(&tense::form(&case.parsed, trigger)).unwrap().replace('"', "");
            let date = days(when::attach(&case.parsed, place, &timed, Some(published)).map(|a| a.dates));
            let counts = quantity::attach(&case.parsed, &case.text, case.language, place, &modes, &quantities);
            let found = [form, date, bounds(counts.size), bounds(counts.dead), bounds(counts.injured)];
            for (index, (found, wanted)) in found.iter().zip(&f[3..]).enumerate() {
                // A form that is not asked for; every other field is.
                if found != wanted && !(index == 0 && *wanted == "-") {
                    wrong.push(format!("{:?}: {} is {found}, wanted {wanted}", case.text, f[0]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
