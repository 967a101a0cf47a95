//! The one function that cleans texts.

use alloc::string::String;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

/// The longest text, in grapheme clusters (Unicode Standard Annex #29).
pub(crate) const MAX_GRAPHEMES: usize = 120;

/// The most combining marks of a letter. Turkish needs one and Vietnamese two; more are drawn over the lines
/// above and below.
const MAX_MARKS: usize = 2;

/// The most characters of a grapheme cluster: some scripts join any number of letters.
const MAX_CHARACTERS: usize = 8;

/// The most bytes of a letter, on average: Turkish letters have at most three, decomposed. Longer names would leave no room
/// for our own sentences in a line of a prompt program.
const BYTES_PER_GRAPHEME: usize = 3;

/// Stands for what was cut off.
const ELLIPSIS: char = '…';

/// Letters and symbols that are blank (`DerivedCoreProperties.txt`, `Default_Ignorable_Code_Point`: the Hangul
/// fillers; and the empty Braille pattern).
const BLANK: [char; 5] = ['\u{115F}', '\u{1160}', '\u{3164}', '\u{FFA0}', '\u{2800}'];

/// Cleans a text: every run of white space becomes one space; control, format, private and unassigned
/// characters, and marks without a letter or beyond [`MAX_MARKS`], are dropped; at most `max` grapheme
/// clusters, and three times as many bytes, remain. Cleaning a clean text changes nothing.
pub(crate) fn clean(text: &str, max: usize) -> String {
    let mut current: String = visible(text, max);
    loop {
        // Dropping characters can join what was apart before, such as two spaces.
        let next = bounded(&visible(&current, max), max);
        if next == current {
            return current;
        }
        current = next;
    }
}

/// Folds white space and drops what is not shown. Reads no more than can remain.
fn visible(text: &str, max: usize) -> String {
    let limit = max.saturating_mul(MAX_CHARACTERS).saturating_add(1);
    let mut kept = String::new();
    let mut is_after_space = true; // none at the beginning
    let mut count = 0;
    for character in text.chars() {
        let is_space = character.is_whitespace() || BLANK.contains(&character);
        if is_space && !is_after_space {
            kept.push(' ');
        } else if !is_space && is_shown(character) {
            kept.push(character);
        } else {
            continue;
        }
        is_after_space = is_space;
        count += 1;
        if count == limit {
            break;
        }
    }
    kept
}

fn is_shown(character: char) -> bool {
    use GeneralCategory as Category;
    !matches!(
        character.general_category(),
        Category::Control
            | Category::Format
            | Category::Surrogate
            | Category::PrivateUse
            | Category::Unassigned
            | Category::LineSeparator
            | Category::ParagraphSeparator
    ) && !is_invisible_mark(character)
}

/// Marks that only select the shape of a letter (`DerivedCoreProperties.txt`,
/// `Default_Ignorable_Code_Point`).
fn is_invisible_mark(character: char) -> bool {
    matches!(
        character,
        '\u{034F}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}'
    )
}

fn is_mark(character: char) -> bool {
    matches!(
        character.general_category(),
        GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark | GeneralCategory::SpacingMark
    )
}

/// Bounds the number of grapheme clusters, and the marks and characters of each.
fn bounded(text: &str, max: usize) -> String {
    let mut kept = String::new();
    let mut graphemes = text.trim().graphemes(true).peekable();
    let mut count = 0;
    let max_bytes = max.saturating_mul(BYTES_PER_GRAPHEME).saturating_add(ELLIPSIS.len_utf8());
    while let Some(grapheme) = graphemes.next() {
        let (mut letter, mut marks, mut has_letter) = (String::new(), 0, false);
        for character in grapheme.chars().take(MAX_CHARACTERS) {
            if is_mark(character) {
                marks += 1;
                if !has_letter || marks > MAX_MARKS {
                    continue;
                }
            }
            has_letter |= !character.is_whitespace();
            letter.push(character);
        }
        let is_last = graphemes.peek().is_none();
        let reserved = if is_last { 0 } else { ELLIPSIS.len_utf8() };
        if kept.len() + letter.len() + reserved > max_bytes || (count + 1 == max && !is_last) {
            kept.truncate(kept.trim_end().len());
            kept.push(ELLIPSIS);
            break;
        }
        kept.push_str(&letter);
        count += 1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use proptest::prelude::*;

    fn cleaned(text: &str) -> String {
        clean(text, MAX_GRAPHEMES)
    }

    /// Regression: a name of letters with four bytes pushed our sentences out of a prompt's window.
    #[test]
    fn names_of_long_letters_are_cut_by_their_bytes() {
        for letter in ["𝔸", "한", "a\u{302}\u{303}"] {
            let cut = cleaned(&letter.repeat(400));
            assert!(cut.len() <= 363 && cut.ends_with(ELLIPSIS), "{}", cut.len());
            assert_eq!(cleaned(&cut), cut);
        }
        let turkish = "Ş".repeat(120);
        assert_eq!(cleaned(&turkish), turkish);
    }

    #[test]
    fn names_stay_as_they_are() {
        for name in [
            "AYŞE GÜL ÇINAR-ÖZIŞIK",
            "ACS ACR39U ICC Reader 00 00",
            "Kamu SM Nitelikli Elektronik Sertifika Hizmet Sağlayıcısı - Sürüm 1",
            "Nguye\u{302}\u{303}n", // two marks on a letter
            "Иванов, 山田, أحمد",
            "O'Brien & Söhne <a@b> (%0A)",
        ] {
            assert_eq!(cleaned(name), name);
        }
    }

    #[test]
    fn line_breaks_and_white_space_become_one_space() {
        for text in [
            "AYŞE\nKalan: 3",
            "AYŞE\r\n\r\n Kalan: 3",
            "AYŞE\u{2028}Kalan: 3",
            "AYŞE\u{2029}\t Kalan: 3 \n",
            "\u{3164}AYŞE\u{A0}\u{3000}\u{85}\u{B}\u{2800}Kalan: 3",
        ] {
            assert_eq!(cleaned(text), "AYŞE Kalan: 3", "{text:?}");
        }
    }

    #[test]
    fn control_format_private_and_unassigned_characters_are_dropped() {
        for text in [
            "A\u{1B}[31mB",
            "A[31m\u{202E}B\u{202C}",
            "\u{2066}A[3\u{200B}1m\u{2069}B\u{FEFF}",
            "A[31\u{AD}m\u{7F}B\0",
            "A[31mB\u{E000}\u{10FFFF}\u{378}\u{E0041}",
            "A[31m\u{9B}B\u{FE0F}\u{E0100}",
        ] {
            assert_eq!(cleaned(text), "A[31mB", "{text:?}");
        }
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(cleaned(&"ş".repeat(120)), "ş".repeat(120));
        assert_eq!(cleaned(&"ş".repeat(900)), format!("{}…", "ş".repeat(119)));
        assert_eq!(cleaned(&"s\u{327}".repeat(900)), format!("{}…", "s\u{327}".repeat(119)));
        assert_eq!(
            cleaned(&format!("{} {}", "a".repeat(118), "b".repeat(9))),
            format!("{}…", "a".repeat(118))
        );
    }

    #[test]
    fn marks_are_bounded_and_need_a_letter() {
        let stacked = format!("Z{}A", "\u{30D}\u{489}".repeat(50));
        assert_eq!(cleaned(&stacked), "Z\u{30D}\u{489}A");
        assert_eq!(cleaned("\u{301}\u{302}A \u{301}B"), "A B");
        assert_eq!(cleaned(&"\u{1100}".repeat(500)).chars().count(), MAX_CHARACTERS);
    }

    #[test]
    fn spaces_around_a_dropped_mark_become_one() {
        assert_eq!(cleaned("A\t\u{1DC0}\t0"), "A 0");
    }

    #[test]
    fn nothing_remains_of_invisible_texts() {
        for text in ["", " \n", "\u{202E}\u{200F}", "\u{3164}\u{3164}", "\u{1B}\u{9B}"] {
            assert_eq!(cleaned(text), "");
        }
    }

    proptest! {
        #[test]
        fn result_is_one_short_line_and_stays_the_same(text in "(\\PC|\\s|\\p{M}|\\p{C}|[\u{1100}-\u{11FF}]){0,300}") {
            let once = cleaned(&text);
            prop_assert_eq!(cleaned(&once), once.as_str());
            prop_assert!(once.graphemes(true).count() <= MAX_GRAPHEMES);
            prop_assert!(once.chars().all(|character| character == ' ' || is_shown(character)));
            prop_assert!(!once.contains("  ") && once.trim() == once);
            for grapheme in once.graphemes(true) {
                prop_assert!(grapheme.chars().filter(|&character| is_mark(character)).count() <= MAX_MARKS);
            }
        }
    }
}
