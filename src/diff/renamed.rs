//! Masks of another key: a report and the same judgement made again with this key come in; which mask of the one stands for
//! which of the other is read from the places where they stand, and the report goes out with the masks of this key.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::base::mask::{begins_as_mask, masks_in};

use super::record::{Record, record};

/// Which mask stands for which: one for one, in both directions.
#[derive(Default)]
struct Renaming {
    there: BTreeMap<String, String>,
    here: BTreeMap<String, String>,
}

impl Record {
    /// The report with the masks that a judgement made again has in the same places. What stands for two there is no
    /// renaming: it stays as it is, and is a difference.
    #[must_use]
    pub fn with_masks_of(&self, again: &Record) -> Record {
        let mut renaming = Renaming::default();
        renaming.read(&self.whole, &again.whole);
        let mut whole = renaming.renamed(&self.whole);
        if let (Some(fields), Some(key)) = (whole.as_object_mut(), &again.mask_key) {
            fields.insert("mask_key".into(), Value::String(key.clone()));
        }
        // What was a report is one with other masks in it.
        record(&self.path, &whole.to_string()).unwrap_or_else(|_| self.clone())
    }

    /// Whether the report was made for units or counties that it names by masks.
    pub fn chooses_by_mask(&self) -> bool {
        let lists = [&self.options.units, &self.options.counties];
        lists.into_iter().flatten().flatten().any(|key| begins_as_mask(key))
    }
}

impl Renaming {
    fn read(&mut self, before: &Value, after: &Value) {
        match (before, after) {
            (Value::Object(before), Value::Object(after)) => before.iter().for_each(|(name, value)| after.get(name).into_iter().for_each(|other| self.read(value, other))),
            (Value::Array(before), Value::Array(after)) if before.len() == after.len() => before.iter().zip(after).for_each(|(one, other)| self.read(one, other)),
            (Value::String(before), Value::String(after)) => {
                let (old, new) = (masks_in(before), masks_in(after));
                if old.len() == new.len() {
                    for ((from, to), (from_new, to_new)) in old.into_iter().zip(new) {
                        self.pair(&before[from..to], &after[from_new..to_new]);
                    }
                }
            }
            _ => {}
        }
    }

    /// The first place that either stands in settles it.
    fn pair(&mut self, before: &str, after: &str) {
        if !self.there.contains_key(before) && !self.here.contains_key(after) {
            self.there.insert(before.to_string(), after.to_string());
            self.here.insert(after.to_string(), before.to_string());
        }
    }

    fn renamed(&self, value: &Value) -> Value {
        match value {
            Value::Object(fields) => Value::Object(fields.iter().map(|(name, value)| (name.clone(), self.renamed(value))).collect()),
            Value::Array(list) => Value::Array(list.iter().map(|one| self.renamed(one)).collect()),
            Value::String(text) => Value::String(self.text(text)),
            other => other.clone(),
        }
    }

    fn text(&self, text: &str) -> String {
        let mut made = String::new();
        let mut done = 0;
        for (from, to) in masks_in(text) {
            made.push_str(&text[done..from]);
            let mask = &text[from..to];
            made.push_str(self.there.get(mask).map_or(mask, String::as_str));
            done = to;
        }
        made + &text[done..]
    }
}
