//! Lists the actor tables, so that a new `.tsv` under `lexicon/actors` needs no Rust.
//!
//! The generated file holds one `(name, include_str!(path))` pair per table, in the order of the paths.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../lexicon");
    let root = root.canonicalize()?;
    let mut tables = Vec::new();
    for folder in ["actors", "words"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        scan(&root.join(folder), &mut tables)?;
    }
    tables.retain(|path| path.starts_with(root.join("actors")) || path.ends_with("words/roles.tsv"));
    tables.sort();
    let mut source = String::from("&[\n");
    for path in &tables {
        let name = path.strip_prefix(&root).map_err(io::Error::other)?.display().to_string().replace('\\', "/");
        writeln!(source, "    ({name:?}, include_str!({:?})),", path.display().to_string())
            .map_err(io::Error::other)?;
    }
    source.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("actor_tables.rs"), source)
}

/// Every `.tsv` under a folder, at any depth.
fn scan(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            scan(&path, found)?;
        } else if path.extension().is_some_and(|e| e == "tsv") {
            found.push(path);
        }
    }
    Ok(())
}
