//! Tests of the whole workspace.
//!
//! The modules here are generated from specs that are as odd as the language allows. Whatever a spec says must
//! compile and be documented without a warning; what the others cannot show is called by the tests.

#[deny(warnings, missing_docs)]
pub mod answers {
    //! Every way to say that a call succeeded or failed.
    include!(concat!(env!("OUT_DIR"), "/answers/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod bodies {
    //! Bodies in parts, and answers that are no JSON.
    include!(concat!(env!("OUT_DIR"), "/bodies/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod derived {
    //! Keys that are derived in every way, and what is made of them.
    include!(concat!(env!("OUT_DIR"), "/derived/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod encodings {
    //! Values with parts, in every style that there is.
    include!(concat!(env!("OUT_DIR"), "/encodings/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod followed {
    //! Lists that are followed where signing adds to the query.
    include!(concat!(env!("OUT_DIR"), "/followed/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod headers {
    //! Every header signed, and the body as it is.
    include!(concat!(env!("OUT_DIR"), "/headers/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod keyed {
    //! A key in the path alone.
    include!(concat!(env!("OUT_DIR"), "/keyed/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod kinds {
    //! Every kind of value there is, in every spelling.
    include!(concat!(env!("OUT_DIR"), "/kinds/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod limits {
    //! So many calls at a time, and in a time.
    include!(concat!(env!("OUT_DIR"), "/limits/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod named;

#[deny(warnings, missing_docs)]
pub mod names {
    //! Names that Rust keeps for itself, or could not spell.
    include!(concat!(env!("OUT_DIR"), "/names/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod paging {
    //! Every way in which lists are cut into pages.
    include!(concat!(env!("OUT_DIR"), "/paging/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod prose {
    //! Texts that would break rustdoc, a comment or a string.
    include!(concat!(env!("OUT_DIR"), "/prose/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod proven {
    //! Answers that are signed, of calls that are not.
    include!(concat!(env!("OUT_DIR"), "/proven/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod reference;

#[deny(warnings, missing_docs)]
pub mod round_trips {
    //! Values of every shape, in every style and place.
    include!(concat!(env!("OUT_DIR"), "/round_trips/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod rules {
    //! Everything that can be demanded of a value.
    include!(concat!(env!("OUT_DIR"), "/rules/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod smallest {
    //! Nothing but what must be there.
    include!(concat!(env!("OUT_DIR"), "/smallest/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod specs;

#[deny(warnings)]
pub mod webhooks;

#[deny(warnings, missing_docs)]
pub mod workload {
    //! What the generator and its output are measured with.
    include!(concat!(env!("OUT_DIR"), "/workload/mod.rs"));
}

/// Mistakes that the generated client does not let through the compiler. Each differs from this in one place:
///
/// ```no_run
/// use generated_client::proctorexam::{Client, CreateUser, InstituteId, Role, UserId};
///
/// async fn calls(client: Client) {
///     let institute = InstituteId(1);
///     let new = CreateUser {
///         institute_id: institute,
///         email: "teacher@institute.com".into(),
///         name: "Teacher name".into(),
///         password: "Passw0rd!".into(),
///         role: Role::Teacher,
///     };
///     let _ = client.users().create(new).await;
///     let _ = client.users().show(institute, UserId(7)).await;
/// }
/// ```
///
/// A required parameter is left out:
///
/// ```compile_fail,E0063
/// use generated_client::proctorexam::{Client, CreateUser, InstituteId, Role};
///
/// async fn calls(client: Client) {
///     let institute = InstituteId(1);
///     let new = CreateUser {
///         institute_id: institute,
///         email: "teacher@institute.com".into(),
///         name: "Teacher name".into(),
///         role: Role::Teacher,
///     };
///     let _ = client.users().create(new).await;
/// }
/// ```
///
/// Two ids are swapped:
///
/// ```compile_fail,E0308
/// use generated_client::proctorexam::{Client, InstituteId, UserId};
///
/// async fn calls(client: Client) {
///     let institute = InstituteId(1);
///     let _ = client.users().show(UserId(7), institute).await;
/// }
/// ```
///
/// A secret is printed:
///
/// ```compile_fail,E0277
/// use generated_client::proctorexam::Secret;
///
/// fn print(secret: Secret) {
///     println!("{secret}");
/// }
/// ```
#[cfg(doctest)]
pub struct Mistakes;
