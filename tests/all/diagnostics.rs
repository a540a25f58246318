//! Every rule of the spec language has a fixture that breaks it, with the exact message as a snapshot.
//!
//! A fixture is named after its rule (`rule@variant` for a second one). Its lines are `api.yaml`, and after a line
//! `--- # file: users.yaml` those of that file. One without lines for `api.yaml` gets the smallest there is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use codegen::diagnostics::{Failure, rules::RULES};

const SMALLEST_API: &[u8] = b"codegen: 1\nname: example\ntitle: Example\n";
const SEPARATOR: &str = "--- # file: ";

/// The fixture that breaks several rules, to show that all mistakes are told at once.
const MANY: &str = "many";

/// Every fixture by name.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &PathBuf| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap());
    paths.iter().map(read).collect()
}

/// Cuts a fixture into its files. Bytes, since some fixtures are no text.
fn files(fixture: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("api.yaml".to_owned(), Vec::new())];
    for line in fixture.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line).ok().and_then(|line| line.strip_prefix(SEPARATOR)) {
            Some(name) => files.push((name.trim_end().to_owned(), Vec::new())),
            None => files.last_mut().unwrap().1.extend_from_slice(line),
        }
    }
    if files[0].1.is_empty() {
        files[0].1 = SMALLEST_API.to_vec();
    }
    files
}

/// What the generator says of a fixture, and that without the folder it was in.
fn diagnose(name: &str, fixture: &[u8]) -> (Failure, String) {
    let folder = tempfile::tempdir().unwrap();
    for (file, content) in files(fixture) {
        // A name like `users.yaml/` stands for a folder of that name.
        match file.strip_suffix('/') {
            Some(file) => fs::create_dir(folder.path().join(file)).unwrap(),
            None => fs::write(folder.path().join(file), content).unwrap(),
        }
    }
    let failure = codegen::load(folder.path()).err().unwrap_or_else(|| panic!("`{name}` has no mistake"));
    let text = failure.to_string().replace(&format!("{}/", folder.path().display()), "");
    (failure, text)
}

#[test]
fn every_bad_spec_has_its_message() {
    for (name, fixture) in fixtures() {
        let (_, text) = diagnose(&name, &fixture);
        let mut settings = super::generated::settings();
        settings.set_snapshot_path("../snapshots/bad");
        settings.set_description(String::from_utf8_lossy(&fixture).chars().take(2000).collect::<String>());
        settings.bind(|| insta::assert_snapshot!(name.as_str(), text));
    }
}

#[test]
fn every_bad_fixture_breaks_its_rule_and_no_other() {
    for (name, fixture) in fixtures().into_iter().filter(|(name, _)| name != MANY) {
        let (failure, text) = diagnose(&name, &fixture);
        let broken: BTreeSet<&str> = failure.diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect();
        let rule = name.split('@').next().unwrap();
        assert_eq!(broken, BTreeSet::from([rule]), "{name}:\n{text}");
    }
}

/// Whoever is told of a mistake is told what to write instead.
#[test]
fn every_message_has_help() {
    for (name, fixture) in fixtures() {
        let (failure, text) = diagnose(&name, &fixture);
        let without: Vec<&str> = failure
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.help.is_empty())
            .map(|diagnostic| diagnostic.message.as_str())
            .collect();
        assert_eq!(without, [""; 0], "{name}:\n{text}");
    }
}

#[test]
fn every_rule_has_a_bad_fixture() {
    let fixtures: BTreeSet<String> = fixtures().into_iter().map(|(name, _)| name).collect();
    let without: Vec<&str> = RULES.iter().map(|rule| rule.id).filter(|id| !fixtures.contains(*id)).collect();
    assert_eq!(without, [""; 0]);
}

#[test]
fn rules_have_distinct_kebab_case_ids() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    let is_kebab = |id: &&str| {
        id.split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
    };
    assert!(ids.iter().all(is_kebab), "{ids:?}");
}

#[test]
fn five_mistakes_give_five_messages_in_order() {
    let fixtures = fixtures();
    let (_, fixture) = fixtures.iter().find(|(name, _)| name == MANY).unwrap();
    let (failure, _) = diagnose(MANY, fixture);
    let rules: Vec<&str> = failure.diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect();
    assert_eq!(rules, ["bad-address", "expression-unknown-name", "unknown-type", "empty-range", "unknown-key"]);
    let places: Vec<_> = failure.diagnostics.iter().map(|diagnostic| diagnostic.span).collect();
    assert!(places.is_sorted(), "{places:?}");
}

/// What it declares may be meant elsewhere, and is not called unknown there.
#[test]
fn a_file_that_cannot_be_read_hides_no_mistake_of_others() {
    for unreadable in [&b"types: {Room: {fields: {id"[..], b"", b"- 1\n", b"\xff", b"types: &a {}\n"] {
        let folder = tempfile::tempdir().unwrap();
        let users = "operations: {show: {http: GET /me, params: {a: {type: string, pattern: '('}}, returns: Room, \
                     mock: {show: rooms}}}\n";
        for (name, content) in
            [("api.yaml", SMALLEST_API), ("users.yaml", users.as_bytes()), ("rooms.yaml", unreadable)]
        {
            fs::write(folder.path().join(name), content).unwrap();
        }
        let failure = codegen::load(folder.path()).unwrap_err();
        let found: Vec<_> = failure.diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect();
        assert!(found.contains(&"bad-pattern") && found.len() == 2, "{failure}");
    }
}

/// What the runtime gives every generated module cannot be the name of a type: two globs would clash. Nor can what it
/// gives those with webhooks, there.
#[test]
fn public_names_of_the_runtime_are_reserved() {
    let door = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/runtime/src/rt.rs");
    let door = fs::read_to_string(door).unwrap();
    let webhooks = "webhooks:\n  secret: S\n  signatures: header(\"Sign\")\n  expected: hmac_sha256(secret, body).hex()\n  \
                    event: type\n  events: {made: json}\n";
    for (module, one, least, more) in [("public", "Error", 10, ""), ("webhooks", "WebhookSecretError", 3, webhooks)] {
        let (_, public) = door.split_once(&format!("pub mod {module} {{")).unwrap();
        let (public, _) = public.split_once("\n}").unwrap();
        let code = public.lines().filter(|line| !line.trim().starts_with("//"));
        let words = code.flat_map(|line| line.split(|character: char| !character.is_alphanumeric()));
        let names: Vec<&str> = words.filter(|word| word.starts_with(char::is_uppercase)).collect();
        assert!(names.contains(&one) && names.len() > least, "{names:?}");
        for name in names {
            let spec = format!("codegen: 1\nname: a\ntitle: A\n{more}types:\n  {name}: {{type: id}}\n");
            let (failure, _) = diagnose(name, spec.as_bytes());
            assert_eq!(failure.diagnostics[0].rule.id, "reserved-name", "`{name}` is not reserved");
        }
    }
}

/// A spec with a name, of whatever follows.
fn stated(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), format!("codegen: 1\nname: example\n{value}\n"))
}

/// So many errors, all but the last of which every operation lists, each in another order.
fn of_errors(name: &str, count: usize, operations: usize, error: impl Fn(usize) -> String) -> (String, String) {
    let names: Vec<String> = (1..count).map(|at| format!("e{}", at - 1)).collect();
    let operation = |at: usize| {
        let (behind, first) = names.split_at(at);
        let names = [first, behind].concat().join(", ");
        format!("  o{at}: {{http: GET /{at}, returns: json, errors: [{names}]}}\n")
    };
    let errors: String = (0..count).map(|at| format!("  e{at}: {{{}}}\n", error(at))).collect();
    let operations: String = (0..operations).map(operation).collect();
    let envelope = "envelope: {code: code, subcode: subcode, message: message}";
    stated(name, &format!("{envelope}\nerrors:\n{errors}{SEPARATOR}users.yaml\noperations:\n{operations}"))
}

/// Fails unless a spec is told its mistakes within so many seconds.
fn ends_within(seconds: u64, name: &str, text: &str) -> Failure {
    let started = Instant::now();
    let (failure, _) = diagnose(name, text.as_bytes());
    assert!(started.elapsed() < Duration::from_secs(seconds), "{name} took {:?}", started.elapsed());
    failure
}

/// Texts that make careless readers run out of time, memory or stack.
#[test]
fn hostile_specs_end_at_once() {
    let line = |name: &str, value: String| stated(name, &value);
    let step = |name: &str, value: String| line(name, format!("signing:\n  steps:\n    signature: '{value}'"));
    let bomb = (1..30).fold("a0: &a0 x\n".to_owned(), |text, level| {
        let alias = format!("*a{}, ", level - 1);
        format!("{text}a{level}: &a{level} [{}]\n", alias.repeat(20))
    });
    let chain = (0..2000).fold("types:\n".to_owned(), |text, at| {
        format!("{text}  T{at}:\n    fields: {{next: {{type: T{}, required: true}}}}\n", (at + 1) % 2000)
    });
    let circles = (0..2000).fold("types:\n".to_owned(), |text, at| {
        let (next, far) = ((at + 1) % 2000, (at * 7 + 3) % 2000);
        format!("{text}  T{at}: {{fields: {{next: T{next}, far: [T{far}]}}}}\n")
    });
    let aliases = |held: &str| {
        let last = "  T5000: {type: string}\n".to_owned();
        (0..5_000).rev().fold("types:\n".to_owned() + &last, |text, at| {
            format!("{text}  T{at}: {}\n", held.replace('X', &format!("T{}", at + 1)))
        })
    };
    let sent = "operations: {a: {http: POST /, params: {t: T0}, returns: nothing}}\n";
    let codes = |at: usize| (0..40).map(|code| (at * 20 + code).to_string()).collect::<Vec<_>>().join(", ");
    let texts = [
        line("alias bomb", bomb),
        line("chain of types", chain),
        line("chain of other names", aliases("{type: X}")),
        line("chain of texts with JSON", aliases("{json_text: X}")),
        line("chain of lists", aliases("{type: [X]}")),
        line("circles of types", format!("errors: {{gone: {{status: 410}}}}\n{circles}{SEPARATOR}users.yaml\n{sent}")),
        of_errors("errors with many codes", 100, 50, |at| format!("code: [{}]", codes(at))),
        line("lists in lists", format!("sources: {}", "[".repeat(500_000))),
        line("maps in maps", format!("sources: {}", "{a: ".repeat(200_000))),
        line("blocks in blocks", (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect()),
        line("one long word", format!("sources: {}", "a".repeat(900_000))),
        line("many unknown keys", (0..5_000).map(|at| format!("key{at}: 1\n")).collect()),
        step("parentheses", "(".repeat(4000)),
        step("calls in calls", format!("{}path{}", "sha256(".repeat(500), ")".repeat(500))),
        step("operators", "!".repeat(4000)),
        step("methods upon methods", format!("path{}", ".upper()".repeat(500))),
        step("an endless expression", "a".repeat(900_000)),
    ];
    for (name, text) in texts {
        ends_within(10, &name, &text);
    }
}

/// What all of them share must not have each compared with all others.
#[test]
fn ten_thousand_errors_of_one_operation_end_at_once() {
    type Described = fn(usize) -> String;
    let errors: [(&str, Described); 6] = [
        ("codes", |at| format!("code: {at}")),
        ("codes within one code", |at| format!("code: 1, subcode: {at}")),
        ("messages of one code", |at| format!("code: 1, message: no {at}")),
        ("messages that begin alike", |at| format!("status: 400, message: 'No user {{id}} of {at}'")),
        ("messages that end alike", |at| format!("message: 'In {at} {{id}} is gone'")),
        ("a code that all have", |at| format!("code: [1, a{at}]")),
    ];
    for (name, error) in errors {
        let (name, text) = of_errors(name, 10_000, 1, error);
        // The last one is listed nowhere. To compare each with all others takes many minutes.
        let failure = ends_within(60, &name, &text);
        let broken: Vec<_> = failure.diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect();
        assert_eq!(broken, ["unused-error"], "{name}");
    }
}

/// A text is not looked through again for each of those that may stand in it.
#[test]
fn long_messages_with_holes_end_at_once() {
    // Neither of them repeats itself, and each has all beginnings of the other.
    let letters = |length: usize, seed: usize| {
        let letter = |at: usize| char::from(b"ab"[(at * at + seed * at).count_ones() as usize % 2]);
        (0..length).map(letter).collect::<String>()
    };
    let error = |at: usize| match at < 500 {
        true => format!("message: '{{a}}{}{{b}}'", letters(20 + 3 * at, at)),
        false => format!("message: {}", letters(4096, at)),
    };
    let (name, text) = of_errors("messages", 560, 1, error);
    ends_within(20, &name, &text);
    let (name, text) = of_errors("one letter", 560, 1, |at| match at < 500 {
        true => format!("message: '{{a}}{}b{{b}}'", "a".repeat(20 + 3 * at)),
        false => format!("message: {}{at}", "a".repeat(4090)),
    });
    ends_within(20, &name, &text);
}

/// What is said of each level of an expression must not double at the next.
#[test]
fn the_deepest_expressions_are_generated_at_once() {
    for call in ["concat(", "join(\"-\", ", "if_empty(path, method, ", "if_method(\"GET\", path, "] {
        let folder = tempfile::tempdir().unwrap();
        let expression = format!("{}path{}", call.repeat(30), ")".repeat(30));
        let api = format!(
            "codegen: 1\nname: example\nsigning: {{send: {{X-Deep: {{in: header, value: '{expression}'}}}}}}\n"
        );
        fs::write(folder.path().join("api.yaml"), api).unwrap();
        fs::write(folder.path().join("things.yaml"), "operations: {list: {http: GET /things}}").unwrap();
        let started = Instant::now();
        let generated = codegen::generate(folder.path());
        assert!(generated.is_ok(), "{call}: {}", generated.unwrap_err());
        assert!(started.elapsed() < Duration::from_secs(10), "{call} took {:?}", started.elapsed());
    }
}
