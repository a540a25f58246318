//! A tree to an expression of the model: names resolved, every call typed by the table of functions.

use std::ops::Range;

use super::Scope;
use super::functions::{Argument, FUNCTIONS, FunctionRow, Times, type_name};
use super::parse::{Node, NodeKind};
use crate::diagnostics::{Diagnostic, Diagnostics, Rule, nearest, rules};
use crate::ir::{Expr, ExprKind, Source, ValueType};
use crate::source::Scalar;

/// Types one expression and reports every mistake in it.
pub(super) struct Typer<'a, 'd> {
    pub(super) source: &'a Scalar,
    pub(super) scope: Scope<'a>,
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl Typer<'_, '_> {
    /// The expression a tree stands for; `None` if a mistake was reported.
    pub(super) fn expression(&mut self, node: &Node) -> Option<Expr> {
        match &node.kind {
            NodeKind::Text(text) => Some(Expr { kind: ExprKind::Text(text.clone()), ty: ValueType::Text }),
            NodeKind::Number(number) => Some(Expr { kind: ExprKind::Number(*number), ty: ValueType::Number }),
            NodeKind::Name(name) => self.name(name, &node.range),
            NodeKind::Call { receiver, name, name_range, arguments } => {
                let typed = receiver.as_ref().map(|receiver| self.expression(receiver));
                // The arguments are typed even if the receiver is wrong, so that all mistakes are told at once.
                let values: Vec<_> = arguments.iter().map(|node| (self.expression(node), &node.range)).collect();
                let receiver = match typed {
                    None => None,
                    Some(receiver) => Some(receiver?),
                };
                let row = self.function(name, name_range, receiver.as_ref().map(|receiver| receiver.ty))?;
                self.call(row, receiver, values, name_range)
            }
        }
    }

    fn name(&mut self, name: &str, range: &Range<usize>) -> Option<Expr> {
        let (source, ty) = match name {
            "params" if self.scope.params => (Source::Params, ValueType::Fields),
            "params" => {
                self.report(&rules::EXPRESSION_UNKNOWN_NAME, range, "`params` does not exist yet".into())
                    .help("injected values are computed first and then become parameters");
                return None;
            }
            "now" => (Source::Now, ValueType::Time),
            "method" => (Source::Method, ValueType::Text),
            "path" => (Source::Path, ValueType::Text),
            _ => {
                let credential = self.scope.credentials.iter().position(|credential| credential.name.wire == name);
                let step = self.scope.steps.iter().position(|step| step.name.wire == name);
                match (step, credential) {
                    (Some(index), _) => (Source::Step(index), self.scope.steps.get(index)?.value.ty),
                    (None, Some(index)) => (Source::Credential(index), ValueType::Text),
                    (None, None) => {
                        self.unknown_name(name, range);
                        return None;
                    }
                }
            }
        };
        Some(Expr { kind: ExprKind::Source(source), ty })
    }

    fn unknown_name(&mut self, name: &str, range: &Range<usize>) {
        let mut known: Vec<&str> = if self.scope.params { vec!["params"] } else { Vec::new() };
        known.extend(["now", "method", "path"]);
        known.extend(self.scope.credentials.iter().map(|credential| credential.name.wire.as_str()));
        known.extend(self.scope.steps.iter().map(|step| step.name.wire.as_str()));
        let help = match nearest(name, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if FUNCTIONS.iter().any(|row| row.name == name && row.receiver.is_none()) => {
                format!("a function is called with `()` after it: `{name}()`")
            }
            None => format!("there are {}; a step sees the steps above it", listed(&known)),
        };
        self.report(&rules::EXPRESSION_UNKNOWN_NAME, range, format!("there is no value `{name}` here")).help(help);
    }

    /// The row of a function, by its name and what it is called on.
    fn function(
        &mut self,
        name: &str,
        range: &Range<usize>,
        receiver: Option<ValueType>,
    ) -> Option<&'static FunctionRow> {
        let rows: Vec<_> = FUNCTIONS.iter().filter(|row| row.name == name).collect();
        if let Some(row) = rows.iter().find(|row| row.receiver == receiver) {
            return Some(row);
        }
        let Some(first) = rows.first() else {
            self.unknown_function(name, range, receiver);
            return None;
        };
        let of: Vec<_> = rows.iter().filter_map(|row| row.receiver).map(type_name).collect();
        let is = if of.is_empty() { "a function".into() } else { format!("a method of {}", of.join(" and of ")) };
        let message = match receiver {
            Some(ty) => format!("`{name}` is {is}, this is {}", type_name(ty)),
            None => format!("`{name}` is {is}, and no function"),
        };
        self.report(&rules::EXPRESSION_WRONG_TYPE, range, message).help(format!("as in `{}`", first.example));
        None
    }

    fn unknown_function(&mut self, name: &str, range: &Range<usize>, receiver: Option<ValueType>) {
        let known: Vec<_> = FUNCTIONS.iter().filter(|row| row.receiver == receiver).map(|row| row.name).collect();
        let (what, has) = match receiver {
            Some(ty) => ("method", format!("{} has", type_name(ty))),
            None => ("function", "there are".to_owned()),
        };
        let help = match nearest(name, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if known.is_empty() => format!("{has} no {what}s"),
            None => format!("{has} {}", listed(&known)),
        };
        self.report(&rules::EXPRESSION_UNKNOWN_FUNCTION, range, format!("there is no {what} `{name}`")).help(help);
    }

    fn call(
        &mut self,
        row: &'static FunctionRow,
        receiver: Option<Expr>,
        values: Vec<(Option<Expr>, &Range<usize>)>,
        name_range: &Range<usize>,
    ) -> Option<Expr> {
        let many = row.arguments.last().is_some_and(|argument| argument.times == Times::Many);
        let wanted = row.arguments.len();
        if values.len() < wanted || (values.len() > wanted && !many) {
            let least = if many { "at least " } else { "" };
            let message = format!("`{}` takes {least}{}, not {}", row.name, arguments(wanted), values.len());
            self.report(&rules::EXPRESSION_WRONG_ARITY, name_range, message).help(format!("as in `{}`", row.example));
            return None;
        }
        let mut operands: Vec<Expr> = receiver.into_iter().collect();
        let mut whole = true;
        for (index, (value, range)) in values.into_iter().enumerate() {
            let argument = row.arguments.get(index).or(row.arguments.last())?;
            match value {
                Some(value) if argument.types.contains(&value.ty) => operands.push(value),
                Some(value) => {
                    self.wrong_argument(row, argument, value.ty, range);
                    whole = false;
                }
                None => whole = false,
            }
        }
        whole.then_some(Expr { kind: ExprKind::Call(row.function, operands), ty: row.result })
    }

    fn wrong_argument(&mut self, row: &FunctionRow, argument: &Argument, ty: ValueType, range: &Range<usize>) {
        let types: Vec<_> = argument.types.iter().copied().map(type_name).collect();
        let message =
            format!("`{}` of `{}` must be {}, this is {}", argument.name, row.name, types.join(" or "), type_name(ty));
        let way = FUNCTIONS
            .iter()
            .find(|row| row.receiver == Some(ty) && row.arguments.is_empty() && argument.types.contains(&row.result));
        let help = match way {
            Some(way) => format!("`{}()` makes {} of {}", way.name, type_name(way.result), type_name(ty)),
            None => format!("as in `{}`", row.example),
        };
        self.report(&rules::EXPRESSION_WRONG_TYPE, range, message).help(help);
    }

    fn report(&mut self, rule: &'static Rule, range: &Range<usize>, message: String) -> &mut Diagnostic {
        self.diagnostics.report(rule, self.source.locate(range.start, range.end), message)
    }
}

fn arguments(count: usize) -> String {
    match count {
        0 => "no argument".to_owned(),
        1 => "1 argument".to_owned(),
        _ => format!("{count} arguments"),
    }
}

/// `a`, `b`, `c`, each name once.
fn listed(names: &[&str]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if !seen.contains(name) {
            seen.push(name);
        }
    }
    seen.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
