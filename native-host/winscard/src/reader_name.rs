//! The name of a reader.

/// The name of a reader: UTF-16, which need not be valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderName(Vec<u16>);

impl ReaderName {
    /// Returns the name with these units. It ends before the first NUL.
    #[must_use]
    pub fn new(units: &[u16]) -> Self {
        let name = units.iter().copied().take_while(|unit| *unit != 0);
        Self(name.chain([0]).collect())
    }

    /// Returns its units.
    #[must_use]
    pub fn units(&self) -> &[u16] {
        self.0.split_last().map_or(&[], |(_, name)| name)
    }

    /// Returns its units and a NUL.
    pub(crate) fn with_nul(&self) -> &[u16] {
        &self.0
    }
}
