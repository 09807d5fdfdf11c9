//! Fetching, against a server on this machine.
#![cfg(feature = "http")]

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::Mutex,
    thread,
    time::Duration,
};

use depeche_ingest::http::{Answer, Client, Clock, Crawler, Policy, Validators};

/// Serves canned answers by path until the test ends; returns its address.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            // A thread each: one client's slow answer must not hold up the next.
            thread::spawn(move || {
                let mut request = [0u8; 4096];
                let length = stream.read(&mut request).unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
                let known = request.to_ascii_lowercase().contains("if-none-match: \"v1\"");
                let unchanged = b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec();
                let _ = stream.write_all(&if known { unchanged } else { answer(&path) });
            });
        }
    });
    base
}

fn answer(path: &str) -> Vec<u8> {
    let ok = |kind: &str, body: &[u8]| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    };
    match path {
        "/latin" => ok("text/html; charset=iso-8859-1", b"<title>L'\xe9t\xe9</title>"),
        "/robots.txt" => ok("text/plain", b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n"),
        "/tagged" => b"HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".to_vec(),
        "/long" => ok("text/plain", &vec![b'x'; 200_000]),
        "/moved" => {
            b"HTTP/1.1 302 Found\r\nLocation: /latin\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
        }
        "/loop" => b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        "/slow" => {
            thread::sleep(Duration::from_secs(3));
            ok("text/plain", b"late")
        }
        _ => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
    }
}

fn client(allow_private: bool) -> Client {
    Client::new(Policy {
        timeout: Duration::from_secs(1),
        max_bytes: 100_000,
        redirects: 3,
        allow_private,
        ..Policy::default()
    })
}

#[test]
fn pages_come_with_charset_and_final_address() {
    let base = serve();
    let page = client(true).fetch(&format!("{base}/moved")).unwrap();
    assert_eq!(page.bytes, b"<title>L'\xe9t\xe9</title>");
    assert_eq!(page.source.charset.as_deref(), Some("iso-8859-1"));
    assert_eq!(page.source.url, Some(format!("{base}/latin")));
}

#[test]
fn bounds_hold_and_are_told() {
    let base = serve();
    for (path, expected) in [
        ("/long", "longer than 100000 bytes"),
        ("/loop", "more than 3 redirects"),
        ("/slow", "no answer within 1 s"),
        ("/none", "404"),
    ] {
        let error = client(true).fetch(&format!("{base}{path}")).unwrap_err();
        assert!(error.message.contains(expected) && error.hint.is_some(), "{path}: {error}");
    }
}

#[test]
fn this_machine_is_refused_unless_allowed() {
    let base = serve();
    let error = client(false).fetch(&format!("{base}/latin")).unwrap_err();
    assert!(error.message.contains("private network"), "{error}");
    let by_name = base.replace("127.0.0.1", "localhost");
    assert!(client(false).fetch(&by_name).unwrap_err().message.contains("private network"));
    assert!(client(false).fetch("file:///etc/passwd").unwrap_err().message.contains("no http"));
}

/// A clock that only its own sleep moves.
#[derive(Default)]
struct Told(Mutex<Vec<Duration>>);

impl Clock for &Told {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().iter().sum()
    }

    fn sleep(&self, time: Duration) {
        self.0.lock().unwrap().push(time);
    }
}

#[test]
fn robots_are_obeyed_and_pauses_kept() {
    let (base, clock) = (serve(), Told::default());
    let crawler = Crawler::new(client(true), &clock, Duration::from_secs(1));
    let fetch = |path: &str| crawler.fetch_if_changed(&format!("{base}{path}"), &Validators::default());
    let error = fetch("/private/page").unwrap_err();
    assert!(error.message.contains("robots.txt forbids"), "{error}");
    fetch("/latin").unwrap();
    fetch("/latin").unwrap();
    // One second after robots.txt, then the three that it asks for.
    assert_eq!(*clock.0.lock().unwrap(), [Duration::from_secs(1), Duration::from_secs(3)]);
}

#[test]
fn a_page_that_did_not_change_is_not_sent_again() {
    let base = serve();
    let url = format!("{base}/tagged");
    let Answer::Page(page) = client(true).fetch_if_changed(&url, &Validators::default()).unwrap() else {
        panic!("a first visit has no version to keep")
    };
    assert_eq!(page.validators.etag.as_deref(), Some("\"v1\""));
    assert!(matches!(client(true).fetch_if_changed(&url, &page.validators).unwrap(), Answer::Unchanged));
}
