//! Chores of the language engine and of speed: train, parity, bench. They need Python with spaCy and `../shared`.

use std::{env, fs, path::Path, process::Command, time::Instant};

use crate::chores::{Done, build, root, run, shared};

const LANGUAGES: [&str; 2] = ["fr", "en"];
/// Times that the articles of the gold are coded in a row, so that loading does not count.
const ROUNDS: usize = 20;

/// The Python that has spaCy: `DEPECHE_PYTHON`, else a virtual environment made here from `training/requirements.txt`.
fn python() -> Result<String, String> {
    if let Ok(python) = env::var("DEPECHE_PYTHON") {
        return Ok(python);
    }
    let venv = root().join(".venv");
    let python = venv.join("bin/python").to_string_lossy().into_owned();
    if !Path::new(&python).exists() {
        run("python3", &["-m", "venv", &venv.to_string_lossy()])?;
        run(&python, &["-m", "pip", "install", "--quiet", "-r", "training/requirements.txt"])?;
    }
    Ok(python)
}

/// Trains a language, measures it, and puts it where the build takes it from.
pub fn train(language: &str) -> Done {
    let python = python()?;
    let data = shared()?.join("data").to_string_lossy().into_owned();
    let (work, out) = (format!("target/training/{language}"), format!("target/models/{language}"));
    run(&python, &["training/train.py", language, "--data", &data, "--work", &work, "--out", &out])?;
    run(
        &python,
        &["training/evaluate.py", "target/models", "--work", "target/training", "--lang", language, "--card"],
    )?;
    run(&python, &["training/convert.py", &out, &format!("models/{language}")])
}

/// Parity with spaCy.
pub fn parity(language: &str) -> Done {
    let data = shared()?.join("data").to_string_lossy().into_owned();
    run(&python()?, &["training/parity.py", language, "--data", &data])?;
    run("cargo", &["run", "--release", "--quiet", "-p", "depeche-language", "--example", "parity", "--", language])
}

/// Words a second: the language engine beside spaCy's own run of the same pipeline on one core each, then the whole
/// program on all cores.
pub fn bench() -> Done {
    let (python, gold) = (python()?, shared()?.join("gold"));
    run("cargo", &["build", "--release", "--quiet", "-p", "depeche-language", "--example", "speed"])?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let engine = target.join("release/examples/speed").to_string_lossy().into_owned();
    for language in LANGUAGES {
        let texts = gold.join(format!("{language}_train_a.jsonl")).to_string_lossy().into_owned();
        let model = format!("models/{language}");
        run(&python, &["training/speed.py", &model, &texts, "--engine", &engine, "--model", &model])?;
    }
    whole_program(&gold)
}

/// Codes the training articles of the gold many times over.
fn whole_program(gold: &Path) -> Done {
    let binary = build()?;
    let mut articles = String::new();
    for name in ["fr_train_a", "fr_train_b", "en_train_a", "en_train_b"] {
        let path = gold.join(format!("{name}.jsonl"));
        articles.push_str(&fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?);
    }
    let words: usize = articles.lines().map(words).sum();
    let path = root().join("target/bench.jsonl");
    fs::write(&path, articles.repeat(ROUNDS)).map_err(|e| format!("{}: {e}", path.display()))?;
    #[allow(clippy::disallowed_methods)] // a clock is what a benchmark is
    let start = Instant::now();
    let output = Command::new(&binary).arg("code").arg(&path).output().map_err(|e| e.to_string())?;
    let seconds = start.elapsed().as_secs_f64();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let (articles, words) = ((articles.lines().count() * ROUNDS) as f64, (words * ROUNDS) as f64);
    println!("depeche code, all cores: {articles} articles, {words} words, {seconds:.1} s with loading");
    println!(
        "  {:.0} words a second, {:.0} articles of 500 words an hour",
        words / seconds,
        words / seconds * 3600.0 / 500.0
    );
    Ok(())
}

/// Words of one JSON line's title and text, as white space separates them.
fn words(line: &str) -> usize {
    let article: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    ["title", "text"].iter().filter_map(|key| article[key].as_str()).map(|text| text.split_whitespace().count()).sum()
}
