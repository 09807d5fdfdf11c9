//! What the tests of the façade share: one coder, the project's articles, the files of the repository.
#![allow(dead_code)] // each test file uses its own part

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use depeche::{Article, Coder, Knowledge};

/// The coder of this build, loaded once.
pub static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::embedded().unwrap());

/// The same, telling events however unsure it is of them.
pub static BOLD_CODER: LazyLock<Coder> = LazyLock::new(|| {
    let mut knowledge = Knowledge::embedded().unwrap();
    knowledge.least_confidence = 0.0;
    Coder::new(knowledge).unwrap()
});

/// A path below the root of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A file below the root of the repository.
pub fn file(path: &str) -> String {
    let path = repository(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The articles written for the project.
pub fn articles() -> Vec<Article> {
    file("tests/articles/articles.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A file of the folder with gold articles and examples that stands beside the repository; `None`, and the reason printed,
/// where it is not there.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("DEPECHE_SHARED").map_or_else(|| repository("../shared"), PathBuf::from);
    let path = folder.join(path);
    let bytes = fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not there; DEPECHE_SHARED names its folder", path.display());
    }
    bytes
}
