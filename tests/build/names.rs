//! Specs in which whatever has a name has every name that Rust keeps for itself, or could not spell.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::Value;

/// Keywords of Rust in any edition up to 2024, those that are reserved and those that are so only in places.
const KEYWORDS: &str = "Self abstract as async auto await become box break const continue crate do dyn else enum extern \
    false final fn for gen if impl in let loop macro macro_rules match mod move mut override priv pub raw ref return \
    safe self static struct super trait true try type typeof union unsafe unsized use virtual where while yield";

/// What the prelude of Rust knows, and the types and crates that every file does.
const PRELUDE: &str = "AsMut AsRef Box Clone Copy Default DoubleEndedIterator Drop Eq Err ExactSizeIterator Extend Fn \
    FnMut FnOnce From FromIterator Future Into IntoFuture IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd \
    Result Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec alloc bool char client_runtime core \
    drop f64 i64 panic rt std str u8 usize vec";

/// What is no word of Rust at all.
const ODD: [&str; 16] = [
    "2fa",
    "-1",
    "+1",
    "a.b.c",
    "[a][0]",
    "two words",
    "a\u{1f980}b",
    "\u{f1}and\u{fa}",
    "@type",
    "x:y",
    "größe",
    "имя",
    "%2F",
    "<tag>",
    "\"quoted\"",
    "line\\nbreak",
];

/// As long as a name may be.
const LONGEST: usize = 200;

/// What stands under a name, and the spec of all names: what `api.yaml` has besides, and the file of the operations.
/// `NAMES` in it are the entries, `LINE` a method and a path that has all the names.
struct Position {
    what: &'static str,
    entry: fn(usize) -> String,
    api: &'static str,
    things: &'static str,
    /// Whether what has such a name can be called something else in Rust.
    can_rename: bool,
}

const POSITIONS: [Position; 13] = [
    Position {
        what: "fields",
        entry: |_| "type: string".to_owned(),
        api: "types: {Held: {fields: {needed: {type: integer, required: true}, NAMES}}}",
        things: "operations: {make: {http: POST /things, params: {held: Held}, returns: Held}}",
        can_rename: true,
    },
    Position {
        what: "parameters",
        entry: |_| "type: string".to_owned(),
        api: "",
        things: "operations: {find: {http: GET /things, params: {NAMES}}}",
        can_rename: true,
    },
    Position {
        what: "headers",
        entry: |_| "type: string, in: header".to_owned(),
        api: "",
        things: "operations: {find: {http: GET /things, params: {NAMES}}}",
        can_rename: true,
    },
    Position {
        what: "paths",
        entry: |_| "type: string".to_owned(),
        api: "",
        things: "operations: {find: {http: LINE, params: {NAMES}}}",
        can_rename: true,
    },
    Position {
        what: "environments",
        entry: |at| format!("base: 'https://{at}.example.com'"),
        api: "environments: {NAMES}",
        things: "operations: {list: {http: GET /things}}",
        can_rename: false,
    },
    Position {
        what: "credentials",
        entry: |at| format!("env: V{at}"),
        api: "credentials: {NAMES}",
        things: "operations: {list: {http: GET /things}}",
        can_rename: false,
    },
    Position {
        what: "values",
        entry: |_| String::new(),
        api: "types: {Word: {values: {NAMES}}}",
        things: "operations: {say: {http: POST /things, params: {word: Word}, returns: Word}}",
        can_rename: true,
    },
    Position {
        what: "types",
        entry: |_| "type: id".to_owned(),
        api: "types: {NAMES}",
        things: "operations: {list: {http: GET /things}}",
        can_rename: false,
    },
    Position {
        what: "errors",
        entry: |at| format!("message: text {at}, everywhere: true"),
        api: "errors: {NAMES}",
        things: "operations: {list: {http: GET /things}}",
        can_rename: false,
    },
    Position {
        what: "carried",
        entry: |_| "type: json".to_owned(),
        api: "errors: {held: {status: 409, message: 'by {box}', carries: {NAMES}}}",
        things: "operations: {list: {http: GET /things, errors: [held]}}",
        can_rename: true,
    },
    Position {
        what: "events",
        entry: |_| "payload: json".to_owned(),
        api: "webhooks: {secret: V, signatures: 'header(\"A\")', expected: 'hmac_sha256(secret, body).hex()', \
            event: type, events: {NAMES}}",
        things: "operations: {list: {http: GET /things}}",
        can_rename: true,
    },
    Position {
        what: "operations",
        entry: |at| format!("http: GET /things/{at}, errors: missing"),
        api: "errors: {missing: {status: 404}}",
        things: "operations: {NAMES}",
        can_rename: false,
    },
    // Each is a file of its own.
    Position { what: "resources", entry: |_| String::new(), api: "", things: "", can_rename: false },
];

/// Writes a spec for each position, and which names cannot stand there. Gives the folders of the specs.
pub(crate) fn write(out: &Path) -> io::Result<Vec<PathBuf>> {
    let longest = "l".repeat(LONGEST);
    let words = KEYWORDS.split(' ').chain(PRELUDE.split(' '));
    let names: Vec<&str> = words.chain(ODD).chain([longest.as_str()]).collect();
    let (mut folders, mut refused) = (Vec::new(), String::new());
    for position in &POSITIONS {
        let dir = out.join("named").join(position.what);
        let mut accepted = Accepted { dir: &dir, position, names: Vec::new() };
        let plain: Vec<Named<'_>> =
            names.iter().enumerate().map(|(at, name)| Named { name, at, renamed: false }).collect();
        let mut rest = accepted.take(&plain)?;
        if position.can_rename {
            let renamed: Vec<_> = rest.iter().map(|named| Named { renamed: true, ..*named }).collect();
            rest = accepted.take(&renamed)?;
        }
        let rest: Vec<&str> = rest.iter().map(|named| named.name).collect();
        refused.push_str(&format!("({:?}, &{rest:?}),\n", position.what));
        let last = accepted.names.clone();
        accepted.write(&last)?;
        folders.push(dir);
    }
    fs::write(out.join("names.rs"), format!("static REFUSED: &[(&str, &[&str])] = &[\n{refused}];\n"))?;
    Ok(folders)
}

#[derive(Clone, Copy)]
struct Named<'n> {
    name: &'n str,
    at: usize,
    renamed: bool,
}

/// The names of a position that go together.
struct Accepted<'p> {
    dir: &'p Path,
    position: &'p Position,
    names: Vec<Named<'p>>,
}

impl<'p> Accepted<'p> {
    /// Takes what the language lets stand beside those that it has, and gives the others: all at once where nothing is
    /// said against it, else one half after the other.
    fn take(&mut self, names: &[Named<'p>]) -> io::Result<Vec<Named<'p>>> {
        let together: Vec<_> = self.names.iter().chain(names).copied().collect();
        self.write(&together)?;
        if codegen::load(self.dir).is_ok() {
            self.names = together;
            return Ok(Vec::new());
        }
        match names {
            [] | [_] => Ok(names.to_vec()),
            names => {
                let (first, second) = names.split_at(names.len() / 2);
                let mut refused = self.take(first)?;
                refused.extend(self.take(second)?);
                Ok(refused)
            }
        }
    }

    fn write(&self, names: &[Named<'_>]) -> io::Result<()> {
        let Position { what, entry, api, things, .. } = self.position;
        let entries: Vec<String> = names
            .iter()
            .map(|named| {
                let rust = named.renamed.then(|| format!("rust: renamed_{}", named.at));
                let members: Vec<_> = [entry(named.at)].into_iter().chain(rust).filter(|it| !it.is_empty()).collect();
                format!("{}: {{{}}}", Value::from(named.name), members.join(", "))
            })
            .collect();
        let holes: String = names.iter().map(|named| format!("/{{{}}}", named.name)).collect();
        let line = Value::from(format!("GET /things{holes}")).to_string();
        let filled = |text: &str| text.replace("LINE", &line).replace("NAMES", &entries.join(", "));
        if self.dir.exists() {
            fs::remove_dir_all(self.dir)?;
        }
        fs::create_dir_all(self.dir)?;
        fs::write(self.dir.join("api.yaml"), format!("codegen: 1\nname: named_{what}\n{}\n", filled(api)))?;
        if !things.is_empty() {
            return fs::write(self.dir.join("things.yaml"), filled(things));
        }
        names.iter().try_for_each(|named| {
            let file = self.dir.join(format!("{}.yaml", named.name));
            fs::write(file, format!("operations: {{list: {{http: GET /things/{}}}}}", named.at))
        })
    }
}
