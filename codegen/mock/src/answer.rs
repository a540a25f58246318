//! What an operation answers, of an object or of many.

use std::borrow::Cow;

use codegen::ir::{Effect, ErrorId, Exists, Hole, Json, Payload};

use crate::effect::Call;
use crate::envelope;
use crate::json;
use crate::multipart;
use crate::paging::Page;
use crate::record;
use crate::reply::Reply;
use crate::selection::Selection;
use crate::store::Store;

/// A list may take so much memory before it is refused.
const MAX_LIST: usize = 64 << 20;

impl Call<'_> {
    /// The status of a success: that of the first documented answer.
    fn status(&self) -> u16 {
        let answered = self.operation.examples.iter().find(|example| example.response.is_some());
        answered.or(self.operation.examples.first()).map_or(200, |example| example.status)
    }

    pub(crate) fn example(&self) -> Reply {
        let answer = self.operation.examples.iter().find_map(|example| example.response.as_ref());
        if let Payload::Raw(raw) = self.operation.payload {
            let bytes = match answer.map(|answer| &answer.json) {
                Some(Json::String(text)) => text.clone().into_bytes(),
                Some(json) => json::write(json).into_bytes(),
                None => Vec::new(),
            };
            return Reply::raw(self.status(), raw, bytes);
        }
        match answer {
            Some(answer) => Reply::new(self.status(), &answer.json),
            None => Reply::new(self.status(), &envelope::success(self.api, self.operation, Json::Object(Vec::new()))),
        }
    }

    /// One object, in the shape the operation answers.
    pub(crate) fn record(&self, effect: &Effect, store: &Store, object: &Json) -> Reply {
        if let Payload::Raw(raw) = self.operation.payload {
            return match self.file(effect, object) {
                Some(bytes) => Reply::raw(self.status(), raw, bytes),
                None => self.example(),
            };
        }
        self.wrapped(record::project(&self.making(effect, store), effect, object))
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
        Reply::new(self.status(), &envelope::success(self.api, self.operation, value))
    }

    /// Those of the objects that are on the page that was asked for, or all.
    pub(crate) fn list(&self, effect: &Effect, store: &Store, found: &Selection) -> Result<Reply, Reply> {
        let paging = self.api.paging_of(self.operation);
        let page = match paging {
            Some(paging) => self.page(paging, effect, store, found)?,
            None => Page { skip: 0, take: found.len() },
        };
        let making = self.making(effect, store);
        let mut weight = 0;
        let mut items = Vec::new();
        for serial in found.skip(page.skip).take(usize::try_from(page.take).unwrap_or(usize::MAX)) {
            let Some(object) = self.listed(effect, store, serial) else { continue };
            let item = record::project(&making, effect, &object);
            weight += json::weight(&item);
            if weight > MAX_LIST {
                return Err(Reply::refused(self.api, 507, "the list is too long for one answer"));
            }
            items.push(item);
        }
        let Some(paging) = paging else { return Ok(self.wrapped(Json::Array(items))) };
        let said = self.said(paging, &page, found.len());
        let mut body = envelope::success(self.api, self.operation, Json::Array(items));
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

    /// A documented error; its holes are filled with the parameters of the same name, or with what the object that is
    /// meant has under that name.
    pub(crate) fn error(&self, error: ErrorId) -> Reply {
        self.refusal(error, None, |_| None)
    }

    /// A documented error because of what is or is not in another collection: its key is that of the parameter there, and
    /// it carries the objects that are named, where it carries any.
    pub(crate) fn error_of(&self, rule: &Exists, objects: Option<&[Json]>) -> Reply {
        let parameter = self.operation.parameters.get(rule.parameter).map_or("", |it| it.name.wire.as_str());
        let text = self.parameters.get(parameter).map(|given| given.text.clone());
        self.refusal(rule.error.value, objects, |name| text.clone().filter(|_| *rule.by == name))
    }

    fn refusal(&self, error: ErrorId, objects: Option<&[Json]>, known: impl Fn(&str) -> Option<String>) -> Reply {
        let given = |name: &str| self.parameters.get(name).map(|given| given.text.clone());
        let meant = |name: &str| {
            let filter = &self.operation.effect.as_ref()?.filter;
            let member = filter.iter().find(|member| *member.name == name)?;
            let Some(Hole::Parameter(index)) = member.value.lone() else { return None };
            given(&self.operation.parameters.get(*index)?.name.wire)
        };
        let fill =
            |capture: &str| known(capture).or_else(|| given(capture)).or_else(|| meant(capture)).unwrap_or_default();
        Reply::carrying(self.api, self.operation, error, objects, fill)
    }
}
