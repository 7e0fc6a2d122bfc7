//! Texts from files, made safe to be seen on a terminal.

/// Control signs, and signs that turn or hide what stands beside them, as they are written in code.
pub fn visible(text: &str) -> String {
    let hidden = |sign: char| sign.is_control() || matches!(sign, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let mut made = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' => made.push_str("\\n"),
            '\r' => made.push_str("\\r"),
            '\t' => made.push_str("\\t"),
            sign if hidden(sign) => made.extend(sign.escape_unicode()),
            sign => made.push(sign),
        }
    }
    made
}
