//! The invariants of ARCHITECTURE.md that a machine can hold: arrows between crates, the one door, no path of a machine.

use std::{fs, path::Path, process::Command};

/// Crates that a crate may import, by name without `depeche-`. Whoever is not listed imports the façade only.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("ingest", &["model"]),
    ("language", &["model"]),
    ("lexicon", &["model"]),
    ("coding", &["model", "lexicon"]),
    ("relate", &["model", "lexicon", "coding"]),
    ("resolve", &["model", "lexicon"]),
    ("record", &["model"]),
    ("store", &["model", "record"]),
    ("analysis", &["model"]),
    ("export", &["model"]),
];

/// What is broken; empty where all holds.
pub fn check(root: &Path) -> Result<Vec<String>, String> {
    let mut broken = arrows(root);
    broken.extend(one_door(root)?);
    broken.extend(machine_paths(root)?);
    Ok(broken)
}

fn arrows(root: &Path) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, allowed) in ARROWS {
        let path = root.join(format!("crates/depeche-{name}/Cargo.toml"));
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let dependencies = text.split("[dependencies]").nth(1).unwrap_or("");
        let dependencies = dependencies.split("\n[").next().unwrap_or("");
        for line in dependencies.lines().filter_map(|line| line.strip_prefix("depeche")) {
            let other = line.trim_start_matches('-').split(['.', ' ', '=']).next().unwrap_or("");
            if !allowed.contains(&other) {
                broken.push(format!(
                    "depeche-{name} imports depeche-{other}: the arrow runs backwards (ARCHITECTURE.md, Arrows)"
                ));
            }
        }
    }
    broken
}

/// Crates of the core, which reach no file, network or clock; ingest's `http` module is the door.
const CORE: &[&str] = &["model", "language", "lexicon", "coding", "relate", "resolve", "record", "export"];
const DOORS: &[&str] = &["std::fs", "std::net", "SystemTime", "std::env", "std::process"];

fn one_door(root: &Path) -> Result<Vec<String>, String> {
    let mut broken = Vec::new();
    for name in CORE {
        let folder = root.join(format!("crates/depeche-{name}/src"));
        for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
            if entry.path().extension().is_none_or(|e| e != "rs") {
                continue;
            }
            let text = fs::read_to_string(entry.path()).map_err(|e| e.to_string())?;
            let code = text.split("#[cfg(test)]").next().unwrap_or("");
            let lines = code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
            for (n, line) in lines {
                if let Some(door) = DOORS.iter().find(|door| line.contains(*door)) {
                    broken.push(format!(
                        "{}:{}: the core reaches {door}; take it from the caller",
                        entry.path().display(),
                        n + 1
                    ));
                }
            }
        }
    }
    Ok(broken)
}

fn machine_paths(root: &Path) -> Result<Vec<String>, String> {
    let pattern = r"(^|[^[:alnum:]])/(work|farm|root|tmp)/";
    let output =
        Command::new("git").args(["grep", "-nE", pattern, "--", ".", ":!*.lock", ":!xtask"]).current_dir(root).output();
    let output = output.map_err(|e| format!("git could not be run: {e}"))?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(lines.lines().map(|line| format!("{line}: an absolute path of a machine")).collect())
}
