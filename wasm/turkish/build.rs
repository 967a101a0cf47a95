//! Writes the tables of `src/composition.rs`: the Latin letters that Unicode composes from a letter and a
//! combining mark, and the classes by which marks are ordered.
//!
//! The crate `unicode-normalization` contains the tables of all scripts, which would be a sixth of the
//! WebAssembly module (docs/decisions/0111-latin-composition-table.md); it is only used here and in tests.

#![expect(clippy::disallowed_methods, reason = "a build script writes files and reads its environment")]

use std::fmt::Write;
use std::ops::RangeInclusive;
use std::path::Path;
use std::{env, fs, io};
use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};

/// Latin-1 Supplement to Latin Extended-B, and Latin Extended Additional.
const LETTERS: [RangeInclusive<char>; 2] = ['\u{c0}'..='\u{24f}', '\u{1e00}'..='\u{1eff}'];
/// The blocks of combining marks that are not specific to a script.
const MARKS: [RangeInclusive<char>; 5] = [
    '\u{300}'..='\u{36f}',
    '\u{1ab0}'..='\u{1aff}',
    '\u{1dc0}'..='\u{1dff}',
    '\u{20d0}'..='\u{20ff}',
    '\u{fe20}'..='\u{fe2f}',
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut compositions: Vec<_> = LETTERS.into_iter().flatten().filter_map(parts).collect();
    let mut source = String::new();
    compositions.sort_unstable();
    table(&mut source, "COMPOSITIONS", "(u16, u16, u16)", &compositions);
    let blocks: Vec<_> = MARKS.iter().map(|block| (*block.start(), *block.end())).collect();
    table(&mut source, "MARK_BLOCKS", "(char, char)", &blocks);
    let classes: Vec<_> = MARKS.into_iter().flatten().map(canonical_combining_class).collect();
    table(&mut source, "MARK_CLASSES", "u8", &classes);
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&folder).join("composition.rs"), source)
}

/// Returns a letter, a mark, and the letter that is composed of them; none for a letter that normalization
/// form C does not compose.
fn parts(composed: char) -> Option<(u16, u16, u16)> {
    let mut decomposed = Vec::new();
    decompose_canonical(composed, |part| decomposed.push(part));
    let mark = decomposed.pop()?;
    let letter = decomposed.into_iter().try_fold(None, |letter, part| match letter {
        None => Some(Some(part)),
        Some(letter) => compose(letter, part).map(Some),
    })??;
    let number = |letter: char| u16::try_from(u32::from(letter)).ok();
    (compose(letter, mark) == Some(composed)).then_some((number(letter)?, number(mark)?, number(composed)?))
}

fn table<T: std::fmt::Debug>(source: &mut String, name: &str, row: &str, rows: &[T]) {
    // Writing to a string cannot fail.
    let _ = writeln!(source, "static {name}: [{row}; {}] = {rows:?};", rows.len());
}
