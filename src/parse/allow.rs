//! `allow`: a lint that an item need not heed, with its last day and its reason. Neither may be left out.

use crate::base::Text;
use crate::base::fold::half_width_text;
use crate::diag::catalog::{self, AllowIncomplete, AllowWhat, nearest};
use crate::model::ast::Allow;
use crate::model::line::starts;

use super::grammar::Rule;
use super::token::{Build, Made, Node, kids};

/// Whether a line of a code list is this clause, and not a code of the same name: what follows is no title.
pub fn begins(text: &str) -> bool {
    let length = starts(text, "c_allow");
    length > 0 && text[length..].trim_start().trim_start_matches([':', '：']).trim_start().starts_with(char::is_alphabetic)
}

impl<'t> Build<'t> {
    pub fn allow(&self, node: Node<'t>) -> Made<Allow> {
        let span = self.span(&node);
        let mut parts = kids(node);
        let code = parts.next(self)?;
        let (written, at) = (half_width_text(code.as_str()).to_uppercase(), self.span(&code));
        if !catalog::lints().any(|known| known == written) {
            return Err(self.fault(AllowWhat { word: code.as_str().into(), near: near(&written) }, at));
        }
        let (until, reason) = (parts.take(Rule::date), parts.take(Rule::text));
        let missing = |what: Text| self.fault(AllowIncomplete { code: written.as_str().into(), what }, span);
        let until = until.ok_or_else(|| missing(Text::new("the day to which it holds", "截止日期")))?;
        let reason = reason.map(|text| self.text(&text)).filter(|text| !text.text.trim().is_empty());
        let reason = reason.ok_or_else(|| missing(Text::new("its reason", "原因")))?;
        Ok(Allow { code: written, until: self.date(&until)?, reason, span })
    }
}

fn near(code: &str) -> Text {
    match nearest(code, catalog::lints()) {
        Some(near) => Text::new(format!("did you mean `{near}`?"), format!("是否应为“{near}”？")),
        None => Text::new("write the code that `heng lint` shows, as `W0601`", "写“heng lint”给出的代码，如“W0601”"),
    }
}
