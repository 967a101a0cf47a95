//! The names of readers: what PC/SC has, and texts to show and to choose one by.

use crate::library::{ReaderName, bytes, text};
use eimza_display_text::DisplayText;

/// The most letters of a name before the mark that distinguishes it.
const MAX_BEFORE_MARK: usize = 100;

/// Returns the names to show. Names that are shown alike, because they differ only in what cannot be shown,
/// get a mark that depends on nothing but their bytes.
pub(crate) fn shown_names(names: &[ReaderName]) -> Vec<DisplayText> {
    let texts: Vec<_> = names.iter().map(text).collect();
    let is_alone = |text: &DisplayText| texts.iter().filter(|other| *other == text).count() == 1;
    let shown = |(name, text): (&ReaderName, &DisplayText)| {
        if is_alone(text) { text.clone() } else { marked(name) }
    };
    names.iter().zip(&texts).map(shown).collect()
}

/// Returns the index of the reader that was shown under this name, or that has it; `None` if there is no such
/// reader, or more than one.
pub(crate) fn find(names: &[ReaderName], requested: &str) -> Option<usize> {
    let requested = DisplayText::new(requested);
    let only = |name_of: fn(&ReaderName) -> DisplayText| {
        let mut matching = names.iter().enumerate().filter(|(_, name)| name_of(name) == requested);
        let first = matching.next();
        first.filter(|_| matching.next().is_none()).map(|(index, _)| index)
    };
    only(marked).or_else(|| only(text))
}

fn marked(name: &ReaderName) -> DisplayText {
    // FNV-1a, 32 bits.
    let hash = bytes(name)
        .into_iter()
        .fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let start: String = text(name).as_str().chars().take(MAX_BEFORE_MARK).collect();
    DisplayText::new(&format!("{start} #{hash:08x}"))
}

/// Returns the name of a reader with this text.
#[cfg(test)]
pub(crate) fn named(text: &str) -> ReaderName {
    #[cfg(not(windows))]
    let name = ReaderName::new(text).unwrap_or_default();
    #[cfg(windows)]
    let name = ReaderName::new(&text.encode_utf16().collect::<Vec<_>>());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two names that cannot be shown as they are, and are shown alike.
    fn not_unicode() -> [ReaderName; 2] {
        #[cfg(not(windows))]
        return [&b"Okuyucu \xFF"[..], b"Okuyucu \xFE"].map(|name| ReaderName::new(name).unwrap());
        #[cfg(windows)]
        return [[0x4F, 0xD800], [0x4F, 0xD801]].map(|name| ReaderName::new(&name));
    }

    #[test]
    fn usual_names_are_shown_as_they_are() {
        let names =
            ["ACS ACR39U ICC Reader 00 00", "ACS ACR39U ICC Reader 01 00", "Akıllı Kart Okuyucu ğüşöç 0"]
                .map(named);
        let shown = shown_names(&names);
        assert_eq!(shown[0].as_str(), "ACS ACR39U ICC Reader 00 00");
        assert_eq!(shown[2].as_str(), "Akıllı Kart Okuyucu ğüşöç 0");
        assert_eq!(find(&names, shown[1].as_str()), Some(1));
        assert_eq!(find(&names, shown[2].as_str()), Some(2));
        assert_eq!(find(&names, "ACS ACR39U ICC Reader 02 00"), None);
    }

    #[test]
    fn a_reader_is_found_by_its_own_name_too() {
        let names = [named("Okuyucu  (1)\t00")];
        assert_eq!(shown_names(&names)[0].as_str(), "Okuyucu (1) 00");
        assert_eq!(find(&names, "Okuyucu  (1)\t00"), Some(0));
    }

    #[test]
    fn names_that_look_alike_are_told_apart_whatever_their_order() {
        let long = ["a".repeat(127), "a".repeat(126) + "b"];
        for both in [not_unicode(), ["Okuyucu", "Oku\x1Byucu "].map(named), long.map(|name| named(&name))] {
            let shown = shown_names(&both);
            assert_ne!(shown[0], shown[1]);
            for (index, name) in shown.iter().enumerate() {
                assert_eq!(find(&both, name.as_str()), Some(index));
            }
            // Neither is meant by the text of both, nor by the mark of the other.
            assert_eq!(find(&both, text(&both[0]).as_str()), None);
            assert_eq!(find(&both[1..], shown[0].as_str()), None);
            assert_eq!(find(&both[1..], shown[1].as_str()), Some(0));
        }
    }
}
