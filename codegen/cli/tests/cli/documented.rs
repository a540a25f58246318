//! What `spec/README.md` shows of a terminal is what a terminal shows.

#![expect(clippy::expect_used, reason = "a test that cannot set up its scene has failed")]

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Stdio};

use crate::common::{Folder, codegen, command};

const README: &str = include_str!("../../../../spec/README.md");

/// A server that is ended with the test, however the test ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The blocks of a language, each with what stands before it.
fn blocks(language: &str) -> Vec<(&'static str, &'static str)> {
    let open = format!("\n```{language}\n");
    let block = |(at, _): (usize, &str)| {
        let (before, rest) = README.split_at(at);
        (before, rest[open.len()..].split("\n```").next().expect("a text"))
    };
    README.match_indices(&open).map(block).collect()
}

/// The folder `library`, with the files that the tutorial has named before, each as it was shown last.
fn library(before: &str) -> Folder {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("library")).expect("a folder in a temporary folder");
    let mut parts = before.split("\n```yaml ");
    let mut text = parts.next().expect("a text");
    for part in parts {
        let name = text.rsplit_once("`library/").and_then(|(_, name)| name.split_once('`'));
        let (block, after) = part.split_once("\n```").expect("a block has an end");
        let (_, yaml) = block.split_once('\n').expect("the first line names the object");
        folder.write(&format!("library/{}", name.expect("its file was named").0), yaml);
        text = after;
    }
    folder
}

#[test]
fn terminals_show_what_is_documented() {
    let terminals: Vec<_> = blocks("text").into_iter().filter(|(_, block)| block.starts_with("$ ")).collect();
    assert_eq!(terminals.len(), 2);
    for (before, block) in terminals {
        let folder = library(before);
        // Whoever runs the tests may use that port.
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
        let block = block.replace("8080", &free.port().to_string());
        let (mut variables, mut shown, mut ran) = (Vec::new(), Vec::new(), None);
        for line in block.lines() {
            if let Some(variable) = line.strip_prefix("$ export ") {
                variables.push(variable.split_once('=').expect("a name and a value"));
            } else if let Some(arguments) = line.strip_prefix("$ cargo codegen ") {
                ran = Some(arguments.split(' ').collect::<Vec<_>>());
            } else {
                shown.push(line);
            }
        }
        let mut command = command(ran.expect("a command"));
        command.current_dir(folder.path()).envs(variables).stdout(Stdio::piped());
        let mut server = Server(command.spawn().expect("the command starts"));
        let output = BufReader::new(server.0.stdout.take().expect("its output is a pipe"));
        // A server never ends: one line more would be waited for.
        let is_server = block.contains("codegen mock");
        let most = if is_server { shown.len() } else { usize::MAX };
        let lines: Vec<String> = output.lines().take(most).map(|line| line.expect("a line of text")).collect();
        assert_eq!(lines, shown, "{block}");
    }
}

#[test]
fn the_documented_vector_comes_out() {
    let vectors: Vec<_> = blocks("text").into_iter().filter(|(_, block)| block.starts_with("- name")).collect();
    let [(_, vector)] = vectors.as_slice() else { panic!("{} blocks", vectors.len()) };
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("spec")).expect("a folder in a temporary folder");
    let api = r#"codegen: 1
name: users
environments: {live: "https://api.example.com/v1"}
credentials: {api_token: {env: TOKEN}, secret_key: {env: KEY}}
signing:
  inject: {nonce: {in: query, value: nonce()}}
  steps: {canonical: body_params.and(injected).pairs("=").join("&"), digest: "hmac_sha256(secret_key, canonical).first(2)"}
  send: {Authorization: {in: header, template: "Scheme {api_token}"}, signature: {in: query, value: digest.hex()}}
"#;
    folder.write("spec/api.yaml", api);
    let users = "operations: {create: {http: \"POST /institutes/{institute_id}/users\", \
                 params: {institute_id: integer, name: string}}}\n";
    folder.write("spec/users.yaml", users);
    folder.write("vectors.yaml", vector);
    let file = folder.path().join("vectors.yaml");
    let spec = folder.path().join("spec");
    let outcome = codegen(["sign".as_ref(), spec.as_os_str(), "--check".as_ref(), file.as_os_str()]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
    assert_eq!(outcome.stdout, "1 vector comes out as it should\n");
}

#[test]
fn every_text_is_looked_at() {
    let others = |block: &&str| !["$ ", "- name", "error["].iter().any(|start| block.starts_with(start));
    let texts: Vec<&str> = blocks("text").into_iter().map(|(_, block)| block).collect();
    assert_eq!(texts.iter().copied().filter(|block| others(block)).collect::<Vec<_>>(), [""; 0]);
}
