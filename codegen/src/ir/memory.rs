//! What the mock server remembers, and what operations do to it: all of it assumed, none of it documented.

use super::{Api, ErrorId, Field, Hole, Member, MemberValue, Operation, Parameter, Payload, Type, Written};
use crate::source::{Span, Spanned};

/// Index into `Api::collections`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CollectionId(pub usize);

/// Objects that operations of any resource act on.
#[derive(Debug)]
pub struct Collection {
    /// As the spec calls it; unique in the API.
    pub name: String,
    /// The member that names an object, made by the mock where nothing says what it is; empty where nothing names one.
    pub key: Spanned<String>,
    /// What messages call one of its objects.
    pub noun: String,
    /// Members that an answer of open JSON leaves out.
    pub hidden: Vec<Spanned<String>>,
    /// What is there at the start; every item is an object.
    pub items: Vec<Written>,
    /// What else is there at the start, made when it is asked for.
    pub synthesis: Option<Synthesis>,
    /// The key that names it.
    pub span: Span,
}

/// Any number of objects, alike but for their numbers.
#[derive(Debug)]
pub struct Synthesis {
    /// How many there are, unless whoever starts the mock wants another number.
    pub count: u64,
    /// What each of them holds; no hole is a parameter or a member.
    pub item: Vec<Member>,
}

/// What an operation does to the mock's memory.
#[derive(Debug)]
pub struct Effect {
    /// What happens to the object.
    pub action: Action,
    /// Where the object is.
    pub collection: CollectionId,
    /// What the objects that are meant have in common; a value that the call does not give says nothing.
    pub filter: Vec<Member>,
    /// Objects of other collections that must be there, or must not.
    pub exists: Vec<Exists>,
    /// The error when there is no such object; of a list, when it is empty.
    pub missing: Option<Spanned<ErrorId>>,
    /// What must hold of the object.
    pub guards: Vec<Guard>,
    /// What must hold of times.
    pub times: Vec<TimeRule>,
    /// Members that no two objects share, and the error when they would.
    pub unique: Vec<(Spanned<String>, Spanned<ErrorId>)>,
    /// What must hold of the stretches of time that objects take.
    pub overlap: Option<Overlap>,
    /// What leaves the objects of a list out whose time is past or taken.
    pub free: Option<Free>,
    /// The times of a list that are asked for.
    pub bounds: Vec<Bound>,
    /// What the object holds besides the call's parameters; an object of a list holds it for this answer only.
    pub set: Vec<Member>,
    /// What a new object holds where the call does not say it.
    pub defaults: Vec<Member>,
    /// What the answer holds besides the object's members; no hole is a parameter.
    pub answer: Vec<Member>,
    /// What the answer says of how many objects there are.
    pub counts: Vec<Count>,
    /// The whole answer, in place of the object; no hole is a parameter.
    pub value: Option<MemberValue>,
    /// What happens to other objects.
    pub also: Vec<SideEffect>,
    /// Where the spec says it.
    pub span: Span,
}

/// What happens to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// All are answered, page by page where the operation is paged.
    List,
    /// It is answered.
    Show,
    /// It is made from the parameters and answered.
    Insert,
    /// It is changed if it is there, else made.
    Put,
    /// It is changed by the parameters and answered.
    Update,
    /// It is removed, and answered where the operation answers anything.
    Delete,
}

/// What happens to objects besides the one that an operation is about.
#[derive(Debug)]
pub struct SideEffect {
    /// Never `List` or `Show`.
    pub action: Action,
    /// Where the objects are.
    pub collection: CollectionId,
    /// What they have in common: all of these are meant, even if there are none.
    pub filter: Vec<Member>,
    /// What they hold or become.
    pub set: Vec<Member>,
    /// Where the spec says it.
    pub span: Span,
}

/// A parameter that an object must have, or must not.
#[derive(Debug)]
pub struct Exists {
    /// Whether there must be such an object.
    pub wanted: bool,
    /// The member that is the parameter; empty where its collection has no key.
    pub by: Spanned<String>,
    /// ASCII letters of it may be in either case.
    pub any_case: bool,
    /// Index into `Operation::parameters`; one that is not given says nothing.
    pub parameter: usize,
    /// What else it has.
    pub filter: Vec<Member>,
    /// Where the object is looked for.
    pub collection: CollectionId,
    /// The error when it does not hold.
    pub error: Spanned<ErrorId>,
    /// What that carries of the memory.
    pub carries: Option<Carries>,
}

/// Objects that the ones that are found name, for an error to carry.
#[derive(Debug)]
pub struct Carries {
    /// Where they are.
    pub collection: CollectionId,
    /// The member of those that are found which holds the key of one of them.
    pub by: Spanned<String>,
}

/// How many objects there are once the operation has had its effect.
#[derive(Debug)]
pub struct Count {
    /// The field of the answer that says it.
    pub name: Spanned<String>,
    /// Where they are.
    pub collection: CollectionId,
    /// What they have in common.
    pub filter: Vec<Member>,
    /// Objects with one of these members do not count.
    pub except: Vec<Member>,
}

/// What a member of the object must be, before anything happens to it.
#[derive(Debug)]
pub struct Guard {
    /// The member.
    pub member: Spanned<String>,
    /// Whether it must be one of the values, or must not be.
    pub wanted: bool,
    /// At least one.
    pub values: Vec<MemberValue>,
    /// The error when it does not hold.
    pub error: Spanned<ErrorId>,
}

/// A time that must lie on one side of the call.
#[derive(Debug)]
pub struct TimeRule {
    /// `Hole::Parameter` or `Hole::Member`; a time that is not there says nothing.
    pub time: Spanned<Hole>,
    /// Whether it must not be before the call, or must not be after it.
    pub not_past: bool,
    /// The error when it does not hold.
    pub error: Spanned<ErrorId>,
}

/// A time that an object of a list must have for it to be meant.
#[derive(Debug)]
pub struct Bound {
    /// The member with the time.
    pub member: Spanned<String>,
    /// Index into `Operation::parameters`; one that is not given says nothing.
    pub parameter: usize,
    /// Whether the time must not be before the parameter's, or must not be after it.
    pub not_before: bool,
}

/// The stretch of time that an object takes, and with what it is held against others.
#[derive(Debug)]
pub struct Stretch {
    /// The member with the start.
    pub start: Spanned<String>,
    /// The member that says where it ends.
    pub end: Spanned<String>,
    /// Whether that member is a number of minutes, and not a time.
    pub in_minutes: bool,
    /// Only objects that have all of these members in common are held against each other.
    pub same: Vec<Spanned<String>>,
    /// Objects with one of these members are held against none.
    pub except: Vec<Member>,
}

/// Stretches of time that must not overlap.
#[derive(Debug)]
pub struct Overlap {
    /// What each takes.
    pub stretch: Stretch,
    /// The error when two overlap.
    pub error: Spanned<ErrorId>,
}

/// Times of a list that nothing takes: none begins before the call.
#[derive(Debug)]
pub struct Free {
    /// Whose objects take time.
    pub collection: CollectionId,
    /// What each takes; an object of the list has members of the same names.
    pub stretch: Stretch,
}

impl Api {
    /// The collection an id refers to.
    pub fn collection(&self, id: CollectionId) -> &Collection {
        &self.collections[id.0]
    }

    /// The operations that are about objects of a collection, each with what it does.
    pub fn acting_on(&self, id: CollectionId) -> impl Iterator<Item = (&Operation, &Effect)> {
        let acting = self.operations().filter_map(|(_, operation)| Some((operation, operation.effect.as_ref()?)));
        acting.filter(move |(_, effect)| effect.collection == id)
    }

    /// The fields of the objects of a collection: of all records that operations on it answer.
    ///
    /// `None` where an object may have any member.
    pub fn collection_fields(&self, id: CollectionId) -> Option<Vec<&Field>> {
        let mut fields = Vec::new();
        for (operation, effect) in self.acting_on(id) {
            let Some(answered) = self.answered(operation).filter(|_| effect.value.is_none()) else { continue };
            let of_record = self.fields(answered);
            if of_record.is_empty() {
                return None;
            }
            fields.extend(of_record.iter().filter(|field| !effect.says(&field.name.wire)));
        }
        Some(fields)
    }

    /// The type of one object of an operation's answer, if it answers any.
    pub fn answered<'a>(&'a self, operation: &'a Operation) -> Option<&'a Type> {
        let mut ty = match &operation.payload {
            Payload::Nothing | Payload::Raw(_) => return None,
            Payload::Key(_, ty) | Payload::Page(_, ty) | Payload::Whole(ty) => self.bare(ty),
        };
        while let Type::List(item) = ty {
            ty = self.bare(item);
        }
        Some(ty)
    }

    /// The parameters that become members of the objects of a collection, or say which objects are meant.
    pub fn collection_parameters(&self, id: CollectionId) -> impl Iterator<Item = &Parameter> {
        self.acting_on(id).flat_map(|(operation, effect)| {
            let parameters = operation.parameters.iter().enumerate();
            parameters.filter(|(index, _)| effect.takes(operation, *index)).map(|(_, parameter)| parameter)
        })
    }
}

impl Effect {
    /// Whether a parameter stands for the member of its own name: what `set` or `where` calls something else does not,
    /// unless it is a file, of which they only have the name.
    pub fn takes(&self, operation: &Operation, parameter: usize) -> bool {
        let Some(it) = operation.parameters.get(parameter) else { return false };
        let name = &it.name.wire;
        if it.is_file() {
            return true;
        }
        let renamed =
            |member: &Member| *member.name != *name && member.value.lone() == Some(&Hole::Parameter(parameter));
        !self.set.iter().chain(&self.filter).any(renamed)
    }

    /// Whether it says what the answer holds in a field, and the object does not.
    pub fn says(&self, field: &str) -> bool {
        let counted = self.counts.iter().map(|count| &count.name);
        self.answer.iter().map(|member| &member.name).chain(counted).any(|name| *name.value == *field)
    }

    /// Every value it says.
    pub fn values(&self) -> impl Iterator<Item = &MemberValue> {
        let of_sides = self.also.iter().flat_map(|side| side.filter.iter().chain(&side.set));
        let overlap = self.overlap.iter().map(|rule| &rule.stretch);
        let except = overlap.chain(self.free.iter().map(|rule| &rule.stretch)).flat_map(|stretch| &stretch.except);
        let of_counts = self.counts.iter().flat_map(|count| count.filter.iter().chain(&count.except));
        let elsewhere = self.exists.iter().flat_map(|rule| &rule.filter).chain(of_counts).chain(of_sides);
        let stored = self.filter.iter().chain(&self.set).chain(&self.defaults);
        let members = stored.chain(&self.answer).chain(elsewhere).chain(except);
        let guards = self.guards.iter().flat_map(|guard| &guard.values);
        members.map(|member| &member.value).chain(guards).chain(&self.value)
    }

    /// Every error it names.
    pub fn errors(&self) -> impl Iterator<Item = &Spanned<ErrorId>> {
        let exists = self.exists.iter().map(|rule| &rule.error);
        let guards = self.guards.iter().map(|rule| &rule.error);
        let times = self.times.iter().map(|rule| &rule.error);
        let unique = self.unique.iter().map(|(_, error)| error);
        let overlap = self.overlap.iter().map(|rule| &rule.error);
        exists.chain(&self.missing).chain(guards).chain(times).chain(unique).chain(overlap)
    }
}

impl Action {
    /// As the spec says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Show => "show",
            Self::Insert => "insert",
            Self::Put => "put",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}
