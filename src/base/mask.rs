//! How masks are spelt, and where they stand in a text: the sign of a mask, then letters that nobody mistakes.

/// What every mask begins with.
pub const SIGN: char = '某';
/// Letters of a mask: five bits each, so 80 bits. More where two values would otherwise have the same.
pub const LETTERS: usize = 16;
/// By how many letters masks grow at a time.
pub const STEP: usize = 8;
/// As many letters as the digest has bits for.
pub const MOST_LETTERS: usize = 48;
/// Crockford's: neither I, L, O nor U, which are read as other signs.
const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
/// Whether a key was typed as masks are written.
pub fn begins_as_mask(key: &str) -> bool {
    key.starts_with(SIGN)
}

/// The masks in a text, with where they begin and end.
pub fn masks_in(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (start, sign) in text.match_indices(SIGN) {
        let from = start + sign.len();
        let letters = text[from..].chars().take(MOST_LETTERS).take_while(|letter| ALPHABET.contains(letter)).count();
        if letters >= LETTERS {
            found.push((start, from + letters));
        }
    }
    found
}

/// The first letters of a digest, five bits each.
pub fn spelt(digest: &[u8; 32], letters: usize) -> impl Iterator<Item = char> + '_ {
    (0..letters).map(|at| {
        let bits = (0..5).map(|bit| at * 5 + bit).fold(0usize, |bits, bit| bits * 2 + usize::from(digest[bit / 8] >> (7 - bit % 8) & 1));
        ALPHABET[bits]
    })
}
