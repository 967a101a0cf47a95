//! The person who pays.

use serde::{Deserialize, Serialize};

/// What the payer typed. It is stored only at the payer's wish.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Payer {
    /// "Ad".
    pub name: String,
    /// "Soyad".
    pub surname: String,
    /// "T.C. Kimlik No".
    pub number: String,
}

/// A payer with Turkish letters and a doubled space, for tests.
#[cfg(test)]
pub(crate) fn test_payer() -> Payer {
    Payer { name: "işıl  deniz".to_owned(), surname: "Örnek".to_owned(), number: "10000000146".to_owned() }
}
