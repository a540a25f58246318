//! What an operation answers, of an object or of many.

use std::borrow::Cow;

use codegen::ir::{CollectionId, Effect, ErrorId, Example, Exists, Hole, Json, Member, Payload};

use crate::effect::Call;
use crate::envelope;
use crate::json;
use crate::multipart;
use crate::paging::Page;
use crate::record;
use crate::reply::Reply;
use crate::selection::Selection;
use crate::store::Store;
use crate::value::Making;

/// A list may take so much memory before it is refused.
const MAX_LIST: usize = 64 << 20;

impl Call<'_> {
    /// The status of a success: that of the first that is documented, or else the first that there can be.
    fn status(&self) -> u16 {
        let success = &self.api.envelope_of(self.operation).success;
        let accepts = |example: &&Example| success.accepts(example.status, example.answer());
        let documented = || self.operation.examples.iter().filter(accepts);
        let answered = documented().find(|example| example.response.is_some());
        answered.or(documented().next()).map_or(success.status(), |example| example.status)
    }

    pub(crate) fn example(&self) -> Reply {
        let example = self.operation.examples.iter().find(|example| example.response.is_some());
        let status = example.map_or_else(|| self.status(), |example| example.status);
        let answer = example.and_then(Example::answer);
        if let Payload::Raw(raw) = self.operation.payload {
            let bytes = match answer {
                Some(Json::String(text)) => text.clone().into_bytes(),
                Some(json) => json::write(json).into_bytes(),
                None => Vec::new(),
            };
            return Reply::raw(status, raw, bytes);
        }
        match answer {
            Some(answer) => Reply::new(status, answer),
            None => {
                Reply::new(status, &envelope::success(self.api, self.operation, self.now, Json::Object(Vec::new())))
            }
        }
    }

    /// One object, in the shape the operation answers.
    pub(crate) fn record(&self, making: &Making<'_>, effect: &Effect, stores: &[Store], object: &Json) -> Reply {
        if let Payload::Raw(raw) = self.operation.payload {
            return match self.file(effect, object) {
                Some(bytes) => Reply::raw(self.status(), raw, bytes),
                None => self.example(),
            };
        }
        self.wrapped(record::project(making, effect, stores, object))
    }

    /// The bytes of the file that an object was made of, if it was.
    fn file(&self, effect: &Effect, object: &Json) -> Option<Vec<u8>> {
        let mut files = self.api.collection_parameters(effect.collection).filter(|parameter| parameter.is_file());
        files.find_map(|parameter| match json::member(object, &parameter.name.wire) {
            Some(Json::String(text)) => Some(multipart::as_bytes(text)),
            _ => None,
        })
    }

    fn wrapped(&self, value: Json) -> Reply {
        if self.operation.payload == Payload::Nothing {
            return self.example();
        }
        Reply::new(self.status(), &envelope::success(self.api, self.operation, self.now, value))
    }

    /// Those of the objects that are on the page that was asked for, or all.
    pub(crate) fn list(&self, effect: &Effect, stores: &[Store], found: &Selection) -> Result<Reply, Reply> {
        let store = &stores[effect.collection.0];
        let paging = self.api.paging_of(self.operation);
        let page = match paging {
            Some(paging) => self.page(paging, effect, stores, found)?,
            None => Page { skip: 0, take: found.len() },
        };
        let making = self.making(effect, store);
        let mut weight = 0;
        let mut items = Vec::new();
        for serial in found.skip(page.skip).take(usize::try_from(page.take).unwrap_or(usize::MAX)) {
            let Some(object) = self.listed(effect, store, serial) else { continue };
            let item = record::project(&making, effect, stores, &object);
            weight += json::weight(&item);
            if weight > MAX_LIST {
                return Err(Reply::refused(self.api, 507, "the list is too long for one answer"));
            }
            items.push(item);
        }
        let Some(paging) = paging else { return Ok(self.wrapped(Json::Array(items))) };
        let said = self.said(paging, &page, found.len());
        let mut body = envelope::success(self.api, self.operation, self.now, Json::Array(items));
        for (spot, value) in said.members {
            envelope::put_at(&mut body, &spot.at, value);
        }
        Ok(Reply { headers: said.headers, ..Reply::new(self.status(), &body) })
    }

    /// An object of a list, with what it holds for this answer only.
    pub(crate) fn listed<'s>(&self, effect: &Effect, store: &'s Store, serial: u64) -> Option<Cow<'s, Json>> {
        let mut object = store.object(serial)?;
        if !effect.set.is_empty() {
            record::set(object.to_mut(), &self.making(effect, store), &effect.set, &store.types);
        }
        Some(object)
    }

    /// A documented error about the object that is meant, or of which there is none.
    pub(crate) fn error(&self, effect: &Effect, error: ErrorId) -> Reply {
        self.refusal(error, effect.collection, None, |name| self.looked_for(&effect.filter, name))
    }

    /// A documented error because of what is or is not in another collection; it carries the objects that are named,
    /// where it carries any.
    pub(crate) fn error_of(&self, rule: &Exists, objects: Option<&[Json]>) -> Reply {
        let meant = |name: &str| match *rule.by == name {
            true => self.given(rule.parameter),
            false => self.looked_for(&rule.filter, name),
        };
        self.refusal(rule.error.value, rule.collection, objects, meant)
    }

    /// The holes of its messages are what the object was looked for by, else parameters; `model` is what one is called.
    fn refusal(
        &self,
        error: ErrorId,
        collection: CollectionId,
        objects: Option<&[Json]>,
        meant: impl Fn(&str) -> Option<String>,
    ) -> Reply {
        let given = |name: &str| self.parameters.get(name).map(|given| given.text.clone());
        let noun = |name: &str| Some(self.api.collection(collection).noun.clone()).filter(|_| name == "model");
        let fill = |capture: &str| meant(capture).or_else(|| given(capture)).or_else(|| noun(capture));
        Reply::carrying((self.api, self.operation, self.now), error, objects, fill)
    }

    /// What a member is looked for as, where that is what the call gives.
    fn looked_for(&self, filter: &[Member], name: &str) -> Option<String> {
        let member = filter.iter().find(|member| *member.name == name)?;
        let Some(Hole::Parameter(index)) = member.value.lone() else { return None };
        self.given(*index)
    }

    fn given(&self, parameter: usize) -> Option<String> {
        let name = &self.operation.parameters.get(parameter)?.name.wire;
        Some(self.parameters.get(name)?.text.clone())
    }
}
