//! What a store does when others write, the disk is full or the folder is not to be written.

mod common;

use std::{fs, path::Path, sync::mpsc, thread, time::Duration};

use common::{Dice, world};
use depeche_model::Coded;
use depeche_store::{Archive as _, Query, Settings, Store};

fn items(seed: u64, n: usize) -> Vec<Coded> {
    let mut dice = Dice::new(seed);
    let mut number = 0;
    let mut one = || {
        let mut item = world(&mut dice);
        number += 1;
        let id = format!("{seed}-{number}");
        for (n, event) in item.events.iter_mut().enumerate() {
            event.id = format!("{id}#{}", n + 1);
        }
        item.article.url = Some(format!("https://example.org/{id}"));
        item.article.id = id;
        item
    };
    (0..n).map(|_| one()).collect()
}

fn open(folder: &Path, wait: u64) -> Store {
    Store::open(folder, &Settings { wait: Duration::from_millis(wait), ..Settings::default() }).unwrap()
}

fn count(store: &Store) -> usize {
    store.events(&Query::default(), None).unwrap().count()
}

#[test]
fn a_reader_sees_what_was_there_while_a_writer_writes() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = open(folder.path(), 10_000);
    writer.put(&items(1, 30), "one").unwrap();
    let reader = Store::read(folder.path()).unwrap();
    let before = count(&reader);
    assert!(before > 0);
    let (said, hears) = mpsc::channel();
    let path = folder.path().to_owned();
    let other = thread::spawn(move || {
        let mut writer = open(&path, 10_000);
        for n in 0..10 {
            writer.put(&items(100 + n, 20), "one").unwrap();
            let _ = said.send(());
        }
    });
    // Between any two of the writer's transactions, and within them, the reader reads.
    let mut reads = 0;
    while !other.is_finished() {
        let _ = hears.recv_timeout(Duration::from_millis(20));
        assert!(count(&reader) >= before);
        reads += 1;
    }
    other.join().unwrap();
    assert!(reads > 0 && count(&reader) > before);
    assert_eq!(reader.verify().unwrap(), Vec::<String>::new());
}

#[test]
fn two_writers_take_turns_and_one_that_waits_in_vain_is_told() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path(), 10_000));
    let threads: Vec<_> = (0..3)
        .map(|n| {
            let path = folder.path().to_owned();
            thread::spawn(move || {
                let mut store = open(&path, 60_000);
                for round in 0..5 {
                    store.put(&items(10 * n + round, 10), "one").unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let store = open(folder.path(), 10_000);
    assert_eq!(store.contents().unwrap().articles, 150);
    assert_eq!(store.verify().unwrap(), Vec::<String>::new());

    // Someone holds the lock and does not let go.
    let holder = rusqlite::Connection::open(store.path()).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = open(folder.path(), 50).put(&items(99, 1), "one").unwrap_err();
    assert!(error.message.contains("another process is writing"), "{error}");
    assert!(error.hint.unwrap().contains("--wait"));
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(open(folder.path(), 50).put(&items(99, 1), "one").unwrap().added, 1);
}

#[test]
fn a_full_disk_is_told_and_costs_the_batch_alone() {
    let folder = tempfile::tempdir().unwrap();
    let small = Settings { max_bytes: Some(1 << 20), ..Settings::default() };
    let mut store = Store::open(folder.path(), &small).unwrap();
    let (mut kept, mut n) = (0, 0);
    let error = loop {
        match store.put(&items(n, 50), "one") {
            Ok(tally) => kept += tally.added,
            Err(error) => break error,
        }
        n += 1;
    };
    assert!(error.message.contains("the disk is full"), "{error}");
    assert!(error.hint.unwrap().contains("free some space"));
    assert!(kept > 0);
    drop(store);
    // With room again, the same batch goes in, and all before it is there.
    let mut store = open(folder.path(), 10_000);
    assert_eq!(store.contents().unwrap().articles, kept);
    assert_eq!(store.verify().unwrap(), Vec::<String>::new());
    assert_eq!(store.put(&items(n, 50), "one").unwrap().added, 50);
    assert_eq!(store.verify().unwrap(), Vec::<String>::new());
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Store::open(&file.join("store"), &Settings::default()).unwrap_err();
    assert!(error.message.contains("cannot be made"), "{error}");
}

/// The column names of the views are a promise to whoever reads them.
#[test]
fn the_views_are_as_documented() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path(), 10_000);
    store.put(&items(5, 40), "one").unwrap();
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/store.md");
    let docs = fs::read_to_string(docs).unwrap();
    let connection = rusqlite::Connection::open(store.path()).unwrap();
    for view in ["v_articles", "v_events", "v_parties", "v_records", "v_dyad_months"] {
        let mut statement = connection.prepare(&format!("SELECT * FROM {view}")).unwrap();
        let row = docs.lines().find(|line| line.starts_with(&format!("| `{view}`"))).unwrap_or_default();
        for column in statement.column_names() {
            assert!(row.contains(&format!("`{column}`")), "docs/store.md does not name {view}.{column}");
        }
        assert!(statement.exists([]).unwrap(), "{view} is empty");
    }
}
