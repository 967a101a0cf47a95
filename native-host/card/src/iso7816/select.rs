//! SELECT (ISO 7816-4, section 7.1.1) and the control information that it returns (section 5.3.3).

use super::apdu::{Command, Le, Response, exchange};
use super::tlv::{find, objects, unsigned};
use super::{StatusWord, Transport, TransportError};

/// The file identifier of the master file (MF), the root of the file system (ISO 7816-4, section 5.3.1).
pub(crate) const MASTER_FILE: &[u8] = &[0x3F, 0x00];

/// How SELECT identifies a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FileName<'a> {
    /// A two-byte file identifier below the current directory.
    FileIdentifier(&'a [u8]),
    /// A DF name, such as an application identifier.
    DfName(&'a [u8]),
    /// A path from the master file, without its own identifier.
    PathFromMf(&'a [u8]),
    /// A path from the current directory, without its own identifier.
    PathFromCurrentDf(&'a [u8]),
}

/// The form of SELECT that a card accepts: that of ISO 7816-4, unless the card refused it and accepted the
/// form of AKİS 1.0.
///
/// AKİS 1.0 distinguishes files from directories in P1 and expects paths to include the master file (CERTAIN:
/// OpenSC's driver, written by the card's maker); other generations may do so too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SelectMode {
    p1_distinguishes_files: bool,
    paths_include_master_file: bool,
}

/// Selects a file. The response data is the control information; the status word says whether the file
/// exists.
pub(crate) fn select(
    transport: &mut dyn Transport,
    name: FileName<'_>,
    mode: &mut SelectMode,
) -> Result<Response, TransportError> {
    let mut send =
        |p1, data| exchange(transport, Command { ins: 0xA4, p1, p2: 0x00, data, le: Some(Le::Short(0)) });
    let (uses_akis_1, iso, akis_1) = match name {
        FileName::DfName(name) => return send(0x04, name),
        FileName::PathFromCurrentDf(path) => return send(0x09, path),
        FileName::PathFromMf([]) => return send(0x00, MASTER_FILE),
        FileName::FileIdentifier(id) => {
            (&mut mode.p1_distinguishes_files, (0x00, id.to_vec()), (0x02, id.to_vec()))
        }
        FileName::PathFromMf(path) => {
            let from_master_file = [MASTER_FILE, path].concat();
            (&mut mode.paths_include_master_file, (0x08, path.to_vec()), (0x08, from_master_file))
        }
    };
    let (first, second) = if *uses_akis_1 { (akis_1, iso) } else { (iso, akis_1) };
    let refused = send(first.0, &first.1)?;
    if refused.status == StatusWord::Ok {
        return Ok(refused);
    }
    let response = send(second.0, &second.1)?;
    match response.status {
        StatusWord::Ok => *uses_akis_1 = !*uses_akis_1,
        StatusWord::FileNotFound => {}
        // The card does not support the second form, so its response to the first one counts.
        _ => return Ok(refused),
    }
    Ok(response)
}

/// Returns an object of the control information (ISO 7816-4, section 5.3.3: template 6F or 62).
pub(crate) fn control_parameter(control_information: &[u8], tag: u16) -> Option<&[u8]> {
    let template = objects(control_information).find(|object| matches!(object.tag, 0x6F | 0x62))?;
    find(template.value, tag)
}

/// Returns the number of bytes in a file (ISO 7816-4, section 5.3.3: object 80 or 81).
pub(super) fn file_size(control_information: &[u8]) -> Option<usize> {
    let object = |tag| control_parameter(control_information, tag);
    let bytes = object(0x80).or_else(|| object(0x81))?;
    usize::try_from(unsigned(bytes)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::ScriptedTransport;

    fn status(lines: &[(&str, &str)], name: FileName<'_>, mode: &mut SelectMode) -> StatusWord {
        select(&mut ScriptedTransport::new(lines), name, mode).unwrap().status
    }

    #[test]
    fn selects_the_master_file_by_its_identifier() {
        let name = FileName::PathFromMf(&[]);
        assert_eq!(status(&[("00A40000023F0000", "9000")], name, &mut SelectMode::default()), StatusWord::Ok);
    }

    #[test]
    fn keeps_the_form_of_akis_1_once_the_card_has_accepted_it() {
        let path = FileName::PathFromMf(&[0x50, 0x15]);
        let mut mode = SelectMode::default();
        let lines = [("00A4080002501500", "6A82"), ("00A40800043F00501500", "9000")];
        assert_eq!(status(&lines, path, &mut mode), StatusWord::Ok);
        assert_eq!(status(&[("00A40800043F00501500", "9000")], path, &mut mode), StatusWord::Ok);
    }

    #[test]
    fn a_file_that_the_second_form_does_not_find_does_not_exist() {
        let file = FileName::FileIdentifier(&[0x50, 0x31]);
        for (second, expected) in [
            ("6A82", StatusWord::FileNotFound),
            ("6A86", StatusWord::FunctionNotSupported), // the card knows the first form only
        ] {
            let lines = [("00A40000025031 00", "6A81"), ("00A40200025031 00", second)];
            assert_eq!(status(&lines, file, &mut SelectMode::default()), expected, "{second}");
        }
    }
}
