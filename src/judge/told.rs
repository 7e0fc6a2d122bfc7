//! What the author says of a unit, with its holes filled.

use crate::base::{Number, Text, Unit};
use crate::eval::At;
use crate::model::plan::{Node, Told, Type};
use crate::model::value::{Absent, Value, ValueKind};
use crate::model::verdict::{Filled, Wording};

use super::Judge;

/// Decimals of a number where nothing else is said.
const DECIMALS: u32 = 2;

impl Judge<'_> {
    /// Numbers in the unit in which they are written and without its name, which the author writes; a percent with its
    /// sign. What is not known is said to be so.
    pub(super) fn told(&self, told: &Told, show: Option<u32>, at: At) -> Filled {
        let world = self.world(self.ask.as_of);
        let mut pieces = Vec::new();
        let mut from = 0;
        let written = |from: usize, to: usize| told.text.get(from..to).filter(|text| !text.is_empty()).map(|text| Wording::Written(text.to_string()));
        for hole in &told.holes {
            pieces.extend(written(from, hole.at.start));
            let value = self.shown_in_text(&self.value(&world, &hole.value, at), &hole.value, show);
            pieces.push(Wording::Hole { value, few: self.is_few(&hole.value, &world, at) });
            from = hole.at.end;
        }
        pieces.extend(written(from, told.text.len()));
        Filled(pieces)
    }

    fn shown_in_text(&self, value: &Value, node: &Node, show: Option<u32>) -> Text {
        if value.absent == Absent::Yes {
            return Text::new("not applicable", "不适用");
        }
        let show = show.unwrap_or_else(|| super::comparison::measure_decimals(self.plan, node).unwrap_or(DECIMALS));
        match (&value.kind, &node.ty) {
            _ if !value.is_settled() => Text::new("unknown", "未知"),
            (ValueKind::Number(range), ty) => range.single().map_or_else(Text::default, |number| number_in_text(number, ty, show).into()),
            (ValueKind::Spread(Some(square)), _) => square.root_rounded(show).plain(show).into(),
            (ValueKind::Real(Some(real)), _) => real.round_half_up(show).plain(show).into(),
            (_, ty) => self.words(value, ty),
        }
    }
}

fn number_in_text(number: &Number, ty: &Type, show: u32) -> String {
    let plain = Unit::plain();
    let unit = if let Type::Number(unit) = ty { unit } else { &plain };
    let written = unit.from_base(number).round_half_up(show).plain(show);
    if unit.is_percent() { format!("{written}%") } else { written }
}
