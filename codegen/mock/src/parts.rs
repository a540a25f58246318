//! What the parts of a value are called, in the style that the spec gives them.

use codegen::ir::{Api, Counted, Field, Lists, Maps, Nesting, Shape, Style, Type, Union};

/// The names of parts.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'a> {
    pub(crate) api: &'a Api,
    pub(crate) style: &'a Style,
}

impl<'a> Parts<'a> {
    /// Whether a record is one text.
    pub(crate) fn is_json(self) -> bool {
        !self.style.names_members()
    }

    /// The members of a type that is a record.
    pub(crate) fn fields(self, ty: &'a Type) -> &'a [Field] {
        self.api.fields(ty)
    }

    /// Whether nobody says which members it has.
    pub(crate) fn is_open(self, ty: &'a Type) -> bool {
        let bare = self.api.bare(ty);
        matches!(bare, Type::Json | Type::Map(_)) || self.union(bare).is_some()
    }

    /// What a type is that is objects of several shapes.
    pub(crate) fn union(self, ty: &'a Type) -> Option<&'a Union> {
        match self.api.shape(self.api.bare(ty)) {
            Some(Shape::Union(union)) => Some(union),
            _ => None,
        }
    }

    /// The name of a member.
    pub(crate) fn member(self, name: &str, member: &str) -> String {
        match &self.style.nesting {
            Nesting::Named(before, after) => format!("{name}{before}{member}{after}"),
            Nesting::Json => name.to_owned(),
        }
    }

    /// What a member of this name is called inside; of a part of one, what comes behind its end belongs to it.
    pub(crate) fn inner(self, name: &str, member: &'_ str) -> Option<String> {
        let Nesting::Named(before, after) = &self.style.nesting else { return None };
        let inner = member.strip_prefix(name)?.strip_prefix(before.as_str())?;
        Some(inner.strip_suffix(after.as_str()).unwrap_or(inner).to_owned())
    }

    /// Whether a name is that of a value or of something in it.
    pub(crate) fn belongs(self, ty: &'a Type, whole: &str, name: &str) -> bool {
        let Some(rest) = name.strip_prefix(whole) else { return false };
        let begins = |before: &str| !before.is_empty() && rest.starts_with(before);
        let in_list = matches!(&self.style.lists, Lists::Named(counted) if begins(&counted.before));
        let in_record = matches!(&self.style.nesting, Nesting::Named(before, _) if begins(before));
        rest.is_empty()
            || match self.api.bare(ty) {
                Type::List(item) => in_list || (self.repeats() && self.belongs(item, whole, name)),
                Type::Map(_) => match &self.style.maps {
                    Maps::Pairs(counted, ..) => begins(&counted.before),
                    Maps::Nested => in_record,
                },
                bare if self.is_open(bare) => {
                    in_list
                        || in_record
                        || matches!(&self.style.maps, Maps::Pairs(counted, ..) if begins(&counted.before))
                }
                bare => in_record && !self.fields(bare).is_empty(),
            }
    }

    /// Whether items have the very name of their list.
    fn repeats(self) -> bool {
        let Lists::Named(Counted { before, first, after }) = &self.style.lists else { return false };
        before.is_empty() && first.is_none() && after.is_empty()
    }

    /// Records of one name, one after the other: another one begins where a member comes again.
    pub(crate) fn records<'t>(
        self,
        item: &'a Type,
        name: &str,
        texts: &'t [(String, String)],
    ) -> Vec<&'t [(String, String)]> {
        let fields = self.fields(item);
        let member_of = |text: &str| {
            let is_of = |field: &Field| self.belongs(&field.ty, &self.member(name, &field.name.wire), text);
            fields.iter().position(is_of)
        };
        let mut records = Vec::new();
        let mut seen: Vec<usize> = Vec::new();
        let mut start = 0;
        for (at, (text, _)) in texts.iter().enumerate() {
            let Some(member) = member_of(text) else { continue };
            let has_parts = fields.get(member).is_some_and(|field| self.has_parts(&field.ty));
            let goes_on = has_parts && seen.last() == Some(&member) && !self.is_json();
            if seen.contains(&member) && !goes_on {
                records.push(texts.get(start..at).unwrap_or_default());
                seen.clear();
                start = at;
            }
            if !goes_on {
                seen.push(member);
            }
        }
        records.push(texts.get(start..).unwrap_or_default());
        records
    }

    /// The same of objects of several shapes: each begins with what says which shape it is.
    pub(crate) fn tagged<'t>(
        self,
        union: &Union,
        name: &str,
        texts: &'t [(String, String)],
    ) -> Vec<&'t [(String, String)]> {
        let first = self.member(name, &union.tag);
        let mut starts: Vec<usize> =
            (0..texts.len()).filter(|at| texts.get(*at).is_some_and(|it| it.0 == first)).collect();
        starts.push(texts.len());
        starts.windows(2).filter_map(|ends| texts.get(*ends.first()?..*ends.last()?)).collect()
    }

    pub(crate) fn has_parts(self, ty: &'a Type) -> bool {
        matches!(self.api.bare(ty), Type::List(_)) || self.is_open(ty) || !self.fields(ty).is_empty()
    }
}
