//! Gathers every file of `lexicon/events` and `lexicon/words` into one table, so that a new rule is a new file and no
//! registry is edited. The files are embedded as text; a user's folder can replace them at run time.

use std::{env, fmt::Write as _, fs, io, path::Path};

fn gather(folder: &Path, root: &Path, out: &mut Vec<(String, String)>) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            gather(&path, root, out)?;
        } else if path.extension().is_some_and(|e| e == "rule" || e == "words") {
            println!("cargo::rerun-if-changed={}", path.display());
            let name = path.strip_prefix(root).map_err(io::Error::other)?.display().to_string();
            out.push((name, path.canonicalize()?.display().to_string()));
        }
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../lexicon");
    let mut files = Vec::new();
    for folder in ["events", "words"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        gather(&root.join(folder), &root, &mut files)?;
    }
    let mut table = String::from("&[\n");
    for (name, path) in files {
        writeln!(table, "    ({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
    }
    table.push(']');
    let out = Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("files.rs");
    fs::write(out, table)
}
