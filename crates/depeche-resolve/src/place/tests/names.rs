//! The gazetteer as it ships, and which place of a name is meant.

use depeche_model::{Country, Language, Span};
use rustc_hash::FxHashSet;

use super::super::{Context, Gazetteer, Geography, Kind, Resolved, Source, Tables, Toponym, kilometres, resolve};

fn gazetteer() -> Gazetteer {
    Gazetteer::embedded().unwrap()
}

/// Resolves the names of a text, each at its first occurrence.
fn decide(gazetteer: &Gazetteer, text: &str, language: Language, names: &[&str]) -> Vec<Resolved> {
    let toponyms: Vec<Toponym> = names
        .iter()
        .map(|name| {
            let start = text.find(name).unwrap() as u32;
            let span = Span::new(start, start + name.len() as u32);
            Toponym { span, tokens: (0, 1), head: 0, candidates: gazetteer.lookup(name, language) }
        })
        .collect();
    let context = Context::of(gazetteer, text, language, &toponyms);
    resolve(gazetteer, &toponyms, text, language, &context)
}

fn country(code: &str) -> Option<Country> {
    Country::new(code)
}

#[test]
fn exonyms_are_known() {
    let gazetteer = gazetteer();
    for (language, name, state) in [
        (Language::French, "Moscou", "RUS"),
        (Language::French, "Londres", "GBR"),
        (Language::French, "Pékin", "CHN"),
        (Language::French, "Le Caire", "EGY"),
        (Language::French, "Bakhmout", "UKR"),
        (Language::French, "Khan Younès", "PSE"),
        (Language::French, "Koursk", "RUS"),
        (Language::French, "El-Facher", "SDN"),
        (Language::French, "Haut-Karabakh", "AZE"),
        (Language::French, "place Tahrir", "EGY"),
        (Language::English, "KYIV", "UKR"),
        (Language::English, "Kiev", "UKR"),
        (Language::English, "Zahedan", "IRN"),
        (Language::English, "Balakot", "PAK"),
        (Language::English, "Mekelle", "ETH"),
        (Language::English, "U.S.", "USA"),
        (Language::English, "Ulan Bator", "MNG"),
        (Language::English, "Djenné", "MLI"),
        (Language::English, "Nukus", "UZB"),
    ] {
        let found = gazetteer.lookup(name, language);
        assert_eq!(found.first().and_then(|c| c.country), country(state), "{name}");
    }
}

#[test]
fn a_place_in_no_state_has_none() {
    let gazetteer = gazetteer();
    for (language, name) in [
        (Language::French, "détroit de Taïwan"),
        (Language::English, "South China Sea"),
        (Language::English, "Line of Control"),
    ] {
        let found = gazetteer.lookup(name, language);
        assert_eq!((found[0].country, found[0].source), (None, Source::Hand), "{name}");
    }
}

#[test]
fn pronouns_and_abbreviations_need_their_capitals_and_periods() {
    let gazetteer = gazetteer();
    assert!(gazetteer.lookup("us", Language::English).iter().all(|c| c.kind != Kind::Country));
    assert_eq!(gazetteer.lookup("Ky.", Language::English)[0].name, "Kentucky");
    assert!(gazetteer.lookup("Mass", Language::English).iter().all(|c| c.name != "Massachusetts"));
}

#[test]
fn one_place_is_one_candidate_with_what_both_tables_know() {
    let found = gazetteer().lookup("Moscou", Language::French);
    let moscow = &found[0];
    assert_eq!((moscow.geonameid, moscow.source, moscow.name.as_str()), (Some(524_901), Source::Hand, "Moscou"));
    assert!(moscow.population > 10_000_000 && kilometres((moscow.lat, moscow.lon), (55.75, 37.62)) < 1.0);
    assert_eq!(found.iter().filter(|c| c.country == country("RUS") && c.kind == Kind::City).count(), 1);
}

#[test]
fn the_text_outweighs_size() {
    let gazetteer = gazetteer();
    for (language, text, name, state) in [
        (Language::English, "Fighting broke out in Tripoli on Monday.", "Tripoli", "LBY"),
        (Language::French, "Des heurts ont éclaté à Tripoli, au Liban.", "Tripoli", "LBN"),
        (Language::French, "Des heurts dans la ville libanaise de Tripoli.", "Tripoli", "LBN"),
        (Language::English, "Police in Paris, Texas, arrested two men.", "Paris", "USA"),
        (Language::English, "The Syrian city of Tartus was hit.", "Tartus", "SYR"),
        (Language::English, "Gunmen attacked Valencia, Venezuela, overnight.", "Valencia", "VEN"),
        (Language::French, "Un attentat à Hyderabad, au Pakistan.", "Hyderabad", "PAK"),
        (Language::English, "An attack in the Pakistani city of Hyderabad.", "Hyderabad", "PAK"),
    ] {
        let mut names = vec![name];
        names.extend(
            ["Liban", "Texas", "Venezuela", "Pakistan"]
                .into_iter()
                .filter(|n| text.contains(n) && !text.contains("Pakistani")),
        );
        assert_eq!(decide(&gazetteer, text, language, &names)[0].country, country(state), "{text}");
    }
}

#[test]
fn a_container_without_such_a_place_leaves_it_unknown() {
    let gazetteer = gazetteer();
    let text = "A shooting in Malakoff, Texas, killed one.";
    let found = decide(&gazetteer, text, Language::English, &["Malakoff", "Texas"]);
    assert_eq!((found[0].country, found[0].point), (country("USA"), None));
}

#[test]
fn a_list_of_states_is_no_container() {
    let gazetteer = gazetteer();
    let found = decide(&gazetteer, "Talks between China, Japan and Korea.", Language::English, &["China", "Japan"]);
    assert_eq!(found[0].country, country("CHN"));
}

#[test]
fn an_answer_tells_its_runner_up() {
    let answer = gazetteer().explain("Rafah", Language::English, &Context::default());
    let best = answer.best.unwrap();
    assert_eq!(best.country, country("PSE"));
    assert!(best.runner_up.unwrap().contains("EGY"));
    assert!(gazetteer().explain("Xyzzyville", Language::English, &Context::default()).best.is_none());
}

#[test]
fn geography_answers_for_both_languages() {
    let gazetteer = gazetteer();
    assert_eq!(gazetteer.country_of("Londres"), country("GBR"));
    assert_eq!(gazetteer.country_of("London"), country("GBR"));
    assert_eq!(gazetteer.country_of("mer Noire"), None);
}

#[test]
fn adjectives_follow_the_language() {
    let gazetteer = gazetteer();
    assert_eq!(gazetteer.adjective("biélorusse", Language::French), country("BLR"));
    assert_eq!(gazetteer.adjective("South Korean", Language::English), country("KOR"));
    assert_eq!(gazetteer.adjective("lunaire", Language::French), None);
}

#[test]
fn broken_tables_say_where() {
    let tables = Tables { conflict: "Bakhmout\tBakhmut\tUKR\ttown\t48.6\n", ..Tables::EMBEDDED };
    let error = Gazetteer::new(std::borrow::Cow::Borrowed(&[]), &tables).unwrap_err().to_string();
    assert!(error.contains("places/conflict.tsv:1"), "{error}");
    let tables = Tables { conflict: "Bakhmout\tBakhmut\tUKR\tvillage-ish\t48.6\t38\n", ..Tables::EMBEDDED };
    let error = Gazetteer::new(std::borrow::Cow::Borrowed(&[]), &tables).unwrap_err().to_string();
    assert!(error.contains("village-ish"), "{error}");
    assert!(Gazetteer::from_bytes(b"DPGAZ001 cut short".to_vec()).is_err());
}

#[test]
fn no_two_lines_tell_one_place() {
    let mut seen = FxHashSet::default();
    for (file, table) in [("regions", Tables::EMBEDDED.regions), ("conflict", Tables::EMBEDDED.conflict)] {
        for (line, columns) in crate::place::entry::lines(table) {
            let first = columns[1].split(';').next().unwrap_or_default();
            assert!(seen.insert((first, columns[2], columns[3])), "{file}.tsv:{line}: {first} is told twice");
        }
    }
}
