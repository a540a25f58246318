//! Tests of the expression language as a whole.

mod grammar;

use super::*;
use crate::ir::{Credential, Doc, Expr, ExprKind, Function, Hash, Source, Step, ValueType};
use crate::source::{FileId, Runs, Span};

/// An API with `secret_key` and, above the expression, the step `canonical`.
fn compiled(text: &str) -> (Option<Expr>, Vec<String>) {
    let credentials = [Credential {
        name: crate::names::name("secret_key").unwrap(),
        normalise: Vec::new(),
        env: "SECRET_KEY".into(),
        doc: Doc::default(),
        span: Span::default(),
    }];
    let steps = [Step {
        makeup: Default::default(),
        name: crate::names::name("canonical").unwrap(),
        value: Expr { kind: ExprKind::Text(String::new()), ty: ValueType::Text },
        shown: ir::Shown::Masked,
        span: Span::default(),
    }];
    let below = [(Scalar { text: "signature".into(), ..Scalar::default() }, Some(Scalar::default()))];
    let end = u32::try_from(text.len()).unwrap();
    let source = Scalar {
        text: text.into(),
        span: Span { file: FileId(0), start: 0, end },
        runs: Runs::One(0),
        ..Scalar::default()
    };
    let mut diagnostics = Diagnostics::default();
    let scope = Scope {
        credentials: &credentials,
        steps: &steps,
        below: &below,
        injected: &["ts", "X-Nonce"],
        later: &["X-Signature"],
        is_open: false,
        phase: Phase::Sign,
    };
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
    let ExprKind::Call(Function::Hmac(Hash::Sha256), hmac) = &hex[0].kind else { panic!("{hex:?}") };
    assert!(matches!(hmac[0].kind, ExprKind::Source(Source::Credential(0))));
    assert!(is_digested(&expr, &[]));
    assert!(!is_digested(&hmac[1], &[]));
}

#[test]
fn literals_keep_their_value() {
    let (expr, _) = compiled(r#"concat("a\n\" \u{e9} \x41 // ", r"b\n", 10, 007)"#);
    let Some(Expr { kind: ExprKind::Call(Function::Concat, parts), .. }) = expr else { panic!("{expr:?}") };
    let spelled: Vec<_> = parts.iter().map(|part| format!("{:?}", part.kind)).collect();
    assert_eq!(spelled, [r#"Text("a\n\" é A // ")"#, r#"Text("b\\n")"#, "Number(10)", "Number(7)"]);
}

/// Where in an expression a function is called, and the type of what it gives.
fn used(expr: &Expr, function: Function) -> Option<ValueType> {
    match &expr.kind {
        ExprKind::Call(called, _) if *called == function => Some(expr.ty),
        ExprKind::Call(_, operands) => operands.iter().find_map(|operand| used(operand, function)),
        _ => None,
    }
}

#[test]
fn every_example_of_the_table_is_typed() {
    for row in FUNCTIONS {
        let (expr, messages) = compiled(row.example);
        let expr = expr.unwrap_or_else(|| panic!("{row:?}: {messages:?}"));
        let ty = used(&expr, row.function).unwrap_or_else(|| panic!("{row:?} is not in {expr:?}"));
        if let Gives::Always(always) = row.gives {
            assert_eq!(ty, always, "{}", row.example);
        }
    }
}

#[test]
fn every_mistake_is_marked() {
    assert_eq!(
        compiled(r#"concat(now.epochms(), canonicl, 1.hex())"#).1,
        [
            "expression-unknown-function at [epochms]: there is no method `epochms` (did you mean `epoch_ms`?)",
            "expression-unknown-name at [canonicl]: there is no value `canonicl` here (did you mean `canonical`?)",
            "expression-wrong-type at [hex]: `hex` is a method of text and of bytes, this is number (`concat(…)` writes a number in decimal)",
        ]
    );
}

#[test]
fn what_is_forgotten_most_often_is_told() {
    for (text, help) in [
        ("params.sort().join(\"&\")", "(`pairs(\"=\")` makes a list of fields)"),
        ("hmac_sha256(secret_key, params)", "(`pairs(\"=\").join(\"&\")` makes text of fields)"),
        ("sha256(params.names())", "(`join(\"&\")` makes one of a list)"),
        ("path.text()", "(it is text already)"),
        ("counter().epoch_s()", "(it is a number already)"),
        ("counter().length()", "(`concat(…)` writes a number in decimal)"),
        ("path.first(-1)", "(numbers are not negative; `minus(…)` takes seconds from a time)"),
        ("rsa_sha256(secret_key, path)", "as `hmac_sha256(key, message)`)"),
        ("ed25519(secret_key, path)", "as `hmac_sha256(key, message)`)"),
        ("if_method(\"get\", path, path)", "(did you mean `GET`?)"),
        ("Params.sort()", "(did you mean `params`?)"),
    ] {
        let message = only_message(text);
        assert!(message.ends_with(help), "{text}: {message}");
    }
    for (text, expected) in [
        (
            "concat(signature)",
            "expression-unknown-name at [signature]: there is no value `signature` yet (a step sees the steps above it)",
        ),
        (
            "if_empty(now, 1, 2)",
            "expression-wrong-type at [now]: a time is never empty (name a text, bytes, fields or a list)",
        ),
    ] {
        assert_eq!(only_message(text), expected);
    }
}

#[test]
fn what_would_always_fail_or_never_select_is_told() {
    for (text, expected) in [
        (r#""zz".decode_hex()"#, r#"at ["zz"]: this is a constant, and it is not hexadecimal"#),
        (r#"concat("a", 1).decode_hex().hex()"#, ""),
        (r#"concat("a", "b1").decode_hex()"#, r#"at [concat("a", "b1")]: this is a constant"#),
        (r#""QQ===".decode_base64()"#, r#"at ["QQ==="]: this is a constant, and it is not base64"#),
        (r#""+/".decode_base64url()"#, r#"at ["+/"]: this is a constant, and it is not base64url"#),
        (r#""k_zz".strip_prefix("k_").decode_hex()"#, r#"at ["k_zz".strip_prefix("k_")]: this is a constant"#),
        (
            r#""ff".decode_hex().text()"#,
            r#"at ["ff".decode_hex()]: these bytes are a constant, and they are not UTF-8"#,
        ),
        (r#""c3a9".decode_hex().text()"#, ""),
        (r#"concat(secret_key, "zz").decode_hex()"#, ""),
        (r#"canonical.decode_hex()"#, ""),
        (r#"header("Content-Length")"#, "at [\"Content-Length\"]: `Content-Length` is set after signing"),
        (r#"header("Host")"#, ""),
        (r#"headers.keep("host", "Date")"#, r#"at ["Date"]: there is never a `Date`: the names"#),
        (r#"headers.drop_empty().sort().get("Date")"#, r#"at ["Date"]: there is never a `Date`"#),
        (r#"headers.get_or("date", "Date")"#, ""),
        (r#"headers.keep_prefix("X-").names().join("")"#, r#"at ["X-"]: there is never a `X-`"#),
        (r#"headers.keep("te")"#, r#"at ["te"]: `te` is set after signing"#),
        (r#"params.lower_names().drop("A")"#, r#"at ["A"]: there is never a `A`"#),
        (r#"headers.and(params).keep("A", "te")"#, ""),
        (r#"headers.upper_names().keep("DATE")"#, ""),
        (r#"params.keep("A", "te")"#, ""),
        (
            r#"injected.get("nope")"#,
            r#"at ["nope"]: nothing that has joined the call is called `nope` (known here: `ts`"#,
        ),
        (
            r#"injected.get("x-nonce")"#,
            r#"at ["x-nonce"]: nothing that has joined the call is called `x-nonce` (did you"#,
        ),
        (
            r#"injected.sort().keep("ts", "tss")"#,
            r#"at ["tss"]: nothing that has joined the call is called `tss` (did"#,
        ),
        (r#"injected.and(injected).drop("t")"#, r#"at ["t"]: nothing that has joined the call is called `t`"#),
        (r#"injected.get_or("X-Signature", "")"#, r#"at ["X-Signature"]: nothing that has joined the call is called"#),
        (r#"injected.keep_prefix("x-")"#, r#"at ["x-"]: nothing that has joined the call begins with `x-`"#),
        (r#"injected.drop_prefix("X-").get_or("ts", "nope")"#, ""),
        (r#"injected.lower_names().get("x-nonce")"#, ""),
        (r#"injected.and(params).get("nope")"#, ""),
        (r#"header("x-signature")"#, r#"at ["x-signature"]: `x-signature` is not set yet"#),
        (r#"header("X-Nonce")"#, ""),
    ] {
        let (expr, messages) = compiled(text);
        match expected {
            "" => assert!(expr.is_some(), "{text}: {messages:?}"),
            expected => {
                let message = only_message(text);
                assert!(message.starts_with(&format!("expression-bad-literal {expected}")), "{text}: {message}");
            }
        }
    }
}

#[test]
fn functions_check_their_arguments() {
    assert_eq!(
        only_message("params.pairs(1)"),
        "expression-wrong-type at [1]: `between` of `pairs` must be text, this is number \
         (`concat(…)` writes a number in decimal)"
    );
    assert_eq!(
        only_message("params.pairs(sha256(path))"),
        "expression-wrong-type at [sha256(path)]: `between` of `pairs` must be text, this is bytes \
         (`hex()` makes text of bytes)"
    );
    assert_eq!(
        only_message("sha256(now.epoch_s())"),
        "expression-wrong-type at [now.epoch_s()]: `message` of `sha256` must be text or bytes, this is number \
         (`concat(…)` writes a number in decimal)"
    );
    assert_eq!(
        only_message("hmac_sha256(secret_key)"),
        "expression-wrong-arity at [hmac_sha256]: `hmac_sha256` takes 2 arguments, not 1 \
         (as in `hmac_sha256(secret_key, path)`)"
    );
    assert!(only_message("now.year()").ends_with("(time has `epoch_ms`, `epoch_s`, `plus`, `minus`, `format`)"));
    assert!(only_message("concat()").contains("`concat` takes at least 1 argument, not 0"));
    assert!(only_message("nonce").contains("a function is called with `()` after it"));
    assert!(only_message("path.sha256()").contains("`sha256` is a function, this is text"));
    assert!(only_message("hex(path)").contains("`hex` is a method of text and of bytes, and no function"));
}

/// The type of what an expression gives.
fn type_of(text: &str) -> &'static str {
    let (expr, messages) = compiled(text);
    type_name(expr.unwrap_or_else(|| panic!("{text}: {messages:?}")).ty)
}

#[test]
fn what_is_made_of_bytes_is_bytes() {
    for (text, ty) in [
        ("concat(method, 1, path)", "text"),
        ("concat(method, sha256(path))", "bytes"),
        (r#"join("\n", method, port)"#, "text"),
        (r#"join("\n", method, body)"#, "bytes"),
        ("list(method, port)", "list"),
        ("list(method, md5(body))", "list of bytes"),
        (r#"list(method).sort().join("")"#, "text"),
        (r#"list(body).drop_empty().sort().drop_duplicates().join("")"#, "bytes"),
        ("if_empty(body, method, path)", "text"),
        ("if_empty(params, md5(body), sha1(body))", "bytes"),
        ("if_empty(params.names(), query_params, body_params)", "fields"),
        (r#"if_method("GET", port, counter())"#, "number"),
        ("params.drop_empty().sort().drop_duplicates()", "fields"),
        (r#"params.escape("form")"#, "fields"),
        (r#"path.escape("form")"#, "text"),
        ("path.hex()", "text"),
        ("path.first(4)", "bytes"),
    ] {
        assert_eq!(type_of(text), ty, "{text}");
    }
}

#[test]
fn branches_have_one_type() {
    assert_eq!(
        only_message("if_empty(body, path, sha256(body))"),
        "expression-wrong-type at [sha256(body)]: one value is text, this is bytes \
         (as in `if_empty(body, \"\", sha256(body).hex())`)"
    );
    assert!(
        only_message("if_empty(port, 1, 2)").starts_with("expression-wrong-type at [port]: a number is never empty")
    );
}

#[test]
fn literals_are_checked_where_they_stand() {
    for (text, expected) in [
        (r#"now.format("%Y-%q")"#, "at [%q]: `%q` is no part of a time"),
        (r#"now.format("50%")"#, "at [%]: nothing follows this `%`"),
        (r#"now.format("\n%q")"#, r#"at ["\n%q"]: `%q` is no part of a time"#),
        (r#"now.format("")"#, r#"at [""]: this text is empty"#),
        (
            r#"params.escape("rfc3968")"#,
            "at [rfc3968]: there is no way to escape called `rfc3968` (did you mean `rfc3986`?)",
        ),
        (r#"path.escape("")"#, r#"at [""]: there is no way to escape called ``"#),
        (r#"if_method("GET get", 1, 2)"#, "at [get]: `get` is no method"),
        (r#"if_method("GET  PUT", 1, 2)"#, r#"at ["GET  PUT"]: `` is no method"#),
        (r#"if_method("GET GET", 1, 2)"#, "at [GET]: `GET` is listed twice"),
        (r#"header("X Y")"#, "at [ ]: `X Y` is not the name of a header"),
        (r#"header("")"#, r#"at [""]: this text is empty"#),
        (r#"params.drop("a", "")"#, r#"at [""]: this text is empty"#),
        (r#"path.replace("", "a")"#, r#"at [""]: this text is empty"#),
        ("nonce_hex(3)", "at [3]: `bytes` of `nonce_hex` must be from 4 to 64"),
        ("now.plus(0)", "at [0]: `seconds` of `plus` must be from 1 to 3155760000"),
    ] {
        let message = only_message(text);
        assert!(message.starts_with(&format!("expression-bad-literal {expected}")), "{text}: {message}");
    }
    for (text, expected) in [
        ("params.escape(method)", "at [method]: `profile` of `escape` must be written here, as a literal text"),
        ("now.format(1)", "at [1]: `layout` of `format` must be written here, as a literal text"),
        (r#"path.first("1")"#, r#"at ["1"]: `bytes` of `first` must be written here, as a literal number"#),
    ] {
        let message = only_message(text);
        assert!(message.starts_with(&format!("expression-wrong-type {expected}")), "{text}: {message}");
    }
    assert!(only_message(r#"path.replace("a", "b", "c")"#).contains("`replace` takes arguments in pairs, not 3"));
    assert!(only_message("path.replace()").contains("`replace` takes arguments in pairs, not 0"));
    assert!(only_message(r#"path.replace("a", 1)"#).contains("`to` of `replace` must be written here"));
    assert!(only_message(r#"path.replace("a", "b", "", "d")"#).contains(r#"at [""]: this text is empty"#));
}

#[test]
fn a_layout_is_taken_apart() {
    let (expr, _) = compiled(r#"now.format("%a, %d%%%Y é")"#);
    let Some(Expr { kind: ExprKind::Call(Function::FormatTime, operands), .. }) = expr else { panic!("{expr:?}") };
    assert_eq!(
        format!("{:?}", operands[1].kind),
        r#"Clock([Weekday, Literal(", "), Day, Literal("%"), Year, Literal(" é")])"#
    );
}
