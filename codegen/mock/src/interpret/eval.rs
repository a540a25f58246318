//! An expression over a request to its value.

use std::slice;

use codegen::ir::{ClockPart, EscapeProfile, Expr, ExprKind, Function, Source};

use super::body::visible;
use super::fields::{get, keep, merge, names, unique, values};
use super::moment::Moment;
use super::received::leaves;
use super::request::Request;
use super::text::{self, Keep};
use super::value::{Fault, Value};

/// What an expression may refer to.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) request: &'a Request,
    pub(super) moment: &'a Moment,
    pub(super) credentials: &'a [String],
    /// Values of the steps so far.
    pub(super) steps: &'a [Value],
    /// What expressions came to that are not computed.
    pub(super) taken: &'a [(Expr, Value)],
}

/// The value of an expression.
pub(super) fn eval(expr: &Expr, scope: Scope<'_>) -> Result<Value, Fault> {
    if let Some((_, value)) = scope.taken.iter().find(|(taken, _)| taken == expr) {
        return Ok(value.clone());
    }
    match &expr.kind {
        ExprKind::Source(source) => source_value(*source, scope),
        ExprKind::Text(text) => Ok(Value::Text(text.clone())),
        ExprKind::Number(number) => Ok(Value::Number(*number)),
        ExprKind::Call(function, operands) => apply(*function, Operands { rest: operands.iter(), scope }),
        // They only stand where a function asks for them.
        ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => Err(Fault::Malformed),
    }
}

fn source_value(source: Source, scope: Scope<'_>) -> Result<Value, Fault> {
    let request = scope.request;
    let text = |text: &str| Value::Text(text.to_owned());
    let injected = |headers: bool| {
        let shown = request.injected.iter().filter(move |injected| headers || !injected.is_header);
        shown.map(|injected| (injected.name.clone(), injected.text.clone()))
    };
    Ok(match source {
        Source::Method => text(&request.method),
        Source::Scheme => text(&request.scheme),
        Source::Host => text(&request.host),
        Source::Port => Value::Number(request.port.into()),
        Source::Authority => Value::Text(request.authority()),
        Source::Path => text(&request.path),
        Source::Query => Value::Text(request.query()),
        Source::Target => Value::Text(request.target()),
        Source::Url => Value::Text(request.url()),
        Source::Body => Value::Bytes(request.body()),
        Source::Params => {
            request.must_have_members()?;
            Value::Fields(request.own.iter().cloned().chain(injected(false)).collect())
        }
        Source::PathParams => Value::Fields(request.in_path.clone()),
        Source::QueryParams => Value::Fields(visible(&request.query)),
        Source::BodyParams => Value::Fields(request.body_fields()?),
        Source::BodyLeaves => Value::Fields(leaves(request)?),
        Source::Injected => Value::Fields(injected(true).collect()),
        Source::Headers => Value::Fields(request.headers()),
        Source::Now => Value::Time(scope.moment.now),
        Source::Credential(index) => text(scope.credentials.get(index).ok_or(Fault::Malformed)?),
        Source::Step(index) => scope.steps.get(index).ok_or(Fault::Malformed)?.clone(),
    })
}

/// The operands of a call that are not used yet. Each is computed when it is asked for.
struct Operands<'a> {
    rest: slice::Iter<'a, Expr>,
    scope: Scope<'a>,
}

impl<'a> Operands<'a> {
    fn expr(&mut self) -> Result<&'a Expr, Fault> {
        self.rest.next().ok_or(Fault::Malformed)
    }

    fn value(&mut self) -> Result<Value, Fault> {
        eval(self.expr()?, self.scope)
    }

    /// A text, or a number in decimal.
    fn text(&mut self) -> Result<String, Fault> {
        self.value()?.text().ok_or(Fault::Malformed)
    }

    fn octets(&mut self) -> Result<Vec<u8>, Fault> {
        self.value()?.octets().ok_or(Fault::Malformed)
    }

    fn number(&mut self) -> Result<i64, Fault> {
        match self.value()? {
            Value::Number(number) => Ok(number),
            _ => Err(Fault::Malformed),
        }
    }

    fn time(&mut self) -> Result<i64, Fault> {
        match self.value()? {
            Value::Time(ms) => Ok(ms),
            _ => Err(Fault::Malformed),
        }
    }

    fn fields(&mut self) -> Result<Vec<(String, String)>, Fault> {
        match self.value()? {
            Value::Fields(fields) => Ok(fields),
            _ => Err(Fault::Malformed),
        }
    }

    fn profile(&mut self) -> Result<EscapeProfile, Fault> {
        match &self.expr()?.kind {
            ExprKind::Escape(profile) => Ok(*profile),
            _ => Err(Fault::Malformed),
        }
    }

    fn layout(&mut self) -> Result<&'a [ClockPart], Fault> {
        match &self.expr()?.kind {
            ExprKind::Clock(parts) => Ok(parts),
            _ => Err(Fault::Malformed),
        }
    }

    /// All that are left, as texts.
    fn texts(&mut self) -> Result<Vec<String>, Fault> {
        let mut texts = Vec::new();
        while !self.rest.as_slice().is_empty() {
            texts.push(self.text()?);
        }
        Ok(texts)
    }

    fn table(&mut self) -> Result<Vec<(String, String)>, Fault> {
        let mut table = Vec::new();
        while !self.rest.as_slice().is_empty() {
            table.push((self.text()?, self.text()?));
        }
        Ok(table)
    }

    /// All that are left as a list, of bytes if any of them is that.
    fn list(&mut self) -> Result<Value, Fault> {
        let mut parts = Vec::new();
        while !self.rest.as_slice().is_empty() {
            let value = self.value()?;
            parts.push(value.text().map_or(value, Value::Text));
        }
        if parts.iter().any(|part| matches!(part, Value::Bytes(_))) {
            return Ok(Value::ByteList(
                parts.into_iter().map(|part| part.octets().ok_or(Fault::Malformed)).collect::<Result<_, _>>()?,
            ));
        }
        Ok(Value::List(parts.into_iter().map(|part| part.text().ok_or(Fault::Malformed)).collect::<Result<_, _>>()?))
    }
}

fn apply(function: Function, mut take: Operands<'_>) -> Result<Value, Fault> {
    use Value::{Bytes, Fields, List, Number, Text, Time};
    let moment = take.scope.moment;
    Ok(match function {
        Function::Nonce => Number(moment.nonce),
        Function::NonceHex => {
            let bytes = take.number()?;
            Text(moment.nonce_hex.get(&bytes).ok_or(Fault::NoNonce(bytes))?.clone())
        }
        Function::Uuid => Text(moment.uuid.clone()),
        Function::Counter => Number(moment.counter),
        Function::Header => {
            let name = take.text()?;
            let value = get(take.scope.request.headers(), &name.to_ascii_lowercase());
            Text(value.ok_or(Fault::NoHeader(name))?)
        }
        Function::Field => Fields(vec![(take.text()?, take.text()?)]),
        Function::IfEmpty => {
            let empty = take.value()?.is_empty()?;
            branch(&mut take, empty)?
        }
        Function::IfMethod => {
            let ExprKind::Methods(methods) = &take.expr()?.kind else { return Err(Fault::Malformed) };
            let listed = methods.iter().any(|method| method.as_str() == take.scope.request.method);
            branch(&mut take, listed)?
        }
        Function::Digest(hash) => Bytes(text::digest(hash, &take.octets()?)),
        Function::Hmac(hash) => {
            let key = take.octets()?;
            Bytes(text::hmac(hash, &key, &take.octets()?)?)
        }
        Function::Concat => joined(take.list()?, "")?,
        Function::JoinParts => {
            let separator = take.text()?;
            joined(take.list()?, &separator)?
        }
        Function::ListOf => take.list()?,
        Function::And => Fields([take.fields()?, take.fields()?].concat()),
        Function::Drop => {
            let fields = take.fields()?;
            let dropped = take.texts()?;
            Fields(fields.into_iter().filter(|(name, _)| !dropped.contains(name)).collect())
        }
        Function::Keep => Fields(keep(&take.fields()?, &take.texts()?, None)),
        Function::KeepAll => Fields(keep(&take.fields()?, &take.texts()?, Some(""))),
        Function::DropPrefix => {
            let (fields, prefix) = (take.fields()?, take.text()?);
            Fields(fields.into_iter().filter(|(name, _)| !name.starts_with(&prefix)).collect())
        }
        Function::KeepPrefix => {
            let (fields, prefix) = (take.fields()?, take.text()?);
            Fields(fields.into_iter().filter(|(name, _)| name.starts_with(&prefix)).collect())
        }
        Function::DropEmpty => match take.value()? {
            Fields(fields) => Fields(fields.into_iter().filter(|(_, value)| !value.is_empty()).collect()),
            List(items) => List(items.into_iter().filter(|item| !item.is_empty()).collect()),
            Value::ByteList(items) => Value::ByteList(items.into_iter().filter(|item| !item.is_empty()).collect()),
            _ => return Err(Fault::Malformed),
        },
        Function::DropDuplicates => match take.value()? {
            Fields(fields) => Fields(unique(fields)),
            List(items) => List(unique(items)),
            Value::ByteList(items) => Value::ByteList(unique(items)),
            _ => return Err(Fault::Malformed),
        },
        Function::Sort => {
            let mut value = take.value()?;
            match &mut value {
                Fields(fields) => fields.sort(),
                List(items) => items.sort(),
                Value::ByteList(items) => items.sort(),
                Text(_) | Bytes(_) | Number(_) | Time(_) => return Err(Fault::Malformed),
            }
            value
        }
        Function::SortByName => {
            let mut fields = take.fields()?;
            fields.sort_by(|(a, _), (b, _)| a.cmp(b));
            Fields(fields)
        }
        Function::SortByValue => {
            let mut fields = take.fields()?;
            fields.sort_by(|(_, a), (_, b)| a.cmp(b));
            Fields(fields)
        }
        Function::Merge => Fields(merge(take.fields()?, &take.text()?)),
        Function::LowerNames => Fields(names(take.fields()?, str::to_lowercase)),
        Function::UpperNames => Fields(names(take.fields()?, str::to_uppercase)),
        Function::LowerValues => Fields(values(take.fields()?, str::to_lowercase)),
        Function::TrimNames => Fields(names(take.fields()?, text::trim)),
        Function::TrimValues => Fields(values(take.fields()?, text::trim)),
        Function::Escape => {
            let (value, keep) = (take.value()?, Keep::of(take.profile()?));
            let escape = |text: &str| text::escape(keep, text);
            match value {
                Fields(fields) => Fields(values(names(fields, escape), escape)),
                Text(text) => Text(escape(&text)),
                _ => return Err(Fault::Malformed),
            }
        }
        Function::EscapeNames => {
            let (fields, keep) = (take.fields()?, Keep::of(take.profile()?));
            Fields(names(fields, |text| text::escape(keep, text)))
        }
        Function::EscapeValues => {
            let (fields, keep) = (take.fields()?, Keep::of(take.profile()?));
            Fields(values(fields, |text| text::escape(keep, text)))
        }
        Function::ReplaceNames => {
            let (fields, table) = (take.fields()?, take.table()?);
            Fields(names(fields, |text| text::replace(&table, text)))
        }
        Function::ReplaceValues => {
            let (fields, table) = (take.fields()?, take.table()?);
            Fields(values(fields, |text| text::replace(&table, text)))
        }
        Function::Get => {
            let (fields, name) = (take.fields()?, take.text()?);
            Text(get(fields, &name).ok_or(Fault::NoField(name))?)
        }
        Function::GetOr => {
            let (fields, name, default) = (take.fields()?, take.text()?, take.text()?);
            Text(get(fields, &name).unwrap_or(default))
        }
        Function::Pairs => {
            let (fields, between) = (take.fields()?, take.text()?);
            List(fields.into_iter().map(|(name, value)| [name, between.clone(), value].concat()).collect())
        }
        Function::Format => {
            let (fields, lead, between, tail) = (take.fields()?, take.text()?, take.text()?, take.text()?);
            let item = |(name, value): (String, String)| [&*lead, &*name, &*between, &*value, &*tail].concat();
            List(fields.into_iter().map(item).collect())
        }
        Function::Names => List(take.fields()?.into_iter().map(|(name, _)| name).collect()),
        Function::Values => List(take.fields()?.into_iter().map(|(_, value)| value).collect()),
        Function::Join => {
            let list = take.value()?;
            if list.is_empty()? {
                return Err(Fault::EmptyList);
            }
            joined(list, &take.text()?)?
        }
        Function::JoinOr => {
            let (list, separator, default) = (take.value()?, take.text()?, take.text()?);
            match list {
                Value::List(items) if items.is_empty() => Text(default),
                Value::ByteList(items) if items.is_empty() => Bytes(default.into_bytes()),
                list => joined(list, &separator)?,
            }
        }
        Function::Upper => Text(take.text()?.to_uppercase()),
        Function::Lower => Text(take.text()?.to_lowercase()),
        Function::Trim => Text(text::trim(&take.text()?)),
        Function::Replace => {
            let value = take.text()?;
            Text(text::replace(&take.table()?, &value))
        }
        Function::StripPrefix => {
            let (value, prefix) = (take.text()?, take.text()?);
            Text(value.strip_prefix(&prefix).unwrap_or(&value).to_owned())
        }
        Function::Split => {
            let (value, separator) = (take.text()?, take.text()?);
            List(value.split(&separator).map(str::to_owned).collect())
        }
        Function::SplitPairs => Fields(text::split_pairs(&take.text()?, &take.text()?, &take.text()?)),
        Function::DecodeHex => Bytes(text::decode_hex(&take.text()?)?),
        Function::DecodeBase64 => Bytes(text::decode_base64(&take.text()?)?),
        Function::DecodeBase64Url => Bytes(text::decode_base64url(&take.text()?)?),
        Function::Hex => Text(hex::encode(take.octets()?)),
        Function::Base64 => Text(text::base64(&take.octets()?, true)),
        Function::Base64Unpadded => Text(text::base64(&take.octets()?, false)),
        Function::Base64Url => Text(text::base64url(&take.octets()?, true)),
        Function::Base64UrlUnpadded => Text(text::base64url(&take.octets()?, false)),
        Function::First => {
            let mut octets = take.octets()?;
            octets.truncate(usize::try_from(take.number()?).unwrap_or_default());
            Bytes(octets)
        }
        Function::Length => Number(i64::try_from(take.octets()?.len()).unwrap_or(i64::MAX)),
        Function::TextOf => Text(String::from_utf8(take.octets()?).map_err(|_| Fault::NoText)?),
        Function::EpochS => Number(take.time()?.div_euclid(1000)),
        Function::EpochMs => Number(take.time()?),
        Function::Plus => Time(take.time()?.saturating_add(take.number()?.saturating_mul(1000))),
        Function::Minus => Time(take.time()?.saturating_sub(take.number()?.saturating_mul(1000))),
        Function::FormatTime => {
            let ms = take.time()?;
            Text(text::lay_out(take.layout()?, ms))
        }
    })
}

/// The first or the second of the last two operands; the other is not computed.
fn branch(take: &mut Operands<'_>, first: bool) -> Result<Value, Fault> {
    let (then, otherwise) = (take.expr()?, take.expr()?);
    eval(if first { then } else { otherwise }, take.scope)
}

fn joined(list: Value, separator: &str) -> Result<Value, Fault> {
    match list {
        Value::List(items) => Ok(Value::Text(items.join(separator))),
        Value::ByteList(items) => Ok(Value::Bytes(items.join(separator.as_bytes()))),
        _ => Err(Fault::Malformed),
    }
}
