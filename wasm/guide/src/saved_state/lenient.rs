//! Reading of values that another version may have written.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// Reads a value, or its default where another version wrote something unknown.
pub(super) fn default_if_unknown<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}
