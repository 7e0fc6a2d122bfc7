//! Numbers as people and spreadsheets write them: `-1,155.5`, `1.2E+03`. Full-width digits are folded before.

use std::borrow::Cow;

use crate::base::Number;

/// No figure of a county is longer; what is longer is no number.
const LONGEST: usize = 100;

/// The greatest power of ten that a spreadsheet writes.
const LARGEST_POWER: i32 = 308;

/// Sign, digits, thousands separators where they group by three, decimals, a power of ten: exactly. Anything else: `None`.
pub fn parse(text: &str) -> Option<Number> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let (negative, text) = sign(text);
    let (digits, power) = match text.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, Some(power)),
        None => (text, None),
    };
    let size = decimal(&ungroup(digits)?)?;
    let size = match power {
        Some(power) => scale(&size, power)?,
        None => size,
    };
    Some(if negative { -&size } else { size })
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Without separators. Errors: `None` where they do not stand before every third digit.
fn ungroup(digits: &str) -> Option<Cow<'_, str>> {
    if !digits.contains(',') {
        return Some(Cow::Borrowed(digits));
    }
    let (whole, _) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let leads = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let sound = leads && groups.all(|group| group.len() == 3) && !digits[whole.len()..].contains(',');
    sound.then(|| Cow::Owned(digits.replace(',', "")))
}

fn decimal(digits: &str) -> Option<Number> {
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    if digits.starts_with('.') { Number::parse(&format!("0{digits}")) } else { Number::parse(digits) }
}

fn scale(size: &Number, power: &str) -> Option<Number> {
    let digits = power.strip_prefix(['+', '-']).unwrap_or(power);
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let power: i32 = power.parse().ok().filter(|power: &i32| all_digits && power.abs() <= LARGEST_POWER)?;
    let ten = Number::parse(&format!("1{}", "0".repeat(power.unsigned_abs() as usize)))?;
    if power < 0 { size.div(&ten) } else { Some(size * &ten) }
}

/// Whether a cell is written with a decimal comma: `12,5`, `0,850`, `1.234,5`. Three digits behind a comma are thousands.
pub fn is_decimal_comma(text: &str) -> bool {
    let (_, text) = sign(text);
    let text = text.strip_suffix('%').unwrap_or(text).trim_end();
    let Some((whole, decimals)) = text.split_once(',') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = whole.contains('.') && pointed(text).is_some_and(|text| parse(&text).is_some());
    let thousands = decimals.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    digits(decimals) && (grouped || (digits(whole) && !thousands))
}

/// A number written with a decimal comma and points by which digits are grouped, as one with a decimal point. Errors: `None`
/// where points do not stand before every third digit.
pub fn pointed(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once(',').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
    let grouped = whole.contains('.').then(|| ungroup(&whole.trim_start_matches(['-', '−', '+']).replace('.', ",")).map(Cow::into_owned));
    let (negative, _) = sign(whole);
    let whole = match grouped {
        Some(whole) => format!("{}{}", if negative { "-" } else { "" }, whole?),
        None => whole.to_string(),
    };
    Some(decimals.map_or_else(|| whole.clone(), |decimals| format!("{whole}.{decimals}")))
}

/// A figure of which a spreadsheet has kept the first digits only, as it writes numbers of twelve digits and more.
pub fn is_spoiled(text: &str) -> bool {
    const LONGEST_KEPT: usize = 11;
    let Some((digits, power)) = text.split_once(['e', 'E']) else { return false };
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let power = power.strip_prefix('+').filter(|power| power.len() >= 2).and_then(|power| power.parse::<usize>().ok());
    power.is_some_and(|power| power >= LONGEST_KEPT && decimals < power) && is_scientific(text)
}

/// What a spreadsheet makes of a long id: `2.12E+09`.
pub fn is_scientific(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['e', 'E']) else { return false };
    let signed = power.strip_prefix(['+', '-']).is_some_and(|power| !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit()));
    signed && decimal(digits).is_some()
}
