//! What an operation answers, of an object or of many.

use codegen::ir::{Effect, ErrorId, Fallback, Hole, Json, Pagination, Parameter, Payload};

use crate::effect::Call;
use crate::envelope;
use crate::json;
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
        match answer {
            Some(answer) => Reply::new(self.status(), &answer.json),
            None => Reply::new(self.status(), &envelope::success(self.api, self.operation, Json::Object(Vec::new()))),
        }
    }

    /// One object, in the shape the operation answers.
    pub(crate) fn record(&self, effect: &Effect, store: &Store, object: &Json) -> Reply {
        self.wrapped(record::project(&self.making(effect, store), effect, object))
    }

    fn wrapped(&self, value: Json) -> Reply {
        if self.operation.payload == Payload::Nothing {
            return self.example();
        }
        Reply::new(self.status(), &envelope::success(self.api, self.operation, value))
    }

    /// Those of the objects that are on the page that was asked for, or all.
    pub(crate) fn list(&self, effect: &Effect, store: &Store, found: &Selection) -> Result<Reply, Reply> {
        let pagination = self.api.pagination.as_ref().filter(|_| self.operation.is_paged());
        let page = match pagination {
            Some(pagination) => self.page(pagination, found.len()),
            None => Page { skip: 0, take: found.len(), headers: Vec::new() },
        };
        let making = self.making(effect, store);
        let mut weight = 0;
        let mut items = Vec::new();
        for serial in found.skip(page.skip).take(usize::try_from(page.take).unwrap_or(usize::MAX)) {
            let Some(object) = store.object(serial) else { continue };
            let item = record::project(&making, effect, &object);
            weight += json::weight(&item);
            if weight > MAX_LIST {
                return Err(Reply::refused(self.api, 507, "the list is too long for one answer"));
            }
            items.push(item);
        }
        let mut reply = self.wrapped(Json::Array(items));
        reply.headers = page.headers;
        Ok(reply)
    }

    fn page(&self, pagination: &Pagination, total: u64) -> Page {
        let number = |index: usize, otherwise: i64| {
            let parameter = pagination.parameters.get(index);
            let given = parameter.and_then(|parameter| self.parameters.get(&parameter.name.wire)?.text.parse().ok());
            given.or_else(|| server_default(parameter?)).unwrap_or(otherwise)
        };
        let page = number(pagination.page, pagination.first);
        // Without a documented page size a page holds everything.
        let everything = i64::try_from(total).unwrap_or(i64::MAX);
        let limit = u64::try_from(number(pagination.limit, everything)).unwrap_or(1).max(1);
        let before = u64::try_from(page.saturating_sub(pagination.first)).unwrap_or(0);
        let names = &pagination.headers;
        let headers = [
            (&names.items, total.to_string()),
            (&names.pages, total.div_ceil(limit).to_string()),
            (&names.page, page.to_string()),
            (&names.limit, limit.to_string()),
        ];
        Page {
            skip: before.saturating_mul(limit),
            take: limit,
            headers: headers.map(|(name, value)| (name.clone(), value)).to_vec(),
        }
    }

    /// A documented error; its holes are filled with the parameters of the same name, or with what the object that is
    /// meant has under that name.
    pub(crate) fn error(&self, error: ErrorId) -> Reply {
        let given = |name: &str| self.parameters.get(name).map(|given| given.text.clone());
        let meant = |name: &str| {
            let filter = &self.operation.effect.as_ref()?.filter;
            let member = filter.iter().find(|member| *member.name == name)?;
            let Some(Hole::Parameter(index)) = member.value.lone() else { return None };
            given(&self.operation.parameters.get(*index)?.name.wire)
        };
        let fill = |capture: &str| given(capture).or_else(|| meant(capture)).unwrap_or_default();
        Reply::documented(self.api, self.operation, error, fill)
    }
}

/// A stretch of a list.
struct Page {
    skip: u64,
    take: u64,
    headers: Vec<(String, String)>,
}

fn server_default(parameter: &Parameter) -> Option<i64> {
    match &parameter.fallback {
        Fallback::Server(text) => text.parse().ok(),
        Fallback::Nothing | Fallback::Parameter(_) => None,
    }
}
