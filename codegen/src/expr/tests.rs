//! Tests of the expression language as a whole.

use super::*;
use crate::ir::{Credential, Doc, Expr, Step, ValueType};
use crate::source::{FileId, Span};

/// An API with `secret_key` and, above the expression, the step `canonical`.
fn compiled(text: &str) -> (Option<Expr>, Vec<String>) {
    let credentials = [Credential {
        name: crate::names::name("secret_key").unwrap(),
        env: "SECRET_KEY".into(),
        doc: Doc::default(),
        span: Span::default(),
    }];
    let steps = [Step {
        name: crate::names::name("canonical").unwrap(),
        value: Expr { kind: ExprKind::Text(String::new()), ty: ValueType::Text },
        digested: false,
        span: Span::default(),
    }];
    let end = u32::try_from(text.len()).unwrap();
    let source = Scalar { text: text.into(), span: Span { file: FileId(0), start: 0, end }, runs: vec![(0, 0)] };
    let mut diagnostics = Diagnostics::default();
    let scope = Scope { credentials: &credentials, steps: &steps, params: true };
    let expr = compile(&source, scope, &mut diagnostics);
    let messages = diagnostics
        .into_sorted()
        .into_iter()
        .map(|found| {
            let marked = &text[found.span.start as usize..found.span.end as usize];
            format!("{} at [{marked}]: {} ({})", found.rule.id, found.message, found.help)
        })
        .collect();
    (expr, messages)
}

fn only_message(text: &str) -> String {
    let (expr, mut messages) = compiled(text);
    assert!(expr.is_none() && messages.len() == 1, "{text}: {messages:?}");
    messages.remove(0)
}

#[test]
fn a_method_chain_is_typed() {
    let (expr, messages) = compiled("hmac_sha256(secret_key, params.sort().pairs(\"=\").join(\"?\")).hex()");
    assert_eq!(messages, [""; 0]);
    let expr = expr.unwrap();
    assert_eq!(expr.ty, ValueType::Text);
    let ExprKind::Call(Function::Hex, hex) = &expr.kind else { panic!("{expr:?}") };
    let ExprKind::Call(Function::HmacSha256, hmac) = &hex[0].kind else { panic!("{hex:?}") };
    assert!(matches!(hmac[0].kind, ExprKind::Source(Source::Credential(0))));
    assert!(is_digested(&expr, &[]));
    assert!(!is_digested(&hmac[1], &[]));
}

#[test]
fn literals_keep_their_value() {
    let (expr, _) = compiled(r##"concat("a\n\"", r#"b\"#, 0x10, 1_000)"##);
    let Some(Expr { kind: ExprKind::Call(Function::Concat, parts), .. }) = expr else { panic!("{expr:?}") };
    let spelled: Vec<_> = parts.iter().map(|part| format!("{:?}", part.kind)).collect();
    assert_eq!(spelled, [r#"Text("a\n\"")"#, r#"Text("b\\")"#, "Number(16)", "Number(1000)"]);
}

#[test]
fn every_example_of_the_table_is_typed() {
    for row in FUNCTIONS {
        let (expr, messages) = compiled(row.example);
        let Some(Expr { kind: ExprKind::Call(function, _), ty }) = expr else { panic!("{row:?}: {messages:?}") };
        assert_eq!((function, ty), (row.function, row.result));
    }
}

#[test]
fn every_mistake_is_marked() {
    assert_eq!(
        compiled(r#"concat(now.epochms(), canonicl, 1.hex())"#).1,
        [
            "expression-unknown-function at [epochms]: there is no method `epochms` (did you mean `epoch_ms`?)",
            "expression-unknown-name at [canonicl]: there is no value `canonicl` here (did you mean `canonical`?)",
            "expression-wrong-type at [hex]: `hex` is a method of bytes, this is number (as in `sha256(path).hex()`)",
        ]
    );
}

#[test]
fn what_is_not_of_the_language_is_refused() {
    for (text, marked) in [
        ("\"a\" + \"b\"", "+"),
        ("params[0]", "[0]"),
        ("params.first", "first"),
        ("params.0", "."),
        ("dbg!(now)", "!"),
        ("{ now }", "{ now }"),
        ("|x| x", "|"),
        ("&now", "&"),
        ("now?", "?"),
        ("params.pairs::<u8>(\"\")", ":"),
        ("(now)", "(now)"),
        ("now now", "now"),
        ("concat(,)", ","),
        ("concat(1u8)", "1u8"),
        ("concat(1.5)", "1.5"),
        ("concat(b\"a\")", "b\"a\""),
        ("concat('a')", "'a'"),
        ("concat(\"a\"u8)", "\"a\"u8"),
        ("concat(9223372036854775808)", "9223372036854775808"),
        ("concat(-1)", "-"),
        ("#[cfg(x)] now", "#"),
        ("/// now", "/// now"),
        ("concat(now", "("),
        ("\"a", "\""),
        ("", ""),
        ("(/*ERROR*/)", "(/*ERROR*/)"),
    ] {
        let message = only_message(text);
        assert!(message.starts_with(&format!("expression-syntax at [{marked}]: ")), "{text}: {message}");
    }
}

#[test]
fn functions_check_their_arguments() {
    assert_eq!(
        only_message("params.pairs(1)"),
        "expression-wrong-type at [1]: `between` of `pairs` must be text, this is number (as in `params.pairs(\"=\")`)"
    );
    assert_eq!(
        only_message("concat(sha256(path))"),
        "expression-wrong-type at [sha256(path)]: `part` of `concat` must be text or number, this is bytes \
         (`hex()` makes text of bytes)"
    );
    assert_eq!(
        only_message("hmac_sha256(secret_key)"),
        "expression-wrong-arity at [hmac_sha256]: `hmac_sha256` takes 2 arguments, not 1 \
         (as in `hmac_sha256(secret_key, path)`)"
    );
    assert!(only_message("now.year()").ends_with("(time has `epoch_ms`, `epoch_s`)"));
    assert!(only_message("concat()").contains("`concat` takes at least 1 argument, not 0"));
    assert!(only_message("nonce").contains("a function is called with `()` after it"));
    assert!(only_message("path.sha256()").contains("`sha256` is a function, this is text"));
    assert!(only_message("hex(path)").contains("`hex` is a method of bytes, and no function"));
}

#[test]
fn length_and_depth_are_bounded() {
    let nested = |depth: usize| format!("{}path{}", "sha256(".repeat(depth), ")".repeat(depth));
    let chained = |links: usize| format!("path{}", ".upper()".repeat(links));
    assert!(compiled(&nested(31)).0.is_some());
    assert!(compiled(&chained(31)).0.is_some());
    assert!(only_message(&nested(32)).starts_with("expression-too-deep"));
    assert!(only_message(&chained(32)).starts_with("expression-too-deep"));
    for hostile in [nested(500), chained(500), "(".repeat(4000), "!".repeat(4000), "f(".repeat(2000), "[".repeat(4000)]
    {
        only_message(&hostile);
    }
    assert!(only_message(&" ".repeat(4097)).starts_with("expression-too-long"));
    assert!(compiled(&format!("concat(\"{}\")", "a".repeat(4000))).0.is_some());
}

/// Pieces of the language in any order: what comes out is an expression or messages, never both or neither.
#[test]
fn no_text_breaks_it() {
    const PIECES: &[&str] = &[
        "params",
        "sort",
        "concat",
        "hmac_sha256",
        "now",
        "(",
        ")",
        ".",
        ",",
        "\"",
        "'",
        "\\",
        "r#",
        "1",
        "0x",
        "e9",
        "/*",
        "//",
        "{",
        "]",
        "ü",
        "\u{feff}",
        "\0",
        " ",
        "\n",
        "b\"",
        "::",
        "#!",
        "'a",
        "\u{202e}",
    ];
    let mut state = 1_u64;
    let mut next = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % bound
    };
    for _ in 0..5000 {
        let text: String = (0..next(12)).map(|_| PIECES[next(PIECES.len())]).collect();
        let (expr, messages) = compiled(&text);
        assert_eq!(expr.is_none(), !messages.is_empty(), "{text:?}: {messages:?}");
    }
}
