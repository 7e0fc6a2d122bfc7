//! How names are compared: full-width forms, Roman numerals and squared metres read as the plain ones.

/// The plain form of a character, where a name may be typed in another.
///
/// Only full-width forms and the few signs of the documents are mapped; never NFKC, which would turn ① into 1.
fn plain(ch: char) -> Option<&'static str> {
    Some(match ch {
        'Ⅰ' => "I",
        'Ⅱ' => "II",
        'Ⅲ' => "III",
        'Ⅳ' => "IV",
        'Ⅴ' => "V",
        'Ⅵ' => "VI",
        '㎡' => "m2",
        '²' => "2",
        '≥' => ">=",
        '≤' => "<=",
        '、' => ",",
        _ => return None,
    })
}

/// The ASCII twin of a full-width character, if it has one; the ideographic blank is a blank.
pub fn half_width(ch: char) -> char {
    match ch {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        _ => ch,
    }
}

/// A text as it is compared with cells: trimmed, full-width forms as their ASCII twins.
pub fn half_width_text(text: &str) -> String {
    text.chars().map(half_width).collect::<String>().trim().to_string()
}

/// A name as it is compared: trimmed, blanks dropped, full-width folded. Letters keep their case.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for ch in name.chars() {
        match (half_width(ch), plain(ch)) {
            (_, Some(text)) => folded.push_str(text),
            (ch, None) if !ch.is_whitespace() => folded.push(ch),
            _ => {}
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_typed_in_other_forms_are_the_same() {
        assert_eq!(fold("单间面积≥96㎡的音乐教室间数"), fold("单间面积＞＝96 m²的音乐教室间数"));
        assert_eq!(fold("Ⅲ"), "III");
        assert_eq!(fold(" （小学） "), "(小学)");
        assert_eq!(fold("①"), "①");
    }
}
