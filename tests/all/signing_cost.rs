//! What the runtime measures of signing is what is generated.

use std::fs;
use std::path::Path;

/// The lines of a function's body.
fn body(file: &str, name: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let head = format!("\nfn {name}(call: &mut rt::Draft<'_>) -> Result<(), rt::SigningError> {{\n");
    let (_, body) = text.split_once(&head).unwrap_or_else(|| panic!("`{name}` is not in {file}"));
    let (body, _) = body.split_once("\n}\n").unwrap();
    body.lines().map(str::to_owned).collect()
}

#[test]
fn what_is_measured_is_what_is_generated() {
    let cost = "../generated-client/runtime/src/signing/cost.rs";
    let accept = |line: &String| line.contains("\"Accept\"");
    let without = |lines: Vec<String>| lines.into_iter().filter(|line| !accept(line)).collect::<Vec<_>>();
    let generated = body("snapshots/proctorexam@mod.rs.snap", "authenticate");
    assert_eq!(generated.iter().filter(|line| accept(line)).count(), 1);
    let generated = without(generated);
    assert_eq!(without(body(cost, "authenticate_whole")), generated);
    let headers = generated.iter().position(|line| line == "    }").unwrap() + 1;
    assert_eq!(body(cost, "authenticate"), generated[headers..]);
}
