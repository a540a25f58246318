//! A tree to an expression of the model: names resolved, every call typed by the table of functions.

use std::ops::Range;

use super::functions::{Argument, FunctionRow, Gives, Takes, type_name};
use super::parse::{Node, NodeKind};
use super::table::RESERVED;
use super::{FUNCTIONS, Phase, Scope, known, literals};
use crate::diagnostics::{Diagnostic, Diagnostics, Rule, nearest, rules};
use crate::ir::{Expr, ExprKind, Function, Source, ValueType};
use crate::source::{Ending, Scalar};

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
                let Some(receiver) = receiver else { return self.call(None, name, name_range, arguments) };
                match self.expression(receiver) {
                    Some(value) => self.call(Some((receiver, value)), name, name_range, arguments),
                    // The arguments are typed even if the receiver is wrong, so that all mistakes are told at once.
                    None => {
                        arguments.iter().for_each(|argument| drop(self.expression(argument)));
                        None
                    }
                }
            }
        }
    }

    fn name(&mut self, name: &str, range: &Range<usize>) -> Option<Expr> {
        if let Some(row) = self.scope.phase.sources().find(|row| row.name == name) {
            return Some(Expr { kind: ExprKind::Source(row.source), ty: row.ty });
        }
        let credential = self.scope.credentials.iter().position(|credential| credential.name.wire == name);
        let step = self.scope.steps.iter().position(|step| step.name.wire == name);
        let (source, ty) = match (step, credential) {
            (Some(index), _) => (Source::Step(index), self.scope.steps.get(index)?.value.ty),
            (None, Some(index)) => (Source::Credential(index), ValueType::Text),
            (None, None) => {
                self.unknown_name(name, range);
                return None;
            }
        };
        Some(Expr { kind: ExprKind::Source(source), ty })
    }

    fn unknown_name(&mut self, name: &str, range: &Range<usize>) {
        if self.scope.is_open {
            return;
        }
        if name == "params" && self.scope.phase == Phase::Inject {
            self.report(&rules::EXPRESSION_UNKNOWN_NAME, range, "`params` does not exist yet".into())
                .help("what is injected becomes part of it; what was there before is in `query_params` and its like");
            return;
        }
        if let Some((step, _)) = self.scope.below.iter().find(|(step, _)| step.text == name) {
            let help = match self.scope.phase {
                Phase::Inject => "what is injected is computed before the steps",
                Phase::Sign | Phase::Receive | Phase::Answer => "a step sees the steps above it",
            };
            let message = format!("there is no value `{name}` yet");
            self.report(&rules::EXPRESSION_UNKNOWN_NAME, range, message).also(step.span, "it is made here").help(help);
            return;
        }
        let mut known: Vec<&str> = self.scope.phase.sources().map(|row| row.name).collect();
        known.extend(self.scope.credentials.iter().map(|credential| credential.name.wire.as_str()));
        known.extend(self.scope.steps.iter().map(|step| step.name.wire.as_str()));
        let help = match nearest(name, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if FUNCTIONS.iter().any(|row| row.name == name && row.receivers.is_empty()) => {
                format!("a function is called with `()` after it: `{name}()`")
            }
            // The quotes are YAML's, and nothing else stands between them.
            None if self.source.ending == Ending::Quote && self.source.text == name => {
                format!("a text of an expression has quotes of its own: `'\"{name}\"'`")
            }
            None => format!("there are {}; a step sees the steps above it", listed(&known)),
        };
        self.report(&rules::EXPRESSION_UNKNOWN_NAME, range, format!("there is no value `{name}` here")).help(help);
    }

    fn call(
        &mut self,
        receiver: Option<(&Node, Expr)>,
        name: &str,
        name_range: &Range<usize>,
        arguments: &[Node],
    ) -> Option<Expr> {
        let row = self.function(name, name_range, receiver.as_ref().map(|(_, value)| value));
        let row = row.filter(|row| self.has_right_count(row, arguments.len(), name_range));
        let places: Vec<&Node> = receiver.iter().map(|(node, _)| *node).chain(arguments).collect();
        let mut operands: Vec<Option<Expr>> = receiver.into_iter().map(|(_, value)| Some(value)).collect();
        for (index, node) in arguments.iter().enumerate() {
            operands.push(match row.and_then(|row| Some((row, row.argument(index)?))) {
                Some((row, argument)) => self.argument(row, argument, node),
                None => self.expression(node),
            });
        }
        let row = row?;
        let operands: Vec<Expr> = operands.into_iter().collect::<Option<_>>()?;
        if row.gives == Gives::Branches
            && let [.., then, otherwise] = operands.as_slice()
            && then.ty != otherwise.ty
        {
            let message = format!("one value is {}, this is {}", type_name(then.ty), type_name(otherwise.ty));
            let range = arguments.last().map_or(name_range, |node| &node.range);
            self.report(&rules::EXPRESSION_WRONG_TYPE, range, message).help(format!("as in `{}`", row.example));
            return None;
        }
        if let Some((operand, message, help)) = known::in_vain(self.scope, row, &operands) {
            let range = places.get(operand).map_or(name_range, |node| &node.range);
            self.report(&rules::EXPRESSION_BAD_LITERAL, range, message).help(help);
            return None;
        }
        let ty = row.type_for(&operands);
        Some(Expr { kind: ExprKind::Call(row.function, operands), ty })
    }

    /// The row of a function, by its name and what it is called on.
    fn function(&mut self, name: &str, range: &Range<usize>, receiver: Option<&Expr>) -> Option<&'static FunctionRow> {
        let (on, receiver) = (receiver, receiver.map(|value| value.ty));
        let phase = self.scope.phase;
        let rows: Vec<_> = FUNCTIONS.iter().filter(|row| row.name == name && phase.has(row.function)).collect();
        if let Some(row) = rows.iter().find(|row| row.is_called_on(receiver)) {
            return Some(row);
        }
        let Some(first) = rows.first() else {
            self.unknown_function(name, range, receiver);
            return None;
        };
        let of: Vec<_> = rows.iter().flat_map(|row| row.receivers).copied().map(type_name).collect();
        let is = if of.is_empty() { "a function".into() } else { format!("a method of {}", of.join(" and of ")) };
        let message = match receiver {
            Some(ty) => format!("`{name}` is {is}, this is {}", type_name(ty)),
            None => format!("`{name}` is {is}, and no function"),
        };
        let way = on.and_then(|value| way(value, |ty| rows.iter().any(|row| row.is_called_on(Some(ty)))));
        // A length is no other form of what it is the length of.
        let changes = |row: &&&FunctionRow| row.arguments.is_empty() && row.function != Function::Length;
        let is_already = |ty: &ValueType| rows.iter().filter(changes).any(|row| row.gives == Gives::Always(*ty));
        let help = match receiver.filter(is_already) {
            Some(ty @ (ValueType::Number | ValueType::Time)) => format!("it is a {} already", type_name(ty)),
            Some(ty) => format!("it is {} already", type_name(ty)),
            None => way.unwrap_or_else(|| format!("as in `{}`", first.example)),
        };
        self.report(&rules::EXPRESSION_WRONG_TYPE, range, message).help(help);
        None
    }

    fn unknown_function(&mut self, name: &str, range: &Range<usize>, receiver: Option<ValueType>) {
        let there = FUNCTIONS.iter().filter(|row| row.is_called_on(receiver) && self.scope.phase.has(row.function));
        let known: Vec<_> = there.map(|row| row.name).collect();
        let (what, has) = match receiver {
            Some(ty) => ("method", format!("{} has", type_name(ty))),
            None => ("function", "there are".to_owned()),
        };
        let lower = name.to_ascii_lowercase();
        let help = match nearest(name, known.iter().copied()) {
            _ if RESERVED.iter().any(|start| lower.starts_with(start)) => {
                "digests with a private key are not there yet: those there are take a secret that both sides know, \
                 as `hmac_sha256(key, message)`"
                    .to_owned()
            }
            Some(meant) => format!("did you mean `{meant}`?"),
            None if known.is_empty() => format!("{has} no {what}s"),
            None => format!("{has} {}", listed(&known)),
        };
        self.report(&rules::EXPRESSION_UNKNOWN_FUNCTION, range, format!("there is no {what} `{name}`")).help(help);
    }

    fn has_right_count(&mut self, row: &FunctionRow, count: usize, name_range: &Range<usize>) -> bool {
        let is_right = row.takes_so_many(count);
        if !is_right {
            let message = format!("`{}` takes {}, not {count}", row.name, row.arity());
            self.report(&rules::EXPRESSION_WRONG_ARITY, name_range, message).help(format!("as in `{}`", row.example));
        }
        is_right
    }

    fn argument(&mut self, row: &FunctionRow, argument: &Argument, node: &Node) -> Option<Expr> {
        let types = match argument.takes {
            Takes::Value(types) => types,
            Takes::Literal(literal) => return literals::check(self, row, argument, literal, node),
        };
        let value = self.expression(node)?;
        if types.contains(&value.ty) {
            return Some(value);
        }
        if row.function == Function::IfEmpty && matches!(value.ty, ValueType::Number | ValueType::Time) {
            let message = format!("a {} is never empty", type_name(value.ty));
            let help = "name a text, bytes, fields or a list";
            self.report(&rules::EXPRESSION_WRONG_TYPE, &node.range, message).help(help);
            return None;
        }
        let wanted: Vec<_> = types.iter().copied().map(type_name).collect();
        let message = format!(
            "`{}` of `{}` must be {}, this is {}",
            argument.name,
            row.name,
            wanted.join(" or "),
            type_name(value.ty)
        );
        let help = way(&value, |ty| types.contains(&ty)).unwrap_or_else(|| format!("as in `{}`", row.example));
        self.report(&rules::EXPRESSION_WRONG_TYPE, &node.range, message).help(help);
        None
    }

    pub(super) fn report(&mut self, rule: &'static Rule, range: &Range<usize>, message: String) -> &mut Diagnostic {
        self.diagnostics.report(rule, self.source.locate(range.start, range.end), message)
    }
}

/// How to make something that fits of a value that does not.
fn way(value: &Expr, fits: impl Fn(ValueType) -> bool) -> Option<String> {
    let ty = value.ty;
    // Of all bytes, those that are sent are most often a text.
    if matches!(value.kind, ExprKind::Source(Source::Body)) && fits(ValueType::Text) {
        return Some("`text()` makes text of the body".to_owned());
    }
    if ty == ValueType::Number && fits(ValueType::Text) {
        return Some("`concat(…)` writes a number in decimal".to_owned());
    }
    // What nearly every scheme does with fields.
    if ty == ValueType::Fields && fits(ValueType::List) {
        return Some("`pairs(\"=\")` makes a list of fields".to_owned());
    }
    if ty == ValueType::Fields && fits(ValueType::Text) {
        return Some("`pairs(\"=\").join(\"&\")` makes text of fields".to_owned());
    }
    if matches!(ty, ValueType::List | ValueType::ByteList) && fits(ValueType::Text) {
        return Some("`join(\"&\")` makes one of a list".to_owned());
    }
    let makes = |row: &&FunctionRow| match row.gives {
        Gives::Always(made) => row.receivers.contains(&ty) && row.arguments.is_empty() && fits(made),
        _ => false,
    };
    // A nicety for bytes: any of them may be written in hex, few are a text.
    let row = FUNCTIONS.iter().find(makes)?;
    let Gives::Always(made) = row.gives else { return None };
    Some(format!("`{}()` makes {} of {}", row.name, type_name(made), type_name(ty)))
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
