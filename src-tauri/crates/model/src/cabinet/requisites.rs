//! Numbers that the state gives an organisation, and their check digits.

/// Weights of the digits of an ИНН before its check digits: of ten digits, and of twelve.
const TEN: [u32; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const ELEVENTH: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const TWELFTH: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/// Whether a text is an ИНН: ten digits of an organisation or twelve of a person, with good check digits.
pub fn is_inn(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits else { return false };
    let checks = |weights: &[u32]| {
        let sum: u32 = weights
            .iter()
            .zip(&digits)
            .map(|(weight, digit)| weight * digit)
            .sum();
        sum % 11 % 10 == digits[weights.len()]
    };
    match digits.len() {
        10 => checks(&TEN),
        12 => checks(&ELEVENTH) && checks(&TWELFTH),
        _ => false,
    }
}

/// Whether a text is a КПП: four digits of the tax office, two signs of the reason, three digits.
pub fn is_kpp(text: &str) -> bool {
    text.len() == 9
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| b.is_ascii_digit() || ((4..6).contains(&at) && b.is_ascii_uppercase()))
}
