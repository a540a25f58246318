//! How functions of the expression language are written and typed.

use crate::ir::ValueType::{self, *};
use crate::ir::{Expr, Function};

/// How a function is written and typed.
#[derive(Debug)]
pub struct FunctionRow {
    /// As expressions write it. Several rows may share a name if their receivers differ.
    pub name: &'static str,
    /// The types it is a method of; none for a plain function.
    pub receivers: &'static [ValueType],
    /// In order, without the receiver.
    pub arguments: &'static [Argument],
    /// What it gives.
    pub gives: Gives,
    /// What it is in the model.
    pub function: Function,
    /// What it does, in one line that leaves nothing open.
    pub doc: &'static str,
    /// A well-typed use.
    pub example: &'static str,
}

/// What a function takes in one place.
#[derive(Debug, Clone, Copy)]
pub struct Argument {
    /// What messages call it.
    pub name: &'static str,
    /// What may stand there.
    pub takes: Takes,
    /// How many values it stands for.
    pub times: Times,
}

/// What may stand in the place of an argument.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// A value of any of these types. Text where bytes are accepted as well is its UTF-8.
    Value(&'static [ValueType]),
    /// A literal, which is checked when the spec is read.
    Literal(Literal),
}

/// What a literal must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literal {
    /// A text, possibly empty.
    Text,
    /// A text with something in it.
    Name,
    /// The name of a header.
    Header,
    /// The name of an escape profile.
    Profile,
    /// Methods, separated by spaces.
    Methods,
    /// The layout of a time.
    Clock,
    /// A number between these, both included.
    Number(i64, i64),
}

/// How many values an argument stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Exactly one.
    Once,
    /// One or more; only the last argument of a function may be such.
    Many,
    /// One or more in turn with the argument before it; only the last argument of a function may be such.
    InPairs,
}

/// The type of what a function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// Always the same.
    Always(ValueType),
    /// The type of the receiver.
    Receiver,
    /// Text; bytes if any operand is bytes or a list that holds bytes.
    TextOrBytes,
    /// A list; one that holds bytes if any operand is bytes.
    List,
    /// The type of both branches, which are the last two arguments.
    Branches,
}

impl FunctionRow {
    /// Whether it can be called on this, or on nothing.
    pub(super) fn is_called_on(&self, receiver: Option<ValueType>) -> bool {
        match receiver {
            None => self.receivers.is_empty(),
            Some(ty) => self.receivers.contains(&ty),
        }
    }

    /// The argument that a value stands for.
    pub(super) fn argument(&self, index: usize) -> Option<&'static Argument> {
        let last = self.arguments.last()?;
        match (self.arguments.get(index), last.times) {
            (Some(argument), _) => Some(argument),
            (None, Times::InPairs) if (index - self.arguments.len()).is_multiple_of(2) => {
                self.arguments.iter().nth_back(1)
            }
            (None, _) => Some(last),
        }
    }

    /// Whether it can be called with so many arguments.
    pub(super) fn takes_so_many(&self, count: usize) -> bool {
        let least = self.arguments.len();
        match self.arguments.last().map(|argument| argument.times) {
            Some(Times::Many) => count >= least,
            Some(Times::InPairs) => count >= least && (count - least).is_multiple_of(2),
            Some(Times::Once) | None => count == least,
        }
    }

    /// How many arguments it takes, in words.
    pub(super) fn arity(&self) -> String {
        let count = self.arguments.len();
        let least = match self.arguments.last().map(|argument| argument.times) {
            Some(Times::Many) => "at least ",
            Some(Times::InPairs) => return "arguments in pairs".to_owned(),
            Some(Times::Once) | None => "",
        };
        match count {
            0 => "no argument".to_owned(),
            1 => format!("{least}1 argument"),
            _ => format!("{least}{count} arguments"),
        }
    }

    /// The type of what it gives for these.
    pub(super) fn type_for(&self, operands: &[Expr]) -> ValueType {
        let any_bytes = operands.iter().any(|operand| matches!(operand.ty, Bytes | ByteList));
        match self.gives {
            Gives::Always(ty) => ty,
            Gives::Receiver => operands.first().map_or(Text, |receiver| receiver.ty),
            Gives::TextOrBytes => {
                if any_bytes {
                    Bytes
                } else {
                    Text
                }
            }
            Gives::List => {
                if any_bytes {
                    ByteList
                } else {
                    List
                }
            }
            Gives::Branches => operands.last().map_or(Text, |branch| branch.ty),
        }
    }
}

/// A type as messages call it.
pub fn type_name(ty: ValueType) -> &'static str {
    match ty {
        Fields => "fields",
        List => "list",
        ByteList => "list of bytes",
        Text => "text",
        Bytes => "bytes",
        Number => "number",
        Time => "time",
    }
}
