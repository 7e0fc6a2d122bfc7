//! What people write unasked, as patterns, and the form in which the language says it.
//!
//! A pattern is a row of words. `{A}` stands for one word, `{N}` for a number, `{Q}` for a number and perhaps its unit,
//! `{X..}` for any words; a letter with a digit is one more hole of its kind. `a|b` is either word, `{V=a|b}` either, kept.
//! A hole that occurs twice stands for the same words. Lines of what is written are parted by `\n`.

/// One phrase: what is said, what is written instead, and how the message puts it.
pub struct Phrase {
    pub said: &'static str,
    pub write: &'static str,
    pub kind: PhraseKind,
}

pub enum PhraseKind {
    /// The same, in the language's form.
    Same,
    /// The other of two readings.
    Or(&'static str),
    /// The same without a function that there is not.
    Absolute,
    /// Only the nearest; what cannot be said, in English and Chinese.
    Nearest(&'static str, &'static str),
}

use PhraseKind::{Absolute, Nearest, Or, Same};

const fn same(said: &'static str, write: &'static str) -> Phrase {
    Phrase { said, write, kind: Same }
}

const fn or(said: &'static str, write: &'static str, second: &'static str) -> Phrase {
    Phrase { said, write, kind: Or(second) }
}

const fn nearest(said: &'static str, write: &'static str, what: (&'static str, &'static str)) -> Phrase {
    Phrase { said, write, kind: Nearest(what.0, what.1) }
}

const fn absolute(said: &'static str, write: &'static str) -> Phrase {
    Phrase { said, write, kind: Absolute }
}

const LOOKS: (&str, &str) = ("what a text looks like (a yes/no column of the table can hold what was found)", "文本的格式（可在数据表中设一列“是否”，登记核对结果）");
const EVIDENCE: (&str, &str) = ("evidence without a finding", "未写认定结论的佐证材料");
const EACH_YEAR: (&str, &str) = ("`each year` in a requirement (it stands behind `for each …`)", "要求中的“每年”（应写在“适用于”之后：“，每个 年度”）");
const PARTNERS: (&str, &str) = ("who of others belongs to whom", "谁与谁相对应");

/// In the order in which they are tried.
pub const PHRASES: &[Phrase] = &[
    same("{A} 至|到|～ {B} 中 {V=至少|至多} {N} 项 合格 {R..} 基本合格 {S..}", "{A} 至 {B} 中 {V} {N} 项 合格，余项 基本合格"),
    same("{A} 至|到|～ {B} 全部 合格 或 基本合格 ，|、 且 基本合格 不超过|至多 {N} 项", "{A} 至 {B} 中 至多 {N} 项 基本合格，余项 基本合格"),
    same("{N} 项 合格 、|， {N2} 项 基本合格", "A1 至 A36 中 至少 {N} 项 合格，余项 基本合格"),
    same("{R..} 佐证|佐证材料 {T..} ， {N} 年 内 出具 ， 认定 {S=为|是} {F}", "佐证材料 {T} {N} 年内 出具，认定 {F}"),
    same("{R..} {N} 年内 出具 的 佐证|佐证材料 {T..} ， 认定 {F}", "佐证材料 {T} {N} 年内 出具，认定 {F}"),
    nearest("{R..} 佐证|佐证材料 {T..}", "佐证材料 认定 符合", EVIDENCE),
    or("{A} 比 上一年|去年|上年 不降低|不减少|不下降", "{A} 不低于 上一年度 的 {A}", "{A} 不低于 上一年{A}"),
    or("{A} 比 上一年|去年|上年 增加|提高|增长|上升", "{A} 超过 上一年度 的 {A}", "{A} 超过 上一年{A}"),
    or("今年 的 {A} {V=不低于|不少于|超过|高于} 去年 的 {A}", "{A} {V} 上一年度 的 {A}", "{A} {V} 去年{A}"),
    or("{A} {V=不低于|不少于|超过|高于} 去年 的 {A}", "{A} {V} 上一年度 的 {A}", "{A} {V} 去年{A}"),
    nearest("每年 {R..}", "{R}", EACH_YEAR),
    nearest("{E=每个|每所} {C} {T} 至少 有 {N} 所|个|名 {A} {B} {P}", "{E} {C} 的 {T} 的 计数（{P}） 均 不少于 {N}", PARTNERS),
    same("{V=超过|高于|多于|低于|少于|不足|不超过|不低于} {Q} 的 {T} {R..}", "列 {V} {Q} 的 {T} {R}"),
    same("{A} {V=不低于|不少于|不超过|不高于} {Q} ，|、 {B} {V} {QB}", "列 {V} （按 学段 取（{A} {Q}，{B} {QB}））"),
    Phrase { said: "{A} {B} {V=不低于|不少于|不超过|不高于|超过|低于|≥|≤} {Q}", write: "{A}{B} {V} {Q}", kind: Or("每个 {A} 的 {B} 均 {V} {Q}") },
    same("每百名学生 拥有|有|配备 {A} {N} 人|名 以上", "{A} 每 100 学生数 不低于 {N}"),
    same("至少 {N} 项 达标 {R..}", "A1 至 A7 中 至少 {N} 项 达标{R}"),
    // No formula is picked for the author: the two differ, and may decide differently.
    Phrase { said: "各校 {A} 的 差异系数 {R..}", write: "差异系数（{A} 跨 学校，按 学生数 加权） {R}", kind: Or("差异系数（{A} 跨 学校，等权） {R}") },
    same("如果|若 {C..} ， 则 {R..}", "当：{C}\n要求：{R}"),
    same("{A} 与|和|:|： {B} {V=不低于|不超过|不高于|不小于|不大于} {N} :|： {N2}", "{A} / {B} {V} {N}/{N2}"),
    same("{A} 与|和 {B} 之比 {V=不低于|不超过|不高于|不小于|不大于} {N} :|： {N2}", "{A} / {B} {V} {N}/{N2}"),
    same("{A} 与|和 {B} 之比 {R..}", "{A} / {B} {R}"),
    same("{E=每个} {P} {A} {B} {V=不少于|不低于|不超过} {N} 次", "{E} {P} 的 {A}{B}次数 均 {V} {N}"),
    same("{T} {A} {B} {C} 的 应 {P}", "{A}{B}{C} 的 {T} 全部 为 {P}"),
    same("{T} {A} 的 应 {P}", "{A} 的 {T} 全部 为 {P}"),
    same("{N} of {A} to {C} qualified", "at least {N} of {A} to {C} qualified"),
    same("{N} of {A} to {C} qualified , the rest basic", "at least {N} of {A} to {C} qualified, the rest basic"),
    nearest("evidence of {T..}", "evidence for {T} found met", EVIDENCE),
    or("{A} {V=>=|>|<=|<} {A} last year", "{A} {V} {A} in last year", "{A} {V} {A}_last_year"),
    or("{A} {V=>=|>|<=|<} {A} in {N}", "{A} {V} {A} in year {N}", "{A} {V} {A}_{N}"),
    or("{A} {V=>=|>|<=|<} {A} {N} years before|ago", "{A} {V} {A} {N} years earlier", "{A} {V} {A}_{N}_years_before"),
    Phrase { said: "{N} of {R..}", write: "at least {N} of {R}", kind: Or("exactly {N} of {R}") },
    same("if {C..} then {R..}", "when {C}\nrequire {R}"),
    same("variation of {A} across {P..} weighted by {W} {R..}", "variation({A} across {P}, weighted by {W}) {R}"),
    same("count of {P..} {V=>=|>|<=|<|=} {N}", "count({P}) {V} {N}"),
    same("share of {T} where {C..} among {T} >= {N}", "at least {N} of {T} have {C}"),
    same("rounded ( {X..} , {N} ) {R..}", "{X} rounded to {N} decimals half up {R}"),
    same("{U=months|years} from {A} to {B} {R..}", "whole_{U}({A} to {B}) {R}"),
    same("the {T} is {X}", "{T}.COLUMN = {X}"),
    absolute("abs ( {X..} ) <= {Q}", "{X} between -{Q} and {Q}"),
    absolute("abs ( {X..} ) < {Q}", "{X} > -{Q} and {X} < {Q}"),
    absolute("绝对值 （|( {X..} ）|) 不超过|不大于|不高于 {Q}", "{X} 在 -{Q} 到 {Q} 之间"),
    nearest("{A} matches|like {T..}", "{A}_fits", LOOKS),
    nearest("{A} is like {T..}", "{A}_fits", LOOKS),
    nearest("length|len ( {A} ) {R..}", "{A}_fits", LOOKS),
    nearest("{A} 匹配 {T..}", "{A}相符", LOOKS),
    nearest("长度 （|( {A} ）|) {R..}", "{A}相符", LOOKS),
    same("{A} 不是 {B}", "{A} 不等于 {B}"),
    same("{A} on or before {D..}", "{A} <= {D}"),
    same("{A} on or after {D..}", "{A} >= {D}"),
    same("{A} before {D..}", "{A} < {D}"),
    same("{A} after {D..}", "{A} > {D}"),
    same("more than {N} of {T} are|is|have|has {P..}", "share({P} across {T}) > {N}"),
    same("less|fewer than {N} of {T} are|is|have|has {P..}", "share({P} across {T}) < {N}"),
    same("no more than {N} of {R..}", "at most {N} of {R}"),
    same("no less|fewer than {N} of {R..}", "at least {N} of {R}"),
    same("any {T} is|are {P..}", "at least 1 of {T} are {P}"),
    same("average|avg ( {X..} ) {R..}", "mean({X}) {R}"),
    same("number of {T} {V=>=|>|<=|<|=} {N}", "count({T}) {V} {N}"),
    same("{A} = true", "{A}"),
    same("{A} = false", "not {A}"),
    same("{X..} must not exceed {Q}", "{X} <= {Q}"),
    same("{X..} not more than {Q}", "{X} <= {Q}"),
    same("{X..} not less than {Q}", "{X} >= {Q}"),
    same("{X..} up to {Q}", "{X} <= {Q}"),
    same("{X..} below {Q}", "{X} < {Q}"),
    same("{X..} over {Q}", "{X} > {Q}"),
    same("{X..} equals {R..}", "{X} = {R}"),
];
