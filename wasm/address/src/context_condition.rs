//! The names of the conditions on the neighbours of an abbreviation. `context.rs` says when they hold.

use serde::Deserialize;

/// A condition on the neighbours of an abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContextCondition {
    /// A number precedes: "1234. Sok.", "22 nolu Sok.", "986/1 Sok.".
    Numbered,
    /// A number, a floor name or a numeral sign follows: "Dk:5", "Kt. Zemin".
    NumberFollows,
    /// A colon or its own dot, then a number: "N.16", "N:16".
    MarkedNumberFollows,
    /// A flat or floor of one letter: "D:5", "K.3", "D 5", but not "118 D", "28/D" or "D-100".
    UnitLetter,
    /// Not the word "no'lu", which is part of official names.
    NotNumbered,
    /// Five digits follow: a postal code.
    PostalCode,
    /// In the position of a town: after a slash or a dash, or last on the line.
    Town,
    /// A road of one letter: a name precedes, a door number or the end of the line follows ("IŞIKLAR C. NO:
    /// 11").
    RoadLetter,
    /// A numbered road of one letter before its door number: "45. S. NO:9".
    NumberedRoadLetter,
    /// A quarter of one letter: a name precedes, a road follows, and there is no other quarter on the line.
    QuarterLetter,
    /// A block's letter or number precedes: "F-1 Bl", "A Bl".
    AfterBlockCode,
    /// No quarter follows; otherwise the abbreviation is part of the quarter's official name: "Dudullu OSB
    /// Mahallesi".
    NotQuarterName,
    /// A word follows.
    BeforeWord,
    /// A word precedes.
    AfterWord,
    /// The head of a name follows: "Dev. Hast.", "Güney Kamp.".
    BeforeHead,
    /// A name follows, and none precedes: "Yk. Dudullu".
    BeforeName,
    /// No name follows.
    NoNameFollows,
    /// The number of a floor precedes, and no name follows: "2. K. D:5".
    FloorAfterOrdinal,
    /// A name precedes, and none follows: "Umut Ecz. Üzeri", "Jand. Kom.", but not "Kom. Er Ali".
    EndsName,
    /// A number precedes or follows: "2. Kt", "Kt 2".
    NumberBeside,
    /// A number follows, and the word does not begin a name of its own: "No:5 Da 3", "Da:3", but not "Da 3
    /// Sokak".
    UnitWord,
    /// A number follows, and no name precedes: "Lale Street, Apt 6".
    UnnamedUnit,
    /// [`Self::QuarterLetter`] where a numbered door follows, too: "İSTİKLAL M ZAFER S N 54".
    PlainQuarterLetter,
    /// A road of one letter after a quarter and before its door number: "İSTİKLAL M ZAFER S N 54".
    PlainRoadLetter,
    /// The same for a numbered road: "İSTİKLAL M 214 S N 54".
    PlainNumberedRoadLetter,
    /// The number of a door after a road: "S N 54", "SOKAK N 54".
    PlainNumberLetter,
    /// No "alanı" follows; otherwise it is the legal term: "1. derece sit alanı".
    NotProtectedSite,
}
