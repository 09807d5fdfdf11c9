//! The commands.

pub(crate) mod code;
pub(crate) mod explain;
pub(crate) mod lexicon;
pub(crate) mod read;
pub(crate) mod schema;

use std::{fs, path::Path};

use depeche::{Coder, Knowledge, lexicon::File};

use crate::Fatal;

/// Loads the coder, with another lexicon where the user names one.
pub(crate) fn coder(lexicon: Option<&Path>) -> Result<Coder, Fatal> {
    match lexicon {
        None => Ok(Coder::embedded()?),
        Some(folder) => {
            let knowledge = Knowledge::with_files(&files(folder)?)?;
            knowledge.mistakes.iter().for_each(|mistake| anstream::eprintln!("{mistake}"));
            Ok(Coder::new(knowledge)?)
        }
    }
}

/// Reads the rule and word files below a folder, in the order of their paths.
pub(crate) fn files(folder: &Path) -> Result<Vec<File>, Fatal> {
    let mut out = Vec::new();
    let mut folders = vec![folder.join("events"), folder.join("words")];
    while let Some(at) = folders.pop() {
        let entries = fs::read_dir(&at).map_err(|e| format!("{}: {e}\n  hint: a lexicon has the folders events and words", at.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rule" || e == "words") {
                let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
                out.push(File { name, text });
            }
        }
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(out)
}
