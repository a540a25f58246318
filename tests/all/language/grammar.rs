//! What is an expression and what is none, as the other implementation sees it.

use codegen::diagnostics::Diagnostics;
use codegen::expr::{Phase, Scope, compile};
use codegen::ir::{Expr, ExprKind};
use codegen::source::Scalar;
use serde_json::{Value, json};

use super::cases::{list, text};

/// The expression of a text, or the rules that it breaks.
fn compiled(expression: &str) -> Result<Expr, Vec<&'static str>> {
    let scope = Scope {
        credentials: &[],
        steps: &[],
        below: &[],
        injected: &[],
        later: &[],
        is_open: false,
        phase: Phase::Sign,
    };
    let source = Scalar { text: expression.to_owned(), ..Scalar::default() };
    let mut diagnostics = Diagnostics::default();
    let compiled = compile(&source, scope, &mut diagnostics);
    compiled.ok_or_else(|| diagnostics.into_sorted().iter().map(|diagnostic| diagnostic.rule.id).collect())
}

/// Texts and numbers, from left to right.
fn literals(expr: &Expr) -> Vec<Value> {
    match &expr.kind {
        ExprKind::Text(text) => vec![json!(text)],
        ExprKind::Number(number) => vec![json!(number)],
        ExprKind::Call(_, operands) => operands.iter().flat_map(literals).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn both_accept_and_refuse_the_same() {
    let file: Value = serde_json::from_str(include_str!("../../vectors/grammar.json")).unwrap();
    let (accepted, refused) = (list(&file["accepted"]), list(&file["refused"]));
    assert_eq!((accepted.len(), refused.len()), (11, 99));
    for case in accepted {
        let expression = text(&case["expression"]);
        let expr = compiled(&expression).unwrap_or_else(|rules| panic!("{expression}: {rules:?}"));
        assert_eq!(Value::Array(literals(&expr)), case["literals"], "{expression}");
    }
    for expression in refused.iter().map(text) {
        let rules = compiled(&expression).expect_err(&expression);
        let is_grammar =
            |rule: &&str| ["expression-syntax", "expression-too-deep", "expression-too-long"].contains(rule);
        assert!(rules.len() == 1 && rules.iter().all(is_grammar), "{expression}: {rules:?}");
    }
}
