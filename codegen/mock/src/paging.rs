//! Which stretch of a list is a page, and what its answer says of the others: every form that a spec may state.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use codegen::ir::{
    Api, Carrier, Effect, Fallback, Json, Leads, Location, NextPage, Operation, Paging, Parameter, Spot, Type,
    same_code,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::decode::{self, Texts};
use crate::effect::Call;
use crate::json;
use crate::parameters::{Parameters, declared};
use crate::received::{Given, Received};
use crate::record;
use crate::reply::Reply;
use crate::selection::Selection;
use crate::sought::Sought;
use crate::store::Store;

/// The parameter of addresses that are followed: no spec has it.
const BEGINS_AT: &str = "page-begins-at";

/// Nanoseconds.
const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;

/// A stretch of a list.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) skip: u64,
    pub(crate) take: u64,
}

/// What an answer says of its list, and where.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) headers: Vec<(String, String)>,
    /// Members of the body.
    pub(crate) members: Vec<(Spot, Json)>,
}

impl Call<'_> {
    /// The stretch that a call asks for.
    pub(crate) fn page(
        &self,
        paging: &Paging,
        effect: &Effect,
        stores: &[Store],
        found: &Selection,
    ) -> Result<Page, Reply> {
        let store = &stores[effect.collection.0];
        // Without a page size a page holds everything.
        let everything = i64::try_from(found.len()).unwrap_or(i64::MAX);
        let asked = paging.limit.as_deref().map_or(everything, |name| self.number(name, everything));
        let take = u64::try_from(asked).unwrap_or(1).max(1).min(self.largest_page.max(1));
        let from = |name: &str, first: i64| {
            let before = self.number(name, first).saturating_sub(first);
            u64::try_from(before).map_err(|_| Reply::invalid(self.api, name))
        };
        let skip = match &paging.next {
            NextPage::Number { parameter, first } => from(parameter, *first)?.saturating_mul(take),
            NextPage::Offset { parameter, first } => from(parameter, *first)?,
            NextPage::Cursor { parameter, at } => match (self.parameters.get(parameter), at) {
                (None, _) => 0,
                (Some(given), Leads::Answer(_)) => {
                    token(&given.text).ok_or_else(|| Reply::invalid(self.api, parameter))?.0
                }
                (Some(given), Leads::Item(path)) => {
                    let places = self.api.item_places(self.operation, &path.value).unwrap_or_default();
                    let mut all = declared(self.api, self.operation).into_iter().flatten();
                    let ty = all.find(|it| it.name.wire == *parameter).map_or(&Type::String, |it| &it.ty);
                    let mut sought = Sought::new(self.api, ty, given, paging.inclusive);
                    let making = self.making(effect, store);
                    for (at, serial) in (0..).zip(found.skip(0)) {
                        let object = store.object(serial);
                        let item = object.map(|object| record::project(&making, effect, stores, &object));
                        let member =
                            item.as_ref().and_then(|item| places.iter().find_map(|(place, _)| place.find(item)));
                        if member.is_some_and(|member| !sought.passes(at, member)) {
                            break;
                        }
                    }
                    sought.begins(found.len()).ok_or_else(|| Reply::invalid(self.api, parameter))?
                }
            },
            NextPage::Follow(_) => {
                self.parameters.get(BEGINS_AT).and_then(|given| token(&given.text)).map_or(0, |(begin, _)| begin)
            }
            // What lies in it was found by its times.
            NextPage::Window { from, to, seconds } => {
                if let (Some((begin, _)), Some((end, ty))) = (self.moment(from), self.moment(to)) {
                    // The last day belongs to it with all its hours.
                    let within = if paging.inclusive && *ty == Type::Date { DAY } else { 0 };
                    if end - begin + within > i128::from(*seconds) * SECOND {
                        return Err(Reply::invalid(self.api, to));
                    }
                }
                0
            }
        };
        Ok(Page { skip, take })
    }

    /// Nanoseconds since 1970 of a time that is given, and its type.
    fn moment(&self, name: &str) -> Option<(i128, &Type)> {
        let given = Json::String(self.parameters.get(name)?.text.clone());
        let parameter = declared(self.api, self.operation).into_iter().flatten().find(|it| it.name.wire == name)?;
        Some((self.api.moment(&parameter.ty, &given)?, self.api.bare(&parameter.ty)))
    }

    fn number(&self, name: &str, otherwise: i64) -> i64 {
        let given = self.parameters.get(name).and_then(|given| given.text.parse().ok());
        let mut all = declared(self.api, self.operation).into_iter().flatten();
        let default = || match &all.find(|parameter| parameter.name.wire == name)?.fallback {
            Fallback::Server(text) => text.parse().ok(),
            Fallback::Nothing | Fallback::Parameter(_) | Fallback::Random => None,
        };
        given.or_else(default).unwrap_or(otherwise)
    }

    /// What the answer to that says.
    pub(crate) fn said(&self, paging: &Paging, page: &Page, total: u64) -> Said {
        let mut said = Said::default();
        let mut tell = |spot: &Spot, value: Json| {
            if !spot.header.is_empty() {
                let text = value.spelling().map(str::to_owned);
                said.headers.extend(text.map(|text| (spot.header.clone(), text)));
            } else if !spot.at.is_empty() {
                said.members.push((spot.clone(), value));
            }
        };
        let number = |number: u64| Json::Number(number.to_string());
        let first = if let NextPage::Number { first, .. } = paging.next { first } else { 1 };
        let before = i64::try_from(page.skip / page.take).unwrap_or(i64::MAX);
        let totals = &paging.totals;
        tell(&totals.items, number(total));
        tell(&totals.pages, number(total.div_ceil(page.take)));
        tell(&totals.page, Json::Number(before.saturating_add(first).to_string()));
        tell(&totals.limit, number(page.take));
        let end = page.skip.saturating_add(page.take);
        tell(&paging.more.value, flag(&paging.more_is, end < total));
        let leads = match &paging.next {
            NextPage::Cursor { parameter, at: Leads::Answer(spot) } => {
                Some((spot, self.cursor(paging, parameter, end)))
            }
            NextPage::Follow(spot) => Some((spot, self.address(paging, spot, end))),
            NextPage::Number { .. }
            | NextPage::Offset { .. }
            | NextPage::Cursor { at: Leads::Item(_), .. }
            | NextPage::Window { .. } => None,
        };
        if let Some((spot, next)) = leads {
            // Without a next page there is no such header, and nothing in the member.
            tell(spot, if end < total { next } else { Json::Null });
        }
        said
    }

    /// A text that leads to a place in the list; with what the next call does not repeat, so that it is the same list.
    fn cursor(&self, paging: &Paging, parameter: &str, begin: u64) -> Json {
        let mut all = declared(self.api, self.operation).into_iter().flatten();
        let is_number = all
            .find(|it| it.name.wire == parameter)
            .is_some_and(|it| matches!(self.api.bare(&it.ty), Type::Integer | Type::Unsigned));
        if is_number {
            return Json::Number(begin.to_string());
        }
        let kept = self.kept(paging, parameter, &self.query(&[parameter]));
        Json::String(format!("c{begin}{kept}"))
    }

    /// What the next call does not repeat: what came with this one in headers, in the body and in this query, and what the
    /// parameter of this name stood for besides.
    fn kept(&self, paging: &Paging, parameter: &str, query: &str) -> String {
        let Some(repeats) = &paging.repeats else { return String::new() };
        let own = [query, &self.besides(parameter, repeats)].join("&");
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        let names: Vec<String> = own.split('&').map(name).collect();
        let before = self.parameters.get(parameter).and_then(|given| token(&given.text)?.1).unwrap_or_default();
        let others = before.split('&').filter(|pair| !names.contains(&name(pair)));
        let all: Vec<&str> = own.split('&').chain(others).filter(|pair| !pair.is_empty()).collect();
        format!(".{}", URL_SAFE_NO_PAD.encode(all.join("&")))
    }

    /// The parameters that came in headers, and in the body as JSON, as a query has them; without the one of this name, and
    /// those members of the body that come again.
    fn besides(&self, without: &str, repeats: &[String]) -> String {
        let all = declared(self.api, self.operation).into_iter().flatten();
        let pairs = all.filter(|parameter| parameter.name.wire != without).filter_map(|it| {
            let given = self.parameters.get(&it.name.wire)?;
            let text = match it.location {
                Location::Header => given.text.clone(),
                Location::Body if !repeats.contains(&it.name.wire) => json::write(&given.json),
                Location::Path | Location::Query | Location::Body => return None,
            };
            Some([&it.name.wire, &text].map(|text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()).join("="))
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The address of the call, with where the page begins: whole in the header `Link`, else without a host.
    fn address(&self, paging: &Paging, spot: &Spot, begin: u64) -> Json {
        let query = self.query(&[BEGINS_AT]);
        let and = if query.is_empty() { "" } else { "&" };
        // It is a whole query of its own, and the call that follows it may leave headers out.
        let kept = self.kept(paging, BEGINS_AT, "");
        let path = format!("{}?{query}{and}{BEGINS_AT}={begin}{kept}", self.request.path);
        Json::String(match spot.header.eq_ignore_ascii_case("link") {
            true => {
                let host = self.request.header("host").unwrap_or_default();
                format!("<http://{host}{path}>; rel=\"next\"")
            }
            false => path,
        })
    }

    /// The query as it was received, without some parameters and what signing adds.
    fn query(&self, without: &[&str]) -> String {
        let is_added = |name: &str| {
            let mut placements = self.api.signing.placements().filter(|it| it.carrier != Carrier::Header);
            placements.any(|it| it.name.wire == name)
        };
        let is_kept = |pair: &&str| {
            let name = pair.split('=').next().unwrap_or_default();
            !pair.is_empty() && !without.contains(&name) && !is_added(name)
        };
        self.request.query.split('&').filter(is_kept).collect::<Vec<_>>().join("&")
    }
}

/// What says whether there is another page, where these words say so.
fn flag(words: &[Json], more: bool) -> Json {
    let says = |value: &Json| {
        let spelled = value.spelling().unwrap_or("false");
        words.iter().filter_map(Json::code).any(|word| same_code(&word, spelled))
    };
    match words.first() {
        None => Json::Boolean(more),
        Some(word) if more => word.clone(),
        Some(_) => [false, true].map(Json::Boolean).into_iter().find(|value| !says(value)).unwrap_or(Json::Null),
    }
}

/// Where a cursor leads, and the query that it stands for besides.
fn token(text: &str) -> Option<(u64, Option<String>)> {
    let (begin, query) = text
        .strip_prefix('c')
        .unwrap_or(text)
        .split_once('.')
        .map_or_else(|| (text.strip_prefix('c').unwrap_or(text), None), |(begin, query)| (begin, Some(query)));
    let query = match query {
        Some(query) => Some(String::from_utf8(URL_SAFE_NO_PAD.decode(query).ok()?).ok()?),
        None => None,
    };
    Some((begin.parse().ok()?, query))
}

/// The parameters that the call for a later page leaves out, as the spec says: only the call for the first page had them.
pub(crate) fn left_out<'a>(api: &'a Api, operation: &'a Operation, parameters: &Parameters) -> Vec<&'a str> {
    let Some(paging) = api.paging_of(operation) else { return Vec::new() };
    let Some(repeated) = &paging.repeats else { return Vec::new() };
    let own: [&str; 2] = match &paging.next {
        NextPage::Number { parameter, first } | NextPage::Offset { parameter, first } => {
            let asked: Option<i64> = parameters.get(parameter).and_then(|given| given.text.parse().ok());
            if asked.is_none_or(|asked| asked <= *first) {
                return Vec::new();
            }
            [parameter, ""]
        }
        NextPage::Cursor { parameter, at: Leads::Item(_) } if parameters.contains_key(parameter) => [parameter, ""],
        // No window says whether it is the first.
        NextPage::Window { from, to, .. } => [from, to],
        // What stands for the page stands for all that was asked for.
        NextPage::Cursor { .. } | NextPage::Follow(_) => return Vec::new(),
    };
    let all = declared(api, operation).into_iter().flatten().filter(|it| it.location != Location::Path);
    let names = all.map(|it| it.name.wire.as_str());
    let is_kept = |name: &str| own.contains(&name) || repeated.iter().any(|it| it == name);
    names.filter(|name| !is_kept(name) && !parameters.contains_key(*name)).collect()
}

/// The parameters that a cursor or an address stands for beside those that came with it, which win. What it stands for was
/// asked for without it, so that it is taken out where it stands for any.
pub(crate) fn restore(api: &Api, operation: &Operation, parameters: &mut Parameters) -> Option<(String, Given)> {
    let cursor = match &api.paging_of(operation)?.next {
        NextPage::Cursor { parameter, at: Leads::Answer(_) } => parameter.as_str(),
        NextPage::Follow(_) => BEGINS_AT,
        NextPage::Cursor { .. } | NextPage::Number { .. } | NextPage::Offset { .. } | NextPage::Window { .. } => {
            return None;
        }
    };
    let query = token(&parameters.get(cursor)?.text)?.1?;
    let came = parameters.len();
    let request = Received { method: String::new(), path: String::new(), query, headers: Vec::new(), body: Vec::new() };
    let mut texts = request.query_pairs().unwrap_or_default();
    let is_kept = |it: &&Parameter| it.location != Location::Path;
    for parameter in declared(api, operation).into_iter().flatten().filter(is_kept) {
        let given = match parameter.location {
            Location::Body => of_body(&parameter.name.wire, &mut texts),
            Location::Path | Location::Query | Location::Header => decode::take(api, parameter, &mut texts),
        };
        if let Some(given) = given.filter(|_| !parameters.contains_key(&parameter.name.wire)) {
            parameters.insert(parameter.name.wire.clone(), given);
        }
    }
    if parameters.len() > came { parameters.remove_entry(cursor) } else { None }
}

/// A value of a body, which was kept as JSON.
fn of_body(name: &str, texts: &mut Texts) -> Option<Given> {
    let at = texts.iter().position(|(kept, _)| kept == name)?;
    let (_, text) = texts.remove(at);
    Some(Given::json(json::value(&text)?, text))
}
