//! `docs/reference.md` is made from what the program knows of itself: words, units, messages, commands.
//!
//! `UPDATE=1 cargo test --test reference` writes it anew.

use std::fmt::Write;
use std::process::Command;

use heng::base::unit::UNIT_WORDS;
use heng::diag::pages;
use heng::model::word::{Word, family};

const PATH: &str = "docs/reference.md";

/// Families of words: the beginning of their ids, and what they are for.
const FAMILIES: &[(&str, &str, &str)] = &[
    ("i_", "Words that begin an item", "条目词"),
    ("c_", "Words that begin a clause", "条款词"),
    ("t_", "Types of columns", "列的类型"),
    ("a_", "Aggregates over rows", "汇总"),
    ("r_", "Comparisons", "比较"),
    ("b_", "Bounds of a share or a count", "比例与个数的界限"),
    ("k_", "All other words", "其他用词"),
    ("v_", "Values", "取值"),
];

/// What each aggregate comes to; of nothing, and of one row.
const AGGREGATES: &[(&str, &str)] = &[
    ("count", "how many rows; 0 of none · 行数，没有行则为 0"),
    ("count distinct", "how many different values; 0 of none · 不同取值的个数，没有行则为 0"),
    ("sum", "Σx; 0 of none · 合计，没有行则为 0"),
    ("mean", "Σx ÷ n; not applicable to none · 平均数，没有行则不适用"),
    ("min", "the least; not applicable to none · 最小值，没有行则不适用"),
    ("max", "the greatest; not applicable to none · 最大值，没有行则不适用"),
    ("median", "the middle one, or the mean of the middle two; not applicable to none · 中位数，偶数个取中间两数的平均，没有行则不适用"),
    ("share", "rows of which something is true ÷ all rows; not applicable to none · 符合条件的行数 ÷ 总行数，没有行则不适用"),
    ("variation, weighted by w", "√Σ(wᵢ/W)(xᵢ − X̄)² ÷ X̄ with X̄ = Σwᵢxᵢ ÷ W: the official coefficient; not applicable below two rows · 差异系数（按学生数加权，官方口径），不足两行则不适用"),
    ("variation, pooled by w", "the same mean, deviations unweighted, divided by n · 均值同上，离差不加权，除以 n"),
    ("variation, sampled by w", "the same mean, deviations unweighted, divided by n − 1 · 均值同上，离差不加权，除以 n − 1"),
    ("variation, equal weights", "the plain mean, divided by n · 简单平均，除以 n"),
    ("variation, sample weights", "the plain mean, divided by n − 1 · 简单平均，除以 n − 1"),
    ("percentile(p%, x …)", "the value at place 1 + (n − 1)p, between two places in proportion; weighted by w, the least value at which the weights added up reach p of W; not applicable to none · 第 1 + (n − 1)p 位的数值，两位之间按比例；加权时为累计权重达到 p 的最小数值；没有行则不适用"),
    ("range", "greatest − least · 最大 − 最小"),
    ("range ratio", "greatest ÷ least · 最大 ÷ 最小"),
    ("interquartile ratio", "75% percentile ÷ 25% percentile · 75% 百分位数 ÷ 25% 百分位数"),
    ("gini", "Σᵢⱼ wᵢwⱼ\\|xᵢ − xⱼ\\| ÷ (2W²μ) · 基尼系数"),
    ("mcloone", "Σwx of the rows below the median ÷ (their Σw × the median); 1 where none is below it · 低于中位数各行的 Σwx ÷（其 Σw × 中位数），没有低于中位数的为 1"),
    ("theil", "Σ (wᵢ/W)(xᵢ/μ) ln(xᵢ/μ), 0 ln 0 = 0 (Theil's T) · 泰尔指数（T）"),
    ("atkinson(0.5, x …)", "1 − (Σ (wᵢ/W)√xᵢ)² ÷ μ · 厌恶系数 0.5 的阿特金森指数"),
    ("atkinson(2, x …)", "1 − (Σ (wᵢ/W) ÷ xᵢ)⁻¹ ÷ μ · 厌恶系数 2 的阿特金森指数"),
];

/// What holds of several of them.
const NOTES: &str = "
All are exact; a variation is compared by its square, and no root is ever taken for an outcome. 计算全部精确；差异系数按平方比较，判定时不开方。

W = Σw and μ = Σwx ÷ W; without `weighted by w` every weight is 1, and a row of weight 0 counts for nothing. From `range` on none applies below two rows. With a value, a weight or a row unknown all of them from `percentile` on are unknown; so they are where they would divide by 0, and an index from `gini` on where a value or a weight is negative. A Theil index is 0 if all values are equal and else irrational; an Atkinson index of aversion 0.5 is rational only if the values are square multiples of one another. What is irrational is kept between rational bounds that close in until the comparison is decided; it is compared with a limit, rounded and shown, and what is rounded is a number like others. W = Σw，μ = Σwx ÷ W；不写“按 … 加权”则权重都是 1，权重为 0 的行不计。从“极差”起，不足两行则不适用。从“百分位数”起，有数值、权重或行未知则结果未知；除数为 0 的，以及“基尼系数”起各指数遇到负值或负权重的，也是未知。泰尔指数在各值相等时为 0，否则是无理数；厌恶系数 0.5 的阿特金森指数只在各值互为平方倍时是有理数。无理数以有理数上下界夹逼，直到比较有定论；可与限值比较、取舍、显示，取舍后即为普通数值。

A row at the median is not below it: the usual definition (Berne and Stiefel, The Measurement of Equity in School Finance, 1984) divides what the pupils below the median have by what they would have at the median. Others count the pupils at the median too, or just half of all pupils; where many stand at the median, their figure is nearer to 1. 等于中位数的行不算低于中位数：通行定义（Berne 与 Stiefel，1984）以低于中位数的学生所得，除以他们都达到中位数时所得。也有把等于中位数的计入、或恰取一半学生的；中位数上行数多时，其结果更接近 1。
";

fn cell(spellings: &[String]) -> String {
    spellings.iter().filter(|spelling| !spelling.is_empty()).map(|spelling| format!("`{}`", spelling.replace('|', "\\|"))).collect::<Vec<_>>().join(" ")
}

fn words(text: &mut String) {
    text.push_str("## Words 用词\n\nThe first spelling is the one that `heng fmt` writes; the others are read too. 每格第一种写法是“heng fmt”所写，其余也能读懂。\n");
    for (family_of, en, zh) in FAMILIES {
        let _ = writeln!(text, "\n### {en} {zh}\n\n| English | 中文 |\n|---|---|");
        for Word { en, zh, .. } in family(family_of) {
            let _ = writeln!(text, "| {} | {} |", cell(en), cell(zh));
        }
    }
}

fn aggregates(text: &mut String) {
    text.push_str("\n## Aggregates 汇总\n\n| | |\n|---|---|\n");
    for (name, formula) in AGGREGATES {
        let _ = writeln!(text, "| `{name}` | {formula} |");
    }
    text.push_str(NOTES);
}

fn units(text: &mut String) {
    text.push_str("\n## Units 单位\n\n| English | 中文 | may follow any number as a counter 可作量词 |\n|---|---|---|\n");
    for unit in UNIT_WORDS {
        let owned = |list: &[&str]| cell(&list.iter().map(ToString::to_string).collect::<Vec<_>>());
        let _ = writeln!(text, "| {} | {} | {} |", owned(unit.en), owned(unit.zh), if unit.counter { "yes 是" } else { "" });
    }
}

fn messages(text: &mut String) {
    text.push_str("\n## Messages 信息\n\n`heng explain CODE` shows a page in the reader's language. “heng explain 代码”按所用语言显示。\n");
    for page in pages() {
        let _ = writeln!(text, "\n### {}\n\n{}\n\n{}", page.code, page.en, page.zh);
    }
}

fn commands(text: &mut String) {
    text.push_str("\n## Commands 命令\n");
    let all = heng::cli::whole(heng::base::Lang::En);
    let named = all.get_subcommands().map(clap::Command::get_name).filter(|name| *name != "help");
    for words in std::iter::once(vec!["--help"]).chain(named.map(|name| vec![name, "--help"])) {
        for lang in ["en", "zh"] {
            let output = Command::new(env!("CARGO_BIN_EXE_heng")).args(["--lang", lang]).args(&words).env("NO_COLOR", "1").env("COLUMNS", "100").output().expect("the command");
            let _ = writeln!(text, "\n```text\n{}\n```", String::from_utf8_lossy(&output.stdout).trim_end());
        }
    }
}

#[test]
fn the_reference_is_what_the_program_says_of_itself() {
    let mut text = "# Reference 参考\n\nMade from the program itself by `UPDATE=1 cargo test --test reference`. 本页由程序自身生成。\n\n".to_string();
    words(&mut text);
    aggregates(&mut text);
    units(&mut text);
    messages(&mut text);
    commands(&mut text);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(PATH);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).expect("the reference is written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "{PATH} is not what the program says of itself now: UPDATE=1 cargo test --test reference");
}
