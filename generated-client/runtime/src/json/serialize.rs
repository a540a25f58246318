//! What makes generated types serialisable. Macros, because only their own crate may say so; and twice, because that
//! crate does not know whether the runtime serialises.

/// Makes generated types serialisable.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize {
    ($($of:ident),*) => {$(
        impl $crate::rt::serde::Serialize for $of {
            fn serialize<S: $crate::rt::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::rt::serialize(self, serializer)
            }
        }
    )*};
}

/// Nothing is serialised.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize {
    ($($of:ident),*) => {};
}

/// How a value of several shapes is shown, each of them under the word of its tag: a table cannot say it.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __shown_by_shape {
    ($tag:literal $(in $content:literal)?, [$($variant:ident $word:literal $form:expr),*], $other:ident) => {
        fn show(&mut self, _: $crate::rt::Form) -> ::std::option::Option<$crate::rt::Json> {
            let within: &[&str] = &[$($content)?];
            match self {
                $(Self::$variant(it) => $crate::rt::show_shape($tag, $word, within, it, $form),)*
                Self::$other(it) => $crate::rt::Read::show(it, $crate::rt::Form::Usual),
            }
        }
    };
}

/// Nothing is shown.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __shown_by_shape {
    ($($shapes:tt)*) => {};
}
