//! What an operation does to its resource, and what it answers.

use codegen::ir::{Api, Collection, Effect, ErrorId, Fallback, Json, Operation, Pagination, Parameter, Payload};

use crate::json;
use crate::parameters::Parameters;
use crate::record;
use crate::reply::Reply;
use crate::store::{Full, Store};

/// A valid call, on its way to the store.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) api: &'a Api,
    pub(crate) operation: &'a Operation,
    pub(crate) parameters: &'a Parameters,
    /// Milliseconds since the epoch.
    pub(crate) now: i64,
}

impl Call<'_> {
    /// The effect and the answer.
    pub(crate) fn run(&self, memory: Option<(&Collection, &mut Store)>) -> Result<Reply, Reply> {
        let Some((collection, store)) = memory else { return Ok(self.example()) };
        match self.operation.effect {
            Effect::None => Ok(self.example()),
            Effect::List => Ok(self.list(collection, store)),
            Effect::Show => Ok(self.record(self.find(collection, store)?)),
            Effect::Insert => self.insert(collection, store),
            Effect::Update => self.update(collection, store),
            Effect::Delete => {
                if store.remove(&self.address(collection)) {
                    Ok(self.example())
                } else {
                    Err(self.missing(collection))
                }
            }
        }
    }

    /// The status of a success: that of the first documented answer.
    fn status(&self) -> u16 {
        let answered = self.operation.examples.iter().find(|example| example.response.is_some());
        answered.or(self.operation.examples.first()).map_or(200, |example| example.status)
    }

    fn example(&self) -> Reply {
        let answer = self.operation.examples.iter().find_map(|example| example.response.as_ref());
        Reply::new(self.status(), answer.map_or(&Json::Object(Vec::new()), |answer| &answer.json))
    }

    /// One object, in the shape the operation answers.
    fn record(&self, object: &Json) -> Reply {
        let fields = record::fields(self.api, self.operation);
        self.wrapped(record::project(fields, object, record::documented(self.operation)))
    }

    fn wrapped(&self, value: Json) -> Reply {
        let body = match &self.operation.payload {
            Payload::Nothing => return self.example(),
            Payload::Key(key, _) | Payload::Page(key, _) => Json::Object(vec![(key.clone(), value)]),
            Payload::Whole(_) => value,
        };
        Reply::new(self.status(), &body)
    }

    fn list(&self, collection: &Collection, store: &Store) -> Reply {
        let found = store.all(&self.scope(collection));
        let fields = record::fields(self.api, self.operation);
        // No documented record fills in here: a list holds objects that have nothing to do with it.
        let project = |object: &&Json| record::project(fields, object, None);
        let Some(pagination) = self.api.pagination.as_ref().filter(|_| self.operation.is_paged()) else {
            return self.wrapped(Json::Array(found.iter().map(project).collect()));
        };
        let page = self.page(pagination, found.len());
        let items = found.iter().skip(page.skip).take(page.take).map(project).collect();
        let mut reply = self.wrapped(Json::Array(items));
        reply.headers = page.headers;
        reply
    }

    fn page(&self, pagination: &Pagination, total: usize) -> Page {
        let number = |index: usize, otherwise: i64| {
            let parameter = pagination.parameters.get(index);
            let given = parameter.and_then(|parameter| self.parameters.get(&parameter.name.wire)?.text.parse().ok());
            given.or_else(|| server_default(parameter?)).unwrap_or(otherwise)
        };
        let page = number(pagination.page, pagination.first);
        // Without a documented page size a page holds everything.
        let everything = i64::try_from(total).unwrap_or(i64::MAX);
        let limit = usize::try_from(number(pagination.limit, everything)).unwrap_or(1).max(1);
        let before = usize::try_from(page.saturating_sub(pagination.first)).unwrap_or(0);
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

    fn insert(&self, collection: &Collection, store: &mut Store) -> Result<Reply, Reply> {
        let key = (collection.key.as_str(), store.next_key());
        let object = record::new_object(self.api, self.operation, self.parameters, key, self.now);
        self.check_unique(collection, store, &object, None)?;
        let reply = self.record(&object);
        store.insert(object).map_err(|full| self.full(full))?;
        Ok(reply)
    }

    fn update(&self, collection: &Collection, store: &mut Store) -> Result<Reply, Reply> {
        let mut object = self.find(collection, store)?.clone();
        let fields = record::fields(self.api, self.operation);
        record::merge(&mut object, self.api, self.operation, self.parameters, fields, &collection.key);
        self.check_unique(collection, store, &object, json::member(&object, &collection.key))?;
        let reply = self.record(&object);
        store.replace(object).map_err(|full| self.full(full))?;
        Ok(reply)
    }

    fn find<'s>(&self, collection: &Collection, store: &'s Store) -> Result<&'s Json, Reply> {
        store.first(&self.address(collection)).ok_or_else(|| self.missing(collection))
    }

    /// Members that name the objects a call is about.
    fn scope(&self, collection: &Collection) -> Vec<(String, String)> {
        let given = |name: &String| Some((name.clone(), self.parameters.get(name)?.text.clone()));
        collection.scope.iter().filter_map(given).collect()
    }

    /// Members that name the one object a call is about.
    fn address(&self, collection: &Collection) -> Vec<(String, String)> {
        let mut members = self.scope(collection);
        members.push((collection.key.clone(), self.key(collection)));
        members
    }

    fn key(&self, collection: &Collection) -> String {
        self.parameters.get(&collection.key).map(|given| given.text.clone()).unwrap_or_default()
    }

    fn missing(&self, collection: &Collection) -> Reply {
        let Some(error) = collection.missing else { return Reply::refused(self.api, 404, "there is no such object") };
        self.error(error, collection)
    }

    fn check_unique(
        &self,
        collection: &Collection,
        store: &Store,
        object: &Json,
        but: Option<&Json>,
    ) -> Result<(), Reply> {
        for (name, error) in &collection.unique {
            if json::member(object, name).is_some_and(|value| store.is_taken(name, value, but)) {
                return Err(self.error(*error, collection));
            }
        }
        Ok(())
    }

    /// A documented error; its holes are filled with the parameters of the same name.
    fn error(&self, error: ErrorId, collection: &Collection) -> Reply {
        Reply::documented(self.api, self.operation, error, |capture| match capture {
            "id" => self.key(collection),
            name => self.parameters.get(name).map(|given| given.text.clone()).unwrap_or_default(),
        })
    }

    fn full(&self, _: Full) -> Reply {
        Reply::refused(self.api, 507, "the mock server remembers no more objects")
    }
}

/// A stretch of a list.
struct Page {
    skip: usize,
    take: usize,
    headers: Vec<(String, String)>,
}

fn server_default(parameter: &Parameter) -> Option<i64> {
    match &parameter.fallback {
        Fallback::Server(text) => text.parse().ok(),
        Fallback::Nothing | Fallback::Parameter(_) => None,
    }
}
