//! Generates the clients of odd but valid specs, which must compile without a warning, and those of public APIs, of
//! webhooks and of the reference of the language. And what tests call: the validators of all, the examples of their
//! documentation, and the signing functions of many schemes, which are compared with what the interpreter makes of them.

mod described;
mod examples;
mod names;
mod random;
mod reference;
mod round_trips;
mod schemes;
mod vectors;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=fixtures/good");
    println!("cargo::rerun-if-changed=specs");
    println!("cargo::rerun-if-changed=vectors/signing-language.json");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("language");
    if let Err(error) = vectors::write(&out).and_then(|()| random::write(&out)) {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    let odd = [
        "answers",
        "bodies",
        "derived",
        "encodings",
        "followed",
        "headers",
        "keyed",
        "kinds",
        "limits",
        "names",
        "paging",
        "prose",
        "proven",
        "rules",
        "smallest",
        "workload",
    ];
    let public = [
        "akamai",
        "aws_service",
        "bitstamp",
        "gateio",
        "kitchen_sink",
        "kitchen_sink_by_cursor",
        "kitchen_sink_by_link",
        "kitchen_sink_by_offset",
        "kitchen_sink_by_window",
        "kitchen_sink_signed",
        "kraken",
        "okx",
        "s3",
        "salesforce",
        "slack",
        "slack_files",
        "stripe",
        "telegram",
        "tencent_ai",
        "twitter",
        "veracode",
    ];
    let webhooks = [
        "address", "command", "forms", "members", "pairs", "plain", "prefixed", "request", "stamped", "standard",
        "values",
    ];
    let odd = odd.map(|name| format!("fixtures/good/{name}"));
    let public = public.map(|name| format!("specs/{name}"));
    let real = ["proctorexam", "proctoru"].map(|name| (format!("../spec/{name}"), "generated_client"));
    let of = |module| move |folder: &String| (folder.clone(), module);
    let all: Vec<_> =
        real.into_iter().chain(odd.iter().map(of("tests"))).chain(public.iter().map(of("tests::specs"))).collect();
    if let Err(error) = described::write(&out, &all).and_then(|()| examples::write(&out, &all)) {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    let made = names::write(&out).and_then(|mut folders| {
        folders.push(round_trips::write(&out)?);
        folders.extend(reference::write(&out)?);
        Ok(folders)
    });
    let made = match made {
        Ok(folders) => folders,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let written = odd.into_iter().chain(public).chain(webhooks.map(|name| format!("webhooks/{name}")));
    codegen::build(written.map(PathBuf::from).chain(made))
}
