//! The products of Kamu SM that the procedures need.

use serde::{Deserialize, Serialize};

/// A product. It is serialized as its [`Product::id`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Product {
    /// "1 yıllık nitelikli elektronik sertifika".
    #[serde(rename = "nes-1")]
    Nes1,
    /// "2 yıllık …".
    #[serde(rename = "nes-2")]
    Nes2,
    /// "3 yıllık …".
    #[serde(rename = "nes-3")]
    Nes3,
    /// "Mini kart okuyucu".
    #[serde(rename = "mini-reader")]
    MiniReader,
    /// "Masaüstü kart okuyucu".
    #[serde(rename = "desktop-reader")]
    DesktopReader,
}

impl Product {
    /// All products.
    pub const ALL: [Self; 5] = [Self::Nes1, Self::Nes2, Self::Nes3, Self::MiniReader, Self::DesktopReader];

    /// Returns its name in data files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Nes1 => "nes-1",
            Self::Nes2 => "nes-2",
            Self::Nes3 => "nes-3",
            Self::MiniReader => "mini-reader",
            Self::DesktopReader => "desktop-reader",
        }
    }

    /// Returns the message key of its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Nes1 => "product_nes_1",
            Self::Nes2 => "product_nes_2",
            Self::Nes3 => "product_nes_3",
            Self::MiniReader => "product_mini_reader",
            Self::DesktopReader => "product_desktop_reader",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_data() {
        for product in Product::ALL {
            assert_eq!(serde_json::to_value(product).unwrap(), product.id());
        }
    }
}
