//! Corpora of every format, whole, damaged, and from any place on.

use std::io::Write;

use depeche_ingest::{
    Options,
    corpus::{Corpus, Document, Memory, Settings},
    jsonl::Fields,
};

const FRENCH: &str = "Le ministre des Affaires étrangères a rencontré son homologue à Bruxelles mardi soir, avant de repartir pour la capitale.";
const ENGLISH: &str =
    "The foreign minister met his counterpart in Brussels on Tuesday evening before flying back to the capital.";

fn page(title: &str, text: &str) -> String {
    format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A WARC record with its end.
fn record(kind: &str, content_type: &str, url: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn response(url: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let answer = [format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n").as_bytes(), body].concat();
    record("response", "application/http; msgtype=response", url, &answer)
}

fn warc() -> Vec<u8> {
    let latin = encoding_rs::WINDOWS_1252.encode(&page("Un", FRENCH)).0.into_owned();
    let two = page("Two", ENGLISH);
    let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", two.len(), two);
    [
        record("warcinfo", "application/warc-fields", "", b"software: test"),
        response("https://example.org/1", "Content-Type: text/html; charset=windows-1252", &latin),
        response("https://example.org/logo", "Content-Type: image/png", b"\x89PNG"),
        b"garbage between records\r\n".to_vec(),
        response("https://example.org/2", "Content-Type: text/html\r\nTransfer-Encoding: chunked", chunked.as_bytes()),
        response(
            "https://example.org/3",
            "Content-Type: text/html\r\nContent-Encoding: gzip",
            &gzip(page("Three", ENGLISH).as_bytes()),
        ),
        record("conversion", "text/plain", "https://example.org/4", format!("Quatre\n\n{FRENCH}").as_bytes()),
    ]
    .concat()
}

const FEED: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Le Fil</title><link>https://example.org</link><description>d</description><language>fr</language>
<item><title>Un &amp; deux</title><link>https://example.org/a</link><guid>g1</guid><pubDate>Sat, 04 May 2024 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Le ministre des Affaires étrangères a rencontré son homologue à Bruxelles.&lt;/p&gt;&lt;p&gt;&lt;a href="/x"&gt;Un autre titre&lt;/a&gt;&lt;/p&gt;</description></item>
<item><title>Trois</title><guid>g2</guid><description>Deux personnes ont été arrêtées mardi dans la capitale, selon la police.</description></item></channel></rss>"#;

fn files() -> Memory {
    let lines = format!(
        "\n{{\"id\":\"j1\",\"lang\":\"fr\",\"text\":\"{FRENCH}\"}}\n{{broken\n\n{{\"lang\":\"en\",\"text\":\"{ENGLISH}\"}}\n"
    );
    let table = format!("id;text;n\nc1;\"{FRENCH}\";1\nc2;too;many;fields\nc3;\"{ENGLISH}\nIt \"\"rained\"\".\";3\n");
    let truncated = gzip(page("Cut", &ENGLISH.repeat(400)).as_bytes());
    Memory::from([
        ("in/a.html", page("A", FRENCH).into_bytes()),
        ("in/b.bin", gzip(lines.as_bytes())),
        ("in/c", encoding_rs::WINDOWS_1252.encode(&table).0.into_owned()),
        ("in/d.warc.gz", gzip(&warc())),
        ("in/e.zst", zstd::encode_all(&warc()[..], 1).unwrap()),
        ("in/f.rss", FEED.as_bytes().to_vec()),
        ("in/g.html.gz", truncated[..truncated.len() / 2].to_vec()),
        ("in/h.png", b"\x89PNG\r\n".to_vec()),
        ("in/i.jsonl", lines.into_bytes()),
        ("in/j.txt", "https://example.org/x\n# comment\nhttps://example.org/y\n".as_bytes().to_vec()),
        ("in/k.txt", b"".to_vec()),
        ("in/page_files/x.js", b"var a".to_vec()),
    ])
}

/// `name id` of what is read, `name! message` of what fails.
fn told(document: Document) -> String {
    let name = document.name.clone();
    match document.read(&Settings::default()) {
        Ok(entry) => format!("{name} {} {}", entry.article.id, entry.article.language),
        // The rest of such a message is the decompressor's own.
        Err(error) if error.message.starts_with("reading failed") => format!("{name}! reading failed"),
        Err(error) => format!("{name}! {}", error.message),
    }
}

#[test]
fn every_format_by_content_and_damage_by_the_piece() {
    let found: Vec<String> = Corpus::new(files(), ["in"], Settings::default()).map(told).collect();
    let expected = [
        "in/a.html in/a.html fr",
        "in/b.bin:2 j1 fr",
        "in/b.bin:3! the line is no JSON: key must be a string",
        "in/b.bin:5 in/b.bin:5 en",
        "in/c:2 c1 fr",
        "in/c:3! the row has 4 fields, the header 3",
        "in/c:4 c3 en",
        "in/d.warc.gz:2 in/d.warc.gz:2 https://example.org/1 fr",
        "in/d.warc.gz:4! something stands between two records",
        "in/d.warc.gz:5 in/d.warc.gz:5 https://example.org/2 en",
        "in/d.warc.gz:6 in/d.warc.gz:6 https://example.org/3 en",
        "in/d.warc.gz:7 in/d.warc.gz:7 https://example.org/4 fr",
        "in/e.zst:2 in/e.zst:2 https://example.org/1 fr",
        "in/e.zst:4! something stands between two records",
        "in/e.zst:5 in/e.zst:5 https://example.org/2 en",
        "in/e.zst:6 in/e.zst:6 https://example.org/3 en",
        "in/e.zst:7 in/e.zst:7 https://example.org/4 fr",
        "in/f.rss:1 g1 fr",
        "in/f.rss:2 g2 fr",
        "in/g.html.gz! reading failed",
        "in/i.jsonl:2 j1 fr",
        "in/i.jsonl:3! the line is no JSON: key must be a string",
        "in/i.jsonl:5 in/i.jsonl:5 en",
        "in/j.txt:1! this is an address, and nothing here fetches",
        "in/j.txt:3! this is an address, and nothing here fetches",
        "in/k.txt! the document is empty",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_run_stopped_anywhere_goes_on_without_loss_or_repetition() {
    let settings = Settings::default();
    let whole: Vec<Document> = Corpus::new(files(), ["in"], settings.clone()).collect();
    let names: Vec<String> = whole.iter().cloned().map(told).collect();
    for (at, document) in whole.iter().enumerate() {
        let rest: Vec<String> =
            Corpus::new(files(), ["in"], settings.clone()).resume(document.position.clone()).map(told).collect();
        assert_eq!(rest, names[at + 1..], "after {}", document.name);
    }
}

#[test]
fn a_place_that_is_gone_is_told() {
    let position = depeche_ingest::corpus::Position { file: "in/gone".to_owned(), record: 3, ..Default::default() };
    let found: Vec<String> = Corpus::new(files(), ["in"], Settings::default()).resume(position).map(told).collect();
    assert_eq!(found, ["in/gone! the place to go on from is not among the inputs"]);
}

#[test]
fn feeds_give_text_and_metadata() {
    let settings = Settings::default();
    let entry = Corpus::new(files(), ["in/f.rss"], settings.clone()).next().unwrap().read(&settings).unwrap();
    let article = entry.article;
    assert_eq!(
        (article.title.as_str(), article.text.as_str()),
        ("Un & deux", "Le ministre des Affaires étrangères a rencontré son homologue à Bruxelles.")
    );
    assert_eq!(
        (article.published.unwrap().to_string().as_str(), article.url.as_deref(), article.publisher.as_deref()),
        ("2024-05-04", Some("https://example.org/a"), Some("Le Fil"))
    );
    assert_eq!(entry.object["id"], "g1");
}

#[test]
fn standard_input_is_whatever_it_holds() {
    let files = Memory::from([("-", gzip(format!("{{\"id\":\"x\",\"body\":\"{ENGLISH}\"}}\n").as_bytes()))]);
    let settings = Settings { fields: Fields::mapped(&["text=body"]).unwrap(), options: Options::default() };
    let entry = Corpus::new(files, ["-"], settings.clone()).next().unwrap().read(&settings).unwrap();
    assert_eq!(entry.article.text, ENGLISH);
}

#[test]
fn bounds_hold_in_every_format() {
    let long = "x".repeat(50_000);
    let files = Memory::from([
        ("a.csv", format!("id,text\n1,\"{long}\n2,x\n")),
        ("b.jsonl", format!("{{\"text\":\"{long}\"}}\n{{\"id\":\"b2\",\"text\":\"{ENGLISH}\"}}\n")),
        ("c.html", format!("<p>{long}</p>")),
        (
            "d.warc",
            String::from_utf8(response("https://example.org/l", "Content-Type: text/html", long.as_bytes())).unwrap()
                + &String::from_utf8(response(
                    "https://example.org/s",
                    "Content-Type: text/html",
                    page("S", ENGLISH).as_bytes(),
                ))
                .unwrap(),
        ),
        ("e.rss", FEED.replace("Trois", &long)),
    ]);
    let settings = Settings { options: Options { max_bytes: 20_000, ..Options::default() }, ..Settings::default() };
    let read =
        |document: Document| document.read(&settings).map_or_else(|error| error.message, |entry| entry.article.id);
    let found: Vec<String> =
        Corpus::new(files, ["a.csv", "b.jsonl", "c.html", "d.warc", "e.rss"], settings.clone()).map(read).collect();
    let expected = [
        "a row has more than 20000 bytes; a quote may be left open",
        "the line has more than 20000 bytes",
        "b2",
        "the document has more than 20000 bytes",
        "the record has more than 20000 bytes",
        "d.warc:2 https://example.org/s",
        "the document has more than 20000 bytes",
    ];
    assert_eq!(found, expected);
}
