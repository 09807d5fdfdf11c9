//! Where coded articles go.

use std::{
    ffi::OsString,
    fs,
    io::{self, BufWriter, StdoutLock, Write as _},
    path::{Path, PathBuf},
};

use depeche::Diagnostic;
use serde_json::{Value, json};

use super::Append;
use crate::Fatal;

/// An output of a run. `T` is what the workers prepare for it.
///
/// The calls come in this order: `open` once, then `take` and `commit` as they come, then one last `commit` and `finish`. After a run that
/// was killed, at whatever moment, the next begins with `open` and the mark of a `commit` that was kept.
pub(crate) trait Sink<T> {
    /// Begins a new output, or with the `mark` of a commit brings the one that stands back to exactly that place: what was taken after it
    /// is gone.
    ///
    /// # Errors
    /// Where the output cannot be written, or cannot be brought back.
    fn open(&mut self, mark: Option<&Value>) -> Result<(), Fatal>;

    /// Takes what was prepared of one article: in the order of the corpus, unless the run is unordered.
    ///
    /// # Errors
    /// Where the output cannot go on; the run ends.
    fn take(&mut self, item: T) -> Result<(), Fatal>;

    /// Makes all that was taken safe against loss of power, and says by what mark `open` will find this place again. Null where the sink
    /// cannot come back to this place, such as in the middle of a part file: then the place before is kept, and the run goes on.
    /// With `last`, nothing more will be taken, and there must be a mark.
    ///
    /// # Errors
    /// Where the output cannot go on; the run ends.
    fn commit(&mut self, last: bool) -> Result<Option<Value>, Fatal>;

    /// Puts the whole output under its name. It may be called again after `open` with the mark of the last commit: it then does what is left.
    ///
    /// # Errors
    /// Where that fails; what was committed is safe.
    fn finish(&mut self) -> Result<(), Fatal>;
}

/// A file that grows by whole records: JSON lines, CSV. It grows under another name (`FILE.part`), so that what stands under its own is
/// always whole; its mark is its length.
pub(crate) struct Lines {
    path: PathBuf,
    header: Vec<u8>,
    file: Option<Append>,
}

impl Lines {
    /// A file that begins with `header`.
    pub(crate) fn new(path: &Path, header: Vec<u8>) -> Self {
        Self { path: path.to_owned(), header, file: None }
    }

    fn file(&mut self) -> io::Result<&mut Append> {
        self.file.as_mut().ok_or_else(|| io::Error::other("the output is not open"))
    }
}

/// The path of a file that stands beside another: its name with an ending added.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

impl Sink<Vec<u8>> for Lines {
    fn open(&mut self, mark: Option<&Value>) -> Result<(), Fatal> {
        let part = beside(&self.path, ".part");
        let Some(mark) = mark else {
            let mut file = Append::create(&part)?;
            file.write(&self.header)?;
            self.file = Some(file);
            return Ok(());
        };
        let length = mark["bytes"].as_u64().ok_or("the checkpoint tells no length of the output")?;
        // Killed between the renaming and the end: nothing is left to do.
        let is_whole = !part.exists() && fs::metadata(&self.path).is_ok_and(|data| data.len() == length);
        if !is_whole {
            self.file = Some(Append::reopen(&part, length)?);
        }
        Ok(())
    }

    fn take(&mut self, item: Vec<u8>) -> Result<(), Fatal> {
        Ok(self.file()?.write(&item)?)
    }

    fn commit(&mut self, _last: bool) -> Result<Option<Value>, Fatal> {
        Ok(Some(json!({ "bytes": self.file()?.sync()? })))
    }

    fn finish(&mut self) -> Result<(), Fatal> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        file.sync()?;
        fs::rename(beside(&self.path, ".part"), &self.path).map_err(|error| {
            Diagnostic::error(self.path.display().to_string(), error.to_string())
                .hint("the records are safe in the file of this name with .part; make room and run again with --resume")
        })?;
        Ok(super::append::sync_folder(&self.path)?)
    }
}

/// Standard output: records as they come; a run into it cannot be resumed.
pub(crate) struct Standard {
    out: BufWriter<StdoutLock<'static>>,
    header: Vec<u8>,
}

impl Standard {
    /// Standard output that begins with `header`.
    pub(crate) fn new(header: Vec<u8>) -> Self {
        Self { out: BufWriter::with_capacity(1 << 16, io::stdout().lock()), header }
    }
}

impl Sink<Vec<u8>> for Standard {
    fn open(&mut self, _mark: Option<&Value>) -> Result<(), Fatal> {
        Ok(self.out.write_all(&self.header)?)
    }

    fn take(&mut self, item: Vec<u8>) -> Result<(), Fatal> {
        Ok(self.out.write_all(&item)?)
    }

    fn commit(&mut self, _last: bool) -> Result<Option<Value>, Fatal> {
        self.out.flush()?;
        Ok(Some(Value::Null))
    }

    fn finish(&mut self) -> Result<(), Fatal> {
        Ok(self.out.flush()?)
    }
}
