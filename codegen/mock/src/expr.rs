//! A signing expression and a received call to a value: the second reading of the signing steps.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codegen::ir::{Expr, ExprKind, Function, Hash, Source};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Fields(Vec<(String, String)>),
    List(Vec<String>),
    Text(String),
    Bytes(Vec<u8>),
    Number(i64),
    /// Milliseconds since the epoch.
    Time(i64),
}

/// What an expression may refer to.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) params: &'a [(String, String)],
    /// Milliseconds since the epoch, as the caller's timestamp says.
    pub(crate) now: i64,
    /// As the caller sent it.
    pub(crate) nonce: i64,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) credentials: &'a [String],
    /// Values of the steps so far.
    pub(crate) steps: Vec<Value>,
}

/// An expression that does not fit its types, or a reference to nothing: no spec that passed its
/// checks has one, a model made by hand may.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// The value of an expression.
pub(crate) fn eval(expr: &Expr, scope: &Scope<'_>) -> Result<Value, Malformed> {
    match &expr.kind {
        ExprKind::Source(source) => eval_source(*source, scope),
        ExprKind::Text(text) => Ok(Value::Text(text.clone())),
        ExprKind::Number(number) => Ok(Value::Number(*number)),
        ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => Err(Malformed),
        ExprKind::Call(function, arguments) => {
            let values = arguments.iter().map(|argument| eval(argument, scope)).collect::<Result<Vec<_>, _>>()?;
            apply(*function, values, scope)
        }
    }
}

fn eval_source(source: Source, scope: &Scope<'_>) -> Result<Value, Malformed> {
    Ok(match source {
        Source::Params => Value::Fields(scope.params.to_vec()),
        Source::Now => Value::Time(scope.now),
        Source::Method => Value::Text(scope.method.to_owned()),
        Source::Path => Value::Text(scope.path.to_owned()),
        Source::Credential(index) => Value::Text(scope.credentials.get(index).ok_or(Malformed)?.clone()),
        Source::Step(index) => scope.steps.get(index).ok_or(Malformed)?.clone(),
        _ => return Err(Malformed),
    })
}

fn apply(function: Function, arguments: Vec<Value>, scope: &Scope<'_>) -> Result<Value, Malformed> {
    use Value::{Bytes, Fields, List, Number, Text, Time};
    let mut arguments = arguments.into_iter();
    let mut next = || arguments.next().ok_or(Malformed);
    Ok(match function {
        Function::Sort => match next()? {
            Fields(mut fields) => {
                fields.sort();
                Fields(fields)
            }
            _ => return Err(Malformed),
        },
        Function::Pairs => match (next()?, next()?) {
            (Fields(fields), Text(between)) => {
                List(fields.into_iter().map(|(name, value)| format!("{name}{between}{value}")).collect())
            }
            _ => return Err(Malformed),
        },
        Function::Join => match (next()?, next()?) {
            (List(items), Text(separator)) => Text(items.join(&separator)),
            _ => return Err(Malformed),
        },
        Function::EpochMs => match next()? {
            Time(ms) => Number(ms),
            _ => return Err(Malformed),
        },
        Function::EpochS => match next()? {
            Time(ms) => Number(ms.div_euclid(1000)),
            _ => return Err(Malformed),
        },
        Function::Nonce => Number(scope.nonce),
        Function::Hmac(Hash::Sha256) => {
            let key = octets(next()?)?;
            let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| Malformed)?;
            mac.update(&octets(next()?)?);
            Bytes(mac.finalize().into_bytes().to_vec())
        }
        Function::Digest(Hash::Sha256) => Bytes(Sha256::digest(octets(next()?)?).to_vec()),
        Function::Hex => Text(hex::encode(octets(next()?)?)),
        Function::Base64 => Text(STANDARD.encode(octets(next()?)?)),
        Function::Upper => Text(text(next()?)?.to_uppercase()),
        Function::Lower => Text(text(next()?)?.to_lowercase()),
        Function::Concat => {
            let parts = arguments.map(text).collect::<Result<Vec<_>, _>>()?;
            Text(parts.concat())
        }
        _ => return Err(Malformed),
    })
}

/// A text or a number as text.
pub(crate) fn text(value: Value) -> Result<String, Malformed> {
    match value {
        Value::Text(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Fields(_) | Value::List(_) | Value::Bytes(_) | Value::Time(_) => Err(Malformed),
    }
}

/// What digests and codecs read: bytes, or a text as UTF-8.
fn octets(value: Value) -> Result<Vec<u8>, Malformed> {
    match value {
        Value::Bytes(bytes) => Ok(bytes),
        Value::Text(text) => Ok(text.into_bytes()),
        Value::Fields(_) | Value::List(_) | Value::Number(_) | Value::Time(_) => Err(Malformed),
    }
}

#[cfg(test)]
mod tests {
    use codegen::ir::ValueType;

    use super::*;

    fn call(function: Function, arguments: Vec<Expr>) -> Expr {
        Expr { kind: ExprKind::Call(function, arguments), ty: ValueType::Text }
    }

    fn source(source: Source) -> Expr {
        Expr { kind: ExprKind::Source(source), ty: ValueType::Text }
    }

    fn literal(text: &str) -> Expr {
        Expr { kind: ExprKind::Text(text.to_owned()), ty: ValueType::Text }
    }

    fn scope<'a>(params: &'a [(String, String)], credentials: &'a [String]) -> Scope<'a> {
        Scope { params, now: -1, nonce: 7, method: "GET", path: "/a%2Fb", credentials, steps: Vec::new() }
    }

    #[test]
    fn fields_are_sorted_by_byte_paired_and_joined() {
        let params = [("b", "é"), ("a", "x?y"), ("B", ""), ("a", "A")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        let sorted = call(Function::Sort, vec![source(Source::Params)]);
        let expr = call(Function::Join, vec![call(Function::Pairs, vec![sorted, literal("=")]), literal("?")]);
        assert_eq!(eval(&expr, &scope(&params, &[])), Ok(Value::Text("B=?a=A?a=x?y?b=é".to_owned())));
    }

    #[test]
    fn digests_agree_with_the_published_vectors() {
        // RFC 4231, test case 2; FIPS 180 for the plain one.
        let key = ["Jefe".to_owned()];
        let mac = call(
            Function::Hmac(Hash::Sha256),
            vec![source(Source::Credential(0)), literal("what do ya want for nothing?")],
        );
        assert_eq!(
            eval(&call(Function::Hex, vec![mac]), &scope(&[], &key)),
            Ok(Value::Text("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843".to_owned()))
        );
        let hash = call(Function::Digest(Hash::Sha256), vec![literal("abc")]);
        assert_eq!(
            eval(&call(Function::Base64, vec![hash]), &scope(&[], &[])),
            Ok(Value::Text("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=".to_owned()))
        );
    }

    #[test]
    fn times_are_whole_and_texts_are_built_from_numbers() {
        let seconds = call(Function::EpochS, vec![source(Source::Now)]);
        let parts = vec![call(Function::Upper, vec![literal("aß")]), seconds, call(Function::Nonce, vec![])];
        assert_eq!(eval(&call(Function::Concat, parts), &scope(&[], &[])), Ok(Value::Text("ASS-17".to_owned())));
    }

    #[test]
    fn a_malformed_model_is_no_panic() {
        for expr in [
            call(Function::Sort, vec![]),
            call(Function::Hex, vec![source(Source::Now)]),
            call(Function::Join, vec![literal("a"), literal("b")]),
            source(Source::Credential(3)),
            source(Source::Step(0)),
        ] {
            assert_eq!(eval(&expr, &scope(&[], &[])), Err(Malformed));
        }
    }
}
