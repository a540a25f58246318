//! What is known of a value when the spec is read: constants, and the names of fields.

use super::functions::FunctionRow;
use super::{Phase, Scope};
use crate::diagnostics::among;
use crate::ir::{Expr, ExprKind, Function, Source, Step};

/// How many parts are looked at, and how long a constant may grow: steps that name each other twice double both.
const LIMIT: usize = 4096;

/// What the connection sets when everything is signed, so that no expression sees it.
pub(crate) const UNSEEN: [&str; 7] =
    ["connection", "content-length", "expect", "te", "trailer", "transfer-encoding", "upgrade"];

/// What would fail in every call, or select nothing in any: which operand says so, why, and what would be right.
pub(super) fn in_vain(scope: Scope<'_>, row: &FunctionRow, operands: &[Expr]) -> Option<(usize, String, String)> {
    let first = operands.first()?;
    let mut known = Known { steps: scope.steps, left: LIMIT };
    if let Some(encoding) = Encoding::read_by(row.function) {
        let (name, digits) = encoding.described();
        let decodes = encoding.decode(&known.constant(first)?).is_some();
        return (!decodes).then(|| (0, format!("this is a constant, and it is not {name}"), digits.to_owned()));
    }
    if row.function == Function::TextOf {
        let is_text = std::str::from_utf8(&known.constant(first)?).is_ok();
        let help = "bytes are written as text with `hex()` or `base64()`";
        return (!is_text)
            .then(|| (0, "these bytes are a constant, and they are not UTF-8".to_owned(), help.to_owned()));
    }
    if let Some(mistake) = not_injected(scope, &mut known, row, operands) {
        return Some(mistake);
    }
    // In which operands names stand, and what is known of those that are there.
    let (stated, names) = match row.function {
        Function::Header => (operands.get(..1)?, Names::Headers),
        Function::Get | Function::GetOr => (operands.get(..2)?, known.names(first)),
        Function::Drop | Function::Keep | Function::KeepAll | Function::KeepPrefix | Function::DropPrefix => {
            (operands, known.names(first))
        }
        _ => return None,
    };
    stated.iter().enumerate().find_map(|(index, operand)| {
        let ExprKind::Text(name) = &operand.kind else { return None };
        let lower = name.to_lowercase();
        if row.function == Function::Header && scope.later.iter().any(|header| header.eq_ignore_ascii_case(name)) {
            let help = "what is computed sees the headers that stand above it";
            return Some((index, format!("`{name}` is not set yet"), help.to_owned()));
        }
        if names == Names::Headers
            && matches!(scope.phase, Phase::Inject | Phase::Sign)
            && UNSEEN.contains(&lower.as_str())
        {
            let help = "sign what it is made of: the body, for example";
            return Some((index, format!("`{name}` is set after signing, and no expression sees it"), help.to_owned()));
        }
        // `header` takes its name in any case.
        if names >= Names::Lower && row.function != Function::Header && lower != *name {
            let message = format!("there is never a `{name}`: the names of these fields are in lower case");
            return Some((index, message, format!("write `{lower}`")));
        }
        None
    })
}

/// A name that nothing has which joined the call: what did is known.
fn not_injected(
    scope: Scope<'_>,
    known: &mut Known<'_>,
    row: &FunctionRow,
    operands: &[Expr],
) -> Option<(usize, String, String)> {
    let (stated, is_prefix) = match row.function {
        Function::Get | Function::GetOr => (operands.get(..2)?, false),
        Function::Drop | Function::Keep | Function::KeepAll => (operands, false),
        Function::KeepPrefix | Function::DropPrefix => (operands, true),
        _ => return None,
    };
    if !known.is_injected(operands.first()?) {
        return None;
    }
    stated.iter().enumerate().skip(1).find_map(|(index, operand)| {
        let ExprKind::Text(name) = &operand.kind else { return None };
        let is_it = |placed: &&&str| if is_prefix { placed.starts_with(name.as_str()) } else { **placed == name };
        if scope.injected.iter().any(|placed| is_it(&placed)) {
            return None;
        }
        let help = match among(name, scope.injected.iter().copied()) {
            help if help.is_empty() => "nothing has joined the call yet".to_owned(),
            help => help,
        };
        let what = if is_prefix { "begins with" } else { "is called" };
        Some((index, format!("nothing that has joined the call {what} `{name}`"), help))
    })
}

/// What is known of the names in fields; the later knows more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Names {
    Any,
    /// There is no capital letter in them.
    Lower,
    /// They are those of headers, in lower case.
    Headers,
}

/// Whether what a function makes of fields has names of theirs, and no others.
fn keeps_names(function: Function) -> bool {
    matches!(
        function,
        Function::Drop
            | Function::Keep
            | Function::KeepAll
            | Function::KeepPrefix
            | Function::DropPrefix
            | Function::DropEmpty
            | Function::DropDuplicates
            | Function::Sort
            | Function::SortByName
            | Function::SortByValue
            | Function::Merge
            | Function::LowerValues
            | Function::TrimNames
            | Function::TrimValues
            | Function::EscapeValues
            | Function::ReplaceValues
    )
}

/// The way back from bytes written as text.
#[derive(Debug, Clone, Copy)]
enum Encoding {
    Hex,
    Base64,
    Base64Url,
}

/// Looks at values, and at no more parts of them than are left.
struct Known<'a> {
    steps: &'a [Step],
    left: usize,
}

impl Known<'_> {
    /// The bytes of a value that is the same in every call; `None` where that is not certain.
    fn constant(&mut self, expr: &Expr) -> Option<Vec<u8>> {
        self.left = self.left.checked_sub(1)?;
        let steps = self.steps;
        match &expr.kind {
            ExprKind::Text(text) => Some(text.clone().into_bytes()),
            ExprKind::Number(number) => Some(number.to_string().into_bytes()),
            ExprKind::Source(Source::Step(index)) => self.constant(&steps.get(*index)?.value),
            ExprKind::Call(Function::Concat, parts) => {
                let mut whole = Vec::new();
                for part in parts {
                    whole.extend(self.constant(part)?);
                }
                (whole.len() <= LIMIT).then_some(whole)
            }
            ExprKind::Call(Function::StripPrefix, operands) => {
                let [text, prefix] = operands.as_slice() else { return None };
                let (text, prefix) = (self.constant(text)?, self.constant(prefix)?);
                Some(text.strip_prefix(prefix.as_slice()).unwrap_or(&text).to_vec())
            }
            ExprKind::Call(function, operands) => {
                let (encoding, [text]) = (Encoding::read_by(*function)?, operands.as_slice()) else { return None };
                encoding.decode(&self.constant(text)?)
            }
            ExprKind::Source(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => None,
        }
    }

    /// Whether fields are those that joined the call, or some of them, under the names they have there.
    fn is_injected(&mut self, expr: &Expr) -> bool {
        let Some(left) = self.left.checked_sub(1) else { return false };
        self.left = left;
        let steps = self.steps;
        match &expr.kind {
            ExprKind::Source(Source::Injected) => true,
            ExprKind::Source(Source::Step(index)) => {
                steps.get(*index).is_some_and(|step| self.is_injected(&step.value))
            }
            ExprKind::Call(function, operands) => match operands.as_slice() {
                [these, those] if *function == Function::And => self.is_injected(these) && self.is_injected(those),
                [fields, ..] if keeps_names(*function) => self.is_injected(fields),
                _ => false,
            },
            _ => false,
        }
    }

    /// What is known of the names of fields.
    fn names(&mut self, expr: &Expr) -> Names {
        let Some(left) = self.left.checked_sub(1) else { return Names::Any };
        self.left = left;
        let steps = self.steps;
        match &expr.kind {
            ExprKind::Source(Source::Headers) => Names::Headers,
            ExprKind::Source(Source::Step(index)) => {
                steps.get(*index).map_or(Names::Any, |step| self.names(&step.value))
            }
            ExprKind::Call(function, operands) => match (function, operands.as_slice()) {
                (Function::And, [these, those]) => self.names(these).min(self.names(those)),
                (Function::LowerNames, [fields]) => self.names(fields).max(Names::Lower),
                (function, [fields, ..]) if keeps_names(*function) => self.names(fields),
                _ => Names::Any,
            },
            _ => Names::Any,
        }
    }
}

impl Encoding {
    /// What a function reads.
    fn read_by(function: Function) -> Option<Self> {
        match function {
            Function::DecodeHex => Some(Self::Hex),
            Function::DecodeBase64 => Some(Self::Base64),
            Function::DecodeBase64Url => Some(Self::Base64Url),
            _ => None,
        }
    }

    /// What it is called, and what it is made of.
    fn described(self) -> (&'static str, &'static str) {
        match self {
            Self::Hex => ("hexadecimal", "two digits for each byte, from `0` to `9` and `a` to `f`"),
            Self::Base64 => ("base64", "letters, digits, `+` and `/`, padded with `=` or not"),
            Self::Base64Url => ("base64url", "letters, digits, `-` and `_`, padded with `=` or not"),
        }
    }

    /// The bytes that digits stand for, as leniently as a client reads them.
    fn decode(self, text: &[u8]) -> Option<Vec<u8>> {
        let bits = if matches!(self, Self::Hex) { 4 } else { 6 };
        let padding = if bits == 6 { text.iter().rev().take_while(|byte| **byte == b'=').count() } else { 0 };
        let digits = text.get(..text.len() - padding)?;
        let (mut value, mut width, mut decoded) = (0_u32, 0, Vec::new());
        for digit in digits {
            value = (value << bits | self.digit(*digit)?) & 0xFFF;
            width += bits;
            if width >= 8 {
                width -= 8;
                decoded.push(u8::try_from(value >> width & 0xFF).ok()?);
            }
        }
        let missing = digits.len().next_multiple_of(4) - digits.len();
        (width < bits && padding <= missing).then_some(decoded)
    }

    fn digit(self, byte: u8) -> Option<u32> {
        let digit = match (self, byte) {
            (Self::Hex, b'0'..=b'9') => byte - b'0',
            (Self::Hex, b'a'..=b'f') => byte - b'a' + 10,
            (Self::Hex, b'A'..=b'F') => byte - b'A' + 10,
            (Self::Hex, _) => return None,
            (_, b'A'..=b'Z') => byte - b'A',
            (_, b'a'..=b'z') => byte - b'a' + 26,
            (_, b'0'..=b'9') => byte - b'0' + 52,
            (Self::Base64, b'+') | (Self::Base64Url, b'-') => 62,
            (Self::Base64, b'/') | (Self::Base64Url, b'_') => 63,
            _ => return None,
        };
        Some(digit.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding::{Base64, Base64Url, Hex};

    #[test]
    fn digits_are_read_as_clients_read_them() {
        for (encoding, text, bytes) in [
            (Hex, "00fFa0", &[0, 255, 160][..]),
            (Hex, "", &[]),
            (Base64, "QQ", b"A"),
            (Base64, "QQ=", b"A"),
            (Base64, "QR==", b"A"),
            (Base64, "+/+A", &[0xfb, 0xff, 0x80]),
            (Base64Url, "-_-A", &[0xfb, 0xff, 0x80]),
        ] {
            assert_eq!(encoding.decode(text.as_bytes()).as_deref(), Some(bytes), "{text}");
        }
        for (encoding, text) in [
            (Hex, "0"),
            (Hex, "0g"),
            (Hex, " 00"),
            (Hex, "00="),
            (Base64, "Q"),
            (Base64, "QQ==="),
            (Base64, "Q Q="),
            (Base64, "=QQ"),
            (Base64, "-_-A"),
            (Base64Url, "+/+A"),
            (Base64, "QUJD="),
        ] {
            assert_eq!(encoding.decode(text.as_bytes()), None, "{text}");
        }
    }
}
