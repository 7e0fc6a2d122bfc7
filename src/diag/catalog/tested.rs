//! Messages about what the tests of a pack leave open, and the words of each named defect.

use crate::base::Text;
use crate::model::defect::Defect;

super::messages! {
    E0570 Error DefectsUnnoticed(count)
        page "`heng test --mutate` writes named defects into the rules, one at a time (`>` for `>=`, another limit, numerator and denominator exchanged, a condition left out), and judges every case anew. A defect that changes nothing in what the cases expect would go unnoticed if a hand slipped just there. Each is listed with its line and the case that would notice it. What makes no difference in any data can be said in a block marked `explained`: the line that is printed beneath the defect, and the reason behind `because`."
             "“heng test --mutate”在规则中逐一写入常见错误（如把“≥”写成“>”、改动标准值、分子分母颠倒、漏写条件），再对每个测试重新判定。写入错误而各测试的预期都不变，说明规则在此处写错也不会被发现。每处列出所在行，以及能发现它的测试。确实对任何数据都没有影响的，可在标记为“explained”的代码块中说明：写上该处下面印出的那一行，在“because”（因）之后写明理由。"
        text "defects that no test would notice: {count}"
             "有 {count} 处写错也不会被测试发现"
        help "write the cases that are named, or explain the defects in a block marked `explained`"
             "请补写所列的测试，或在“explained”块中说明理由"

    E0571 Error BadExplanation()
        page "A line of an `explained` block says why there is nothing to test: `RULE OUTCOME because REASON` for an outcome that a rule cannot have, `ITEM WAS WOULD because REASON` for a defect that makes no difference. What holds blanks stands between backticks; what would be left out is `nothing`. `heng test --mutate` prints the line."
             "“explained”块中每行说明某处为何无须测试：指标不可能有某种结论的，写“指标 结论 because 理由”；写错也没有影响的，写“条目 原文 改文 because 理由”。含空格的用反引号括起，删去的写作“nothing”（无）。“heng test --mutate”会印出这一行。"
        text "this line explains nothing"
             "这一行不是说明的写法"
        help "write `RULE OUTCOME because REASON`, or the line that `heng test --mutate` prints with its reason"
             "写作“指标 结论 because 理由”，或写“heng test --mutate”印出的那一行并加上理由"

    E0572 Error StaleExplanation()
        page "An `explained` block says why an outcome needs no case, or a defect no notice; but the outcome is expected by a case, the defect is noticed, or the rule has changed. An explanation that stands for nothing would hide the next gap."
             "“explained”块说明某种结论无须测试，或某处写错没有影响；但现在已有测试预期该结论，或该处已能被测试发现，或规则已经改动。不再对应任何情况的说明会掩盖以后的缺漏。"
        text "there is nothing left that this line explains"
             "这一行已无所说明的情况"
        help "delete the line, or write it anew as `heng test --mutate` prints it"
             "请删去这一行，或按“heng test --mutate”印出的样子重写"

    E0573 Error OutcomesMissing(count)
        page "`heng test --coverage` counts how often the cases expect each outcome of each rule. A rule should be seen met, not met and undecided at least once: only then do the tests show that it passes, that it fails, and that a blank does not pass silently. An outcome that a rule cannot have is explained by a line `RULE OUTCOME because REASON` in a block marked `explained`."
             "“heng test --coverage”统计各测试对每项指标预期了哪些结论。每项指标至少应各有一次达标、不达标、无法判定，才能说明它能判合格、能判不合格，缺数时也不会悄悄通过。指标不可能有的结论，可在标记为“explained”的代码块中写一行“指标 结论 because 理由”。"
        text "rules that lack a case: {count}"
             "有 {count} 项指标缺少测试"
        help "write a case for each outcome that is named, or explain it in a block marked `explained`"
             "请为所列的每种结论补写测试，或在“explained”块中说明理由"

    E0574 Error MutationWaits(failed)
        page "Defects are written only into rules whose tests pass: a case that fails already would notice every defect, so that nothing could be learned from it."
             "只有全部测试通过，才会在规则中写入错误来检验测试：已经失败的测试对任何错误都会报失败，说明不了问题。"
        text "no defect was tried, for tests fail already: {failed}"
             "已有 {failed} 个测试失败，没有写入错误来检验"
        help "correct these tests first"
             "请先改正这些测试"

    E0575 Error NothingTested(option)
        page "`--coverage` and `--mutate` look at the rules that cases judge: those of the packs named in `use` blocks or, where no suite uses a pack, those that the suites write down themselves. No case of this run judged any rule."
             "“--coverage”和“--mutate”检查的是测试所判定的指标：即“use”块指明的标准中的指标；各测试文件都没有用到标准的，则为测试文件自己写的指标。本次运行没有一个测试判定过指标。"
        text "`{option}` has no rule to look at"
             "“{option}”没有可检查的指标"
        help "write a case with a `use` block and an `expect` block"
             "写一个含“use”块和“expect”块的测试"
}

/// What would stand there instead of what does.
pub fn defect(was: &str, would: &str) -> Text {
    if would.is_empty() {
        Text::new(format!("`{was}` could be left out"), format!("删去“{was}”"))
    } else {
        Text::new(format!("`{was}` could be `{would}`"), format!("“{was}”写成“{would}”"))
    }
}

/// The case that would notice a defect. `about`: the limit of a comparison, or what is rounded.
pub fn noticing(defect: Defect, was: &str, would: &str, about: &str) -> Text {
    match defect {
        Defect::Boundary => Text::new(format!("write a case with exactly {about}"), format!("请写一个恰为 {about} 的测试")),
        Defect::Direction => Text::new("write a case on either side of the limit", "请在标准值两侧各写一个测试"),
        Defect::Opposite => Text::new("write a case where it holds, and one where it does not", "请各写一个成立和不成立的测试"),
        Defect::Threshold | Defect::Count => Text::new(format!("write a case that {would} would answer otherwise than {was}"), format!("请写一个按 {was} 与按 {would} 判定不同的测试")),
        Defect::Ratio => Text::new("write a case in which the two differ enough", "请写一个分子分母相差较大的测试"),
        Defect::Sign => Text::new("write a case in which what is added or taken away is not 0, nor made up for elsewhere", "请写一个该加减项不为 0、也不与他项相抵的测试"),
        Defect::Junction => Text::new("write a case in which only one of the conditions holds", "请写一个只符合其中一个条件的测试"),
        Defect::Condition => Text::new("write a case in which this alone decides", "请写一个只由这一项决定结论的测试"),
        Defect::Filter => Text::new("write a case with a row that the condition leaves out, and that would change the outcome", "请写一个测试，其中有不符合条件、计入便会改变结论的行"),
        Defect::When => Text::new("write a case to which the rule does not apply", "请写一个指标不适用的测试"),
        Defect::Weights => Text::new("write a case whose rows weigh differently", "请写一个各行权数不同的测试"),
        Defect::Codes => Text::new("write a case for each of the two, between their values", "请为两者各写一个数值介于二者之间的测试"),
        Defect::Rest => Text::new("write a case with enough rules met and another far below its standard", "请写一个达标项数足够、而余项远低于标准的测试"),
        Defect::OfWhom => Text::new("write a case that fails this step alone", "请写一个只有这一步不达标的测试"),
        Defect::Period => Text::new("write a case whose years differ", "请写一个各年数值不同的测试"),
        Defect::Grade => Text::new("write a case that reaches this grade and no better one", "请写一个恰为这一级的测试"),
        Defect::Exception => Text::new("write a case to which only the exception gives its outcome", "请写一个只因特殊情形才得出该结论的测试"),
        Defect::Layer => Text::new("write a case that the layer above would answer otherwise", "请写一个按上一级标准判定不同的测试"),
        Defect::Remainder => Text::new("write a case with a part of a group left over", "请写一个分组有余数的测试"),
        Defect::RoundedBefore => Text::new(format!("write a case in which {about} misses the limit by less than rounding moves it"), format!("请写一个 {about} 与标准值之差小于舍入误差的测试")),
        Defect::RoundedWithin => Text::new("write a case whose outcome lies nearer to the limit than this rounding moves it", "请写一个与标准值之差小于此处舍入误差的测试"),
        Defect::Unrounded => Text::new("write a case that the rounding decides", "请写一个由舍入决定结论的测试"),
    }
}
