//! The coder: knowledge loaded once, articles coded on any number of threads.

use std::{fmt, thread};

use depeche_language::Pipeline;
use depeche_lexicon::{File, Lexicon};
use depeche_model::{Article, Diagnostic, Event, Language, Parsed, Span};
use depeche_resolve::{place::Gazetteer, who::Directory};

use crate::{analysis, explanation::Explanation};

/// What went wrong while loading knowledge.
#[derive(Debug)]
pub struct Error {
    message: String,
    diagnostics: Vec<Diagnostic>,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), diagnostics: Vec::new() }
    }

    /// Places in files that are wrong, where files are to blame.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.diagnostics.iter().try_for_each(|d| write!(f, "\n{d}"))
    }
}

impl std::error::Error for Error {}

/// Rules and tables: all that coding knows beside the models.
#[derive(Debug)]
pub struct Knowledge {
    /// Event patterns and word classes.
    pub lexicon: Lexicon,
    /// Actors.
    pub directory: Directory,
    /// Places.
    pub gazetteer: Gazetteer,
    /// Least confidence of an event that is told, 0 to 1; [`LEAST_CONFIDENCE`] unless set.
    pub least_confidence: f32,
    /// Mistakes in the lexicon's files; the files that hold them are left out, the others are used.
    pub mistakes: Vec<Diagnostic>,
}

/// Confidence under which an event is not told. Five-fold on the training articles (`training/mentions.py --folds 5`) F1 is level
/// between 0.1 and 0.3; the lower half keeps more of what is told.
pub const LEAST_CONFIDENCE: f32 = 0.15;

impl Knowledge {
    /// What this build carries.
    pub fn embedded() -> Result<Self, Error> {
        Self::with_files(&depeche_lexicon::embedded())
    }

    /// The same with other event patterns and word classes; see [`Knowledge::mistakes`].
    pub fn with_files(files: &[File]) -> Result<Self, Error> {
        let ((lexicon, mistakes), directory, gazetteer) = thread::scope(|scope| {
            let (directory, gazetteer) = (scope.spawn(Directory::embedded), scope.spawn(Gazetteer::embedded));
            (Lexicon::compile(files), directory.join(), gazetteer.join())
        });
        let directory = directory.map_err(|_| Error::new("the actor tables could not be read"))?;
        if !directory.problems().is_empty() {
            let diagnostics = directory.problems().to_vec();
            return Err(Error { message: "the actor tables have errors".to_owned(), diagnostics });
        }
        let gazetteer = gazetteer.map_err(|_| Error::new("the gazetteer could not be read"))?;
        let gazetteer = gazetteer.map_err(|e| Error::new(e.to_string()))?;
        Ok(Self { lexicon, directory, gazetteer, least_confidence: LEAST_CONFIDENCE, mistakes })
    }
}

static MODELS: [(&[u8], &[u8]); 2] = [
    (include_bytes!("../../../models/fr/model.safetensors"), include_bytes!("../../../models/fr/manifest.json")),
    (include_bytes!("../../../models/en/model.safetensors"), include_bytes!("../../../models/en/manifest.json")),
];

/// Reads the models of both languages at the same time.
fn pipelines(models: [(&[u8], &[u8]); 2]) -> Result<[Pipeline; 2], Error> {
    let load = |(weights, manifest): (&[u8], &[u8])| {
        Pipeline::from_bytes(weights, manifest).map_err(|e| Error::new(e.to_string()))
    };
    let (french, english) = thread::scope(|scope| {
        let french = scope.spawn(|| load(models[0]));
        let english = load(models[1]);
        (french.join(), english)
    });
    Ok([french.map_err(|_| Error::new("the French model could not be read"))??, english?])
}

/// Codes articles. Shared by reference among threads.
pub struct Coder {
    knowledge: Knowledge,
    pipelines: [Pipeline; 2],
}

impl Coder {
    /// With the models, lexicon and tables that this build carries, all read at the same time.
    pub fn embedded() -> Result<Self, Error> {
        let (pipelines, knowledge) = thread::scope(|scope| {
            let pipelines = scope.spawn(|| pipelines(MODELS));
            let knowledge = Knowledge::embedded();
            (pipelines.join(), knowledge)
        });
        let pipelines = pipelines.map_err(|_| Error::new("the models could not be read"))??;
        Ok(Self { knowledge: knowledge?, pipelines })
    }

    /// With other knowledge and the models of this build.
    pub fn new(knowledge: Knowledge) -> Result<Self, Error> {
        Self::with_models(knowledge, MODELS)
    }

    /// With other knowledge and other models: weights (safetensors) and manifest of French, then of English.
    pub fn with_models(knowledge: Knowledge, models: [(&[u8], &[u8]); 2]) -> Result<Self, Error> {
        Ok(Self { knowledge, pipelines: pipelines(models)? })
    }

    /// With another least confidence of an event that is told, 0 to 1.
    #[must_use]
    pub fn telling_from(mut self, least_confidence: f32) -> Self {
        self.knowledge.least_confidence = least_confidence;
        self
    }

    /// The knowledge in use.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The parse of a text.
    pub fn parse(&self, whole: &str, language: Language) -> Parsed {
        let index = usize::from(language == Language::English);
        self.pipelines[index].parse(whole)
    }

    /// The events of an article, in text order.
    pub fn code(&self, article: &Article) -> Vec<Event> {
        self.code_from(article, self.knowledge.least_confidence)
    }

    /// The events of an article whose confidence is at least `least`, 0 to 1.
    pub fn code_from(&self, article: &Article, least: f32) -> Vec<Event> {
        let whole = article.whole();
        let parsed = self.parse(&whole, article.language);
        let text = analysis::Text { least, ..self.text(article, &whole) };
        analysis::run(&self.knowledge, text, &parsed, false).events
    }

    pub(crate) fn text<'a>(&self, article: &'a Article, whole: &'a str) -> analysis::Text<'a> {
        let title = Span::new(0, article.title.len() as u32);
        analysis::Text {
            id: &article.id,
            whole,
            title,
            language: article.language,
            published: article.published,
            least: self.knowledge.least_confidence,
        }
    }

    /// The events of an article and everything that led to them.
    pub fn explain(&self, article: &Article) -> Explanation {
        let whole = article.whole();
        let parsed = self.parse(&whole, article.language);
        let analysis = analysis::run(&self.knowledge, self.text(article, &whole), &parsed, true);
        Explanation::new(whole, parsed, analysis, &self.knowledge.lexicon)
    }
}
