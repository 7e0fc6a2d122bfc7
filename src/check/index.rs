//! Names to numbers, compared in their folded form.

use rustc_hash::FxHashMap as HashMap;

use crate::base::{Text, fold};
use crate::diag::catalog::nearest;
use crate::model::plan::Titles;

/// Every id and title of a list, to their places in it. An id wins over a title.
#[derive(Default)]
pub(super) struct Index {
    ids: HashMap<String, usize>,
    titles: HashMap<String, Vec<usize>>,
    /// In order, for suggestions.
    spelled: Vec<String>,
}

impl Index {
    /// Errors: the place of the one that has this id already.
    pub(super) fn add(&mut self, names: &Titles, place: usize) -> Result<(), usize> {
        if let Some(known) = self.ids.get(&fold(&names.id)) {
            return Err(*known);
        }
        self.ids.insert(fold(&names.id), place);
        for title in names.all() {
            self.spelled.push(title.to_string());
            let places = self.titles.entry(fold(title)).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Ok(())
    }

    /// The places of this name: one by id, else all by title.
    pub(super) fn find(&self, name: &str) -> &[usize] {
        let folded = fold(name);
        match self.ids.get(&folded) {
            Some(place) => std::slice::from_ref(place),
            None => self.titles.get(&folded).map_or(&[], Vec::as_slice),
        }
    }

    /// The only place of this name.
    pub(super) fn one(&self, name: &str) -> Option<usize> {
        match self.find(name) {
            [place] => Some(*place),
            _ => None,
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.spelled.iter().map(String::as_str)
    }
}

/// What to try instead of a name that is not there.
pub(super) fn suggest<'n>(name: &str, names: impl Iterator<Item = &'n str> + Clone) -> Text {
    if let Some(near) = nearest(name, names.clone()) {
        return Text::new(format!("did you mean `{near}`?"), format!("是否应为“{near}”？"));
    }
    let some: Vec<&str> = names.take(8).collect();
    if some.is_empty() {
        return Text::new("declare it first, before the rules", "请先在指标之前声明");
    }
    Text::new(format!("there are: {}", some.join(", ")), format!("已有：{}", some.join("、")))
}
