//! Schemes of webhooks that are as different as vendors'.

#![allow(missing_docs, reason = "each says what it is in its `api.yaml`")]

pub mod address {
    include!(concat!(env!("OUT_DIR"), "/address/mod.rs"));
}

pub mod command {
    include!(concat!(env!("OUT_DIR"), "/command/mod.rs"));
}

pub mod forms {
    include!(concat!(env!("OUT_DIR"), "/forms/mod.rs"));
}

pub mod members {
    include!(concat!(env!("OUT_DIR"), "/members/mod.rs"));
}

pub mod pairs {
    include!(concat!(env!("OUT_DIR"), "/pairs/mod.rs"));
}

pub mod plain {
    include!(concat!(env!("OUT_DIR"), "/plain/mod.rs"));
}

pub mod prefixed {
    include!(concat!(env!("OUT_DIR"), "/prefixed/mod.rs"));
}

pub mod request {
    include!(concat!(env!("OUT_DIR"), "/request/mod.rs"));
}

pub mod stamped {
    include!(concat!(env!("OUT_DIR"), "/stamped/mod.rs"));
}

pub mod standard {
    include!(concat!(env!("OUT_DIR"), "/standard/mod.rs"));
}

pub mod values {
    include!(concat!(env!("OUT_DIR"), "/values/mod.rs"));
}
