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

/// How many bytes are looked at for what they look like, from the first letter beyond ASCII: they tell as much as the whole.
const SAMPLE: usize = 1 << 10;

/// The encoding of a label, GBK and GB2312 being read as GB18030, which holds them.
pub fn of_label(label: &str) -> Option<&'static Encoding> {
    let found = Encoding::for_label(label.trim().as_bytes())?;
    Some(if found == GBK { GB18030 } else { found })
}

/// The text of some bytes, in the encoding given, else in the one they are in.
pub fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Decoded, Undecodable> {
    if let Some((marked, length)) = Encoding::for_bom(bytes) {
        return strictly(marked, &bytes[length..]);
    }
    if let Some(encoding) = encoding {
        return strictly(encoding, bytes);
    }
    if std::str::from_utf8(bytes).is_ok() || is_broken_utf8(bytes) {
        return strictly(UTF_8, bytes);
    }
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

/// Whether far more letters are sound UTF-8 than not: GB18030 read as UTF-8 has hardly a sound one.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > 4 * broken
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
