//! The door: every name that generated code may use, and nothing else.

pub use crate::args::By::{Amount, AsSent, Moment};
pub use crate::args::Class::{Digit, Lower, Special, Upper};
pub use crate::args::Fact::{
    After, AtLeastOne, Clear, ClearByNull, Contains, ContentType, DefaultFrom, Each, Equals, ExactlyOne, ForbiddenIf,
    IdempotencyKey, InText, IsPersonal, IsSecret, KeepSlashes, Known, Max, MaxBytes, MaxItems, MaxLength, MaxSize,
    Members, Min, MinBytes, MinItems, MinLength, MultipleOf, Needed, OneOf, Optional, Pattern, RequiredIf, Runs, Says,
    Shapes, Spelled, Spread, Styled, UniqueItems, Unless, Unsigned,
};
pub use crate::args::Param::{InBody, InHeader, InPath, InQuery};
pub use crate::args::{
    EVERY_CLASS, Encoding, MANY, OPTIONAL, Param, REQUIRED, Ruled, Style, Take, ValueWriter, Wire, member,
};
pub use crate::bodies::Upload;
pub use crate::client::{BaseAddress, Builder, Call, Client, InvalidBaseAddress, MissingVariable, env_var, variable};
pub use crate::json::{Json, Read, ReadResult, Reader, Slot, debug, must, slot};
pub use crate::paging::{Page, Position};
pub use crate::tables::{
    Api, ApiSpec, Captures, Code,
    Condition::{Empty, Is, IsOrAbsent},
    Credentials, Envelope, ErrorCase, NextPage, Operation, OperationError, Paged, Paging, Payload, Place, Retry, Table,
    Unit, Variant, case, debug_request, delete, envelope, error, get, head, meaning, paging, patch, post, put, reports,
    window,
};
#[cfg(feature = "countries")]
pub use crate::validate::COUNTRY;
pub use crate::validate::{DATE, DATE_TIME, EMAIL, PHONE, URL, UUID, Violation, Violations, check, is_later, moment};
#[cfg(feature = "time-zones")]
pub use crate::validate::{IANA_TIME_ZONE, WINDOWS_TIME_ZONE};
pub use crate::values::{
    Base64, Boxed, Captured, Carried, CivilDate, CivilDateTime, CivilTime, DateTime, Decimal, Epoch, Form,
    IntoJsonText, JsonText, Maybe, NumberOrText, OrderedMap, Patch, Personal, Repr, Scalar, Secret, Spelling, Words,
    moments, word,
};
pub use crate::{
    __documented_error as documented_error, __id as id, __open_enum as open_enum, __record as record,
    __request as request, __sends as sends, __serialize as serialize, __shown_by_shape as shown_by_shape,
    __signer as signer,
};
pub use bytes::Bytes;
#[cfg(feature = "serde")]
#[doc(no_inline)]
pub use {
    crate::json::{serialize, show_shape},
    serde,
};

#[cfg(not(feature = "http"))]
pub use crate::unsent::{Download, Response};
#[cfg(feature = "http")]
pub use sends::*;

/// What calls are sent with.
#[cfg(feature = "http")]
mod sends {
    pub use crate::bodies::Download;
    pub use crate::client::{Answered, Answering, Elsewhere, Prepared, Sending, Undescribed};
    pub use crate::error::{AnyError, Error, Response};
    pub use crate::paging::{Items, Pages};
    pub use crate::signing::{
        ByteList, ClockPart, Draft, Escape, Fields, List, SigningError, base64, base64_unpadded, base64url,
        base64url_unpadded, byte_list, concat, concat_bytes, decimal, epoch_ms, epoch_s, escape, field, first,
        format_time, hex, hidden, hmac_md5, hmac_sha1, hmac_sha256, hmac_sha384, hmac_sha512, is_empty, join,
        join_bytes, length, list, lower, md5, minus, octets, plus, replace, sha1, sha256, sha384, sha512, shown, split,
        split_pairs, strip_prefix, text, trim, upper,
    };
    pub use crate::webhook::{
        Event, EventName, Notice, OtherEvent, Payload as WebhookPayload, TimeUnit, Verifier, Webhook, WebhookError,
    };

    // What only occurs in the signatures of the others.
    pub use crate::signing::{Digest, Injected, Listed, Octets, Show, Wiped};
}

// What only occurs in the signatures of the others.
pub use crate::args::{By, Class, Fact, Format, If, Later, Member, Run};
pub use crate::json::Misread;
pub use crate::paging::Bound;
pub use crate::tables::{Condition, Endpoint, Line, Outcome, Path, Reports, Window};
pub use crate::values::{HeldOrText, Spelled as SpelledValue, Word};

/// What a generated module re-exports for its users: `pub use rt::public::*;`.
pub mod public {
    #[cfg(feature = "blocking")]
    pub use crate::blocking;
    pub use crate::bodies::Upload;
    pub use crate::client::{BaseAddress, BuildError, Builder, InvalidBaseAddress, MissingVariable};
    #[cfg(feature = "serde")]
    pub use crate::json::exposing;
    pub use crate::json::{DecodeError, Json};
    pub use crate::paging::{InvalidPosition, Page, PagingError, Position};
    pub use crate::tables::{Operation, OperationError, Paged};
    #[cfg(feature = "test-util")]
    pub use crate::testing;
    pub use crate::validate::{Violation, Violations};
    pub use crate::values::{
        Base64, Boxed, Captured, Carried, CivilDate, CivilDateTime, CivilTime, DateTime, Decimal, InvalidCivil,
        InvalidDateTime, InvalidDecimal, JsonText, Maybe, NumberOrText, OrderedMap, Patch, Personal, Secret,
    };
    #[cfg(feature = "http")]
    pub use sends::*;

    /// What sends calls, and what comes of them.
    #[cfg(feature = "http")]
    mod sends {
        pub use crate::bodies::Download;
        pub use crate::client::{Answered, Elsewhere, Prepared, Sending, SignedRequest, Undescribed};
        pub use crate::error::{Error, FailedCall, Interrupted, Reported, Response, Undecodable, Unexpected};
        pub use crate::paging::{Items, Pages};
        pub use crate::seams;
        pub use crate::signing::{Explanation, SigningError, Step};
    }
}

/// What a generated module re-exports besides, where the API has webhooks.
#[cfg(feature = "http")]
pub mod webhooks {
    pub use crate::webhook::{OtherEvent, WebhookError, WebhookRequest, WebhookSecretError};
}
