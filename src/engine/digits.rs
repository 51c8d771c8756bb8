//! Numbers as text. The standard library's formatting is one engine for every
//! type and flag, and several kilobytes of WebAssembly; two rules are needed.

/// Sixteen lower-case hexadecimal digits.
pub fn hexadecimal(number: u64) -> String {
    let digit = |place: u32| (number >> (4 * place)) as u32 & 0xf;
    (0..16).rev().filter_map(|place| char::from_digit(digit(place), 16)).collect()
}

/// The number that [`hexadecimal`] wrote.
pub fn number(digits: &str) -> Option<u64> {
    let place = |number, digit: char| Some(number << 4 | u64::from(digit.to_digit(16)?));
    if digits.len() == 16 { digits.chars().try_fold(0, place) } else { None }
}

/// A whole number of hundredths, such as `2.83`.
pub fn hundredths(number: u64) -> String {
    let mut digits = Vec::new();
    let mut rest = number;
    while rest > 0 || digits.len() < 4 {
        if digits.len() == 2 {
            digits.push('.');
        }
        digits.extend(char::from_digit((rest % 10) as u32, 10));
        rest /= 10;
    }
    digits.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_usual() {
        assert_eq!(hexadecimal(0xab), "00000000000000ab");
        assert_eq!(number("fedcba98000000ab"), Some(0xfedc_ba98_0000_00ab));
        assert_eq!([number("ab"), number("fedcba98000000ax"), number("")], [None; 3]);
        let texts = [0, 5, 83, 283, 40_000].map(hundredths);
        assert_eq!(texts, ["0.00", "0.05", "0.83", "2.83", "400.00"]);
        assert_eq!(hundredths(u64::MAX), "184467440737095516.15");
    }
}
