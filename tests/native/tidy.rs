//! The invariants of ARCHITECTURE.md that can be read off the source. Comments
//! and documentation may name anything; code may not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const LONGEST_FILE: usize = 400;

/// A file of the repository: its path from the root, with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is_under(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    fn ends_with(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files of ours under the folders, those that do not exist included as none.
fn sources(folders: &[&str]) -> Vec<Source> {
    fn visit(path: &Path, found: &mut Vec<PathBuf>) {
        if path.ends_with("node_modules") {
            // Other people's.
        } else if path.is_dir() {
            for entry in fs::read_dir(path).unwrap() {
                visit(&entry.unwrap().path(), found);
            }
        } else if path.exists() {
            found.push(path.to_owned());
        }
    }
    let mut found = Vec::new();
    folders.iter().for_each(|folder| visit(&root().join(folder), &mut found));
    found.sort();
    let source = |path: PathBuf| Source {
        path: path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"),
        text: String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned(),
    };
    found.into_iter().map(source).collect()
}

/// Everything under version control and not yet ignored; `None` outside of a
/// checkout, as in a source archive.
fn committed() -> Option<Vec<Source>> {
    let listing = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().ok()?;
    let names = String::from_utf8(listing.stdout).ok().filter(|_| listing.status.success())?;
    let paths = names.split_terminator('\0');
    // A file that was just deleted is still listed.
    let source = |path: &str| {
        let bytes = fs::read(root().join(path)).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Some(Source { path: path.to_owned(), text })
    };
    Some(paths.filter_map(source).collect())
}

/// The code of a Rust file without its comments.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

fn names(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|name| !name.is_empty())
}

/// Fails with all offences at once.
fn none(offences: Vec<String>) {
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

#[test]
fn the_engine_knows_nothing_of_the_outside() {
    const OUTSIDE: [&str; 6] =
        ["web", "bindings", "wasm_bindgen", "js_sys", "web_sys", "getrandom"];
    let mut offences = Vec::new();
    let engine = sources(&["src/engine"]);
    assert!(engine.len() > 10);
    for source in &engine {
        let code = code(&source.text);
        for name in names(&code) {
            if OUTSIDE.contains(&name) || name.starts_with("gloo") {
                offences.push(format!("{} names {name}", source.path));
            }
        }
        if code.contains("std::time") || code.contains("core::time") {
            offences.push(format!("{} reads a clock", source.path));
        }
    }
    none(offences);
}

#[test]
fn the_engine_forbids_unsafe_code() {
    assert!(code(&read("src/engine/mod.rs")).contains("#![forbid(unsafe_code)]"));
}

#[test]
fn only_the_bindings_export() {
    let offences = sources(&["src"])
        .iter()
        .filter(|source| !source.is_under("src/bindings") && source.path.ends_with(".rs"))
        .filter(|source| code(&source.text).contains("#[wasm_bindgen"))
        .map(|source| format!("{} has #[wasm_bindgen]", source.path))
        .collect();
    none(offences);
}

#[test]
fn every_module_says_what_lives_there() {
    let mut offences = Vec::new();
    for source in sources(&["src"]).iter().filter(|source| source.path.ends_with(".rs")) {
        if !source.text.starts_with("//!") {
            offences.push(format!("{} does not open with //!", source.path));
        }
        let docs: Vec<&str> =
            source.text.lines().take_while(|line| line.starts_with("//!")).collect();
        let docs = docs.join(" ").replace("//!", " ").to_lowercase();
        let docs = docs.split_whitespace().collect::<Vec<_>>().join(" ");
        if source.path.ends_with("/mod.rs") && !docs.contains("must not live here") {
            offences.push(format!("{} does not say what must not live there", source.path));
        }
    }
    none(offences);
}

#[test]
fn nothing_unfinished_is_shipped() {
    let marks = ["TODO", "FIXME", "XXX", "dbg!", "todo!", "unimplemented!", "println!", "print!("];
    let mut offences = Vec::new();
    for source in sources(&["src", "pkg/src"]) {
        for mark in marks.iter().filter(|mark| source.text.contains(**mark)) {
            offences.push(format!("{} contains {mark}", source.path));
        }
    }
    none(offences);
}

#[test]
fn no_room_is_too_large() {
    let endings = [".rs", ".ts", ".tsx", ".mjs", ".js", ".css", ".sql"];
    let offences = sources(&[
        "src",
        "pkg/src",
        "cli",
        "www/src",
        "www/catalog",
        "www/docs",
        "scripts",
        "tests",
    ])
    .iter()
    .filter(|source| source.ends_with(&endings))
    // Generated.
    .filter(|source| !source.is_under("cli/wasm"))
    .map(|source| (source, source.text.lines().count()))
    .filter(|(_, lines)| *lines > LONGEST_FILE)
    .map(|(source, lines)| format!("{} has {lines} lines", source.path))
    .collect();
    none(offences);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let Some(committed) = committed() else { return };
    // Put together here, so that this file does not offend itself.
    let places = ["work", "root"].map(|folder| format!("/{folder}/"));
    let mut offences = Vec::new();
    for source in &committed {
        for place in places.iter().filter(|place| source.text.contains(place.as_str())) {
            offences.push(format!("{} mentions {place}", source.path));
        }
    }
    none(offences);
}

#[test]
fn no_test_is_switched_off() {
    let marks = [
        concat!("#[igno", "re"),
        concat!(".on", "ly("),
        concat!("test.sk", "ip"),
        concat!("it.sk", "ip"),
    ];
    let mut offences = Vec::new();
    for source in sources(&["src", "tests", "pkg/src", "www/src"]) {
        if !source.ends_with(&[".rs", ".mjs", ".js", ".ts"]) {
            continue;
        }
        for mark in marks.iter().filter(|mark| source.text.contains(**mark)) {
            offences.push(format!("{} contains {mark}", source.path));
        }
    }
    none(offences);
}

#[test]
fn the_package_depends_on_nothing() {
    let manifest: serde_json::Value = serde_json::from_str(&read("pkg/package.json")).unwrap();
    for field in ["dependencies", "optionalDependencies", "bundleDependencies"] {
        assert!(manifest.get(field).is_none(), "pkg/package.json has {field}");
    }
    // A framework that the page has anyway, and only where its entry is used.
    let peers = manifest["peerDependencies"].as_object().cloned().unwrap_or_default();
    for name in peers.keys() {
        let optional = &manifest["peerDependenciesMeta"][name]["optional"];
        assert_eq!(optional, &serde_json::Value::Bool(true), "pkg/package.json needs {name}");
    }
    for script in ["preinstall", "install", "postinstall", "prepare"] {
        assert!(manifest["scripts"].get(script).is_none(), "pkg/package.json runs {script}");
    }
}

/// wasm-bindgen and wasm-opt read a section that stripping removes.
#[test]
fn the_release_is_not_stripped() {
    let manifest = read("Cargo.toml");
    let release = manifest.split("[profile.release]").nth(1).expect("a release profile");
    let release = release.split("\n[").next().unwrap_or_default();
    let setting = |line: &str| line.trim_start().starts_with("strip");
    assert!(!release.lines().any(setting), "{release}");
}

/// The text between two marks.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before}"));
    rest.split_once(after).unwrap_or_else(|| panic!("no {after} after {before}")).0
}

#[test]
fn library_and_command_are_the_same_wasm_bindgen() {
    let manifest = read("Cargo.toml");
    let library = between(&manifest, "\nwasm-bindgen = \"=", "\"");
    let setup = read("scripts/setup.mjs");
    assert_eq!(library, between(&setup, "const WASM_BINDGEN = \"", "\""));
}

#[test]
fn facade_and_engine_number_events_alike() {
    let facade = read("pkg/src/core.ts");
    let list = between(&facade, "EVENT_KINDS = [", "]");
    let list: Vec<&str> = list.split(',').map(|name| name.trim().trim_matches('"')).collect();
    let list: Vec<&str> = list.into_iter().filter(|name| !name.is_empty()).collect();
    let kinds = reshelf::engine::event::EventKind::ALL;
    assert_eq!(list, kinds.map(reshelf::engine::event::EventKind::name));
}

#[test]
fn this_module_reads_code_and_not_comments() {
    assert_eq!(code("a // web_sys\n//! gloo\nb"), "a \n\nb");
    assert_eq!(
        names("use crate::web_sys as w;").collect::<Vec<_>>(),
        ["use", "crate", "web_sys", "as", "w"]
    );
    assert_eq!(between("x = [1, 2]", "[", "]"), "1, 2");
}
