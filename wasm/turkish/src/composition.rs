//! Composition of Latin letters with combining marks, as normalization form C does it (Unicode Standard
//! Annex #15). Letters of other scripts stay as they are.

include!(concat!(env!("OUT_DIR"), "/composition.rs"));

/// Returns whether a character is a combining mark that letters of any script can have.
#[must_use]
pub fn is_combining_mark(letter: char) -> bool {
    letter >= MARK_BLOCKS[0].0 && MARK_BLOCKS.iter().any(|(first, last)| (*first..=*last).contains(&letter))
}

/// The maximum number of marks of a letter that are ordered and composed. More than 30 are not written
/// (Unicode Standard Annex #15, Stream-Safe Text Format).
const MAX_MARKS: usize = 30;

/// Composes a letter, which may be composed already, with the marks that follow it. Appends the letter and
/// the marks that remain.
pub(crate) fn compose(letter: char, marks: &[char], composed: &mut String) {
    if marks.is_empty() || marks.len() > MAX_MARKS {
        composed.push(letter);
        composed.extend(marks);
        return;
    }
    let mut base = letter;
    let mut ordered = Vec::new();
    while let Some((letter, mark)) = decomposition(base) {
        base = letter;
        ordered.insert(0, mark);
    }
    for &mark in marks {
        // Marks do not change places with one of the same class, or of class 0.
        let passed =
            ordered.iter().rev().take_while(|&&other| class(mark) != 0 && class(mark) < class(other));
        ordered.insert(ordered.len() - passed.count(), mark);
    }
    let mut remaining = Vec::new();
    // Nothing is composed across a mark of the same class, or of class 0.
    let mut blocked_class = 0;
    for mark in ordered {
        let class = class(mark);
        match composition(base, mark).filter(|_| class > blocked_class) {
            Some(letter) => base = letter,
            None => {
                blocked_class = if class == 0 { u8::MAX } else { blocked_class.max(class) };
                remaining.push(mark);
            }
        }
    }
    composed.push(base);
    composed.extend(remaining);
}

fn composition(letter: char, mark: char) -> Option<char> {
    let pair = (u16::try_from(u32::from(letter)).ok()?, u16::try_from(u32::from(mark)).ok()?);
    let at = COMPOSITIONS.binary_search_by_key(&pair, |&(letter, mark, _)| (letter, mark)).ok()?;
    char::from_u32(COMPOSITIONS[at].2.into())
}

fn decomposition(letter: char) -> Option<(char, char)> {
    // Only a composed letter with a further mark is looked up, which is rare.
    let letter = u16::try_from(u32::from(letter)).ok()?;
    let &(letter, mark, _) = COMPOSITIONS.iter().find(|&&(.., composed)| composed == letter)?;
    Some((char::from_u32(letter.into())?, char::from_u32(mark.into())?))
}

/// Returns the canonical combining class of a combining mark.
fn class(mark: char) -> u8 {
    let mut before = 0;
    for (first, last) in MARK_BLOCKS {
        if (first..=last).contains(&mark) {
            return MARK_CLASSES[before + (u32::from(mark) - u32::from(first)) as usize];
        }
        before += (u32::from(last) - u32::from(first) + 1) as usize;
    }
    0
}
