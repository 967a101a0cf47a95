//! Data that is text with a meaning.

use serde::de::{Error, Visitor};
use serde::{Deserializer, ser::Serializer};
use std::fmt;

/// Reads text and takes its meaning while the position in the file is still known: a fault is told with its line.
///
/// # Errors
/// With `fault`'s word for what is wrong: a stable one, that whoever reads files may translate.
pub(crate) fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    meaning: impl FnOnce(&str) -> Result<T, &'static str>,
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

    deserializer.deserialize_str(Text(meaning))
}

/// Writes it as text.
pub(crate) fn write<S: Serializer>(value: &impl fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}
