//! `cargo x tidy`: the house numbers of DESIGN, counted from the syntax tree, and the invariants of ARCHITECTURE.md.

mod invariants;
mod numbers;

use crate::chores::{self, Done};

/// Ceiling of a function, in lines.
const FUNCTION_CEILING: usize = 80;
/// 95 of 100 functions are no longer than this, in lines.
const FUNCTION_P95: usize = 35;
/// Ceiling of a file without its tests, in lines.
const FILE_CEILING: usize = 600;
/// Half the files are no longer than this, in lines without tests.
const FILE_MEDIAN: usize = 150;
/// Share of public items with documentation.
const DOCUMENTED: f64 = 0.94;
/// `unwrap` and `expect` for a thousand lines of library code.
const UNWRAPS: f64 = 1.0;

/// Prints the numbers; fails where one is past its ceiling.
pub fn run() -> Done {
    let root = chores::root();
    let count = numbers::count(&root)?;
    let mut broken = invariants::check(&root)?;
    let p95 = count.function_quantile(0.95);
    let (longest, at) = count.longest_function();
    let (largest, file) = count.largest_file();
    let documented = count.documented();
    let unwraps = count.unwraps_per_thousand();
    println!(
        "functions      {:>6}   p95 {p95} lines (≤ {FUNCTION_P95}), longest {longest} (≤ {FUNCTION_CEILING}) {at}",
        count.functions.len()
    );
    println!(
        "files          {:>6}   median {} lines (≤ {FILE_MEDIAN}), largest {largest} (≤ {FILE_CEILING}) {file}",
        count.files.len(),
        count.file_median()
    );
    println!(
        "public items   {:>6}   {:.1} % documented (≥ {:.0} %)",
        count.public,
        documented * 100.0,
        DOCUMENTED * 100.0
    );
    println!("unwrap, expect {:>6}   {unwraps:.2} a thousand lines of library code (≤ {UNWRAPS})", count.unwraps);
    println!("unsafe         {:>6}   (0 outside the one named module)", count.unsafes);
    let ceilings = [
        (p95 > FUNCTION_P95, format!("95 of 100 functions must have at most {FUNCTION_P95} lines")),
        (longest > FUNCTION_CEILING, format!("{at} has {longest} lines; split it")),
        (largest > FILE_CEILING, format!("{file} has {largest} lines without tests; split it")),
        (count.file_median() > FILE_MEDIAN, "files are too long on the whole".to_owned()),
        (documented < DOCUMENTED, format!("public items lack documentation: {}", count.undocumented.join(", "))),
        (unwraps > UNWRAPS, format!("too many unwrap or expect in library code: {}", count.unwrap_places.join(", "))),
        (count.unsafes > 0, "unsafe stands outside the one named module".to_owned()),
    ];
    broken.extend(ceilings.into_iter().filter(|(broken, _)| *broken).map(|(_, message)| message));
    // Rule files and actor tables check themselves: codes, dates, one holder of an office at a time.
    if let Err(message) = chores::run(
        "cargo",
        &["run", "--profile", "quick", "--quiet", "--bin", "depeche", "--", "lexicon", "check", "--syntax"],
    ) {
        broken.push(message);
    }
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n")) }
}
