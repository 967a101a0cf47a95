//! Serializing values as text.

use serde::de::{Error, Visitor};
use serde::{Deserializer, ser::Serializer};
use std::fmt;

/// Deserializes text and parses it while the position in the file is still known, so that an error has its
/// line.
///
/// # Errors
/// The stable code that `parse` returns, which the caller can translate.
pub(crate) fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    parse: impl FnOnce(&str) -> Result<T, &'static str>,
) -> Result<T, D::Error> {
    struct Text<F>(F);

    impl<T, F: FnOnce(&str) -> Result<T, &'static str>> Visitor<'_> for Text<F> {
        type Value = T;

        fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
            out.write_str("text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            (self.0)(text).map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Text(parse))
}

/// Serializes a value as its text.
pub(crate) fn write<S: Serializer>(value: &impl fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}
