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
pub use crate::bodies::{Download, Upload};
pub use crate::client::{
    Answered, Answering, BaseAddress, Builder, Call, Client, Elsewhere, InvalidBaseAddress, MissingVariable, Prepared,
    Sending, Undescribed, env_var, variable,
};
pub use crate::error::{AnyError, Error, Response, meaning};
pub use crate::json::{Json, Read, ReadResult, Reader, Slot, debug, must, slot};
pub use crate::paging::{Items, Page, Pages, Position};
pub use crate::signing::{
    ByteList, ClockPart, Draft, Escape, Fields, List, SigningError, base64, base64_unpadded, base64url,
    base64url_unpadded, byte_list, concat, concat_bytes, decimal, epoch_ms, epoch_s, escape, field, first, format_time,
    hex, hidden, hmac_md5, hmac_sha1, hmac_sha256, hmac_sha384, hmac_sha512, is_empty, join, join_bytes, length, list,
    lower, md5, minus, octets, plus, replace, sha1, sha256, sha384, sha512, shown, split, split_pairs, strip_prefix,
    text, trim, upper,
};
pub use crate::tables::{
    Api, ApiSpec, Captures, Code,
    Condition::{Empty, Is, IsOrAbsent},
    Credentials, Envelope, ErrorCase, NextPage, Operation, OperationError, Paged, Paging, Payload, Place, Retry, Table,
    Unit, Variant, case, debug_request, delete, envelope, error, get, head, paging, patch, post, put, reports, window,
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
pub use crate::webhook::{
    Event, EventName, Notice, OtherEvent, Payload as WebhookPayload, TimeUnit, Verifier, Webhook, WebhookError,
};
pub use crate::{
    __documented_error as documented_error, __id as id, __open_enum as open_enum, __record as record,
    __request as request, __serialize as serialize, __shown_by_shape as shown_by_shape,
};
pub use bytes::Bytes;
#[cfg(feature = "serde")]
#[doc(no_inline)]
pub use {
    crate::json::{serialize, show_shape},
    serde,
};

// What only occurs in the signatures of the others.
pub use crate::args::{By, Class, Fact, Format, If, Later, Member, Run};
pub use crate::json::Misread;
pub use crate::paging::Bound;
pub use crate::signing::{Digest, Injected, Listed, Octets, Show, Wiped};
pub use crate::tables::{Condition, Endpoint, Line, Outcome, Path, Reports, Window};
pub use crate::values::{HeldOrText, Spelled as SpelledValue, Word};

/// What a generated module re-exports for its users: `pub use rt::public::*;`.
pub mod public {
    #[cfg(feature = "blocking")]
    pub use crate::blocking;
    pub use crate::bodies::{Download, Upload};
    pub use crate::client::{
        Answered, BaseAddress, BuildError, Builder, Elsewhere, InvalidBaseAddress, MissingVariable, Prepared, Sending,
        SignedRequest, Undescribed,
    };
    pub use crate::error::{Error, FailedCall, Interrupted, Reported, Response, Undecodable, Unexpected};
    #[cfg(feature = "serde")]
    pub use crate::json::exposing;
    pub use crate::json::{DecodeError, Json};
    pub use crate::paging::{InvalidPosition, Items, Page, Pages, PagingError, Position};
    pub use crate::seams;
    pub use crate::signing::{Explanation, SigningError, Step};
    pub use crate::tables::{Operation, OperationError, Paged};
    #[cfg(feature = "test-util")]
    pub use crate::testing;
    pub use crate::validate::{Violation, Violations};
    pub use crate::values::{
        Base64, Boxed, Captured, Carried, CivilDate, CivilDateTime, CivilTime, DateTime, Decimal, InvalidCivil,
        InvalidDateTime, InvalidDecimal, JsonText, Maybe, NumberOrText, OrderedMap, Patch, Personal, Secret,
    };
}

/// What a generated module re-exports besides, where the API has webhooks.
pub mod webhooks {
    pub use crate::webhook::{OtherEvent, WebhookError, WebhookRequest, WebhookSecretError};
}
