//! Masks: what stands in place of personal data. A value and a secret key come in, the same mask for the same value goes
//! out; without the key nobody can tell which value a mask stands for, not even by trying every name there is.

use hmac::digest::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::base::mask::{LETTERS, MOST_LETTERS, SIGN, STEP, spelt};
use crate::model::plan::Plan;
use crate::model::table::Tables;

/// What is told of a key, so that two reports can be known to be made with one: 64 bits of what it makes of this.
const FINGERPRINT: &[u8] = b"heng fingerprint";
/// Values are never taken for the text of the fingerprint.
const VALUE: &[u8] = b"heng value ";

/// The secret that masks are made with: 32 bytes. It is shown nowhere, not even for finding faults.
#[derive(Clone)]
pub struct MaskKey(Hmac<Sha256>);

impl MaskKey {
    pub fn new(secret: &[u8; 32]) -> MaskKey {
        // HMAC fills a short key up with zeros (RFC 2104): done here, so that nothing can fail.
        let mut block = Key::<Hmac<Sha256>>::default();
        block[..secret.len()].copy_from_slice(secret);
        MaskKey(Hmac::new(&block))
    }

    /// That of test suites, whose data stand in the suite itself: what they expect must be the same everywhere.
    pub fn of_suites() -> MaskKey {
        MaskKey::new(b"the masks of suites hide nothing")
    }

    /// The key of a run without a project: made of all that the run reads, in whatever order, so that the same run has the
    /// same masks. Who could guess every byte of the files has them already; a digest of them does not give it.
    pub fn of_files<'b>(files: impl Iterator<Item = &'b [u8]>) -> MaskKey {
        let seed = MaskKey::new(b"heng key of all that a run reads");
        let mut each: Vec<[u8; 32]> = files.map(|bytes| seed.digest(&[bytes])).collect();
        each.sort_unstable();
        let pieces: Vec<&[u8]> = each.iter().map(|digest| &digest[..]).collect();
        MaskKey::new(&seed.digest(&pieces))
    }

    /// By which a key is known: 16 hexadecimal digits from which it cannot be told.
    pub fn fingerprint(&self) -> String {
        self.digest(&[FINGERPRINT]).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    fn digest(&self, pieces: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.0.clone();
        for piece in pieces {
            mac.update(piece);
        }
        mac.finalize().into_bytes().into()
    }

    fn letters(&self, value: &str) -> [u8; 32] {
        self.digest(&[VALUE, value.as_bytes()])
    }
}

impl std::fmt::Debug for MaskKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("MaskKey")
    }
}

/// The masks of one run.
#[derive(Clone, Debug)]
pub struct Masks {
    key: MaskKey,
    letters: usize,
}

impl Masks {
    /// Masks that are long enough for any two personal values of the tables to have two: that is looked at, not believed.
    pub fn of(plan: &Plan, tables: &Tables, key: MaskKey) -> Masks {
        let mut digests: Vec<([u8; 32], &str)> = Vec::new();
        for (at, table) in tables.tables.iter().enumerate().filter(|(at, _)| *at < plan.tables.len()) {
            let columns = table.columns.iter().enumerate().filter(|(column, _)| plan.is_personal(at, *column));
            let cells = columns.flat_map(|(_, cells)| cells.iter().map(|cell| cell.raw.trim()));
            let keys = table.keys.iter().filter(|_| plan.has_personal_key(at)).map(|key| key.trim());
            digests.extend(cells.chain(keys).filter(|value| !value.is_empty()).map(|value| (key.letters(value), value)));
        }
        digests.sort_unstable();
        digests.dedup();
        let alike = |letters: usize| digests.windows(2).any(|pair| spelt(&pair[0].0, letters).eq(spelt(&pair[1].0, letters)));
        let mut letters = LETTERS;
        while letters < MOST_LETTERS && alike(letters) {
            letters += STEP;
        }
        Masks { key, letters }
    }

    /// Masks of the usual length, for what is in no table.
    pub fn plain(key: MaskKey) -> Masks {
        Masks { key, letters: LETTERS }
    }

    pub fn fingerprint(&self) -> String {
        self.key.fingerprint()
    }

    /// `某` and 16 letters; nothing for nothing.
    pub fn mask(&self, raw: &str) -> String {
        let raw = raw.trim();
        if raw.is_empty() {
            return String::new();
        }
        std::iter::once(SIGN).chain(spelt(&self.key.letters(raw), self.letters)).collect()
    }

    /// What follows the mask of a value in a key that somebody typed, small letters and what is taken for another sign
    /// read as they are meant; `None` where it does not begin with that mask.
    pub fn after<'k>(&self, typed: &'k str, value: &str) -> Option<&'k str> {
        let mut rest = typed.strip_prefix(SIGN)?;
        for wanted in spelt(&self.key.letters(value.trim()), self.letters) {
            let letter = rest.chars().next()?;
            let meant = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            if meant != wanted {
                return None;
            }
            rest = &rest[letter.len_utf8()..];
        }
        Some(rest)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sha2::Digest;

    use super::*;

    #[test]
    fn another_key_makes_other_masks() {
        let masks = |secret: u8| Masks::plain(MaskKey::new(&[secret; 32]));
        assert_eq!(masks(1).mask(" 张建国 "), masks(1).mask("张建国"));
        assert_ne!(masks(1).mask("张建国"), masks(2).mask("张建国"));
        assert_ne!(masks(1).fingerprint(), masks(2).fingerprint());
        assert_eq!(masks(1).mask("张建国").chars().count(), 17);
        assert_eq!(masks(1).mask("  "), "");
    }

    /// As Python's `hmac` makes it: `hmac.new(bytes([7]) * 32, b"heng value 1234", "sha256")`, its first 80 bits by fives.
    #[test]
    fn a_mask_is_an_hmac() {
        assert_eq!(Masks::plain(MaskKey::new(&[7; 32])).mask("1234"), "某MP02GPTJDFR9Z7Y1");
    }

    /// A million ids, each with a mask of its own.
    #[test]
    fn no_two_ids_are_alike() {
        let masks = Masks::plain(MaskKey::new(&[3; 32]));
        let mut seen: Vec<String> = (0..1_000_000u32).map(|id| masks.mask(&format!("2101021995{id:08}"))).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 1_000_000);
    }

    /// Who has the report, this program and a list of a million names, a thousand of them masked in it, but not the key:
    /// every name tried by a plain digest and by each key that the report or the program could give away finds nobody.
    #[test]
    fn a_list_of_a_million_names_finds_nobody() {
        let name = |at: u32| format!("王{at:06}");
        let key = MaskKey::new(&[3; 32]);
        let masks = Masks::plain(key.clone());
        let shown: BTreeSet<String> = (0..1000).map(|at| masks.mask(&name(at * 997))).collect();
        assert_eq!(shown.len(), 1000);
        let mut told = [0; 32];
        told[..16].copy_from_slice(key.fingerprint().as_bytes());
        let known = [[0; 32], told].map(|secret| Masks::plain(MaskKey::new(&secret)));
        for at in 0..1_000_000 {
            let name = name(at);
            let plain = std::iter::once(SIGN).chain(spelt(&Sha256::digest(name.as_bytes()).into(), LETTERS)).collect();
            assert!(known.iter().map(|masks| masks.mask(&name)).chain([plain]).all(|guess| !shown.contains(&guess)), "{name}");
        }
    }

    #[test]
    fn a_typed_mask_is_read_kindly() {
        let masks = Masks::plain(MaskKey::new(&[3; 32]));
        let mask = masks.mask("210102199510268962");
        assert_eq!(masks.after(&mask, "210102199510268962"), Some(""));
        assert_eq!(masks.after(&format!("{}-primary", mask.to_lowercase()), "210102199510268962"), Some("-primary"));
        assert_eq!(masks.after(&mask, "210102199510268963"), None);
        assert_eq!(masks.after("210102199510268962", "210102199510268962"), None);
        assert_eq!(crate::base::mask::masks_in(&format!("H {mask}（{mask}）某 某甲")).len(), 2);
    }
}
