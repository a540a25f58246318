//! Types of parameters and answers.

use super::{AnswerPath, Api, Doc, Form, Name, Presence, Rules};
use crate::source::Span;

/// Index into `Api::types`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// What a value is. Whether it may be null or absent is said by whoever holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `true` or `false`.
    Boolean,
    /// 64 bits, signed.
    Integer,
    /// 64 bits, never negative.
    Unsigned,
    /// A number with every digit it is written with.
    Decimal,
    /// Characters.
    String,
    /// Either, kept as it came.
    NumberOrString,
    /// Bytes, as base64 text.
    Base64,
    /// A moment: date and time with an offset.
    DateTime,
    /// Date and time without an offset.
    CivilDateTime,
    /// A day of the calendar.
    Date,
    /// A time of day.
    Time,
    /// Anything at all.
    Json,
    /// Bytes from wherever the caller has them: a part of a multipart body.
    File,
    /// A type of the API, by its id.
    Named(TypeId),
    /// Any number of values of one type.
    List(Box<Type>),
    /// Values of one type by names that are data.
    Map(Box<Type>),
    /// A text with JSON in it.
    JsonText(Box<Type>),
    /// The same, in a way of the API's own.
    Spelled(Box<Type>, Form),
}

impl Type {
    /// The type without a spelling of its own.
    pub fn unspelled(&self) -> &Self {
        if let Self::Spelled(ty, _) = self { ty.unspelled() } else { self }
    }

    /// The named type that it is, or that is in it.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(item) | Self::Map(item) | Self::JsonText(item) | Self::Spelled(item, _) => item.named(),
            _ => None,
        }
    }
}

/// A type with a name of its own.
#[derive(Debug)]
pub struct TypeDef {
    /// As the spec declares it; unique in the API.
    pub name: Name,
    /// What it is made of.
    pub shape: Shape,
    /// What every value of it must meet that is sent.
    pub rules: Rules,
    /// Whether a parameter holds it: then callers make values of it.
    pub sent: bool,
    /// Whether one does where parts have names of their own, as in a form.
    pub flat: bool,
    /// Whether it is a record of which no member need be set, or no more than such that may have nothing in them.
    pub hollow: bool,
    /// Whether anything is demanded of a value of it, or of a part of one.
    pub ruled: bool,
    /// The resource that declares it, or `None` for the API itself.
    pub resource: Option<usize>,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// What a named type is made of.
#[derive(Debug)]
pub enum Shape {
    /// A distinct value that names an object.
    Id(IdKind),
    /// Known texts or numbers, open to others.
    Enum(Vec<EnumValue>, EnumKind),
    /// Members in spec order; unknown ones are ignored.
    Record(Vec<Field>),
    /// One of several shapes, open to others.
    Union(Union),
    /// Another name for a type. No alias leads back to itself.
    Alias(Type),
}

/// What an id is on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    /// 64 bits, signed.
    Integer,
    /// 64 bits, never negative.
    Unsigned,
    /// Characters.
    String,
    /// Either, kept as it came.
    NumberOrString,
}

/// What the values of an enum are on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumKind {
    /// Texts.
    String,
    /// Whole numbers of 64 bits.
    Integer,
}

/// Objects of several shapes, told apart by a member.
#[derive(Debug)]
pub struct Union {
    /// The member that says which shape it is.
    pub tag: String,
    /// The member that holds the rest, where the object is not flat.
    pub content: Option<String>,
    /// The shapes, each under the text of its tag.
    pub variants: Vec<(EnumValue, Type)>,
}

/// One known text of an enum or of a tag.
#[derive(Debug)]
pub struct EnumValue {
    /// The text on the wire, and its variant.
    pub name: Name,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it, or its place in the list.
    pub span: Span,
}

/// A member of a record.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire, and the field of the struct.
    pub name: Name,
    /// What its value is when it is not null.
    pub ty: Type,
    /// Whether an answer without it is one that cannot be read.
    pub presence: Presence,
    /// The server may say null.
    pub nullable: bool,
    /// Null says something else than absence.
    pub tells_null: bool,
    /// One item may stand for the list of it.
    pub or_one: bool,
    /// Where in the object it is read from, in the order they are tried; none for under its name.
    pub places: Vec<AnswerPath>,
    /// What a text in one of these places begins with; none for anything.
    pub begins: Vec<String>,
    /// It leads back to the type that holds it, and is held at a distance.
    pub boxed: bool,
    /// Who may see its value.
    pub sensitivity: Sensitivity,
    /// What its value must meet where it is sent.
    pub rules: Rules,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

impl Field {
    /// Only what is required and never null is there for certain: a missing field of the rest must not make an answer
    /// unreadable.
    pub fn is_always_there(&self) -> bool {
        self.presence == Presence::Required && !self.nullable
    }
}

impl TypeDef {
    /// The fields that must be there, and of which nothing may be sent: what may have nothing in it.
    pub fn needed<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a Field> {
        let fields = if self.flat { self.fields() } else { &[] };
        let is_required = |field: &&Field| field.presence == Presence::Required;
        fields.iter().filter(is_required).filter(|field| api.may_be_nothing(&field.ty))
    }

    /// Whether of the content of a union, which must be there, nothing may be sent where it is of that type.
    pub fn needs_content(&self, api: &Api, ty: &Type) -> bool {
        let has_content = matches!(&self.shape, Shape::Union(union) if union.content.is_some());
        self.flat && has_content && api.may_be_nothing(ty)
    }

    /// The members of a record.
    pub fn fields(&self) -> &[Field] {
        if let Shape::Record(fields) = &self.shape { fields } else { &[] }
    }

    /// The types that it is made of.
    pub fn parts(&self) -> impl Iterator<Item = TypeId> {
        let (fields, variants, other) = match &self.shape {
            Shape::Record(fields) => (fields.as_slice(), [].as_slice(), None),
            Shape::Union(union) => ([].as_slice(), union.variants.as_slice(), None),
            Shape::Alias(ty) => ([].as_slice(), [].as_slice(), Some(ty)),
            Shape::Id(_) | Shape::Enum(..) => ([].as_slice(), [].as_slice(), None),
        };
        let types = fields.iter().map(|field| &field.ty).chain(variants.iter().map(|(_, ty)| ty)).chain(other);
        types.filter_map(Type::named)
    }

    /// The texts that become variants.
    pub fn values(&self) -> Vec<&EnumValue> {
        match &self.shape {
            Shape::Enum(values, _) => values.iter().collect(),
            Shape::Union(union) => union.variants.iter().map(|(value, _)| value).collect(),
            Shape::Id(_) | Shape::Record(_) | Shape::Alias(_) => Vec::new(),
        }
    }
}

impl Api {
    /// What a type is made of, if it has a name that is declared.
    pub fn shape(&self, ty: &Type) -> Option<&Shape> {
        match ty {
            Type::Named(id) => self.types.get(id.0).map(|def| &def.shape),
            _ => None,
        }
    }

    /// The type behind other names and spellings.
    pub fn bare<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        loop {
            ty = match (ty, self.shape(ty)) {
                (Type::Spelled(ty, _), _) => ty,
                (_, Some(Shape::Alias(ty))) => ty,
                _ => return ty,
            }
        }
    }

    /// Whether a type that is not there is all that is known of a value, or of what it holds: it could be any.
    pub fn is_unknown<'a>(&'a self, mut ty: &'a Type) -> bool {
        loop {
            ty = match (ty, self.shape(ty)) {
                (Type::Named(id), _) if *id == self.unknown => return true,
                (Type::Spelled(ty, _) | Type::List(ty) | Type::Map(ty) | Type::JsonText(ty), _) => ty,
                (_, Some(Shape::Alias(ty))) => ty,
                _ => return false,
            }
        }
    }

    /// Whether callers who make a record name what it needs.
    pub fn asks_for_needs(&self, def: &TypeDef) -> bool {
        let needed = def.fields().iter().filter(|field| field.is_always_there());
        let needed: Vec<_> = needed.map(|field| (&field.ty, field.sensitivity)).collect();
        // What makes a record takes a `&str` for whatever is made of one.
        def.sent && self.must_be_named(&needed, Self::is_made_of_text)
    }

    /// Whether values that must be given are given by name: more than three of them, or two that are written alike,
    /// which a change of order in the spec would swap silently. `is_text` says for which a text may be written.
    pub fn must_be_named(&self, given: &[(&Type, Sensitivity)], is_text: fn(&Self, &Type) -> bool) -> bool {
        let is_alike = |at: usize, a| given[..at].iter().any(|b| self.are_alike(a, *b, is_text));
        given.len() > 3 || given.iter().enumerate().any(|(at, a)| is_alike(at, *a))
    }

    /// Whether one argument would do for the other: `1` for every number, `"a".into()` for every text.
    fn are_alike(&self, a: (&Type, Sensitivity), b: (&Type, Sensitivity), is_text: fn(&Self, &Type) -> bool) -> bool {
        let (one, other) = (self.bare(a.0), self.bare(b.0));
        if let (Type::List(one), Type::List(other)) | (Type::Map(one), Type::Map(other)) = (one, other) {
            return self.are_alike((one, a.1), (other, b.1), is_text);
        }
        let is_text = |ty: &Type, who| who == Sensitivity::Secret || is_text(self, ty);
        let is_number = |ty: &Type, who| {
            who != Sensitivity::Secret
                && matches!(ty, Type::Integer | Type::Unsigned | Type::Decimal | Type::NumberOrString)
        };
        one == other || (is_text(one, a.1) && is_text(other, b.1)) || (is_number(one, a.1) && is_number(other, b.1))
    }

    /// Whether a caller may give a `&str` for it.
    pub fn is_made_of_text(&self, ty: &Type) -> bool {
        self.is_plain_text(ty)
            || matches!(self.shape(self.bare(ty)), Some(Shape::Id(IdKind::String | IdKind::NumberOrString)))
    }

    /// Whether it is a text and no more than that.
    pub fn is_plain_text(&self, ty: &Type) -> bool {
        matches!(self.bare(ty), Type::String | Type::NumberOrString)
    }

    /// What types demand of a value: one type and those that it is another name of.
    pub fn rules_of<'a>(&'a self, ty: &'a Type) -> impl Iterator<Item = &'a Rules> {
        let of_type = |ty: &Type| match ty.unspelled() {
            Type::Named(id) => self.types.get(id.0),
            _ => None,
        };
        let behind = move |def: &&'a TypeDef| if let Shape::Alias(ty) = &def.shape { of_type(ty) } else { None };
        std::iter::successors(of_type(ty), behind).map(|def| &def.rules)
    }

    /// Whether anything is demanded of a value of a type, or of a part of one.
    pub fn is_ruled(&self, id: TypeId) -> bool {
        self.types.get(id.0).is_some_and(|def| def.ruled)
    }

    /// How the single values of a type are spelled, where that is not as everybody does.
    pub fn form<'a>(&'a self, mut ty: &'a Type) -> Option<&'a Form> {
        loop {
            ty = match (ty, self.shape(ty)) {
                (Type::Spelled(_, form), _) => return Some(form),
                (Type::List(ty) | Type::Map(ty) | Type::JsonText(ty), _) => ty,
                (_, Some(Shape::Alias(ty))) => ty,
                _ => return None,
            }
        }
    }

    /// Whether there may be a value of a type that has nothing in it: a list, a map, or a record of which no member is set.
    pub fn may_be_nothing(&self, ty: &Type) -> bool {
        match self.bare(ty) {
            Type::List(_) | Type::Map(_) | Type::Json => true,
            Type::Named(id) => self.types.get(id.0).is_some_and(|def| def.hollow),
            _ => false,
        }
    }

    /// Whether its values have others within them, or may have.
    pub fn has_parts(&self, ty: &Type) -> bool {
        match self.bare(ty) {
            Type::List(_) | Type::Map(_) | Type::Json => true,
            bare => matches!(self.shape(bare), Some(Shape::Record(_) | Shape::Union(_))),
        }
    }

    /// The members of a type that is a record.
    pub fn fields<'a>(&'a self, ty: &'a Type) -> &'a [Field] {
        match self.shape(self.bare(ty)) {
            Some(Shape::Record(fields)) => fields,
            _ => &[],
        }
    }
}

/// Who may see a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sensitivity {
    /// Anyone.
    #[default]
    Public,
    /// Data about a person: typed, kept out of `Debug` and logs.
    Personal,
    /// Wiped on drop, never printed.
    Secret,
}
