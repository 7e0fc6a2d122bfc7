//! Words for rows that are no records.

use crate::base::Text;
use crate::model::table::{LeftOut, NoRecord};

use super::{Word, word};

fn why(why: NoRecord) -> Word {
    match why {
        NoRecord::Title => word("above the header", "表头以上"),
        NoRecord::Totals => word("totals", "汇总行"),
        NoRecord::HeaderAgain => word("the header again", "重复表头"),
        NoRecord::Heading => word("column numbers or units", "栏次或计量单位"),
        NoRecord::Note => word("a remark", "说明"),
        NoRecord::Blank => word("blank", "空行"),
    }
}

/// `rows 5 to 7 (totals)`.
pub fn left_out(rows: &LeftOut) -> Text {
    let why = why(rows.why);
    let (en, zh) = (why.get(crate::base::Lang::En), why.get(crate::base::Lang::Zh));
    if rows.first == rows.last {
        Text::new(format!("row {} ({en})", rows.first), format!("第 {} 行（{zh}）", rows.first))
    } else {
        Text::new(format!("rows {} to {} ({en})", rows.first, rows.last), format!("第 {} 至 {} 行（{zh}）", rows.first, rows.last))
    }
}
