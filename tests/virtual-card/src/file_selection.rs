//! The current directory and file: SELECT and READ BINARY (ISO 7816-4, sections 7.1.1 and 7.2.3).

use crate::apdu::{Command, Expected};
use crate::files::{Directory, File, MASTER_FILE, template};
use crate::profile::SelectMode;
use crate::status_word::StatusWord;
use crate::validity::Validity;

/// The current directory and file.
pub(crate) struct FileSelection {
    root: &'static Directory,
    directory: &'static Directory,
    file: Option<&'static File>,
    validity: Validity,
    mode: SelectMode,
}

/// The target of SELECT.
enum Target {
    Directory(&'static Directory),
    /// A file and its directory.
    File(&'static Directory, &'static File),
}

/// A proprietary control parameter of AKİS 1.0, and its bit for a file that is readable without a PIN
/// (OpenSC's driver).
const SECURITY: u8 = 0x90;
const READABLE: u8 = 0x04;

impl Target {
    fn directory_only(self) -> Result<Self, StatusWord> {
        if matches!(self, Self::Directory(_)) { Ok(self) } else { Err(StatusWord::FILE_NOT_FOUND) }
    }

    fn file_only(self) -> Result<Self, StatusWord> {
        if matches!(self, Self::File(..)) { Ok(self) } else { Err(StatusWord::FILE_NOT_FOUND) }
    }
}

impl FileSelection {
    /// Selects the master file.
    pub(crate) fn new(root: &'static Directory, validity: Validity, mode: SelectMode) -> Self {
        Self { root, directory: root, file: None, validity, mode }
    }

    /// Selects the master file, like a reset of the card.
    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.root, self.validity, self.mode);
    }

    /// Returns whether the current directory has this identifier.
    pub(crate) fn is_in(&self, directory: u16) -> bool {
        self.directory.id == directory
    }

    /// Executes SELECT by file identifier, application identifier or path. Returns the control parameters in
    /// the template that P2 requests; AKİS 1.0 adds its tag 90, with `wrong_entries` if a directory is
    /// selected. If nothing is found, the selection remains.
    pub(crate) fn select(&mut self, command: &Command<'_>, wrong_entries: u8) -> Result<Vec<u8>, StatusWord> {
        let tag = match command.p2 {
            0x00 => Some(0x6F),
            0x04 => Some(0x62),
            0x0C => None,
            _ => return Err(StatusWord::WRONG_PARAMETERS),
        };
        let target = match (command.p1, self.mode) {
            (0x00, SelectMode::Iso) => self.by_identifier(command.data)?,
            (0x00, SelectMode::Akis1) => self.by_identifier(command.data)?.directory_only()?,
            (0x02, _) => self.by_identifier(command.data)?.file_only()?,
            (0x04, _) => self.by_name(command.data)?,
            (0x08, SelectMode::Iso) => by_path(self.root, command.data)?,
            (0x08, SelectMode::Akis1) => {
                let path = command.data.strip_prefix(&MASTER_FILE.to_be_bytes());
                by_path(self.root, path.ok_or(StatusWord::FILE_NOT_FOUND)?)?
            }
            (0x09, _) => by_path(self.directory, command.data)?,
            _ => return Err(StatusWord::WRONG_PARAMETERS),
        };
        let (mut objects, security) = match target {
            Target::Directory(directory) => {
                (self.directory, self.file) = (directory, None);
                (directory.control_parameters(), wrong_entries)
            }
            Target::File(directory, file) => {
                (self.directory, self.file) = (directory, Some(file));
                (file.control_parameters(), if file.readable { READABLE } else { 0x00 })
            }
        };
        if self.mode == SelectMode::Akis1 {
            objects.extend([SECURITY, 1, security]);
        }
        Ok(tag.map_or_else(Vec::new, |tag| template(tag, &objects)))
    }

    /// Executes READ BINARY of the current file with a 15-bit offset.
    pub(crate) fn read_binary(&self, command: &Command<'_>) -> Result<Vec<u8>, StatusWord> {
        if command.p1 & 0x80 != 0 {
            // Short file identifiers are not supported.
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        if !command.data.is_empty() {
            return Err(StatusWord::WRONG_LENGTH);
        }
        let file = self.file.ok_or(StatusWord::NO_CURRENT_FILE)?;
        if !file.readable {
            return Err(StatusWord::SECURITY_STATUS_NOT_SATISFIED);
        }
        let offset = usize::from(u16::from_be_bytes([command.p1, command.p2]));
        let content = file.content.bytes(&self.validity);
        let rest = content.get(offset..).filter(|rest| !rest.is_empty()).ok_or(StatusWord::WRONG_OFFSET)?;
        let part = match command.expected {
            Expected::Nothing => return Err(StatusWord::WRONG_LENGTH),
            Expected::UpTo(most) => &rest[..most.min(rest.len())],
            Expected::Exactly(length) => rest.get(..length).ok_or_else(|| {
                u8::try_from(rest.len()).map_or(StatusWord::WRONG_LENGTH, StatusWord::repeat_with)
            })?,
        };
        Ok(part.to_vec())
    }

    /// Finds the master file or a child of the current directory; without data the master file.
    fn by_identifier(&self, data: &[u8]) -> Result<Target, StatusWord> {
        match *data {
            [] => Ok(Target::Directory(self.root)),
            [high, low] => match u16::from_be_bytes([high, low]) {
                MASTER_FILE => Ok(Target::Directory(self.root)),
                id => child(self.directory, id),
            },
            _ => Err(StatusWord::WRONG_LENGTH),
        }
    }

    fn by_name(&self, name: &[u8]) -> Result<Target, StatusWord> {
        let mut applications = self.root.directories.iter();
        applications
            .find(|application| application.name == name)
            .map(Target::Directory)
            .ok_or(StatusWord::FILE_NOT_FOUND)
    }
}

/// Follows file identifiers downwards from a directory, whose own is not part of the path.
fn by_path(from: &'static Directory, path: &[u8]) -> Result<Target, StatusWord> {
    let (identifiers, []) = path.as_chunks::<2>() else {
        return Err(StatusWord::WRONG_LENGTH);
    };
    let start = if path.is_empty() { Err(StatusWord::WRONG_LENGTH) } else { Ok(Target::Directory(from)) };
    identifiers.iter().fold(start, |reached, &identifier| match reached? {
        Target::Directory(directory) => child(directory, u16::from_be_bytes(identifier)),
        Target::File(..) => Err(StatusWord::FILE_NOT_FOUND),
    })
}

fn child(directory: &'static Directory, id: u16) -> Result<Target, StatusWord> {
    let mut directories = directory.directories.iter();
    if let Some(found) = directories.find(|child| child.id == id) {
        return Ok(Target::Directory(found));
    }
    let file = directory.files.iter().find(|file| file.id == id).ok_or(StatusWord::FILE_NOT_FOUND)?;
    Ok(Target::File(directory, file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{AODF_PROTECTED, APPLICATION, BARE_CARD, SIGNATURE_CARD};

    const AID: &[u8] = b"\xA0\x00\x00\x00\x63PKCS-15";

    fn select(selection: &mut FileSelection, p1: u8, p2: u8, data: &[u8]) -> Result<Vec<u8>, StatusWord> {
        let expected = Expected::UpTo(256);
        selection.select(&Command { class: 0, instruction: 0xA4, p1, p2, data, expected }, 0)
    }

    fn read(selection: &FileSelection, offset: u16, expected: Expected) -> Result<Vec<u8>, StatusWord> {
        let [p1, p2] = offset.to_be_bytes();
        selection.read_binary(&Command { class: 0, instruction: 0xB0, p1, p2, data: &[], expected })
    }

    /// Selects the file with this path.
    fn selected(root: &'static Directory, path: &[u8]) -> FileSelection {
        let mut selection = FileSelection::new(root, Validity::TEMPLATE, SelectMode::Iso);
        select(&mut selection, 0x08, 0x0C, path).unwrap();
        selection
    }

    #[test]
    fn selects_the_application_by_name_path_and_identifier() {
        for (p1, data) in [(0x04, AID), (0x08, &[0x50, 0x15]), (0x09, &[0x50, 0x15]), (0x00, &[0x50, 0x15])] {
            let mut selection = FileSelection::new(&SIGNATURE_CARD, Validity::TEMPLATE, SelectMode::Iso);
            assert!(!selection.is_in(APPLICATION));
            select(&mut selection, p1, 0x00, data).unwrap();
            assert!(selection.is_in(APPLICATION), "{p1:02X}");
        }
    }

    #[test]
    fn p1_determines_where_identifiers_and_paths_start() {
        let mut selection = selected(&SIGNATURE_CARD, &[0x50, 0x15]);
        assert!(select(&mut selection, 0x00, 0x00, &[0x50, 0x31]).is_ok());
        assert!(select(&mut selection, 0x09, 0x00, &[0x44, 0x01]).is_ok());
        assert!(select(&mut selection, 0x08, 0x00, &[0x50, 0x15, 0x50, 0x32]).is_ok());
        assert_eq!(select(&mut selection, 0x08, 0x00, &[0x50, 0x31]), Err(StatusWord::FILE_NOT_FOUND));
        assert_eq!(select(&mut selection, 0x00, 0x00, &[0x2F, 0x00]), Err(StatusWord::FILE_NOT_FOUND));
    }

    #[test]
    fn selects_the_master_file_from_any_directory() {
        for data in [&[][..], &[0x3F, 0x00]] {
            let mut selection = selected(&SIGNATURE_CARD, &[0x50, 0x15]);
            select(&mut selection, 0x00, 0x00, data).unwrap();
            assert!(!selection.is_in(APPLICATION));
        }
    }

    #[test]
    fn p2_determines_the_template() {
        let mut selection = FileSelection::new(&SIGNATURE_CARD, Validity::TEMPLATE, SelectMode::Iso);
        assert_eq!(select(&mut selection, 0x04, 0x00, AID).unwrap()[0], 0x6F);
        assert_eq!(select(&mut selection, 0x04, 0x04, AID).unwrap()[0], 0x62);
        assert_eq!(select(&mut selection, 0x04, 0x0C, AID), Ok(vec![]));
        assert_eq!(select(&mut selection, 0x04, 0x08, AID), Err(StatusWord::WRONG_PARAMETERS));
    }

    #[test]
    fn a_failed_select_keeps_the_selection() {
        let mut selection = selected(&SIGNATURE_CARD, &[0x50, 0x15]);
        for (p1, data) in [(0x00, &[0x12, 0x34][..]), (0x04, b"PKCS-15"), (0x08, &[0x50, 0x15, 0x12, 0x34])] {
            assert_eq!(select(&mut selection, p1, 0x00, data), Err(StatusWord::FILE_NOT_FOUND), "{p1:02X}");
        }
        assert!(selection.is_in(APPLICATION));
    }

    #[test]
    fn a_path_through_a_file_is_not_found() {
        let mut selection = FileSelection::new(&SIGNATURE_CARD, Validity::TEMPLATE, SelectMode::Iso);
        let path = [0x2F, 0x00, 0x50, 0x31];
        assert_eq!(select(&mut selection, 0x08, 0x00, &path), Err(StatusWord::FILE_NOT_FOUND));
    }

    #[test]
    fn p1_02_selects_files_only() {
        let mut selection = selected(&SIGNATURE_CARD, &[0x50, 0x15]);
        assert!(select(&mut selection, 0x02, 0x00, &[0x50, 0x31]).is_ok());
        assert_eq!(select(&mut selection, 0x02, 0x00, &[0x3F, 0x00]), Err(StatusWord::FILE_NOT_FOUND));
    }

    #[test]
    fn akis_1_distinguishes_files_and_adds_tag_90() {
        let mut selection = FileSelection::new(&SIGNATURE_CARD, Validity::TEMPLATE, SelectMode::Akis1);
        assert!(select(&mut selection, 0x00, 0x00, &[0x50, 0x15]).is_ok());
        assert_eq!(select(&mut selection, 0x00, 0x00, &[0x50, 0x31]), Err(StatusWord::FILE_NOT_FOUND));
        assert!(select(&mut selection, 0x02, 0x00, &[0x50, 0x31]).unwrap().ends_with(&[0x90, 0x01, 0x04]));
    }

    #[test]
    fn akis_1_expects_the_master_file_in_paths() {
        let mut selection = FileSelection::new(&SIGNATURE_CARD, Validity::TEMPLATE, SelectMode::Akis1);
        assert!(select(&mut selection, 0x08, 0x00, &[0x3F, 0x00, 0x2F, 0x00]).is_ok());
        assert_eq!(select(&mut selection, 0x08, 0x00, &[0x2F, 0x00]), Err(StatusWord::FILE_NOT_FOUND));
    }

    #[test]
    fn half_an_identifier_returns_wrong_length() {
        let mut selection = FileSelection::new(&SIGNATURE_CARD, Validity::TEMPLATE, SelectMode::Iso);
        for (p1, data) in [(0x00, &[0x50][..]), (0x08, &[0x50, 0x15, 0x50]), (0x08, &[]), (0x09, &[0x50])] {
            assert_eq!(select(&mut selection, p1, 0x00, data), Err(StatusWord::WRONG_LENGTH), "{p1:02X}");
        }
    }

    #[test]
    fn a_bare_card_has_neither_ef_dir_nor_application() {
        let mut selection = FileSelection::new(&BARE_CARD, Validity::TEMPLATE, SelectMode::Iso);
        assert_eq!(select(&mut selection, 0x08, 0x00, &[0x2F, 0x00]), Err(StatusWord::FILE_NOT_FOUND));
        assert_eq!(select(&mut selection, 0x04, 0x00, AID), Err(StatusWord::FILE_NOT_FOUND));
    }

    #[test]
    fn reads_a_file_completely_partially_and_from_an_offset() {
        let selection = selected(&SIGNATURE_CARD, &[0x2F, 0x00]);
        let whole = read(&selection, 0, Expected::UpTo(256)).unwrap();
        assert_eq!(whole.len(), 28);
        assert_eq!(read(&selection, 0, Expected::Exactly(4)).unwrap(), whole[..4]);
        assert_eq!(read(&selection, 20, Expected::UpTo(256)).unwrap(), whole[20..]);
    }

    #[test]
    fn reading_beyond_the_end_fails() {
        let selection = selected(&SIGNATURE_CARD, &[0x2F, 0x00]);
        assert_eq!(read(&selection, 20, Expected::Exactly(9)), Err(StatusWord::repeat_with(8)));
        assert_eq!(read(&selection, 28, Expected::UpTo(256)), Err(StatusWord::WRONG_OFFSET));
        assert_eq!(read(&selection, 0, Expected::Nothing), Err(StatusWord::WRONG_LENGTH));
        assert_eq!(read(&selection, 0x8100, Expected::UpTo(256)), Err(StatusWord::WRONG_PARAMETERS));
    }

    #[test]
    fn a_directory_cannot_be_read() {
        let selection = selected(&SIGNATURE_CARD, &[0x50, 0x15]);
        assert_eq!(read(&selection, 0, Expected::UpTo(256)), Err(StatusWord::NO_CURRENT_FILE));
    }

    #[test]
    fn a_protected_file_exists_but_is_unreadable() {
        let selection = selected(&AODF_PROTECTED, &[0x50, 0x15, 0x44, 0x01]);
        assert_eq!(read(&selection, 0, Expected::UpTo(256)), Err(StatusWord::SECURITY_STATUS_NOT_SATISFIED));
        let selection = selected(&AODF_PROTECTED, &[0x50, 0x15, 0x50, 0x31]);
        assert!(read(&selection, 0, Expected::UpTo(256)).is_ok());
    }
}
