//! The answer to reset (ISO 7816-3, section 8).

/// Returns the historical bytes (section 8.2), which follow TS, T0 and the interface bytes that the presence
/// bits of T0 and of each TDi announce. Returns `None` if the ATR is truncated.
pub(crate) fn historical_bytes(atr: &[u8]) -> Option<&[u8]> {
    let (&format, mut rest) = atr.get(1..)?.split_first()?;
    let count = usize::from(format & 0x0F);
    let mut presence = format >> 4;
    while presence != 0 {
        // TA, TB and TC as present, then TD with the next presence bits.
        rest = rest.get((presence & 0b0111).count_ones() as usize..)?;
        if presence & 0b1000 == 0 {
            break;
        }
        let (&next, tail) = rest.split_first()?;
        (presence, rest) = (next >> 4, tail);
    }
    rest.get(..count)
}

/// Returns whether the card announces support for extended length fields: bit 40 of the third byte of the
/// card capabilities, compact-TLV object 7 of the historical bytes (ISO 7816-4, section 8.1.1.2.7).
pub(crate) fn supports_extended_lengths(atr: &[u8]) -> bool {
    let Some([0x80, objects @ ..]) = historical_bytes(atr) else {
        return false;
    };
    let mut rest = objects;
    while let [head, tail @ ..] = rest {
        let Some((value, next)) = tail.split_at_checked(usize::from(head & 0x0F)) else {
            return false;
        };
        if head >> 4 == 7 {
            return value.get(2).is_some_and(|byte| byte & 0x40 != 0);
        }
        rest = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::unhex;

    #[test]
    fn recognizes_cards_that_announce_extended_lengths() {
        for (atr, expected) in [
            ("3B9F978131FE4580655443D2210831C073F621C081051B", true), // made up
            ("3B9F978131FE4580655443D2210831C073F6218081055B", false),
            ("3B9F968131FE45806755454B41451212318073B3A180EA", false),
            ("3BBA11008131FE4D55454B41452056312E30AE", false), // historical bytes in another format
            ("3B8180018080", false),
            ("3B9F", false),
            ("", false),
        ] {
            assert_eq!(supports_extended_lengths(&unhex(atr)), expected, "{atr}");
        }
    }
}
