//! Public APIs that sign or answer in very different ways, as far as that takes: their vendors publish what must come
//! out, or what they answer, and the tests compare. And the kitchen sink, which has every key of the language.

pub mod akamai {
    //! The line of the request under a key made of the time, and the header itself in what is signed.
    include!(concat!(env!("OUT_DIR"), "/akamai/mod.rs"));
}

pub mod aws_service {
    //! A key that is derived from the secret by day, region and service.
    include!(concat!(env!("OUT_DIR"), "/aws_service/mod.rs"));
}

pub mod bitstamp {
    //! Answers that are signed.
    include!(concat!(env!("OUT_DIR"), "/bitstamp/mod.rs"));
}

pub mod gateio {
    //! Lines of the request, one of them the hash of the body as text.
    include!(concat!(env!("OUT_DIR"), "/gateio/mod.rs"));
}

pub mod kitchen_sink {
    //! Every key of the language.
    include!(concat!(env!("OUT_DIR"), "/kitchen_sink/mod.rs"));
}

pub mod kitchen_sink_by_cursor {
    //! All lists paged by a text.
    include!(concat!(env!("OUT_DIR"), "/kitchen_sink_by_cursor/mod.rs"));
}

pub mod kitchen_sink_by_link {
    //! All lists paged by addresses.
    include!(concat!(env!("OUT_DIR"), "/kitchen_sink_by_link/mod.rs"));
}

pub mod kitchen_sink_by_offset {
    //! All lists paged by the number of their first item.
    include!(concat!(env!("OUT_DIR"), "/kitchen_sink_by_offset/mod.rs"));
}

pub mod kitchen_sink_by_window {
    //! All lists asked for in stretches of time.
    include!(concat!(env!("OUT_DIR"), "/kitchen_sink_by_window/mod.rs"));
}

pub mod kitchen_sink_signed {
    //! Every source and function of expressions, and every place for what they compute.
    include!(concat!(env!("OUT_DIR"), "/kitchen_sink_signed/mod.rs"));
}

pub mod kraken {
    //! The bytes of a hash within what is signed, and a secret that must be decoded first.
    include!(concat!(env!("OUT_DIR"), "/kraken/mod.rs"));
}

pub mod okx {
    //! A code that is a text, and numbers that are texts.
    include!(concat!(env!("OUT_DIR"), "/okx/mod.rs"));
}

pub mod s3 {
    //! Some of the headers and of the parameters, and the path.
    include!(concat!(env!("OUT_DIR"), "/s3/mod.rs"));
}

pub mod salesforce {
    //! Many records in one call, and a list that mirrors them.
    include!(concat!(env!("OUT_DIR"), "/salesforce/mod.rs"));
}

pub mod slack {
    //! One flag for all, and a cursor in the body.
    include!(concat!(env!("OUT_DIR"), "/slack/mod.rs"));
}

pub mod slack_files {
    //! A file that goes to an address which an answer gives.
    include!(concat!(env!("OUT_DIR"), "/slack_files/mod.rs"));
}

pub mod stripe {
    //! Forms with names in brackets, and lists that go on after the last id.
    include!(concat!(env!("OUT_DIR"), "/stripe/mod.rs"));
}

pub mod telegram {
    //! A credential in the path.
    include!(concat!(env!("OUT_DIR"), "/telegram/mod.rs"));
}

pub mod tencent_ai {
    //! Sorted pairs with the secret as the last of them.
    include!(concat!(env!("OUT_DIR"), "/tencent_ai/mod.rs"));
}

pub mod twitter {
    //! Method, address and parameters, each escaped once more.
    include!(concat!(env!("OUT_DIR"), "/twitter/mod.rs"));
}

pub mod veracode {
    //! The line of the request and the time, and nothing of the body.
    include!(concat!(env!("OUT_DIR"), "/veracode/mod.rs"));
}
