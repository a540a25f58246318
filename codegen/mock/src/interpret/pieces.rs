//! A text that is put together, taken apart again: what is known of it, and holes that a call fills.

use codegen::ir::{Expr, ExprKind, Function, Hash, Source, ValueType};

use super::clock;
use super::eval::{Scope, eval};
use super::moment::Moment;
use super::recover::Reader;
use super::text::{Keep, escape};
use super::value::Value;

/// How many expressions are looked at for one text: a step may be named often, by steps that are named often.
const MAX_LOOKS: usize = 1000;

/// A stretch of a text that is put together.
#[derive(Debug)]
pub(super) enum Piece {
    Known(Vec<u8>),
    Hole(Expr),
}

impl Piece {
    pub(super) fn hole(&self) -> Option<&Expr> {
        if let Self::Hole(hole) = self { Some(hole) } else { None }
    }
}

impl Reader<'_> {
    /// What a text is put together from.
    pub(super) fn pieces(&self, expr: &Expr) -> Vec<Piece> {
        let (mut pieces, mut looks) = (Vec::new(), MAX_LOOKS);
        self.spread(expr, &mut pieces, &mut looks);
        pieces
    }

    fn spread(&self, expr: &Expr, pieces: &mut Vec<Piece>, looks: &mut usize) {
        let Some(left) = looks.checked_sub(1) else { return pieces.push(Piece::Hole(expr.clone())) };
        *looks = left;
        match &expr.kind {
            ExprKind::Source(Source::Step(index)) if self.step(*index).is_some() => {
                self.step(*index).into_iter().for_each(|value| self.spread(value, pieces, looks));
            }
            _ => match self.items(expr) {
                Some((separator, items)) => {
                    for (index, part) in items.iter().enumerate() {
                        push(pieces, if index > 0 { separator.as_bytes() } else { b"" });
                        part.iter().for_each(|part| self.spread(part, pieces, looks));
                    }
                }
                None => match self.known(expr).and_then(|value| value.text().map_or(value, Value::Text).octets()) {
                    Some(known) => push(pieces, &known),
                    None => pieces.push(Piece::Hole(expr.clone())),
                },
            },
        }
    }

    /// What no draw and no clock is in is computed.
    pub(super) fn known(&self, expr: &Expr) -> Option<Value> {
        if self.nature(expr).moves {
            return None;
        }
        let moment = Moment::default();
        let scope =
            Scope { request: &self.view, moment: &moment, credentials: self.credentials, steps: &[], taken: &[] };
        eval(expr, scope).ok()
    }

    /// What is between the items of a text that is joined, and what each of them is put together from.
    fn items<'e>(&self, expr: &'e Expr) -> Option<(&'e str, Vec<Vec<Expr>>)> {
        let ExprKind::Call(function, operands) = &expr.kind else { return None };
        let single = |parts: &[Expr]| parts.iter().map(|part| vec![part.clone()]).collect();
        match (function, operands.as_slice()) {
            (Function::Concat, parts) => Some(("", single(parts))),
            (Function::JoinParts, [separator, parts @ ..]) => Some((literal(separator)?, single(parts))),
            (Function::Join | Function::JoinOr, [list, separator, ..]) => {
                let items = self.list(list).filter(|items| !items.is_empty())?;
                Some((literal(separator)?, items))
            }
            _ => None,
        }
    }

    fn list(&self, expr: &Expr) -> Option<Vec<Vec<Expr>>> {
        let (function, operands) = match &expr.kind {
            ExprKind::Source(Source::Step(index)) => return self.list(self.step(*index)?),
            ExprKind::Call(function, operands) => (function, operands.as_slice()),
            _ => return None,
        };
        let each = |fields: &Expr, item: &dyn Fn(Expr, Expr) -> Vec<Expr>| {
            Some(self.fields(fields)?.into_iter().map(|(name, value)| item(name, value)).collect())
        };
        match (function, operands) {
            (Function::ListOf, parts) => Some(parts.iter().map(|part| vec![part.clone()]).collect()),
            (Function::Pairs, [fields, between]) => each(fields, &|name, value| vec![name, between.clone(), value]),
            (Function::Format, [fields, lead, between, tail]) => {
                each(fields, &|name, value| vec![lead.clone(), name, between.clone(), value, tail.clone()])
            }
            (Function::Names, [fields]) => each(fields, &|name, _| vec![name]),
            (Function::Values, [fields]) => each(fields, &|_, value| vec![value]),
            _ => None,
        }
    }

    /// Fields of which the names are written out.
    fn fields(&self, expr: &Expr) -> Option<Vec<(Expr, Expr)>> {
        let (function, operands) = match &expr.kind {
            ExprKind::Source(Source::Step(index)) => return self.fields(self.step(*index)?),
            ExprKind::Call(function, operands) => (function, operands.as_slice()),
            _ => return None,
        };
        match (function, operands) {
            (Function::Field, [name, value]) => literal(name).map(|_| vec![(name.clone(), value.clone())]),
            (Function::And, [first, second]) => {
                let mut fields = self.fields(first)?;
                fields.extend(self.fields(second)?);
                (fields.len() < MAX_LOOKS).then_some(fields)
            }
            (Function::Sort | Function::SortByName, [fields]) => {
                let mut fields = self.fields(fields)?;
                fields.sort_by(|(a, _), (b, _)| literal(a).cmp(&literal(b)));
                // What is drawn would decide between fields of one name.
                let is_clear = fields.windows(2).all(|pair| !matches!(pair, [(a, _), (b, _)] if a == b));
                is_clear.then_some(fields)
            }
            (Function::Escape | Function::EscapeNames | Function::EscapeValues, [fields, profile]) => {
                let ExprKind::Escape(kept) = profile.kind else { return None };
                let name = |name: Expr| match &name.kind {
                    ExprKind::Text(text) if *function != Function::EscapeValues => {
                        Expr { kind: ExprKind::Text(escape(Keep::of(kept), text)), ..name }
                    }
                    _ => name,
                };
                let value = |value: Expr| match function {
                    Function::EscapeNames => value,
                    _ => Expr {
                        kind: ExprKind::Call(Function::Escape, vec![value, profile.clone()]),
                        ty: ValueType::Text,
                    },
                };
                Some(self.fields(fields)?.into_iter().map(|(a, b)| (name(a), value(b))).collect())
            }
            _ => None,
        }
    }

    /// How many bytes an expression comes to in every call; of a clock's count, in this century and the next two.
    pub(super) fn width(&self, expr: &Expr) -> Option<usize> {
        let (function, operands) = match &expr.kind {
            ExprKind::Source(Source::Step(index)) => return self.width(self.step(*index)?),
            ExprKind::Call(function, operands) => (function, operands.as_slice()),
            _ => return None,
        };
        match (function, operands) {
            (Function::Uuid, []) => Some(36),
            (Function::NonceHex, [Expr { kind: ExprKind::Number(bytes), .. }]) => {
                usize::try_from(*bytes).ok()?.checked_mul(2)
            }
            (Function::EpochS, _) => Some(10),
            (Function::EpochMs, _) => Some(13),
            (Function::FormatTime, [_, Expr { kind: ExprKind::Clock(parts), .. }]) => Some(clock::width(parts)),
            (Function::Digest(hash) | Function::Hmac(hash), _) => Some(match hash {
                Hash::Md5 => 16,
                Hash::Sha1 => 20,
                Hash::Sha256 => 32,
                Hash::Sha384 => 48,
                Hash::Sha512 => 64,
            }),
            (Function::Lower | Function::Upper, [inner]) => self.width(inner),
            (Function::Hex, [inner]) => self.width(inner)?.checked_mul(2),
            (Function::DecodeHex, [inner]) => Some(self.width(inner)? / 2),
            (Function::Base64 | Function::Base64Url, [inner]) => self.width(inner)?.div_ceil(3).checked_mul(4),
            (Function::Base64Unpadded | Function::Base64UrlUnpadded, [inner]) => {
                Some(self.width(inner)?.checked_mul(4)?.div_ceil(3))
            }
            (Function::First, [inner, Expr { kind: ExprKind::Number(most), .. }]) => {
                Some(self.width(inner)?.min(usize::try_from(*most).ok()?))
            }
            _ => None,
        }
    }
}

/// A text that is written out.
fn literal(expr: &Expr) -> Option<&str> {
    if let ExprKind::Text(text) = &expr.kind { Some(text) } else { None }
}

fn push(pieces: &mut Vec<Piece>, octets: &[u8]) {
    match pieces.last_mut() {
        Some(Piece::Known(known)) => known.extend_from_slice(octets),
        Some(Piece::Hole(_)) | None if octets.is_empty() => {}
        Some(Piece::Hole(_)) | None => pieces.push(Piece::Known(octets.to_vec())),
    }
}
