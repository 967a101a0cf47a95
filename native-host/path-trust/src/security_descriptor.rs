//! Reads who owns a file on Windows, and who may change it: a self-relative SECURITY_DESCRIPTOR (MS-DTYP, section
//! 2.4.6).

/// A security identifier (section 2.4.2).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sid {
    authority: u64,
    subauthorities: Vec<u32>,
}

impl Sid {
    pub fn new(authority: u64, subauthorities: &[u32]) -> Self {
        Self { authority, subauthorities: subauthorities.to_vec() }
    }

    /// Reads the identifier at the beginning of `bytes`.
    fn read(bytes: &[u8]) -> Option<Self> {
        let &[1, count, a, b, c, d, e, f] = bytes.first_chunk()? else { return None };
        let parts = bytes.get(8..8 + 4 * usize::from(count))?.as_chunks().0;
        Some(Self {
            authority: u64::from_be_bytes([0, 0, a, b, c, d, e, f]),
            subauthorities: parts.iter().map(|part| u32::from_le_bytes(*part)).collect(),
        })
    }
}

/// The owner of a file, and what others are allowed.
#[derive(Debug, PartialEq, Eq)]
pub struct SecurityDescriptor {
    pub owner: Sid,
    /// What is allowed, and to whom; `None` if everybody is allowed everything.
    grants: Option<Vec<Grant>>,
}

/// An entry that allows something.
#[derive(Debug, PartialEq, Eq)]
struct Grant {
    /// The rights, as bits of an access mask.
    rights: u32,
    /// Who has them; `None` if the kind of the entry is unknown.
    who: Option<Sid>,
}

/// The bit of the control field for a list of access control entries.
const DACL_PRESENT: u16 = 0x0004;

/// The bit of an entry that only those below inherit.
const INHERIT_ONLY: u8 = 0x08;

impl SecurityDescriptor {
    /// Reads a descriptor; `None` if it is malformed or names no owner.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let control = u16::from_le_bytes(*bytes.get(2..)?.first_chunk()?);
        let owner = Sid::read(bytes.get(offset(bytes, 4)?..)?)?;
        let list = offset(bytes, 16);
        let grants = match list {
            Some(list) if control & DACL_PRESENT != 0 => Some(grants(bytes.get(list..)?)?),
            _ => None,
        };
        Some(Self { owner, grants })
    }

    /// Returns whether somebody else than those who are trusted owns the file, or has one of these rights. Entries
    /// that deny are not considered: they only take away.
    pub fn is_open_to_others(&self, rights: u32, is_trusted: impl Fn(&Sid) -> bool) -> bool {
        let is_open =
            |grant: &Grant| grant.rights & rights != 0 && !grant.who.as_ref().is_some_and(&is_trusted);
        !is_trusted(&self.owner) || self.grants.as_ref().is_none_or(|grants| grants.iter().any(is_open))
    }
}

/// Returns an offset in the header; `None` if it is zero, which means that the part is missing.
fn offset(bytes: &[u8], at: usize) -> Option<usize> {
    let offset = u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
    usize::try_from(offset).ok().filter(|offset| *offset != 0)
}

/// Reads the entries of a list (section 2.4.5) that allow something on the file itself.
fn grants(list: &[u8]) -> Option<Vec<Grant>> {
    let count = u16::from_le_bytes(*list.get(4..)?.first_chunk()?);
    let mut rest = list.get(8..)?;
    let mut grants = Vec::new();
    for _ in 0..count {
        let &[kind, flags, low, high] = rest.first_chunk()?;
        let entry = rest.get(..usize::from(u16::from_le_bytes([low, high])))?;
        rest = rest.get(entry.len().max(4)..)?;
        if flags & INHERIT_ONLY != 0 {
            continue;
        }
        let who = match kind {
            // ACCESS_ALLOWED_ACE, ACCESS_ALLOWED_CALLBACK_ACE
            0x00 | 0x09 => Some(Sid::read(entry.get(8..)?)?),
            // ACCESS_DENIED_…, SYSTEM_AUDIT_…, SYSTEM_ALARM_…, labels and attributes
            0x01..=0x03 | 0x06..=0x08 | 0x0A | 0x0C..=0x15 => continue,
            // Those for objects of a directory service, which files do not have, and unknown ones.
            _ => None,
        };
        grants.push(Grant { rights: rights(entry)?, who });
    }
    Some(grants)
}

fn rights(entry: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*entry.get(4..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WRITE: u32 = 0x0000_0002;
    const READ: u32 = 0x0012_00A9;

    fn system() -> Sid {
        Sid::new(5, &[18])
    }

    fn users() -> Sid {
        Sid::new(5, &[32, 545])
    }

    fn encoded(sid: &Sid) -> Vec<u8> {
        let mut bytes = vec![1, u8::try_from(sid.subauthorities.len()).unwrap()];
        bytes.extend(&sid.authority.to_be_bytes()[2..]);
        bytes.extend(sid.subauthorities.iter().flat_map(|part| part.to_le_bytes()));
        bytes
    }

    fn entry(kind: u8, flags: u8, rights: u32, who: &Sid) -> Vec<u8> {
        let sid = encoded(who);
        let size = u16::try_from(8 + sid.len()).unwrap().to_le_bytes();
        [&[kind, flags][..], &size, &rights.to_le_bytes(), &sid].concat()
    }

    /// Encodes a descriptor; without entries it has no list.
    fn descriptor(owner: &Sid, entries: Option<&[Vec<u8>]>) -> Vec<u8> {
        let owner = encoded(owner);
        let list = entries.map(|entries| {
            let size = u16::try_from(8 + entries.concat().len()).unwrap().to_le_bytes();
            let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
            [&[2, 0][..], &size, &count, &[0, 0], &entries.concat()].concat()
        });
        let control = if list.is_some() { 0x8004_u16 } else { 0x8000 };
        let at = if list.is_some() { 20 + u32::try_from(owner.len()).unwrap() } else { 0 };
        [
            &[1, 0][..],
            &control.to_le_bytes(),
            &20_u32.to_le_bytes(),
            &0_u32.to_le_bytes(),
            &0_u32.to_le_bytes(),
            &at.to_le_bytes(),
            &owner,
            &list.unwrap_or_default(),
        ]
        .concat()
    }

    fn is_open(owner: &Sid, entries: Option<&[Vec<u8>]>) -> bool {
        let read = SecurityDescriptor::read(&descriptor(owner, entries)).unwrap();
        read.is_open_to_others(WRITE, |sid| *sid == system())
    }

    #[test]
    fn file_that_others_can_only_read_is_closed() {
        let entries = [entry(0, 0, 0x001F_01FF, &system()), entry(0, 0x10, READ, &users())];
        assert!(!is_open(&system(), Some(&entries)));
        assert!(!is_open(&system(), Some(&[])), "nobody is allowed anything");
    }

    #[test]
    fn file_of_another_owner_is_open() {
        assert!(is_open(&users(), Some(&[])), "the owner can change the rights");
    }

    #[test]
    fn file_without_a_list_is_open() {
        assert!(is_open(&system(), None));
        let mut absent = descriptor(&system(), Some(&[]));
        absent[16..20].fill(0); // present, and null
        let read = SecurityDescriptor::read(&absent).unwrap();
        assert!(read.is_open_to_others(WRITE, |sid| *sid == system()));
    }

    #[test]
    fn each_kind_of_entry_that_allows_opens_a_file_to_others() {
        for kind in [0x00, 0x09, 0x04, 0x05, 0x0B, 0x7F] {
            assert!(is_open(&system(), Some(&[entry(kind, 0, WRITE, &users())])), "{kind:#x}");
            assert!(!is_open(&system(), Some(&[entry(kind, 0, READ, &users())])), "{kind:#x}");
        }
        for kind in [0x01, 0x02, 0x06, 0x0A, 0x0C, 0x11] {
            assert!(!is_open(&system(), Some(&[entry(kind, 0, WRITE, &users())])), "{kind:#x}");
        }
    }

    #[test]
    fn entries_for_those_below_do_not_count() {
        assert!(!is_open(&system(), Some(&[entry(0, INHERIT_ONLY | 0x03, WRITE, &users())])));
        assert!(is_open(&system(), Some(&[entry(0, 0x03, WRITE, &users())])));
    }

    /// The owner of the system's files, as `sc showsid TrustedInstaller` prints it.
    #[test]
    fn identifiers_are_read_with_all_their_parts() {
        let parts = [80, 956_008_885, 3_418_522_649, 1_831_038_044, 1_853_292_631, 2_271_478_464];
        let installer = Sid::new(5, &parts);
        let read = SecurityDescriptor::read(&descriptor(&installer, Some(&[]))).unwrap();
        assert_eq!(read.owner, installer);
    }

    #[test]
    fn malformed_descriptor_is_none() {
        let bytes = descriptor(&system(), Some(&[entry(0, 0, READ, &users())]));
        for length in 0..bytes.len() {
            assert_eq!(SecurityDescriptor::read(&bytes[..length]), None, "{length}");
        }
        let mut other_revision = bytes.clone();
        other_revision[20] = 2;
        assert_eq!(SecurityDescriptor::read(&other_revision), None);
        let mut without_owner = bytes;
        without_owner[4] = 0;
        assert_eq!(SecurityDescriptor::read(&without_owner), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            let _ = SecurityDescriptor::read(&bytes);
        }
    }
}
