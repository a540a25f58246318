//! What is an expression and what is not, whatever it means.

use super::*;

#[test]
fn what_is_not_of_the_language_is_refused() {
    for (text, marked) in [
        ("\"a\" + \"b\"", "+"),
        ("params[0]", "["),
        ("params.first", "first"),
        ("params.0", "."),
        ("dbg!(now)", "!"),
        ("{ now }", "{"),
        ("|x| x", "|"),
        ("&now", "&"),
        ("now?", "?"),
        ("params.pairs::<u8>(\"\")", ":"),
        ("(now)", "("),
        ("now now", "now"),
        ("concat(,)", ","),
        ("concat(1u8)", "1u8"),
        ("concat(1.5)", "1.5"),
        ("concat(b\"a\")", "\"a\""),
        ("concat('a')", "'"),
        ("concat(\"a\"u8)", "u8"),
        ("concat(9223372036854775808)", "9223372036854775808"),
        ("concat(-1)", "-"),
        ("#[cfg(x)] now", "#"),
        ("/// now", "/"),
        ("path // x", "/"),
        ("concat(path,)", ","),
        ("concat(0x10)", "0x10"),
        ("concat(1_000)", "1_000"),
        ("concat(r#\"a\"#)", "#"),
        ("concat(\"a\\q\", path)", "\\q"),
        ("concat(\"\\x80\")", "\\x80"),
        ("concat(\"\\u{d800}\")", "\\u"),
        ("concat(\"é\\", "\\"),
        ("concat(\"é\\\"", "\""),
        ("clé", "é"),
        ("path)", ")"),
        ("concat(now", "("),
        ("\"a", "\""),
        ("", ""),
        ("(/*ERROR*/)", "/"),
    ] {
        let message = only_message(text);
        assert!(message.starts_with(&format!("expression-syntax at [{marked}]: ")), "{text}: {message}");
    }
}

#[test]
fn escapes_stand_for_one_character() {
    let (expr, messages) = compiled(r#""\n\r\t\0\\\"\x00\x7F\u{0}\u{10FFFF}".hex()"#);
    let Some(Expr { kind: ExprKind::Call(_, operands), .. }) = expr else { panic!("{messages:?}") };
    assert!(matches!(&operands[0].kind, ExprKind::Text(text) if text == "\n\r\t\0\\\"\0\u{7f}\0\u{10ffff}"));
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
