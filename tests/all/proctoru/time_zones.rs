//! Names of time zones, to Windows and back.

use generated_client::proctoru::WindowsTimeZone as Zone;

#[test]
fn every_name_of_a_zone_has_its_name_in_windows() {
    for (iana, windows) in [
        ("America/Chicago", Zone::CentralStandardTime),
        ("america/chicago", Zone::CentralStandardTime),
        ("US/Central", Zone::CentralStandardTime),
        ("America/Menominee", Zone::CentralStandardTime),
        ("America/Regina", Zone::CanadaCentralStandardTime),
        ("America/Phoenix", Zone::UsMountainStandardTime),
        ("Asia/Kolkata", Zone::IndiaStandardTime),
        ("Asia/Calcutta", Zone::IndiaStandardTime),
        ("Pacific/Tongatapu", Zone::TongaStandardTime),
        ("Europe/Berlin", Zone::Other("W. Europe Standard Time".into())),
        ("Etc/UTC", Zone::Utc),
    ] {
        assert_eq!(Zone::from_iana(iana), Some(windows), "{iana}");
    }
    for name in ["", "Central Standard Time", "Europe/Atlantis", "America/Chicago\0"] {
        assert_eq!(Zone::from_iana(name), None, "{name}");
    }
}

#[test]
fn a_name_in_windows_stands_for_one_zone() {
    for (windows, iana) in [
        (Zone::CentralStandardTime, Some("America/Chicago")),
        (Zone::IndiaStandardTime, Some("Asia/Kolkata")),
        (Zone::Utc11, Some("Etc/GMT+11")),
        (Zone::Other("W. Europe Standard Time".into()), Some("Europe/Berlin")),
        (Zone::Gmt, None),
        (Zone::Other("America/Chicago".into()), None),
    ] {
        assert_eq!(windows.to_iana(), iana, "{windows}");
    }
    for zone in [Zone::TongaStandardTime, Zone::HawaiianStandardTime, Zone::NewZealandStandardTime] {
        assert_eq!(Zone::from_iana(zone.to_iana().unwrap()), Some(zone));
    }
}
