//! Messages about a finding that is asked for by its rule and unit.

super::messages! {
    E0560 Error UnitNotAsked(rule, unit, help)
        page "`heng explain` and `heng remedy` speak of one finding: of a rule and of a unit that it asks. The unit is named by its key, as the report shows it; a part of a school by the school's key and the code of the part, `2121000001-primary`; a county's stage by both, `210102-primary`. A unit that the rule leaves out by its `for each … where` has no finding."
             "“heng explain”和“heng remedy”针对的是一条结论，即某项指标对某个对象的判定。对象用报告中的主键指明；学校的学段部写学校主键加学段代码，如“2121000001-primary”；区县分学段的写“210102-primary”。指标的适用范围之外的对象没有结论。"
        text "`{rule}` does not ask `{unit}`"
             "“{rule}”没有对“{unit}”作出判定"
        help "{help}"
             "{help}"

    E0561 Error WhichUnit(rule, count, help)
        page "The rule has been judged for several units, and an explanation speaks of one. `--unit KEY` names it; without data the rule itself is read back."
             "该指标对多个对象作出了判定，而解释只针对其中一个，用“--unit 主键”指明。不给出数据时，解释的是指标本身。"
        text "`{rule}` asks {count} units, and none is named"
             "“{rule}”共判定 {count} 个对象，没有指明是哪一个"
        help "{help}"
             "{help}"
}
