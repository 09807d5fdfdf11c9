//! The commands.

pub(crate) mod add;
pub(crate) mod code;
mod coverage;
pub(crate) mod dyads;
pub(crate) mod events;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod lexicon;
pub(crate) mod lookup;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod records;
pub(crate) mod relate;
pub(crate) mod schema;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod timeline;
pub(crate) mod watch;

use std::{
    fs,
    hash::Hasher as _,
    path::{Path, PathBuf},
};

use depeche::{Coder, Diagnostic, Knowledge, Language, lexicon::File};

use siphasher::sip::SipHasher13;

use crate::Fatal;

/// What stands in for the built-in lexicon and models, and how sure an event must be.
pub(crate) struct Folders {
    /// Folder with `events/` and `words/`.
    pub(crate) lexicon: Option<PathBuf>,
    /// Folder with `fr/` and `en/`.
    pub(crate) models: Option<PathBuf>,
    /// Least confidence of an event, 0 to 1.
    pub(crate) confidence: f32,
}

impl Folders {
    /// Loads the coder.
    pub(crate) fn coder(&self) -> Result<Coder, Fatal> {
        if self.lexicon.is_none() && self.models.is_none() {
            return Ok(Coder::embedded()?.telling_from(self.confidence));
        }
        let mut knowledge = match &self.lexicon {
            None => Knowledge::embedded()?,
            Some(folder) => Knowledge::with_files(&files(folder)?)?,
        };
        knowledge.least_confidence = self.confidence;
        let Some(folder) = &self.models else { return Ok(Coder::new(knowledge)?) };
        let read = |language: Language, name: &str| {
            let path = folder.join(language.code()).join(name);
            fs::read(&path).map_err(|e| {
                unreadable(&path, &e, "a folder of models has fr/ and en/, as `cargo x train` writes them")
            })
        };
        let mut bytes = Vec::new();
        for language in Language::ALL {
            bytes.push((read(language, "model.safetensors")?, read(language, "manifest.json")?));
        }
        Ok(Coder::with_models(knowledge, [(&bytes[0].0, &bytes[0].1), (&bytes[1].0, &bytes[1].1)])?)
    }
}

impl Folders {
    /// What codes: the program's version, its lexicon and models, and how sure an event must be. An article that the same has coded
    /// need not be coded again.
    pub(crate) fn coder_label(&self) -> Result<String, Fatal> {
        let all = match &self.lexicon {
            None => depeche::lexicon::embedded(),
            Some(folder) => files(folder)?,
        };
        let mut hash = SipHasher13::new();
        for File { name, text } in &all {
            hash.write(name.as_bytes());
            hash.write(text.as_bytes());
        }
        let models = self.models.as_ref().map_or_else(|| "built-in".to_owned(), |folder| folder.display().to_string());
        Ok(format!(
            "depeche {}, lexicon {:016x}, models {models}, confidence {}",
            env!("CARGO_PKG_VERSION"),
            hash.finish(),
            self.confidence
        ))
    }
}

/// What could not be read, with the remedy.
fn unreadable(path: &Path, error: &std::io::Error, hint: &str) -> Diagnostic {
    Diagnostic::error(path.display().to_string(), error.to_string()).hint(hint)
}

/// Reads the rule and word files below a folder, in the order of their paths.
pub(crate) fn files(folder: &Path) -> Result<Vec<File>, Fatal> {
    let mut out = Vec::new();
    let mut folders = vec![folder.join("events"), folder.join("words")];
    while let Some(at) = folders.pop() {
        let entries =
            fs::read_dir(&at).map_err(|e| unreadable(&at, &e, "a lexicon has the folders events and words"))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rule" || e == "words") {
                let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&path).map_err(|e| unreadable(&path, &e, "files are UTF-8 text"))?;
                out.push(File { name, text });
            }
        }
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(out)
}
