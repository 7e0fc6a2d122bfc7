//! Comments: found in a text, apart from what stands between quotes.

/// A comment with its sign, without the blanks around it, and where it begins.
#[derive(Clone, Copy, Debug)]
pub struct Comment<'t> {
    pub at: usize,
    pub text: &'t str,
}

/// The comments of a text, in order.
pub fn comments(text: &str) -> Vec<Comment<'_>> {
    let mut found = Vec::new();
    let mut close = None;
    let mut chars = text.char_indices();
    while let Some((at, sign)) = chars.next() {
        match (close, sign) {
            // No text runs over the end of a line.
            (_, '\n') => close = None,
            (Some(end), _) if sign == end => close = None,
            (None, '#' | '＃') => {
                let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
                found.push(Comment { at, text: text[at..end].trim_end() });
                chars.by_ref().take_while(|(_, sign)| *sign != '\n').for_each(drop);
            }
            (None, '"' | '＂' | '`') => close = Some(sign),
            (None, '“') => close = Some('”'),
            (None, '「') => close = Some('」'),
            _ => {}
        }
    }
    found
}
