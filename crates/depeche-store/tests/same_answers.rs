//! The store on disk and the one in plain lists give the same answers, whatever is put in and asked.

mod common;

use common::{Dice, world};
use depeche_model::{Coded, Country, Diagnostic, Record, Ruling, Verdict};
use depeche_store::{Archive, Hit, Memory, Months, Query, Store, Told, Unit};

/// What an archive answers to a query.
#[derive(Debug, PartialEq)]
struct Answer {
    events: Vec<Told>,
    first: Vec<String>,
    hits: Vec<Hit>,
    records: Vec<Record>,
    coded: Vec<Coded>,
}

fn ask(archive: &dyn Archive, line: &str) -> Result<Answer, Diagnostic> {
    let query = Query::parse(line)?;
    let events = archive.events(&query, None)?.collect::<Result<Vec<_>, _>>()?;
    let first: Result<Vec<_>, _> =
        archive.events(&query, Some(3))?.map(|told| told.map(|told| told.event.id)).collect();
    let coded = archive.coded(&query)?.collect::<Result<_, _>>()?;
    let (hits, records) = (archive.search(&query, 20)?, archive.records(&query, Some(15))?);
    Ok(Answer { events, first: first?, hits, records, coded })
}

fn sums(archive: &dyn Archive) -> Result<String, Diagnostic> {
    let country = |code| Country::new(code).unwrap();
    let months = Months { from: Some("2024-03".to_owned()), to: None };
    let mut out = Vec::new();
    for (a, b) in [("RUS", "UKR"), ("UKR", "RUS"), ("FRA", "MLI"), ("MLI", "MLI")] {
        for (months, unit) in [(&Months::default(), Unit::Report), (&months, Unit::Report), (&months, Unit::Record)] {
            out.push(format!("{:#?}", archive.timeline(country(a), country(b), months, unit)?));
        }
    }
    for (domestic, unit) in [(false, Unit::Report), (true, Unit::Report), (true, Unit::Record)] {
        out.push(format!("{:#?}", archive.dyads(&months, unit, domestic, 10)?));
    }
    Ok(out.join("\n"))
}

const TERMS: &[&str] = &[
    "actor:RUS",
    "actor:FRA,MLI",
    "actor:MIL",
    "actor:RUS.MIL",
    "actor:\"sergei lavrov\"",
    "actor:Q58217",
    "actor:personne",
    "recipient:UKR",
    "recipient:UKR,MLI.CVL",
    "country:MLI",
    "country:\"Lavrov\"",
    "sector:MIL,REB",
    "dyad:RUS-UKR",
    "dyad:MLI-FRA",
    "dyad:MLI-MLI",
    "type:ASSAULT",
    "type:AID,CONSULT",
    "quad:4",
    "quad:1,2",
    "mode:visit",
    "mode:drone,aerial",
    "context:military",
    "status:actual",
    "status:future,negated",
    "cameo:19",
    "cameo:0",
    "place:UKR",
    "place:odesa",
    "according:RUS",
    "according:ministère",
    "source:fleuve",
    "source:\"la gazette\",Kyodo",
    "lang:fr",
    "lang:en",
    "text:obus",
    "obus",
    "text:\"drones dans la nuit\"",
    "text:dro*",
    "text:ECOLE,élysée",
    "after:2024-06",
    "before:2024-05-15",
    "on:2024-04",
    "confidence:>0.5",
    "confidence:<=0.25",
    "rule:rule-3",
    "id:a-3",
    "id:a-3#1,a-5",
    "text:introuvable",
];

/// A term drawn at random.
fn term(dice: &mut Dice) -> String {
    let sign = if dice.below(5) == 0 { "-" } else { "" };
    format!("{sign}{}", dice.pick(TERMS))
}

#[test]
fn every_query_is_answered_alike() {
    let mut dice = Dice::new(7);
    let (mut store, mut memory) = (Store::temporary().unwrap(), Memory::default());
    for round in 0..6 {
        // Some articles come again, some changed, some coded by another.
        let items: Vec<Coded> = (0..40).map(|_| world(&mut dice)).collect();
        let coder = if round < 4 { "one" } else { "two" };
        let (a, b) = (store.put(&items, coder).unwrap(), memory.put(&items, coder).unwrap());
        assert_eq!(a, b);
        for item in &items {
            assert_eq!(store.holds(&item.article, coder).unwrap(), memory.holds(&item.article, coder).unwrap());
            assert_eq!(store.article(&item.article.id).unwrap(), memory.article(&item.article.id).unwrap());
        }
        assert_eq!(sums(&store).unwrap(), sums(&memory).unwrap());
        assert_eq!(store.verify().unwrap(), Vec::<String>::new());
        let mut found = 0;
        for line in TERMS.iter().map(|term| (*term).to_owned()).chain((0..150).map(|_| {
            let terms: Vec<String> = (0..dice.below(4)).map(|_| term(&mut dice)).collect();
            terms.join(" ")
        })) {
            let (a, b) = (ask(&store, &line).unwrap(), ask(&memory, &line).unwrap());
            assert_eq!(a, b, "`{line}`");
            found += usize::from(!a.events.is_empty());
        }
        // Two people rule about events that come into their hands.
        let told: Vec<String> = ask(&memory, "").unwrap().events.into_iter().map(|told| told.event.id).collect();
        let rulings: Vec<Ruling> = (0..3)
            .map(|n| {
                let verdict = if n == 0 { Verdict::Different } else { Verdict::Same };
                Ruling { one: dice.pick(&told), other: dice.pick(&told), verdict }
            })
            .filter(|ruling| ruling.one != ruling.other)
            .collect();
        store.rule(&rulings).unwrap();
        memory.rule(&rulings).unwrap();
        assert_eq!(store.rulings().unwrap(), memory.rulings().unwrap());
        for id in &told {
            assert_eq!(store.record(id).unwrap(), memory.record(id).unwrap(), "{id}");
        }
        assert!(found > 60, "the queries find too little to mean anything: {found}");
    }
}

#[test]
fn the_same_article_again_changes_nothing_and_a_corrected_one_replaces_its_events() {
    let mut dice = Dice::new(11);
    let item = std::iter::repeat_with(|| world(&mut dice)).find(|item| item.events.len() == 2).unwrap();
    let mut store = Store::temporary().unwrap();
    assert_eq!(store.put(std::slice::from_ref(&item), "one").unwrap().added, 1);
    let before = ask(&store, "").unwrap();
    let again = store.put(std::slice::from_ref(&item), "one").unwrap();
    assert_eq!((again.unchanged, again.events), (1, 0));
    assert_eq!(ask(&store, "").unwrap(), before);

    let mut corrected = item.clone();
    corrected.article.text.push_str(" Rectificatif.");
    corrected.events.truncate(1);
    assert_eq!(store.put(std::slice::from_ref(&corrected), "one").unwrap().corrected, 1);
    assert_eq!(ask(&store, "").unwrap().events.len(), 1);
    assert_eq!(ask(&store, "text:rectificatif").unwrap().events.len(), 1);
    let versions = store.article(&item.article.id).unwrap();
    let told: Vec<_> = versions.iter().map(|v| (v.version, v.current, v.events.len())).collect();
    assert_eq!(told, [(2, true, 1), (1, false, 0)]);
    assert_eq!(versions[1].article, item.article);
    assert_eq!(store.verify().unwrap(), Vec::<String>::new());
}

#[test]
fn an_id_that_two_addresses_share_is_refused() {
    let mut dice = Dice::new(3);
    let mut item = world(&mut dice);
    item.article.url = Some("https://example.org/one".to_owned());
    let mut other = item.clone();
    other.article.url = Some("https://example.org/two".to_owned());
    let mut store = Store::temporary().unwrap();
    let tally = store.put(&[item.clone(), other], "one").unwrap();
    assert_eq!((tally.added, tally.refused.len()), (1, 1));
    assert!(tally.refused[0].to_string().contains("unique in a store"));
    assert_eq!(store.article(&item.article.id).unwrap()[0].article, item.article);
}
