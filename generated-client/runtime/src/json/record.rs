//! What a record is besides its table: shown, in `Debug` and where the runtime serialises.

use std::cell::RefCell;
use std::fmt;

use super::fields::look_at;
use super::reader::Read;

/// Makes a generated record show itself by its table. A macro, because only its own crate may say how a type is shown;
/// and no derive, because of all that a type with many members derives this takes the compiler longest.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($record:ident) => {
        impl ::std::fmt::Debug for $record {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::rt::debug(::std::stringify!($record), self, f)
            }
        }
        $crate::rt::serialize!($record);
    };
}

/// Shows a record as a derive would, its members under the names that the API has for them. The table is lent to be
/// filled, so that a copy is asked for it.
///
/// # Errors
///
/// When it cannot be written.
pub fn debug<T: Read + Clone>(name: &str, value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let shown = RefCell::new(f.debug_struct(name));
    look_at(&mut value.clone(), &|slots| {
        for (name, value) in slots.iter().map(|slot| slot.debug()) {
            shown.borrow_mut().field(name, value);
        }
    });
    shown.into_inner().finish()
}

#[cfg(test)]
mod tests {
    use crate::json::{Read, ReadResult, Reader, read_under};
    use crate::rt;
    use crate::values::scalar_tests::{Role, UserId};
    use crate::values::{Boxed, Maybe, Personal, Secret};

    macro_rules! records {
        ($($derive:ident)?) => {
            #[derive(Clone, Default, $($derive)?)]
            pub(super) struct Part {
                id: UserId,
                role: Option<Role>,
                token: Option<Secret>,
                email: Personal<String>,
                said: Maybe<bool>,
                parts: Vec<Part>,
                whole: Option<Boxed<Part>>,
            }

            impl Read for Part {
                fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
                    json.object([
                        rt::must("id", &mut self.id),
                        rt::slot("role", &mut self.role),
                        rt::slot("token", &mut self.token),
                        rt::slot("email", &mut self.email),
                        rt::slot("said", &mut self.said),
                        rt::slot("parts", &mut self.parts),
                        rt::slot("whole", &mut self.whole),
                    ])
                }
            }
        };
    }

    mod by_table {
        use super::*;

        records!();
        rt::record!(Part);
    }

    mod derived {
        use super::*;

        records!(Debug);
    }

    #[test]
    fn a_record_is_shown_as_if_that_were_derived() {
        let text = br#"{"id":7,"role":"janitor","token":"t0ken","email":"a@b.co","said":null,
            "parts":[{"id":8,"parts":[{"id":9}]}],"whole":{"id":10}}"#;
        let table: by_table::Part = read_under(text, None).unwrap();
        let derived: derived::Part = read_under(text, None).unwrap();
        assert_eq!((format!("{table:?}"), format!("{table:#?}")), (format!("{derived:?}"), format!("{derived:#?}")));
        assert!(!format!("{table:?}").contains("t0ken"));
    }
}
