//! Composition of Latin letters with combining marks, as normalization form C does it (Unicode Standard
//! Annex #15). Letters of other scripts stay as they are.

include!(concat!(env!("OUT_DIR"), "/composition.rs"));

/// Returns whether a character is a combining mark that letters of any script can have.
#[must_use]
pub fn is_combining_mark(letter: char) -> bool {
    letter >= MARK_BLOCKS[0].0 && MARK_BLOCKS.iter().any(|(first, last)| (*first..=*last).contains(&letter))
}

/// Composes a letter, which may be composed already, with the marks that follow it. Appends the letter and
/// the marks that remain.
pub(crate) fn compose(letter: char, marks: &[char], composed: &mut String) {
    let mut base = letter;
    let mut marks = marks.to_vec();
    while let Some((letter, mark)) = decomposition(base) {
        base = letter;
        marks.insert(0, mark);
    }
    // Marks do not change places with one of class 0, nor is anything composed across it.
    let composable = marks.iter().position(|&mark| class(mark) == 0).unwrap_or(marks.len());
    for ordered in marks.chunk_by_mut(|&mark, &next| class(mark) != 0 && class(next) != 0) {
        ordered.sort_by_key(|&mark| class(mark));
    }
    let mut remaining = Vec::new();
    let mut last_class = 0;
    for (at, &mark) in marks.iter().enumerate() {
        let is_adjacent = at < composable && class(mark) > last_class;
        match composition(base, mark).filter(|_| is_adjacent) {
            Some(letter) => base = letter,
            None => {
                last_class = class(mark);
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
    let letter = u16::try_from(u32::from(letter)).ok()?;
    let at = DECOMPOSITIONS.binary_search_by_key(&letter, |&(composed, ..)| composed).ok()?;
    let (_, letter, mark) = DECOMPOSITIONS[at];
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
