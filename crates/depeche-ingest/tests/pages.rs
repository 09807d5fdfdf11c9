//! Whole pages, through the one entry point.

use depeche_ingest::{Options, Source, read};

fn article(html: &str) -> depeche_model::Article {
    read(html.as_bytes(), &Source::named("page.html"), &Options::default()).unwrap().article
}

const PAGE: &str = include_str!("pages/mission.html");

#[test]
fn what_a_reader_reads_and_nothing_else() {
    let article = article(PAGE);
    assert_eq!(article.title, "La mission quitte Tombouctou, Bamako proteste");
    assert_eq!(article.published.unwrap().to_string(), "2024-03-21");
    assert_eq!(article.publisher.as_deref(), Some("La Gazette du Fleuve"));
    assert_eq!(article.url.as_deref(), Some("https://gazette.example/mission-quitte-tombouctou"));
    let expected = include_str!("pages/mission.txt");
    assert_eq!(article.text, expected.trim_end());
}

#[test]
fn charset_of_the_page_is_obeyed() {
    let page = PAGE.replace("utf-8", "windows-1252");
    let bytes = encoding_rs::WINDOWS_1252.encode(&page).0;
    let read = read(&bytes, &Source::named("page.html"), &Options::default()).unwrap();
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
    assert_eq!(read.article, article(PAGE));
}

#[test]
fn damaged_documents_are_told_not_thrown() {
    let options = Options { max_bytes: 2_000_000, ..Options::default() };
    let deep = "<div>".repeat(300_000);
    let cases: [(&[u8], &str); 8] = [
        (b"", "empty"),
        (b" \n\0\0 ", "empty"),
        (&vec![b'a'; 3_000_000], "the limit is 2000000"),
        (deep.as_bytes(), "nested"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"{\"id\": \"a\", \"text\": \"b\"}", "collection of articles"),
        (b"<html><body></body></html>", "no article text"),
        ("<p>Der Außenminister hat am Dienstag in Brüssel seinen Amtskollegen aus Frankreich getroffen und mit ihm gesprochen.".as_bytes(), "language `de` is not coded"),
    ];
    for (bytes, expected) in cases {
        let error = read(bytes, &Source::named("bad"), &options).unwrap_err();
        assert!(error.message.contains(expected) && error.file == "bad" && error.hint.is_some(), "{expected}: {error}");
    }
}

#[test]
fn nul_bytes_are_dropped_with_a_warning() {
    let page = PAGE.replace("Bamako", "Ba\0ma\0ko");
    let reading = read(page.as_bytes(), &Source::named("p"), &Options::default()).unwrap();
    assert!(reading.warnings.iter().any(|w| w.message.contains("nul bytes")));
    assert!(reading.article.text.contains("Bamako"));
}

#[test]
fn broken_markup_still_gives_its_words() {
    let broken = &PAGE[..PAGE.floor_char_boundary(PAGE.len() * 7 / 10)];
    assert!(article(broken).text.contains("Tombouctou"));
}

#[test]
fn a_story_named_like_furniture_is_still_a_story() {
    let page = "<div class='share'><p>Le ministre a rencontré mardi son homologue, selon un communiqué.</p></div>";
    assert_eq!(article(page).text, "Le ministre a rencontré mardi son homologue, selon un communiqué.");
}

#[test]
fn hostile_pages_cost_little_time() {
    let line = "Le ministre a rencontré mardi son homologue, selon un communiqué. ";
    let pages = [
        format!("<p>{line}{}", "<br>".repeat(55_000)),
        format!("{}{line}{}", "<div class='a b'>".repeat(200), "</div>".repeat(200)).repeat(140),
        format!("<p>{line}{}", "<a href=x>y</a>".repeat(55_000)),
        "<!--".repeat(500_000),
    ];
    for page in pages {
        // Whatever comes of it: the test is that it comes, well within the harness's patience.
        let outcome = read(page.as_bytes(), &Source::named("p"), &Options::default());
        assert!(outcome.is_err() || outcome.is_ok_and(|reading| reading.article.id == "p"));
    }
}
