//! What the mock server must know beyond the contract: all of it assumed, none of it documented.

use super::{Api, Doc, ErrorId, ErrorPlace, Field, Json, Parameter, Payload, Resource, Shape, Type, Written};

/// Answers that no documentation gives.
#[derive(Debug)]
pub struct MockRules {
    /// How many seconds a timestamp may be off; 0 switches the check off.
    pub window: u32,
    /// To a call without credentials, or with wrong ones.
    pub unauthenticated: Answer,
    /// To a call whose signature is not the one that the spec computes.
    pub bad_signature: Answer,
    /// To a timestamp outside the window.
    pub stale: Answer,
    /// To a nonce that was used before.
    pub replayed: Answer,
    /// For a violated constraint; `{parameter}` in its texts is the parameter's wire name.
    pub invalid: Answer,
    /// The documented error for a required parameter that is absent or empty, if there is one.
    pub missing: Option<ErrorId>,
    /// Where the message of a documented error stands: one of `Api::error_places`.
    pub error_in: ErrorPlace,
    /// What the spec says about these answers.
    pub doc: Doc,
}

/// A status and a body.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status of the answer.
    pub status: u16,
    /// JSON body of the answer, as the spec wrote it.
    pub body: Json,
}

/// The objects of one resource.
#[derive(Debug)]
pub struct Collection {
    /// The member that names an object; made by the mock when it inserts one.
    pub key: String,
    /// Members that must equal the call's parameters of the same name.
    pub scope: Vec<String>,
    /// Members that no two objects share, and the error when they would.
    pub unique: Vec<(String, ErrorId)>,
    /// The error when there is no such object.
    pub missing: Option<ErrorId>,
    /// What is there at the start; every item is an object.
    pub items: Vec<Written>,
}

/// What an operation does to its resource's collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: it answers its first example.
    None,
    /// Answers the objects in scope, page by page where the operation is paged.
    List,
    /// Answers the object that the path names.
    Show,
    /// Adds an object made from the parameters and answers it.
    Insert,
    /// Changes the object that the path names by the parameters and answers it.
    Update,
    /// Removes the object that the path names.
    Delete,
}

impl Api {
    /// The fields of the objects that a resource's collection holds: of all records that its operations answer.
    ///
    /// `None` where an object may have any member.
    pub fn collection_fields(&self, resource: &Resource) -> Option<Vec<&Field>> {
        let mut fields = Vec::new();
        for operation in resource.operations.iter().filter(|operation| operation.effect != Effect::None) {
            let ty = match &operation.payload {
                Payload::Nothing => continue,
                Payload::Key(_, ty) | Payload::Page(_, ty) | Payload::Whole(ty) => ty,
            };
            let item = if let Type::List(item) = ty { item } else { ty };
            let Type::Named(id) = item else { return None };
            let Shape::Record(of_record) = &self.type_def(*id).shape else { return None };
            fields.extend(of_record);
        }
        if fields.is_empty() { None } else { Some(fields) }
    }
}

impl Resource {
    /// The parameters of the operations that do something to its collection.
    pub fn collection_parameters(&self) -> impl Iterator<Item = &Parameter> {
        let acting = self.operations.iter().filter(|operation| operation.effect != Effect::None);
        acting.flat_map(|operation| &operation.parameters)
    }
}
