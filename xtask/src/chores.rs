//! Chores that call other programs.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Outcome of a chore: the message says what to do.
pub type Done = Result<(), String>;

/// Root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The folder of gold files and corpora beside the repository.
pub fn shared() -> Result<PathBuf, String> {
    let path = env::var_os("DEPECHE_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if path.is_dir() {
        Ok(path)
    } else {
        Err(format!("{} is not there; set DEPECHE_SHARED to the folder with gold/, data/ and score/", path.display()))
    }
}

/// Runs a program in the root and fails if it does.
pub fn run(program: &str, arguments: &[&str]) -> Done {
    run_with(&[], program, arguments)
}

/// The same with variables of its environment.
pub fn run_with(variables: &[(&str, &str)], program: &str, arguments: &[&str]) -> Done {
    eprintln!("$ {program} {}", arguments.join(" "));
    let status = Command::new(program).args(arguments).envs(variables.iter().copied()).current_dir(root()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program} {} ended with {status}", arguments.join(" "))),
        Err(error) => Err(format!("{program} could not be run: {error}")),
    }
}

/// Runs a command in the repository's root, its output into a file.
pub fn print_into(command: &mut Command, file: std::fs::File) -> Done {
    match command.current_dir(root()).stdout(file).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} ended with {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}

/// Formatting, lints, docs, house numbers.
pub fn check() -> Done {
    run("cargo", &["fmt", "--all", "--check"])?;
    run("cargo", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])?;
    run_with(&[("RUSTDOCFLAGS", "-D warnings")], "cargo", &["doc", "--workspace", "--no-deps", "--quiet"])?;
    crate::tidy::run()
}

/// Every test. The models want optimised code and each test is a program of its own: the profile without link-time
/// optimisation is built much sooner.
pub fn test() -> Done {
    run("cargo", &["test", "--workspace", "--profile", "quick", "--quiet"])?;
    crate::rules::test(&build_with("quick")?.to_string_lossy())
}

/// Rewrites what is generated.
pub fn bless() -> Done {
    let binary = build()?;
    let schema = Command::new(&binary).arg("schema").output().map_err(|e| e.to_string())?;
    fs::create_dir_all(root().join("docs/schema")).map_err(|e| e.to_string())?;
    fs::write(root().join("docs/schema/article.schema.json"), schema.stdout).map_err(|e| e.to_string())?;
    let articles = root().join("tests/articles");
    let input = articles.join("articles.jsonl");
    let output = articles.join("expected.jsonl");
    crate::rules::bless(&binary.to_string_lossy())?;
    run(&binary.to_string_lossy(), &["code", &input.to_string_lossy(), "--out", &output.to_string_lossy()])
}

/// Builds the program and says where it is. `DEPECHE_PROFILE` names another profile than `release`, such as `quick`.
pub fn build() -> Result<PathBuf, String> {
    build_with(&env::var("DEPECHE_PROFILE").unwrap_or_else(|_| "release".to_owned()))
}

fn build_with(profile: &str) -> Result<PathBuf, String> {
    run("cargo", &["build", "--profile", profile, "--quiet", "--bin", "depeche"])?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join(profile).join("depeche"))
}

const TEMPLATE: &str = "rule     {name}
event    {EVENT}
cameo    {code}
needs    actor
fr       ACTOR verbe RECIPIENT
en       ACTOR verb RECIPIENT
why      Say in a sentence which act this is, and where it stops.
test fr  Paris verbe Moscou. => FRA > RUS
test en  Kenya verbs Uganda. => KEN > UGA
never en Say something that looks like it and is not.
";

/// Begins a rule.
pub fn new_rule(event: &str, name: &str) -> Done {
    let folder = root().join("lexicon/events").join(event.to_lowercase());
    let file = folder.join(format!("{name}.rule"));
    if file.exists() {
        return Err(format!("{} stands already", file.display()));
    }
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let text = TEMPLATE.replace("{name}", name).replace("{EVENT}", &event.to_uppercase()).replace("{code}", "010");
    fs::write(&file, text).map_err(|e| format!("{}: {e}", file.display()))?;
    eprintln!("wrote {}; edit it, then run `depeche lexicon check {name}`", file.display());
    Ok(())
}
