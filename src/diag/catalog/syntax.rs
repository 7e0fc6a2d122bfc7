//! Messages about the text of rule files: what the parser says.

use crate::base::Text;

super::messages! {
    E0101 Error UnknownItem(word, near)
        page "A line in the first column begins an item, and its first word must be one of the item words. Any other word there is taken for a misspelt item, so that the items around it are still understood. Not `ruel SIZE`, but `rule SIZE`."
             "顶格书写的一行表示一个新条目，行首必须是条目词。其他词一律视为写错的条目词，前后条目不受影响。不写“规则 SIZE”，写“指标 SIZE”。"
        text "`{word}` begins no item"
             "“{word}”不是条目词"
        help "{near}"
             "{near}"

    E0102 Error UnknownClause(word, near)
        page "Within an item every clause begins a line with its clause word, as `require` or `for each`. A line that goes on from the one before may begin with any other word; this one neither begins a clause nor goes on with one. The clause before it was understood, this line was not. Not `requires pupils <= 2000`, but `require pupils <= 2000`."
             "条目之内，每项条款另起一行，以条款词（如“要求”“适用于”）开头。承接上一行的内容可以其他词开头；此行既不是条款，也接不上前一项条款。前一项条款已读懂，此行未读懂。不写“要求是：学生数 不超过 2000”，写“要求：学生数 不超过 2000”。"
        text "`{word}` begins no clause"
             "“{word}”不是条款词"
        help "{near}"
             "{near}"

    E0103 Error NotUnderstood(words, expected)
        page "A clause was understood up to the place shown, and no further. Keywords must be spelt as in the language, and Chinese words set apart by blanks. A name that is not a plain word, or is a keyword, stands between backticks or 「」. The other clauses of the item were read. Not `pupils is at most 2000`, but `pupils <= 2000`."
             "条款读到所标之处为止，其后未读懂。关键词须按规定书写，汉语词之间以空格分开；含特殊字符或与关键词相同的名称，用「」或反引号括住。同一条目的其他条款不受影响。不写“学生数 是 不超过 2000”，写“学生数 不超过 2000”。"
        text "`{words}` is not understood here"
             "此处的“{words}”无法识别"
        help "{expected}"
             "{expected}"

    E0150 Error RunTogether(instead)
        page "Chinese words are set apart by blanks, for a new name must never change an old text. Nobody has to type the blanks: where the words of a clause can be told apart by the names that are declared, the clause is shown with its blanks, and `heng fmt` writes it so. Where two ways mean something, both are shown and neither is chosen. Not `每个班级的学生数均不超过45人`, but `每个 班级 的 学生数 均 不超过 45 人`."
             "词与词之间以空格分开，这样新增名称才不会改变已有文字的含义。空格不必自己敲：凡能按已定义的名称分开的，这里给出分好的写法，“heng fmt”也会照此写入文件。有两种分法都说得通的，两种都列出，由您选定。不写“每个班级的学生数均不超过45人”，写“每个 班级 的 学生数 均 不超过 45 人”。"
        text "these words run together"
             "这里的词连在一起，没有分开"
        help "{instead}"
             "{instead}"

    N0150 Note SetApart(words)
        page "The words of a clause ran together, and there was one way to set them apart that means something: `heng fmt` wrote it into the file. What was written is shown, so that you can see that it is what you meant."
             "条款中的词连在一起，只有一种分法说得通，“heng fmt”已照此写入文件。写入的内容在此列出，请核对是否为您的本意。"
        text "words that ran together were set apart"
             "已将连在一起的词分开"
        help "see that it is what you mean: `{words}`"
             "请核对：“{words}”"

    E0104 Error EndsEarly(expected)
        page "A clause, or the head of an item, stops before it is complete, as a comparison without its right side or a parameter without a value. Not `require pupils <=`, but `require pupils <= 2000`."
             "条款或条目的首行没有写完，例如比较缺少右边的数，标准值没有数值。不写“要求：学生数 不超过”，写“要求：学生数 不超过 2000”。"
        text "something is missing behind this"
             "此处之后没有写完"
        help "{expected}"
             "{expected}"

    E0105 Error UnclosedQuote(open, close)
        page "A text, or a name between quotes, begins and ends on one line. The closing quote is missing, or is of another kind than the opening one."
             "引号内的文字或名称须在同一行内结束。此处缺少后引号，或前后引号不成对。"
        text "this `{open}` is never closed"
             "前引号 {open} 没有对应的后引号"
        help "put `{close}` where it ends, on the same line"
             "在同一行文字结束处加上后引号 {close}"

    E0106 Error UnclosedBracket(open, close)
        page "Every bracket closes within its clause, and with its own kind. Not `(area / pupils >= 3`, but `(area / pupils) >= 3`."
             "括号须在同一条款内成对。不写“（校舍面积 / 学生数 不低于 3”，写“（校舍面积 / 学生数） 不低于 3”。"
        text "this `{open}` is never closed"
             "括号“{open}”没有对应的后括号“{close}”"
        help "put `{close}` where it ends"
             "在应当结束处加上“{close}”"

    E0107 Error StrayClose(sign)
        page "A closing bracket has no opening one before it in the same clause. Not `area / pupils) >= 3`, but `(area / pupils) >= 3`."
             "同一条款内，此后括号之前没有对应的前括号。不写“校舍面积 / 学生数） 不低于 3”，写“（校舍面积 / 学生数） 不低于 3”。"
        text "this `{sign}` closes nothing"
             "括号“{sign}”没有对应的前括号"
        help "delete it, or put the opening bracket before it"
             "删去，或补上前括号"

    E0108 Error Invisible(name)
        page "Some characters show nothing and come in with text pasted from elsewhere. They make two names differ that look the same, so they are refused everywhere but in comments."
             "从别处粘贴的文字常带有不可见字符，会使看上去相同的名称不同，因此除注释外一律不接受。"
        text "an invisible character stands here ({name})"
             "此处有不可见字符（{name}）"
        help "delete it and type the words around it again"
             "删除该字符，重新键入前后文字"

    E0109 Error TooDeep(most)
        page "Brackets, and what is reckoned within them, nest to a fixed depth, so that every rule can be read on every machine."
             "括号及其中算式的嵌套层数有固定上限，以保证在任何机器上都能读懂。"
        text "this nests deeper than {most}"
             "此处嵌套超过 {most} 层"
        help "give a part of it a name with a `measure`"
             "把其中一部分另立“计算项”并命名"

    E0110 Error TooLong(most)
        page "One expression has a fixed number of operators or branches at most, so that every rule can be read on every machine."
             "一个算式中的运算或分支数有固定上限，以保证在任何机器上都能读懂。"
        text "this has more than {most} operators or branches"
             "此处的运算或分支超过 {most} 个"
        help "give a part of it a name with a `measure`"
             "把其中一部分另立“计算项”并命名"

    E0111 Error AndBesideOr(readings)
        page "`and` beside `or` can be read in two ways. The language chooses neither: brackets say which is meant. Not `a and b or c`, but `(a and b) or c`."
             "“且”与“或”并用时有两种读法，须用括号写明是哪一种。不写“甲 且 乙 或 丙”，写“（甲 且 乙） 或 丙”。"
        text "`and` beside `or` has two readings"
             "“且”与“或”并用，有两种读法"
        help "{readings}"
             "{readings}"

    E0112 Error WordBesideSign(words, readings)
        page "`% of`, `per 100`, `rounded` and `for every` beside `+ − × ÷` can be read in two ways. Brackets say which is meant. Not `5% of a + b`, but `(5% of a) + b`."
             "“的 5%”“每 100”、取整、“每 12 个”与加减乘除并用时有两种读法，须用括号写明是哪一种。不写“甲 + 乙 每 100 丙”，写“甲 + （乙 每 100 丙）”。"
        text "`{words}` has two readings"
             "“{words}”有两种读法"
        help "{readings}"
             "{readings}"

    E0113 Error ChainTurns(instead)
        page "Two comparisons in a chain are read as `between` when both run one way and include their ends, as `50 <= x <= 99`. Any other chain is refused. Not `50 <= x > 3`, but `x >= 50 and x > 3`."
             "连写的两个比较，方向一致且都含端点时读作“介于”，如 50 ≤ x ≤ 99；其他连写不接受。不写“50 ≤ x > 3”，写“x 不低于 50 且 x 超过 3”。"
        text "these two comparisons do not make a range with both ends included"
             "连写的两个比较不构成含两端的区间"
        help "write `{instead}`"
             "写成“{instead}”"

    E0114 Error LooseElse(words, readings)
        page "After `else` the comparison may belong to the last branch alone or to the whole choice. Brackets say which is meant. Not `if a then 1 else 2 > 1`, but `(if a then 1 else 2) > 1`."
             "“否则”之后的比较，既可能只属于最后一支，也可能属于整个选择，须用括号写明。不写“如果 甲，则 1，否则 2 超过 1”，写“（如果 甲，则 1，否则 2） 超过 1”。"
        text "`{words}` after `else` has two readings"
             "“否则”之后的“{words}”有两种读法"
        help "{readings}"
             "{readings}"

    E0115 Error IfInside(instead)
        page "`if … then … else …` stands alone, or between brackets when it is a part of an expression: without them its end cannot be seen. Not `100 + if a then 1 else 2`, but `100 + (if a then 1 else 2)`."
             "“如果…则…否则…”须单独成句；作为算式的一部分时须用括号括起来，否则看不出到哪里为止。不写“100 + 如果 甲，则 1，否则 2”，写“100 + （如果 甲，则 1，否则 2）”。"
        text "`if` inside an expression needs brackets"
             "算式中的“如果”须加括号"
        help "write `{instead}`"
             "写成“{instead}”"

    E0116 Error SentenceBeside(instead)
        page "A sentence about rows runs to its end, so beside `and` or `or` it needs brackets; or each gets a `require` of its own. Not `a and every class has size <= 45`, but `a and (every class has size <= 45)`."
             "关于各行的句子一直读到末尾，与“且”“或”并用时须加括号；也可以各写一项“要求”。不写“甲 且 没有 查实 的 事项”，写“甲 且 （没有 查实 的 事项）”。"
        text "a sentence beside `and` or `or` needs brackets"
             "句子与“且”“或”并用须加括号"
        help "write `{instead}`"
             "写成“{instead}”"

    E0117 Error ColonRatio(written, instead)
        page "A ratio is written as a fraction: `1/15`, or turned round, pupils to a teacher at most 15. Not `teachers / pupils >= 1:19`, but `teachers / pupils >= 1/19`."
             "比例写成分数，如 1/15；也可以倒过来，写成每名教师对应的学生数不超过 15。不写“教师数 / 学生数 不低于 1:19”，写“教师数 / 学生数 不低于 1/19”。"
        text "`{written}` is no number"
             "“{written}”不是数"
        help "{instead}"
             "{instead}"

    E0118 Error Thousands(written, instead)
        page "Numbers in rules have no thousands separators: a comma separates two values. Not `pupils <= 1,155`, but `pupils <= 1155`."
             "条文中的数不写千位分隔符：逗号用来分隔两个值。不写“学生数 不超过 1,155”，写“学生数 不超过 1155”。"
        text "`{written}` has a thousands separator"
             "“{written}”带有千位分隔符"
        help "write `{instead}`"
             "写成“{instead}”"

    E0119 Error ImpossibleDate(date)
        page "The calendar has no such day or month. Not `2017-02-30`, but `2017-02-28`."
             "日历上没有这一天或这个月。不写“2017年2月30日”，写“2017年2月28日”。"
        text "there is no `{date}`"
             "没有“{date}”这个日期"
        help "correct the day or the month"
             "更正其中的月或日"

    E0120 Error TurnedDates(from, to)
        page "A period ends on or after the day on which it begins. Not `from 2020-09-01 to 2017-04-19`, but `from 2017-04-19 to 2020-09-01`."
             "期间的截止日不得早于起始日。不写“自 2020年9月1日 至 2017年4月19日”，写“自 2017年4月19日 至 2020年9月1日”。"
        text "this period ends on {to}, before it begins on {from}"
             "截止日 {to} 早于起始日 {from}"
        help "correct one of the two dates"
             "改正其中一个日期"

    E0121 Error Duplicate(word)
        page "Some clauses may stand once in an item: a second one would contradict or hide the first. Several `require` are allowed."
             "有些条款在一个条目中只能出现一次，第二次会与第一次相矛盾或被忽略。“要求”可以有多项。"
        text "a second `{word}` in one item"
             "同一条目中“{word}”出现了两次"
        help "delete one of the two"
             "只保留一处"

    E0142 Error NoAbsolute(line)
        page "The language has no absolute value: a distance in either direction lies between a number and its negative. Not `abs(total - boys - girls) <= 1`, but `total - boys - girls between -1 and 1`."
             "没有绝对值的写法：双向的误差写成介于负数与正数之间。不写“绝对值（总数 - 男 - 女） 不超过 1”，写“总数 - 男 - 女 在 -1 到 1 之间”。"
        text "there is no absolute value here"
             "没有绝对值这种写法"
        help "instead of `abs(…)` write `{line}`"
             "不用绝对值，写成“{line}”"

    E0141 Error NoteTwice(words)
        page "What is noted behind the type of a column may stand there once: what a blank means, its bounds, whether it is personal. Not `whole number, blank means 0, blank means 9`, but `whole number, blank means 0`."
             "列的类型之后的附注每种只写一次：空白计多少、取值范围、是否个人信息。不写“整数，空白 计 0，空白 计 9”，写“整数，空白 计 0”。"
        text "this is noted twice of one column: `{words}`"
             "同一列重复附注：“{words}”"
        help "delete one of the two"
             "只保留一处"

    E0139 Error OutsideItems(words)
        page "What stands before the first item of a rule file is a comment or nothing. Anything else was meant for another file, or its item word is missing: none of it would be judged."
             "规则文件的第一个条目之前，只能是注释或空行。写有其他内容的，可能是文件放错了，或缺了条目词；这些内容都不会用于判定。"
        text "`{words}` stands before any item and begins none"
             "“{words}”之前没有条目，本身也不是条目"
        help "delete it, or begin its line with `#` if it is a comment"
             "删去；是注释的，行首写“#”"

    E0140 Error HoleOpen(words)
        page "In a message or a remedy braces are holes: what stands between them is a value of the unit that is told of it, as a column, a measure, or the value of a parameter. Not `only {pupils`, but `only {pupils}`."
             "“问题描述”“整改建议”中的花括号是填空：括号内写被判定对象的一个值，如列、计算项、标准值。不写“只有 {学生数”，写“只有 {学生数}”。"
        text "a brace in this text has no other, or nothing between: `{words}`"
             "这段文字中的花括号不成对，或其中没有内容：“{words}”"
        help "write the name of a value between two braces"
             "在一对花括号之间写一个值的名称"

    E0122 Error Misplaced(word, item, home)
        page "Each item has clauses of its own; this one belongs to items of another kind. Perhaps the head of that item is missing or was not understood."
             "各类条目有各自的条款，此条款属于另一类条目。可能是那个条目的首行缺失或未读懂。"
        text "`{word}` is no clause of a `{item}`"
             "“{word}”不是“{item}”的条款"
        help "move it under a `{home}`"
             "移到“{home}”之下"

    E0123 Error StrayClause()
        page "A clause belongs to the item whose head stands above it. Here no item has begun yet."
             "条款属于其上方的条目。此处之前还没有任何条目。"
        text "this clause stands before any item"
             "此条款之前没有条目"
        help "put the first line of its item above it, as `rule ID \"TITLE\"`"
             "在上方补上条目的首行，如“指标 编号 “名称””"

    E0124 Error ReservedName(word)
        page "The joints of expressions, as `in` or `and`, are no names by themselves. Between backticks or 「」 any word is a name. Not `pupils + where`, but `pupils + 「where」`."
             "连接词（如“的”“为”“按”）不能直接用作名称；放在「」或反引号之间，任何词都可以作名称。不写“学生数 + 其中”，写“学生数 + 「其中」”。"
        text "`{word}` is a word of the language and no name"
             "“{word}”是语言用词，不能直接作名称"
        help "if a name is meant, write `「{word}」`"
             "如确为名称，写成「{word}」"

    E0125 Error RowsWanted(words)
        page "A sentence about rows names a table, or a column of counts; its condition stands behind `where` in English and before 的 in Chinese."
             "关于各行的句子，要说明是哪个数据表（或计数列）；条件写在“的”之前，如“符合交流条件 的 教师”。"
        text "`{words}` is no table's name"
             "“{words}”不是数据表的名称"
        help "write the name of a table, and its condition as `TABLE where CONDITION`"
             "写数据表的名称；有条件的写成“条件 的 数据表”"

    E0126 Error NothingSaid(words)
        page "A sentence about rows names the rows and says something of them: `every class has size <= 45`, `no incident is confirmed`."
             "关于各行的句子，要指明各行并说出要求：每个 班级 的 学生数 均 不超过 45；没有 学生数 超过 55 的 班级。"
        text "it is not clear what `{words}` says of which rows"
             "“{words}”没有说清对哪些行提出什么要求"
        help "write `every TABLE has …` or `no TABLE is …`"
             "写成“每个 数据表 的 列 均 …”或“没有 条件 的 数据表”"

    E0127 Error EvenAlone()
        page "均 says that something holds of every row, so the sentence begins with 每个, 每所 or the like."
             "“均”表示每一行都如此，句子须以“每个”“每所”等开头。"
        text "`均` needs `每个` at the start of the sentence"
             "用“均”时，句首须有“每个”"
        help "write `每个 … 的 … 均 …`"
             "写成“每个 … 的 … 均 …”"

    E0128 Error RuleWanted(words)
        page "`met` and `not met` are said of rules, by their ids: `A1 met`, `at least 6 of A1 to A7 met`. Not `pupils / area met`, but `A1 met`."
             "“达标”“不达标”只能说指标，用指标的编号：A1 达标，A1 至 A7 中 至少 6 项 达标。不写“学生数 / 面积 达标”，写“A1 达标”。"
        text "`{words}` is no rule's id"
             "“{words}”不是指标编号"
        help "write the id of a rule before `met`"
             "在“达标”之前写指标编号"

    E0129 Error RulesWanted()
        page "A list or a range, as `A1 to A7`, names rules, and rules are met or not met."
             "列举或“A1 至 A7”这样的范围指的是指标，其后只能说“达标”或“不达标”。"
        text "a list of rules can only be met or not met"
             "列举的指标之后只能写“达标”或“不达标”"
        help "end the sentence with `met`"
             "以“达标”结尾"

    E0130 Error Decimals(number)
        page "What is shown or rounded has a whole number of decimals, at most twelve. Not `show 20 decimals`, but `show 2 decimals`."
             "显示或取舍的小数位数是整数，最多十二位。不写“显示：20 位小数”，写“显示：2 位小数”。"
        text "`{number}` is no number of decimals"
             "“{number}”不能作小数位数"
        help "write a whole number from 0 to 12"
             "写 0 到 12 之间的整数"

    E0131 Error SideBySide(first, second, joined)
        page "Two names stand side by side and nothing says how they belong together. A comparison, `where`, `are` or 的 between them does; a name with a blank inside stands between backticks or 「」. Not `count(boarding school)`, but `count(school where boarding)`."
             "两个名称并列，中间没有说明二者关系的词。应写比较词、“的”“中”“为”等；名称本身带空格的，用「」括起来。不写“计数（寄宿制 学校）”，写“计数（寄宿制 的 学校）”。"
        text "nothing joins `{first}` and `{second}`"
             "“{first}”与“{second}”之间缺少连接的词"
        help "if `{second}` are rows, write `{joined}`; otherwise say how the two belong together"
             "“{second}”是数据表的，写成“{joined}”；不是的，写明二者是什么关系"

    E0133 Error Rewritten(words, line)
        page "These words have a fixed form in the language; the line shown says the same in that form. It is only offered, never taken by itself: read it before it is pasted. Not `count of class where size > 55 = 0`, but `count(class where size > 55) = 0`."
             "这样的说法在本语言中有固定写法，所示的一行就是按固定写法写出的同一意思。程序只提供、不代改，采用前请核对。不写“差异系数（生均面积） 按 学生数 加权”，写“差异系数（生均面积 跨 学段部，按 学生数 加权）”。"
        text "`{words}` is not read as it stands"
             "“{words}”不能照此读"
        help "write `{line}`"
             "写成“{line}”"

    E0134 Error NotSayable(what, line)
        page "The language cannot say this yet. The line shown is the nearest that can be said, not the same: what is left out has to be settled beside it, as by a column that holds the figure of the year before, or an inspector's finding."
             "本语言目前还不能表达这一要求。所示的一行是能够表达的最接近的写法，意思并不完全相同：未能表达的部分须另行处理，例如在数据表中设一列登记上一年的数字或检查认定的结果。"
        text "{what} cannot be said yet"
             "目前还不能表达{what}"
        help "the nearest that can be said is `{line}`"
             "最接近的写法是“{line}”"

    E0135 Error TwoReadings(words, first, second)
        page "The words can be meant in two ways, and the language chooses neither. Not `85% of classes have size <= 45`, but `at least 85% of classes have size <= 45`."
             "这样的说法有两种读法，程序不代为选择。不写“班级 的 85% 不超过 45 人”，写“班级 中 至少 85% 的 学生数 不超过 45”。"
        text "`{words}` has two readings"
             "“{words}”有两种读法"
        help "write `{first}` or `{second}`"
             "写成“{first}”或“{second}”"

    E0136 Error CountedBy()
        page "`counted by` sums a column of the rows in place of counting them. It stands behind a share of one count in another: `count(A) >= 10% of count(B), counted by pupils`."
             "“按 … 计”表示以某列的合计代替行数，只能写在一个计数占另一计数的比例之后：甲 的 学校 不低于 学校 的 10%，按 学生数 计。"
        text "`counted by` needs a share of one count in another before it"
             "“按 … 计”之前须是一个计数占另一计数的比例"
        help "write `count(A) >= 10% of count(B), counted by …`, or leave it out"
             "写成“甲 的 数据表 不低于 数据表 的 10%，按 … 计”，或者删去"
    E0138 Error DurationOrDay(words, long_ago, lately)
        page "A day so many years before another is compared as a day: earlier or later. Words of amount could be meant either way: `joined at least 9 years before as_of` is nine years ago or longer to most readers, and yet `at least` a day is on or after it. Not `joined at least 9 years before as_of`, but `joined <= 9 years before as_of`."
             "某日之前若干年的那一天，是按早晚来比较的。用“不少于”“超过”等说多少的词有两种读法：“进入本校日期 不少于 基准日 前 9 年”多半是指满 9 年，按日期却成了晚于那一天。不写“进入本校日期 不少于 基准日 前 9 年”，写“进入本校日期 不晚于 基准日 前 9 年”。"
        text "`{words}` before a day may mean longer ago, or later"
             "日期之前的“{words}”可以指时间更久，也可以指日子更晚"
        help "write `{long_ago}` for that long ago or longer, or `{lately}` for since then"
             "满这么久的写成“{long_ago}”，在此之后的写成“{lately}”"
    E0137 Error TimedBeside()
        page "A condition before 时 within a requirement says when the whole rule applies, so it stands only where the rule has one requirement and no `when`. Where several requirements share a condition, the condition is a `when` of its own; where each has its own, each is a rule."
             "要求中“…… 时，……”的条件管整条指标，只能用于仅有一项要求、且没有“当”的指标。几项要求条件相同的，单写一条“当”；条件不同的，各写成一条指标。"
        text "the condition before `时` would hold for every requirement of the rule"
             "“时”之前的条件会管到本指标的其他要求"
        help "write each requirement that has a condition of its own as a rule of its own"
             "条件不同的要求，各写成一条指标"
}

/// Where words are known and yet do not go together.
pub fn other_words() -> Text {
    Text::new("say it in another way: this does not go with what stands before it", "换一种写法：此处与前文接不上")
}

/// Two readings as a help: `write A or B`, or `write A` when there is but one.
pub fn either(first: &str, second: &str) -> Text {
    if first == second {
        return Text::new(format!("write `{first}`"), format!("写成“{first}”"));
    }
    Text::new(format!("write `{first}` or `{second}`"), format!("写成“{first}”或“{second}”"))
}

/// Words set apart, in the one way or in the first two that mean something.
pub fn apart(ways: &[String]) -> Text {
    match ways {
        [first, second, ..] => Text::new(format!("two ways mean something; write `{first}` or `{second}`"), format!("有两种分法，请选定一种：写成“{first}”，或写成“{second}”")),
        _ => {
            let only = ways.first().map_or("", String::as_str);
            Text::new(format!("write `{only}`"), format!("写成“{only}”"))
        }
    }
}

/// The help for a line whose first word comes near nothing.
pub fn clause_wanted() -> Text {
    Text::new("begin the line with a clause word, as `require`, `when` or `column`, or join it to the line before", "以条款词（如“要求”“当”“列”）开头，或接好上一行")
}

/// What to do about a word typed twice.
pub fn word_twice() -> Text {
    Text::new("delete it: the same word stands before it", "删去：与前一个词重复")
}

/// What people write unasked, and what to write instead: the word before, the words at the place, the help.
pub struct Habit {
    before: &'static [&'static str],
    at: &'static [&'static str],
    en: &'static str,
    zh: &'static str,
}

impl Habit {
    pub fn text(&self) -> Text {
        Text::new(self.en, self.zh)
    }
}

/// `x at least 4.5` where `x >= 4.5` is meant.
pub const BOUND_FOR_COMPARISON: Habit = Habit { before: &[], at: &[], en: "to compare, write `>=` or `<=`; of rows, write `at least N of TABLE are …`", zh: "比较时写“不低于”“不超过”；说各行时写“数据表 中 至少 … 为 …”" };

const HABITS: &[Habit] = &[
    Habit { before: &["ceiling", "ceil", "round"], at: &["("], en: "write `(…) rounded up`, or `(…) rounded to 2 decimals half up`", zh: "写成“（…） 向上取整”，或“（…） 四舍五入 到 2 位小数”" },
    Habit { before: &["is", "are"], at: &["at least"], en: "write `>=` in place of `is at least`", zh: "把 is at least 改为“不低于”（>=）" },
    Habit { before: &["is", "are"], at: &["at most"], en: "write `<=` in place of `is at most`", zh: "把 is at most 改为“不超过”（<=）" },
    Habit { before: &["is", "are"], at: &["more", "greater", "larger"], en: "write `>` in place of `is more than`", zh: "把 is more than 改为“超过”（>）" },
    Habit { before: &["is", "are"], at: &["less", "fewer", "smaller"], en: "write `<` in place of `is less than`", zh: "把 is less than 改为“低于”（<）" },
    Habit { before: &["is", "are"], at: &["between"], en: "leave `is` out", zh: "删去 is" },
    Habit { before: &["is", "are"], at: &[""], en: "write `=` in place of `is`, `!=` in place of `is not`", zh: "把 is 改为“为”或 =" },
    Habit { before: &[], at: &["at least", "no less than"], en: "write `>=`", zh: "改为“不低于”" },
    Habit { before: &[], at: &["at most", "no more than"], en: "write `<=`", zh: "改为“不超过”" },
    Habit { before: &[], at: &["more than", "greater than", "larger than"], en: "write `>`", zh: "改为“超过”" },
    Habit { before: &[], at: &["less than", "fewer than", "smaller than"], en: "write `<`", zh: "改为“低于”" },
    Habit { before: &[], at: &["exceeds "], en: "write `>`", zh: "改为“超过”" },
    Habit { before: &["more", "greater", "larger"], at: &["than"], en: "write a comparison with a column, as `size > 55`", zh: "写成列与数的比较，如“学生数 超过 55”" },
    Habit { before: &[], at: &["each "], en: "write `every`", zh: "改为“每个”" },
    Habit { before: &["all"], at: &[""], en: "write `every TABLE has …`, or `all of TABLE are …`", zh: "写成“每个 … 均 …”或“… 全部 为 …”" },
    Habit { before: &["none"], at: &["of"], en: "write `at most 0 of …`, or `no TABLE is …`", zh: "写成“没有 … 的 …”" },
    Habit { before: &["count", "sum", "mean", "min", "max", "median", "share", "variation"], at: &["of"], en: "write it as a call: `count(TABLE where …)`, `sum(COLUMN across TABLE)`", zh: "写成“计数（… 的 数据表）”“求和（列 跨 数据表）”" },
    Habit { before: &[], at: &["in (", "in （"], en: "write `is one of (…)`", zh: "改为“属于（…）”" },
    Habit { before: &["of"], at: &["primary,", "("], en: "set the list in brackets: `is one of (…)`", zh: "把列举的内容用括号括起来" },
    Habit { before: &[], at: &["percent "], en: "write `%`", zh: "改为 %" },
    Habit { before: &["least", "most", "exactly"], at: &["one ", "two ", "three ", "half "], en: "write the number in digits", zh: "用数字书写" },
    Habit { before: &["and", "or"], at: &["<", ">", "=", "≥", "≤"], en: "name what is compared again: `x >= 50 and x < 100`", zh: "重写被比较的量：“x 不低于 50 且 x 低于 100”" },
    Habit { before: &["且", "或"], at: &["不低于", "不超过", "超过", "低于", "<", ">", "=", "≥", "≤"], en: "name what is compared again: `x >= 50 and x < 100`", zh: "重写被比较的量：“x 不低于 50 且 x 低于 100”" },
    Habit { before: &[], at: &["是 不", "是 超过", "是 高于", "是 大于", "是 低于", "是 少于", "是 小于", "是 达到"], en: "leave `是` out", zh: "删去“是”" },
    Habit { before: &["是"], at: &["不低于 ", "不少于 ", "达到 ", "不超过 ", "不高于 ", "超过 ", "高于 ", "低于 ", "少于 "], en: "leave `是` out", zh: "删去“是”" },
    Habit { before: &[], at: &["是 "], en: "write `=`", zh: "改为“为”" },
    Habit {
        before: &[],
        at: &["不低于 ", "不少于 ", "达到 ", "不超过 ", "不高于 ", "超过 ", "高于 ", "低于 ", "少于 "],
        en: "compare a value: `count(TABLE where …) >= …`",
        zh: "比较词左边须是一个值：写成“计数（条件 的 数据表） 不低于 …”，或“条件 的 数据表 中 至少 … 为 …”",
    },
    Habit { before: &[], at: &["占 ", "占比 "], en: "write `at least 10% of TABLE where … are …`", zh: "写成“… 的 数据表 中 至少 10% 为 …”" },
    Habit { before: &[], at: &["～", "~", "..", "－"], en: "write a range of rules as `A1 to A7`", zh: "指标的范围写成“A1 至 A7”" },
    Habit { before: &[], at: &["之比 "], en: "divide: `a / b`", zh: "用除法：a / b" },
    Habit { before: &[], at: &["之一 "], en: "write `is one of (…)`", zh: "写成“属于（…、…）”" },
    Habit { before: &[], at: &["比 "], en: "write a comparison, as `>=`", zh: "写比较词，如“不低于”" },
    Habit { before: &["具有", "拥有", "至少"], at: &["有 "], en: "write `at least 1 of TABLE are …`, or `count(TABLE) >= 1`", zh: "写成“计数（数据表） 不少于 1”" },
    Habit { before: &["不是"], at: &[""], en: "write `!=` in place of `不是`", zh: "把“不是”改为“不为”" },
    Habit { before: &["不存在", "无"], at: &[""], en: "write `no TABLE is …`", zh: "写成“没有 条件 的 数据表”" },
];

/// The help for what stands at a place, where people's habit is known. A word that must end there has a blank behind it.
pub fn habit(before: &str, text: &str) -> Option<Text> {
    let ends = |sign: &str| text.strip_prefix(sign.trim_end()).is_some_and(|after| !sign.ends_with(' ') || after.is_empty() || after.starts_with(char::is_whitespace));
    let fits = |habit: &&Habit| (habit.before.is_empty() || habit.before.contains(&before)) && habit.at.iter().any(|sign| ends(sign));
    HABITS.iter().find(fits).map(Habit::text)
}
