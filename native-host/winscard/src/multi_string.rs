//! Lists of names in one buffer: each ends with a NUL, and the list with an empty name (Microsoft Learn,
//! `SCardListReaders`).

/// Returns the names in a list.
pub(crate) fn names(list: &[u16]) -> Vec<Vec<u16>> {
    list.split(|unit| *unit == 0).take_while(|name| !name.is_empty()).map(<[u16]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn names_are_read_up_to_the_empty_one() {
        assert_eq!(names(&units("Okuyucu ğ\0İkinci\0\0başka")), [units("Okuyucu ğ"), units("İkinci")]);
        for empty in ["", "\0", "\0\0"] {
            assert_eq!(names(&units(empty)), [] as [Vec<u16>; 0], "{empty:?}");
        }
    }

    /// A driver's name need not be valid UTF-16.
    #[test]
    fn units_are_kept_as_they_are() {
        assert_eq!(names(&[0xD800, 0x41, 0, 0]), [[0xD800, 0x41]]);
        assert_eq!(names(&[0x41, 0x42]), [[0x41, 0x42]], "without an end");
    }
}
