//! Bytes to text: a byte order mark, strict UTF-8, then what the bytes look like in Chinese practice, never a guess that
//! leaves anything undecoded.
//!
//! UTF-8 decodes as GB18030 without an error, so UTF-8 is tried first, and a text that is UTF-8 but for a few bytes is
//! broken UTF-8, not GB18030.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};

/// A text and the encoding it was in, as `utf-8` or `gb18030`.
#[derive(Debug)]
pub struct Decoded {
    pub text: String,
    pub encoding: String,
}

/// Bytes that are no text of the encoding; what could not be decoded stands as `\u{fffd}`.
#[derive(Debug)]
pub struct Undecodable {
    pub text: String,
    pub encoding: String,
}

/// Why bytes are not read as a text.
#[derive(Debug)]
pub enum Refused {
    Undecodable(Undecodable),
    /// One line is UTF-8, another is not.
    Mixed { utf8: u32, other: u32 },
    /// The line that shows it: letters with accents between Latin ones, and no Han anywhere.
    Latin { line: u32 },
}

/// How many bytes are looked at for what they look like, from the first letter beyond ASCII: they tell as much as the whole.
const SAMPLE: usize = 1 << 10;

/// The encoding of a label, GBK and GB2312 being read as GB18030, which holds them.
pub fn of_label(label: &str) -> Option<&'static Encoding> {
    let found = Encoding::for_label(label.trim().as_bytes())?;
    Some(if found == GBK { GB18030 } else { found })
}

/// The text of some bytes, in the encoding given, else in the one they are in.
pub fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Decoded, Refused> {
    decoded(bytes, encoding).unwrap_or_else(|| {
        if let Some((utf8, other)) = mixed(bytes) {
            return Err(Refused::Mixed { utf8, other });
        }
        if is_broken_utf8(bytes) {
            return strictly(UTF_8, bytes).map_err(Refused::Undecodable);
        }
        match latin(bytes) {
            Some(line) => Err(Refused::Latin { line }),
            None => chinese(bytes).map_err(Refused::Undecodable),
        }
    })
}

/// What is said or plain; `None` where the bytes have to be looked at.
fn decoded(bytes: &[u8], encoding: Option<&'static Encoding>) -> Option<Result<Decoded, Refused>> {
    let found = match (Encoding::for_bom(bytes), encoding) {
        (Some((marked, length)), _) => strictly(marked, &bytes[length..]),
        (None, Some(encoding)) => strictly(encoding, bytes),
        (None, None) if std::str::from_utf8(bytes).is_ok() => strictly(UTF_8, bytes),
        (None, None) => return None,
    };
    Some(found.map_err(Refused::Undecodable))
}

/// The first line that is surely UTF-8 and the first that is not, where a text that is not UTF-8 has both. Letters of GB18030
/// come in pairs, so that a line of them is hardly ever UTF-8 throughout.
fn mixed(bytes: &[u8]) -> Option<(u32, u32)> {
    let (mut utf8, mut other) = (None, None);
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1u32..) {
        if line.is_ascii() {
            continue;
        }
        match std::str::from_utf8(line) {
            Ok(text) if utf8.is_none() && is_surely_utf8(text) => utf8 = Some(number),
            // A letter that is broken among sound ones is a fault of its own. A few of GB18030 together may look like one that
            // is sound, as those of `规定` do.
            Err(_) if sound_and_broken(line).1 > sound_and_broken(line).0 => other = other.or(Some(number)),
            _ => {}
        }
        if let (Some(utf8), Some(other)) = (utf8, other) {
            return Some((utf8, other));
        }
    }
    None
}

fn is_surely_utf8(text: &str) -> bool {
    sure_letters(text) > 0
}

/// How many letters are hardly anything else: three bytes of a Han letter or a mark of Chinese, or a letter with an accent
/// beside a Latin one. Two bytes of GB18030, as of `小`, are often sound UTF-8 of a letter that nobody wrote.
fn sure_letters(text: &str) -> usize {
    let letters: Vec<char> = text.chars().collect();
    let beside = |at: usize| [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(|near| letters.get(near).is_some_and(char::is_ascii_alphabetic));
    let is_sure = |(at, letter): (usize, &char)| matches!(letter, '\u{3000}'..='\u{9fff}' | '\u{2010}'..='\u{2030}' | '\u{ff00}'..='\u{ffef}') || (matches!(letter, '\u{c0}'..='\u{17f}') && beside(at));
    letters.iter().enumerate().filter(|(at, letter)| is_sure((*at, letter))).count()
}

/// The first line with a letter beyond ASCII, where every such byte stands as in windows-1252: before a Latin letter, which
/// GB18030 would swallow, before what is no second byte of a letter, or in a pair between Latin letters.
fn latin(bytes: &[u8]) -> Option<u32> {
    // What holds control characters is no text.
    if bytes.iter().any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()) {
        return None;
    }
    let is_letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
    let (mut at, mut line, mut first) = (0, 1u32, None);
    while let Some(&byte) = bytes.get(at) {
        line = line.saturating_add(u32::from(byte == b'\n'));
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        first = first.or(Some(line));
        match bytes.get(at + 1) {
            Some(next) if next.is_ascii_alphabetic() => at += 1,
            Some(next) if !next.is_ascii() => {
                if !(is_letter(at.checked_sub(1)) && is_letter(Some(at + 2))) {
                    return None;
                }
                at += 2;
            }
            // Four bytes of a rare letter: a digit behind the first and the third.
            Some(next) if next.is_ascii_digit() && bytes.get(at + 2).is_some_and(|third| !third.is_ascii()) => return None,
            Some(b'@' | b'['..=b'`' | b'{'..=b'~') => return None,
            _ => at += 1,
        }
    }
    first
}

fn chinese(bytes: &[u8]) -> Result<Decoded, Undecodable> {
    if guess(bytes) == BIG5
        && let Ok(found) = strictly(BIG5, bytes)
    {
        return Ok(found);
    }
    strictly(GB18030, bytes)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let letters = bytes.iter().position(|byte| !byte.is_ascii()).map_or(bytes, |first| &bytes[first..]);
    let sample = letters.get(..SAMPLE).unwrap_or(letters);
    detector.feed(sample, sample.len() == letters.len());
    detector.guess(Some(b"cn"), Utf8Detection::Deny)
}

/// Whether far more letters are surely UTF-8 than are broken: GB18030 read as UTF-8 has hardly one that is sure.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (sound, broken) = sound_and_broken(bytes);
    sound > 4 * broken
}

/// How many letters are surely UTF-8, and how many places are not.
fn sound_and_broken(bytes: &[u8]) -> (usize, usize) {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += sure_letters(chunk.valid());
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (sound, broken)
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, Undecodable> {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let encoding = encoding.name().to_ascii_lowercase();
    let text = text.into_owned();
    if malformed { Err(Undecodable { text, encoding }) } else { Ok(Decoded { text, encoding }) }
}

/// Each line of a text that holds what could not be decoded: its number from 1, the line, the place in it.
pub fn undecoded_lines(text: &str) -> impl Iterator<Item = (u32, &str, usize)> {
    let lines = text.split('\n').enumerate();
    lines.filter_map(|(at, line)| {
        let place = line.find('\u{fffd}')?;
        Some((u32::try_from(at + 1).unwrap_or(u32::MAX), line.trim_end_matches('\r'), place))
    })
}
