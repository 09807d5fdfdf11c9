//! From what the user named to files, in a fixed order.
//!
//! A folder is walked depth first by name; hidden entries and the scripts, styles and fonts that browsers save beside a page are passed over.
//! A glob is walked from its longest fixed folder on. One folder's listing is held at a time for each level.

use depeche_model::Diagnostic;
use glob::Pattern;

use super::files::{Entry, Files};

/// Extensions of what browsers save beside a page. Everything else in a folder is judged by its bytes.
const BESIDE_PAGES: &[&str] =
    &["css", "js", "mjs", "map", "woff", "woff2", "ttf", "eot", "svg", "ico", "webp", "avif", "md5", "cdx"];

/// A file to be opened, or an address.
#[derive(Debug)]
pub(super) struct Leaf {
    pub name: String,
    /// Whether it was found in a folder rather than named: then what is no document is passed over in silence.
    pub in_folder: bool,
}

/// The walk over the inputs.
pub(super) struct Walk<F> {
    files: F,
    /// Inputs still to come, the next one last.
    inputs: Vec<String>,
    /// Entries of the folders entered, the next one last.
    stack: Vec<Entry>,
    /// The glob being walked, if one is, and whether it has met anything.
    pattern: Option<(Pattern, String, bool)>,
}

impl<F: Files> Walk<F> {
    /// A walk over the inputs in the order given; one named twice is walked once.
    pub(super) fn new(files: F, inputs: Vec<String>) -> Self {
        let mut once: Vec<String> = Vec::with_capacity(inputs.len());
        for input in inputs {
            if !once.contains(&input) {
                once.push(input);
            }
        }
        once.reverse();
        Self { files, inputs: once, stack: Vec::new(), pattern: None }
    }

    pub(super) fn files(&self) -> &F {
        &self.files
    }

    /// Pushes a folder's entries so that they come off in order.
    fn enter(&mut self, folder: &str) -> Result<(), Diagnostic> {
        let mut entries = self.files.list(folder).map_err(|error| {
            Diagnostic::error(folder, format!("the folder cannot be read: {error}")).hint("check its permissions")
        })?;
        entries.reverse();
        self.stack.extend(entries);
        Ok(())
    }

    /// The next file in the folders entered.
    fn next_in_folders(&mut self) -> Option<Result<Leaf, Diagnostic>> {
        while let Some(entry) = self.stack.pop() {
            let base = entry.path.rsplit(['/', '\\']).next().unwrap_or(&entry.path);
            if base.starts_with('.') && base.len() > 1 {
                continue;
            }
            if entry.is_folder {
                if let Err(error) = self.enter(&entry.path) {
                    return Some(Err(error));
                }
                continue;
            }
            let named = match &mut self.pattern {
                Some((pattern, _, met)) => {
                    let fits = pattern.matches(entry.path.trim_start_matches("./"));
                    *met |= fits;
                    fits
                }
                None => !is_beside_page(base),
            };
            if named {
                return Some(Ok(Leaf { in_folder: self.pattern.is_none(), name: entry.path }));
            }
        }
        match self.pattern.take() {
            Some((_, text, false)) => Some(Err(Diagnostic::error(text, "no file fits this pattern")
                .hint("check the pattern; ** crosses folders, * does not"))),
            _ => None,
        }
    }

    /// Starts on an input.
    fn start(&mut self, input: String) -> Option<Result<Leaf, Diagnostic>> {
        if input == "-" || input.starts_with("http://") || input.starts_with("https://") {
            return Some(Ok(Leaf { name: input, in_folder: false }));
        }
        let path = if input.len() > 1 { input.trim_end_matches('/') } else { &input };
        match self.files.is_folder(path) {
            Some(true) => self.enter(path).err().map(Err),
            Some(false) => Some(Ok(Leaf { name: path.to_owned(), in_folder: false })),
            None if input.contains(['*', '?', '[']) => self.start_glob(&input).err().map(Err),
            None => Some(Err(Diagnostic::error(input, "no such file or folder").hint("check the path"))),
        }
    }

    fn start_glob(&mut self, input: &str) -> Result<(), Diagnostic> {
        let pattern = Pattern::new(input.trim_start_matches("./")).map_err(|error| {
            Diagnostic::error(input, format!("the pattern cannot be read: {}", error.msg))
                .hint("close every bracket; write [*] for a star that is meant")
        })?;
        let fixed = &input[..input.find(['*', '?', '[']).unwrap_or(input.len())];
        let folder = match fixed.rfind('/') {
            Some(0) => "/",
            Some(end) => &fixed[..end],
            None => ".",
        };
        self.pattern = Some((pattern, input.to_owned(), false));
        if self.files.is_folder(folder) == Some(false) { Ok(()) } else { self.enter(folder) }
    }

    /// The next file or address, or what is wrong with an input; none at the end.
    pub(super) fn next(&mut self) -> Option<Result<Leaf, Diagnostic>> {
        loop {
            if let Some(found) = self.next_in_folders() {
                return Some(found);
            }
            let input = self.inputs.pop()?;
            if let Some(found) = self.start(input) {
                return Some(found);
            }
        }
    }
}

fn is_beside_page(base: &str) -> bool {
    base.rsplit_once('.')
        .is_some_and(|(_, extension)| BESIDE_PAGES.iter().any(|other| other.eq_ignore_ascii_case(extension)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Memory;

    fn walk(inputs: &[&str]) -> Vec<String> {
        let files = Memory::from([
            ("d/b.txt", ""),
            ("d/a/z.html", ""),
            ("d/a/style.css", ""),
            ("d/.git/x", ""),
            ("e.jsonl", ""),
            ("d/a.gz", ""),
        ]);
        let mut walk = Walk::new(files, inputs.iter().map(|s| (*s).to_owned()).collect());
        std::iter::from_fn(move || walk.next())
            .map(|leaf| leaf.map_or_else(|e| format!("! {}", e.message), |leaf| leaf.name))
            .collect()
    }

    #[test]
    fn folders_are_walked_by_name() {
        assert_eq!(walk(&["d/", "e.jsonl", "d/"]), ["d/a/z.html", "d/a.gz", "d/b.txt", "e.jsonl"]);
        assert_eq!(walk(&["-", "https://example.org/a"]), ["-", "https://example.org/a"]);
    }

    #[test]
    fn globs_find_what_fits_and_say_when_nothing_does() {
        assert_eq!(walk(&["d/**/*.html", "*.jsonl"]), ["d/a/z.html", "e.jsonl"]);
        assert_eq!(walk(&["d/*.pdf"]), ["! no file fits this pattern"]);
        assert!(walk(&["d/[a"])[0].contains("cannot be read"));
        assert_eq!(walk(&["nowhere"]), ["! no such file or folder"]);
    }
}
