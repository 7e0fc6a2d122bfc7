//! Messages about periods: school years, semesters, years.

use crate::base::{TermKind, Text};

super::messages! {
    E0430 Error TermUnsaid(table, kind, lines)
        page "The rows of a table with a `period` line are of several school years, semesters or years. A rule over such a table says which: behind those who are asked (`for each school, in this school year`; `for each school, each semester`), or beside a value (`count(teacher) in last school year`). Rows of different periods are never taken together."
             "写有“期间”的数据表，各行分属不同的学年、学期或年度。涉及这种数据表的指标，须写明是哪一期：写在适用对象之后（“适用于：每所 学校，本学年”“适用于：每所 学校，每个 学期”），或写在取值之前（“上一学年 的 计数（教师）”）。不同期间的数据不会混在一起计算。"
        text "`{table}` is kept by {kind}, and it is not said which {kind} is meant"
             "“{table}”按{kind}填报，这里没有写明是哪一个{kind}"
        help "write {lines}"
             "写成{lines}"
    E0431 Error TermsDiffer(table, held, asked)
        page "A table that is kept by school years can be asked for a school year, one that is kept by semesters for a semester or for the school year that holds it, one that is kept by years for a year. A calendar year holds parts of two school years and is neither of them."
             "按学年填报的数据表按学年取数；按学期填报的，按学期或其所在学年取数；按年度填报的，按年度取数。一个年度跨两个学年，不能互换。"
        text "`{table}` is kept by {held}, not by {asked}"
             "“{table}”按{held}填报，不按{asked}"
        help "ask for a {held}, or hand in a table that is kept by {asked}"
             "改按{held}取数，或改用按{asked}填报的数据表"
    E0432 Error Timeless(words, instead)
        page "A value can be asked in another period only where the table that it comes from holds several: a column of such a row, or a count, sum or share over such rows. Give the table a line `period year school year`."
             "只有按期间填报的数据，才能取其他期间的值：该表某行的列，或对该表各行的计数、求和、占比。请在数据表中加一行“期间 year “学年” 学年”。"
        text "{words} is the same in every period: no table that it reads holds several"
             "{words}不分期间：所用数据表都没有“期间”列"
        help "give the table that it comes from a line `period NAME school year`; {instead}"
             "在所用数据表中加一行“期间 列名 学年”；{instead}"
    E0433 Error BeneathPeriods(table, above)
        page "A link names a key, and in a table with a `period` line a key has a row in each period: a row that stands beneath it would not know which of them is meant. Keep what does not change from year to year in a table of its own, without a period, and let both stand beneath that."
             "“属于”按主键连接，而写有“期间”的数据表中，同一主键在每一期各有一行，下级行无从确定属于哪一行。请把不随期间变化的内容另列一表（不写“期间”），两表都属于它。"
        text "`{table}` cannot stand beneath `{above}`, which holds rows of several periods"
             "“{table}”不能属于“{above}”：后者含多个期间的数据"
        help "let both stand beneath a table without a period"
             "让两表都属于一个没有“期间”的数据表"
    E0434 Error PeriodWithoutKey(table)
        page "The value of another period is that of the row with the same key. A table without a key has no such row."
             "其他期间的值，取自同一主键的那一行；没有主键的数据表无从查找。"
        text "`{table}` has no key, so that a row cannot be found again in another period"
             "“{table}”没有主键，无法找到同一对象在其他期间的行"
        help "give it a line `key …` that is the same in every period"
             "加一行“主键 …”，同一对象各期相同"
    E0435 Error ImpossibleTerm(words)
        page "A school year is written with both its years, one after the other: `2025-2026`. A semester adds 1 or 2: `2025-2026-1`. It runs from 1 September to 31 August."
             "学年写首尾两个相连的年份：“2025-2026”。学期再加 1 或 2：“2025-2026-1”。学年自 9 月 1 日至次年 8 月 31 日。"
        text "there is no period `{words}`"
             "没有“{words}”这样的期间"
        help "write a school year as `2025-2026`, a semester as `2025-2026-1`, a year as `2025`"
             "学年写成“2025-2026”，学期写成“2025-2026-1”，年度写成“2025年度”"
    E0436 Error TermTwice(words)
        page "A rule asks its units for one period, or for each. `for each school, each semester in this school year` says both at once."
             "一项指标只按一种期间判定。“适用于：每所 学校，本学年 的 每个 学期”可一次写明。"
        text "a second period, `{words}`, for one rule"
             "同一指标写了两个期间，第二个是“{words}”"
        help "delete one of them, or write `each semester in this school year`"
             "删去其中一个，或写成“本学年 的 每个 学期”"
    E0437 Error NoTermAtHand(words)
        page "`the year before` and `3 years earlier` count back from the period at hand: that of the row, or that which the rule asks (`for each school, in this school year`). Where there is none there is nothing to count back from."
             "“前一年”“3 年前”从当前期间往前推：当前行的期间，或指标写明的期间（“适用于：每所 学校，本学年”）。没有当前期间就无从推算。"
        text "{words} counts back from a period, and none is at hand"
             "{words}要从当前期间往前推，而此处没有当前期间"
        help "write behind `for each …`: `, in this school year`"
             "在“适用于”末尾加上“，本学年”"
    E0438 Error TermBesideRows(words)
        page "A period beside rows could be that of the rows, or that of what is said of them: the teachers of last school year who were rotated, or this year's teachers who were rotated last school year. It stands behind who is asked (`for each school, in last school year`), or beside a value as a whole: `count(teacher where rotated) in last school year`, `(every teacher has hours >= 2) in last school year`."
             "期间写在各行之前，可能指这些行所属的期间，也可能指条件所属的期间：上一学年交流过的教师（上一学年的名册），还是上一学年交流过的现任教师。应写在“适用于”之后（“适用于：每所 学校，上一学年”），或写在整个值之前：“上一学年 的 计数（交流 的 教师）”“上一学年 的 （每个 教师 的 课时 均 不少于 2）”。"
        text "in `{words}` the period may be that of the rows, or of what is said of them"
             "“{words}”中的期间，可能指各行，也可能指条件"
        help "say it of the whole: `count(ROWS where CONDITION) in last school year`, or behind `for each …`"
             "写在整个值之前：“上一学年 的 计数（条件 的 数据表）”，或写在“适用于”之后"
}

/// A kind of period, of one.
pub fn term_name(kind: TermKind) -> Text {
    match kind {
        TermKind::SchoolYear => Text::new("school year", "学年"),
        TermKind::Semester => Text::new("semester", "学期"),
        TermKind::Year => Text::new("year", "年度"),
    }
}

/// Lines that say which period is meant, by who is asked; behind a value where nobody is.
pub fn term_lines(kind: TermKind, asking: &Text) -> Text {
    let (this, each) = match kind {
        TermKind::SchoolYear => (Text::new("in this school year", "本学年"), Text::new("each school year", "每个 学年")),
        TermKind::Semester => (Text::new("each semester in this school year", "本学年 的 每个 学期"), Text::new("each semester", "每个 学期")),
        TermKind::Year => (Text::new("in this year", "本年度"), Text::new("each year", "每个 年度")),
    };
    if asking.is_empty() {
        let value = if kind == TermKind::Year { Text::new("in this year", "本年度 的") } else { Text::new("in this school year", "本学年 的") };
        return Text::new(format!("`{}` behind the value", value.en), format!("“{} ……”", value.zh));
    }
    Text::new(format!("`{0}, {1}` or `{0}, {2}`", asking.en, this.en, each.en), format!("“{0}，{1}”或“{0}，{2}”", asking.zh, this.zh, each.zh))
}
