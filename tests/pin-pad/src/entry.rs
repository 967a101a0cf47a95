//! The structures of part 10, and the command that a reader makes of them.

/// What a structure asks for.
pub struct Entry {
    is_bcd: bool,
    /// The length of a padded code; 0 without padding.
    block: usize,
    min: usize,
    max: usize,
    /// Whether the old code is asked for, and whether the last code is asked for twice.
    with_old: bool,
    confirms: bool,
    is_modify: bool,
    command: Vec<u8>,
}

impl Entry {
    /// Parses a structure; `None` if it is malformed.
    pub fn parse(kind: &str, structure: &[u8]) -> Option<Self> {
        let is_modify = kind == "modify";
        // A PIN_MODIFY_STRUCTURE has two offsets before the lengths, and bConfirmPIN and two more indices behind.
        let (lengths, start) = if is_modify { (7, 24) } else { (5, 19) };
        let &[max, min] = structure.get(lengths..lengths + 2)? else { return None };
        let confirm = if is_modify { *structure.get(9)? } else { 0 };
        let size = u32::from_le_bytes(structure.get(start - 4..start)?.try_into().ok()?);
        let command = structure.get(start..)?.to_vec();
        let format = *structure.get(2)?;
        let is_known = matches!(format, 0x81 | 0x82) && structure[4] == 0 && command.len() >= 5;
        (is_known && usize::try_from(size) == Ok(command.len())).then(|| Self {
            is_bcd: format == 0x81,
            block: usize::from(structure[3] & 0x0F),
            min: min.into(),
            max: max.into(),
            with_old: confirm & 0x02 != 0,
            confirms: confirm & 0x01 != 0,
            is_modify,
            command,
        })
    }

    /// Returns how many codes the user types.
    pub fn codes(&self) -> usize {
        1 + usize::from(self.with_old) + usize::from(self.confirms)
    }

    /// Builds the command from what was typed.
    pub fn command(&self, typed: &[String]) -> Vec<u8> {
        let sent = &typed[..if self.is_modify && self.with_old { 2 } else { 1 }];
        let mut command = self.command.clone();
        if self.block == 0 {
            let data: Vec<u8> = sent.iter().flat_map(|code| code.bytes()).collect();
            command.truncate(4);
            command.push(u8::try_from(data.len()).unwrap_or(0));
            command.extend(data);
            return command;
        }
        for (index, code) in sent.iter().enumerate() {
            let start = 5 + index * self.block;
            for (position, digit) in code.bytes().enumerate() {
                if self.is_bcd {
                    let byte = &mut command[start + position / 2];
                    let (kept, shift) = if position % 2 == 0 { (0x0F, 4) } else { (0xF0, 0) };
                    *byte = (*byte & kept) | ((digit - b'0') << shift);
                } else {
                    command[start + position] = digit;
                }
            }
        }
        command
    }
}

/// Returns the reader's status word for entries that it does not send: of a wrong length, or new codes that differ.
pub fn malformed(entry: &Entry, typed: &[String]) -> Option<[u8; 2]> {
    if typed.iter().any(|code| !(entry.min..=entry.max).contains(&code.len())) {
        return Some([0x64, 0x03]);
    }
    let repeated = typed.len() >= 2 && entry.confirms;
    (repeated && typed[typed.len() - 1] != typed[typed.len() - 2]).then_some([0x64, 0x02])
}
