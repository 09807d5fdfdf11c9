//! Corpora of addresses, fetched from a server in this test.

mod common;

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use common::{err, output, page, text};
use serde_json::Value;

/// Paths that were asked for, in order.
type Asked = Arc<Mutex<Vec<String>>>;

/// Serves until the test ends.
fn serve() -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = Asked::default();
    let log = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, log) = (stream.unwrap(), Arc::clone(&log));
            thread::spawn(move || {
                let mut request = [0; 4096];
                let length = stream.read(&mut request).unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
                let known = request.to_ascii_lowercase().contains("if-none-match: \"v1\"");
                log.lock().unwrap().push(path.clone());
                let _ = stream.write_all(answer(&path, known).as_bytes());
            });
        }
    });
    (base, asked)
}

fn answer(path: &str, known: bool) -> String {
    let answer = |status: &str, fields: &str, body: &str| {
        format!("HTTP/1.1 {status}\r\n{fields}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
    };
    let items = (0..3)
        .map(|n| format!("<item><title>Wire</title><guid>item-{n}</guid><description>{}</description></item>", text(n)))
        .collect::<Vec<_>>()
        .concat();
    match path {
        "/robots.txt" => answer("200 OK", "", "User-agent: *\nDisallow: /private\n"),
        "/tagged" if known => answer("304 Not Modified", "", ""),
        "/tagged" => answer("200 OK", "ETag: \"v1\"\r\nContent-Type: text/html\r\n", &page(1)),
        "/moved" => answer("302 Found", "Location: /page\r\n", ""),
        "/page" => answer("200 OK", "Content-Type: text/html\r\n", &page(2)),
        "/feed" => answer(
            "200 OK",
            "",
            &format!(
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>F</title><link>x</link><description>d</description>{items}</channel></rss>"
            ),
        ),
        "/long" => answer("200 OK", "Content-Type: text/html\r\n", &"x".repeat(200_000)),
        "/loop" => answer("302 Found", "Location: /loop\r\n", ""),
        _ => answer("404 Not Found", "", ""),
    }
}

#[test]
fn addresses_are_fetched_with_manners_and_feeds_opened() {
    let (base, asked) = serve();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let paths = ["/tagged", "/moved", "/feed", "/private/page", "/long", "/loop", "/none"];
    let list = paths.iter().map(|path| format!("{base}{path}\n")).collect::<Vec<_>>().concat();
    fs::write(folder.join("list.txt"), list).unwrap();
    let arguments =
        ["code", "list.txt", "--out", "out.jsonl", "--quarantine", "q.jsonl", "--pause", "0", "--visited", "seen.json"];
    let allowed = [&arguments[..], &["--allow-private", "--max-bytes", "100000"]].concat();

    let refused = output(folder, &arguments);
    assert_eq!(refused.status.code(), Some(1), "{}", err(&refused));
    assert!(asked.lock().unwrap().is_empty(), "this machine was asked though nobody allowed it");
    assert_eq!(fs::read_to_string(folder.join("q.jsonl")).unwrap().lines().count(), paths.len());

    let first = output(folder, &allowed);
    assert_eq!(first.status.code(), Some(1), "{}", err(&first));
    let ids = || -> Vec<String> {
        let lines = fs::read_to_string(folder.join("out.jsonl")).unwrap();
        lines
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().replace(&base, ""))
            .collect()
    };
    assert_eq!(ids(), ["/tagged", "/moved", "item-0", "item-1", "item-2"]);
    let quarantine = fs::read_to_string(folder.join("q.jsonl")).unwrap();
    for (line, told) in
        quarantine.lines().zip(["robots.txt forbids", "longer than 100000 bytes", "more than 5 redirects", "404"])
    {
        assert!(line.contains(told), "{told}: {line}");
    }
    let log = asked.lock().unwrap().clone();
    assert_eq!(log.iter().filter(|path| *path == "/robots.txt").count(), 1, "{log:?}");
    assert!(!log.iter().any(|path| path.starts_with("/private")), "{log:?}");

    let second = output(folder, &allowed);
    assert_eq!(ids(), ["/moved", "item-0", "item-1", "item-2"], "a page that did not change is passed over");
    assert!(err(&second).contains("1 unchanged since the last visit"), "{}", err(&second));
}
