//! Names that only tables know: of time zones and of countries. Without the feature that has a table, any name passes.

use codegen::ir::Format;

/// Whether a table has a name; of a form that needs none, anything is known.
pub(crate) fn is_known(format: Format, text: &str) -> bool {
    match format {
        Format::IanaTimeZone => is_iana_time_zone(text),
        Format::WindowsTimeZone => is_windows_time_zone(text),
        Format::Country => is_country(text),
        Format::Email | Format::Url | Format::Uuid | Format::Phone | Format::Date | Format::DateTime => true,
    }
}

#[cfg(feature = "time-zones")]
fn is_iana_time_zone(text: &str) -> bool {
    icu_time::zone::iana::IanaParser::new().parse(text) != icu_time::TimeZone::UNKNOWN
}

#[cfg(feature = "time-zones")]
fn is_windows_time_zone(text: &str) -> bool {
    text.parse::<windows_timezones::WindowsTimezone>().is_ok()
}

#[cfg(not(feature = "time-zones"))]
fn is_iana_time_zone(_: &str) -> bool {
    true
}

#[cfg(not(feature = "time-zones"))]
fn is_windows_time_zone(_: &str) -> bool {
    true
}

#[cfg(feature = "countries")]
fn is_country(text: &str) -> bool {
    rust_iso3166::from_alpha2(&text.to_ascii_uppercase()).is_some()
}

#[cfg(not(feature = "countries"))]
fn is_country(_: &str) -> bool {
    true
}
