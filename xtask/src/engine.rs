//! Chores of the language engine and of speed: train, parity, bench. They need Python with spaCy and `../shared`.

use std::{env, path::Path};

use crate::chores::{Done, root, run, shared};

/// The Python that has spaCy: `DEPECHE_PYTHON`, else a virtual environment made here from `training/requirements.txt`.
pub fn python() -> Result<String, String> {
    if let Ok(python) = env::var("DEPECHE_PYTHON") {
        return Ok(python);
    }
    let venv = root().join(".venv");
    let python = venv.join("bin/python").to_string_lossy().into_owned();
    if !Path::new(&python).exists() {
        run("python3", &["-m", "venv", &venv.to_string_lossy()])?;
        let lists = ["-r", "training/requirements.txt", "-r", "bench/requirements.txt"];
        run(&python, &[&["-m", "pip", "install", "--quiet"][..], &lists].concat())?;
    }
    Ok(python)
}

/// Trains a language, measures it, and puts it where the build takes it from; or the coder's judges, or relation mode.
pub fn train(language: &str) -> Done {
    match language {
        "judges" => return crate::judges::train(),
        "relate" => return crate::relation::train(),
        _ => {}
    }
    let python = python()?;
    let data = shared()?.join("data").to_string_lossy().into_owned();
    let (work, out) = (format!("target/training/{language}"), format!("target/models/{language}"));
    run(&python, &["training/train.py", language, "--data", &data, "--work", &work, "--out", &out])?;
    run(
        &python,
        &["training/evaluate.py", "target/models", "--work", "target/training", "--lang", language, "--card"],
    )?;
    let model = format!("models/{language}");
    run(&python, &["training/convert.py", &out, &model])?;
    run(&python, &["training/basis.py", &model])
}

/// Parity with spaCy.
pub fn parity(language: &str) -> Done {
    let data = shared()?.join("data").to_string_lossy().into_owned();
    run(&python()?, &["training/parity.py", language, "--data", &data])?;
    run("cargo", &["run", "--release", "--quiet", "-p", "depeche-language", "--example", "parity", "--", language])
}

/// How fast a store takes events in and answers.
pub fn bench_store(events: &str) -> Done {
    run("cargo", &["run", "--release", "--quiet", "-p", "depeche-store", "--example", "bench", "--", events])
}

/// Speed by stage and of the whole program, beside spaCy and trafilatura: see `bench/bench.py`.
pub fn bench(articles: u32) -> Done {
    let (python, data) = (python()?, shared()?.join("data"));
    // Program by program: a build of all packages at once would add their features up.
    for (package, what) in [
        ("depeche-cli", "--bins"),
        ("depeche-language", "--examples"),
        ("depeche", "--examples"),
        ("depeche-ingest", "--examples"),
    ] {
        run("cargo", &["build", "--release", "--quiet", "-p", package, what])?;
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let (data, programs) = (data.to_string_lossy(), target.join("release"));
    run(&python, &["bench/bench.py", &data, &programs.to_string_lossy(), "--articles", &articles.to_string()])
}
