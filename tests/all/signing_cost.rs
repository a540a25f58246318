//! What the runtime measures of signing is what is generated.

use std::fs;
use std::path::Path;

/// The lines of a function's body.
fn body(file: &str, name: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let head = format!("fn {name}(call: &mut rt::Draft<'_>) -> Result<(), rt::SigningError> {{");
    let mut lines = text.lines().skip_while(|line| line.trim() != head);
    let indent = lines.next().unwrap_or_else(|| panic!("`{name}` is not in {file}")).len() - head.len();
    let own = |line: &str| line.get(indent..).unwrap_or_default().to_owned();
    lines.map(own).take_while(|line| line != "}").collect()
}

/// The same on one line, wherever the printer has broken it.
fn text(lines: &[String]) -> String {
    lines.iter().map(|line| line.trim()).collect::<String>().replace(", ", ",").replace(",)", ")")
}

#[test]
fn what_is_measured_is_what_is_generated() {
    let cost = "../generated-client/runtime/src/signing/cost.rs";
    let accept = |line: &String| line.contains("\"Accept\"");
    let without = |lines: Vec<String>| lines.into_iter().filter(|line| !accept(line)).collect::<Vec<_>>();
    let generated = body("snapshots/proctorexam@mod.rs.snap", "authenticate");
    assert_eq!(generated.iter().filter(|line| accept(line)).count(), 1);
    let generated = without(generated);
    assert_eq!(text(&without(body(cost, "authenticate_whole"))), text(&generated));
    let headers = generated.iter().position(|line| line == "    }").unwrap() + 1;
    assert_eq!(text(&body(cost, "authenticate")), text(&generated[headers..]));
}
