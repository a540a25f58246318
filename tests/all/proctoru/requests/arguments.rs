//! The values of an example, taken one by one.

use generated_client::proctoru::{
    AllowedUrl, DateTime, Instructor, Modality, Preset, ReservationNo, ReservationStatus, WindowsTimeZone,
};
use serde_json::{Map, Value};

/// Sets what an example has of some optional parameters of one kind.
macro_rules! set {
    // What is made of a borrowed text.
    ($arguments:ident, $call:ident, id: $($name:ident),*) => {
        $(if let Some(value) = $arguments.text(stringify!($name)) { $call = $call.$name(value.as_str()); })*
    };
    ($arguments:ident, $call:ident, $kind:ident: $($name:ident $(= $wire:literal)?),*) => {
        $(if let Some(value) = $arguments.$kind(wire!($name $(= $wire)?)) { $call = $call.$name(value); })*
    };
}

/// What a parameter is called on the wire.
macro_rules! wire {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident = $wire:literal) => {
        $wire
    };
}

/// The values of an example that have not been used yet.
pub(super) struct Arguments(pub(super) Map<String, Value>);

impl Arguments {
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).map(|value| value.as_str().unwrap().to_owned())
    }

    /// A text that must be there, as whatever is made of texts.
    pub(super) fn must<T: From<String>>(&mut self, name: &str) -> T {
        self.text(name).unwrap_or_else(|| panic!("{name}")).into()
    }

    /// The same, of what is made of borrowed texts.
    pub(super) fn id<T: for<'a> From<&'a str>>(&mut self, name: &str) -> T {
        T::from(self.text(name).unwrap_or_else(|| panic!("{name}")).as_str())
    }

    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        self.0.remove(name).map(|value| value == true || ["Y", "T"].contains(&value.as_str().unwrap_or_default()))
    }

    pub(super) fn number(&mut self, name: &str) -> Option<i64> {
        self.0.remove(name).map(|value| value.as_i64().unwrap())
    }

    pub(super) fn time(&mut self, name: &str) -> Option<DateTime> {
        self.text(name).map(|text| text.parse().unwrap())
    }

    pub(super) fn zone(&mut self, name: &str) -> Option<WindowsTimeZone> {
        self.text(name).map(|text| match text.as_str() {
            "Central Standard Time" => WindowsTimeZone::CentralStandardTime,
            "Pacific Standard Time" => WindowsTimeZone::PacificStandardTime,
            "Tonga Standard Time" => WindowsTimeZone::TongaStandardTime,
            "Canada Central Standard Time" => WindowsTimeZone::CanadaCentralStandardTime,
            "UTC" => WindowsTimeZone::Utc,
            "GMT" => WindowsTimeZone::Gmt,
            _ => WindowsTimeZone::Other(text),
        })
    }

    pub(super) fn reservation(&mut self, name: &str) -> Option<ReservationNo> {
        self.number(name).map(ReservationNo)
    }

    pub(super) fn preset(&mut self, name: &str) -> Option<Preset> {
        self.text(name).map(|text| if text == "medium" { Preset::Medium } else { Preset::Other(text) })
    }

    pub(super) fn status(&mut self, name: &str) -> Option<ReservationStatus> {
        let of = |text| if text == "pending" { ReservationStatus::Pending } else { ReservationStatus::Other(text) };
        self.text(name).map(of)
    }

    pub(super) fn modality(&mut self, name: &str) -> Option<Modality> {
        self.text(name).map(|text| if text == "in_person" { Modality::InPerson } else { Modality::Other(text) })
    }

    pub(super) fn instructors(&mut self, name: &str) -> Option<Vec<Instructor>> {
        let one = |value: &Value| {
            let mut given = Arguments(value.as_object().unwrap().clone());
            let mut one = Instructor::default();
            set!(given, one, text: first_name, last_name, email);
            given.done();
            one
        };
        self.0.remove(name).map(|value| value.as_array().unwrap().iter().map(one).collect())
    }

    pub(super) fn addresses(&mut self, name: &str) -> Option<Vec<AllowedUrl>> {
        let one = |value: &Value| {
            let mut given = Arguments(value.as_object().unwrap().clone());
            let mut one = AllowedUrl::new(given.must::<String>("url"));
            set!(given, one, flag: open_on_start);
            given.done();
            one
        };
        self.0.remove(name).map(|value| value.as_array().unwrap().iter().map(one).collect())
    }

    pub(super) fn within(&mut self, name: &str) -> Self {
        Self(self.0.remove(name).unwrap().as_object().unwrap().clone())
    }

    /// Nothing is left that no call took.
    pub(super) fn done(self) {
        assert_eq!(self.0, Map::new(), "not used");
    }
}
