//! The numbers of a text: letters that stand for digits are read as such, and numbers that are no part of an account,
//! such as telephone numbers, are told apart.

use eimza_turkish::unaccented_words;

/// A run of letters and digits.
pub(super) struct Token {
    pub letters: Vec<char>,
    /// Its digits; of a number, with the letters that stand for digits.
    pub digits: String,
    /// It consists of digits, and of letters that stand for digits.
    pub is_number: bool,
    /// A sign before it separates two numbers.
    follows_separator: bool,
}

/// Splits a text into runs of letters and digits.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = Vec::new();
    let mut follows_separator = false;
    for letter in text.chars().chain([' ']) {
        if letter.is_alphanumeric() {
            letters.push(letter);
            continue;
        }
        if !letters.is_empty() {
            tokens.push(Token::new(std::mem::take(&mut letters), follows_separator));
            follows_separator = false;
        }
        follows_separator |= ",;/|".contains(letter);
    }
    tokens
}

impl Token {
    fn new(letters: Vec<char>, follows_separator: bool) -> Self {
        let is_number = is_number(&letters);
        Self { digits: digits_of(&letters), letters, is_number, follows_separator }
    }

    /// Returns it in lower case without diacritics.
    pub(super) fn word(&self) -> String {
        unaccented_words(&self.letters.iter().collect::<String>()).concat()
    }
}

/// Returns the digits of a run; of a number, with the letters that stand for digits.
pub(super) fn digits_of(letters: &[char]) -> String {
    if is_number(letters) {
        letters.iter().filter_map(|&letter| digit(letter)).collect()
    } else {
        letters.iter().filter(|letter| letter.is_ascii_digit()).collect()
    }
}

/// A run without any digit is a number only if it does not look like a word: "OOOO", not "siz".
fn is_number(letters: &[char]) -> bool {
    let is_zero = |letter: &char| "oO".contains(*letter);
    let is_disguise = letters.iter().all(|letter| letter.is_uppercase() || *letter == 'l');
    let looks_like_number =
        letters.iter().any(char::is_ascii_digit) || letters.iter().all(is_zero) || is_disguise;
    looks_like_number && letters.iter().all(|&letter| digit(letter).is_some())
}

/// Returns the digit that a character is or stands for.
pub(super) fn digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        'O' | 'o' | 'Ö' | 'ö' => Some('0'),
        'I' | 'İ' | 'ı' | 'i' | 'l' | 'L' => Some('1'),
        'S' | 's' => Some('5'),
        'B' => Some('8'),
        'Z' | 'z' => Some('2'),
        _ => letter.to_digit(10).and_then(|value| char::from_digit(value, 10)),
    }
}

/// Counts the digits that may be part of an account, words skipped, up to a limit. Telephone numbers, dates, years, and the
/// numbers of letters ("2024/123 sayılı") do not count.
pub(super) fn count_digits(tokens: &[Token], limit: usize) -> usize {
    let mut count = 0;
    let mut at = 0;
    let mut year_before = false;
    while at < tokens.len() && count < limit {
        if !tokens[at].is_number {
            count += tokens[at].digits.len();
            year_before = false;
            at += 1;
            continue;
        }
        let end = group_end(tokens, at);
        let group = &tokens[at..end];
        let is_year = group.len() == 1 && is_year(&group[0].digits);
        let next = tokens.get(end);
        let starts_letter_number =
            is_year && next.is_some_and(|next| next.is_number && next.follows_separator) && {
                let end = group_end(tokens, end);
                is_letter_number(tokens.get(end))
            };
        let ends_letter_number = year_before && is_letter_number(next);
        if !(is_phone(group) || is_date(group) || starts_letter_number || ends_letter_number) {
            count += group.iter().map(|token| token.digits.len()).sum::<usize>();
        }
        year_before = starts_letter_number;
        at = end;
    }
    count
}

/// Returns the end of the numbers that start there and that no separator divides.
fn group_end(tokens: &[Token], start: usize) -> usize {
    let is_divided = |token: &Token| !token.is_number || token.follows_separator;
    tokens[start + 1..].iter().position(is_divided).map_or(tokens.len(), |length| start + 1 + length)
}

fn is_letter_number(next: Option<&Token>) -> bool {
    next.is_some_and(|next| next.word().starts_with("sayil"))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Returns whether a group is one or more telephone numbers, with the area code, or grouped as one without it.
fn is_phone(group: &[Token]) -> bool {
    let digits: String = group.iter().map(|token| token.digits.as_str()).collect();
    let is_national =
        |phone: &[u8]| phone.len() == 11 && phone[0] == b'0' && matches!(phone[1], b'2'..=b'5' | b'8');
    let lengths: Vec<usize> = group.iter().map(|token| token.digits.len()).collect();
    let is_grouped = matches!(*lengths, [3, 2, 2] | [3, 4] | [3, 3, 4] | [3, 3, 2, 2])
        && digits.starts_with(|first: char| ('2'..='9').contains(&first));
    digits.as_bytes().chunks(11).all(is_national)
        || digits.strip_prefix('9').is_some_and(|rest| is_national(rest.as_bytes()))
        || is_grouped
}

fn is_date(group: &[Token]) -> bool {
    let [first, month, last] = group else { return false };
    let (day, year) = if is_year(&last.digits) { (first, last) } else { (last, first) };
    let is_up_to = |token: &Token, most: usize| {
        token.digits.len() <= 2
            && token.digits.parse().is_ok_and(|number: usize| (1..=most).contains(&number))
    };
    is_year(&year.digits) && is_up_to(day, 31) && is_up_to(month, 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_digits_across_words() {
        for (text, count) in [
            ("0001 2009 ve 5940", 12),
            ("OOO1 2OO9 siz", 8),
            ("no47ye", 2),
            ("0001/2009/5940", 12),
            ("0324 337 34 99, 0324 337 34 98, dahili 152", 3),
            ("+90 (324) 337 34 99 / 337 34 99 / 444 12 34", 0),
            ("12.03.2024, 2024-03-12, 2024/1234567890 sayılı", 0),
            ("2024/1234567890 hesabı", 14),
            ("33.03.2024", 8),
            ("", 0),
        ] {
            assert_eq!(count_digits(&tokens(text), 99), count, "{text}");
        }
    }
}
