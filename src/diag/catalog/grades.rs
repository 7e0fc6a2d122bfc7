//! Messages about grades, levels and evidence.

super::messages! {
    E0460 Error GradesBeside()
        page "A rule is judged either by what it requires or by grades. The requirement of a graded rule stands behind `grade qualified when`."
             "一项指标要么写“要求”，要么写“评级”，不能兼有。分等的指标，其要求写在“评级：合格 当”之后。"
        text "this rule has grades and a requirement"
             "此项指标既有评级，又有要求"
        help "put the requirement behind `grade qualified when`"
             "把要求改写为“评级：合格 当 …”"
    E0461 Error GradeTwice()
        page "Each grade of a rule stands once. Conditions of which any may hold are joined by `or`."
             "同一等级在一项指标中只写一次；几种情形满足其一即可的，用“或”连接。"
        text "this grade stands twice in the rule"
             "此等级在本项指标中写了两次"
        help "join the conditions with `or`"
             "把两个条件用“或”连接"
    E0462 Error NoLevel(name)
        page "What a level comes after is another level."
             "“先达”之后应是另一个等次。"
        text "`{name}` is no level"
             "“{name}”不是等次"
        help "name a level; what rules must be met stands in `require`"
             "写一个等次的代号；须达标的指标写在“要求”中"
    E0463 Error NoEvidenceTable()
        page "What evidence says is read from a table of the pack: a line `evidence for` names the columns that hold the rule's id, the day of issue, the last day of validity and the finding."
             "佐证材料取自标准中的一张数据表：用“佐证”一行写明哪些列是指标编号、出具日期、有效期至和认定结论。"
        text "no table of this pack holds evidence"
             "本标准中没有登记佐证材料的数据表"
        help "add to a table: `evidence for rule_id, issued issued_on, until valid_until, found finding`"
             "在数据表中加一行：佐证 指标编号，出具 日期，有效至 有效期至，认定 认定结论"
    E0464 Error SecondEvidence(table, first)
        page "All evidence stands in one table: what a rule asks of it is looked up there. A document in a second one would never be read."
             "佐证材料登记在同一张数据表中，指标只在该表中查找；登记在第二张表中的材料无从读到。"
        text "evidence is declared twice: `{table}` holds some beside `{first}`"
             "佐证材料重复声明：“{first}”之外，“{table}”又登记佐证材料"
        help "keep all of it in `{first}`, and leave this line out"
             "全部登记在“{first}”中，删去此行"
}
