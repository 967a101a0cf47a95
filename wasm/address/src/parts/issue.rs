//! What may be wrong with an address.

use std::ops::Range;

/// The part that an issue is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressPart {
    /// [`super::issues::AddressParts::province`].
    Province,
    /// [`super::issues::AddressParts::district`].
    District,
    /// [`super::issues::AddressParts::quarter`].
    Quarter,
    /// [`super::issues::AddressParts::postal_code`].
    PostalCode,
    /// [`super::issues::AddressParts::address`].
    Address,
}

/// Something in an address that may be wrong. No issue is certain: new districts are founded, and unusual
/// names exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressIssue {
    /// The part.
    pub part: AddressPart,
    /// The affected range of the part's text, in Unicode code points; empty where something is missing.
    pub range: Range<usize>,
    /// The text in that range, normalized.
    pub written: String,
    /// What may be wrong.
    pub kind: AddressIssueKind,
}

/// What may be wrong with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressIssueKind {
    /// There is no such province, but one with a similar name.
    ProvinceTypo {
        /// The similar name.
        meant: String,
    },
    /// There is no such province.
    ProvinceUnknown,
    /// The province has no such district, but one with a similar name.
    DistrictTypo {
        /// The province.
        province: String,
        /// The similar name.
        meant: String,
    },
    /// The province has no such district, but other provinces have.
    DistrictElsewhere {
        /// The province.
        province: String,
        /// The other provinces.
        others: Vec<String>,
    },
    /// The province has no such district.
    DistrictUnknown {
        /// The province.
        province: String,
    },
    /// The postal code belongs to another province.
    PostalCodeElsewhere {
        /// The province of the address.
        province: String,
        /// The province of the code.
        other: String,
    },
    /// The district has no such quarter, but exactly one that differs in one letter.
    QuarterTypo {
        /// The district.
        district: String,
        /// The similar name.
        meant: String,
    },
    /// The postal code belongs to another quarter of the province.
    PostalCodeOfOtherQuarter {
        /// The quarter of the address.
        quarter: String,
        /// Its own codes, sorted; never empty.
        expected: Vec<String>,
    },
    /// The postal code does not begin with the number of a province, 01 to 81.
    PostalCodeUnknown,
    /// The address contains a road but no door number.
    NoNumber,
    /// The address names no district, and the form has no field for it.
    NoDistrict,
}
