//! Messages about what rule files mean: names, types, units, dates of standards, how rules hang together.

use crate::base::Text;
use crate::model::plan::Titles;

super::messages! {
    E0201 Error UnknownName(name, here, near)
        page "A name in an expression must be a column of the row at hand or of a row above it, a measure of one of them, or a parameter. The nearest wins: the row first, then its parents outward, then the pack."
             "表达式中的名称必须是当前行或其上级行的列、计算项，或者标准值。由近及远查找：先本行，再上级，最后全标准。"
        text "nothing is called `{name}` in {here}"
             "{here}中没有名为“{name}”的列、计算项或标准值"
        help "{near}"
             "{near}"
    E0202 Error UnknownTable(name, near)
        page "The word where a table is due is not the id or a title of any table of the pack."
             "此处应为数据表，但没有这样的数据表。"
        text "no table is called `{name}`"
             "没有名为“{name}”的数据表"
        help "{near}"
             "{near}"
    E0203 Error UnknownCodes(name, near)
        page "The word where a code list is due is not the id or a title of any code list of the pack."
             "此处应为代码表，但没有这样的代码表。"
        text "no code list is called `{name}`"
             "没有名为“{name}”的代码表"
        help "{near}"
             "{near}"
    E0204 Error UnknownCode(name, list, near)
        page "Where a code is due, only the codes of that list may stand, by id or by title. Not `stage = middle`, but `stage = junior`."
             "此处应为某代码表中的代码（代码本身或其名称）。不写“学段 为 中学”，写“学段 为 初中”。"
        text "`{name}` is no code of `{list}`"
             "代码表“{list}”中没有“{name}”"
        help "{near}"
             "{near}"
    E0205 Error UnknownParameter(name, near)
        page "A name followed by square brackets must be a parameter."
             "名称后带方括号的，必须是标准值。"
        text "no parameter is called `{name}`"
             "没有名为“{name}”的标准值"
        help "{near}"
             "{near}"
    E0206 Error UnknownRule(name, near)
        page "Rules are named by their id. A range `A1 to A7` runs over one stem and every whole number between, and each of them must be there."
             "指标按编号引用。“A1 至 A7”指同一前缀下的每个整数编号，缺一不可。"
        text "no rule is called `{name}`"
             "没有编号为“{name}”的指标"
        help "{near}"
             "{near}"
    E0207 Error DeclaredTwice(name)
        page "Within one pack a table, a code list, a parameter, a measure of a table, a column of a table and a rule may each be declared once."
             "同一标准内，同名的数据表、代码表、标准值、计算项、列、指标只能声明一次。"
        text "`{name}` is declared twice"
             "“{name}”重复声明"
        help "give the second another name, or delete it"
             "给第二处换一个名称，或删去"
    E0208 Error UnitsDiffer(left, right)
        page "Only quantities of one kind can be compared, added or subtracted. Different units of one kind (yuan and 万元) convert by themselves; pupils and square metres do not. Not `area >= 3 m2/pupil`, but `area / pupils >= 3 m2/pupil`."
             "只有同类的量才能比较或加减。同类量的不同单位（元与万元）自动换算；人与平方米不能相比。不写“校舍面积 不低于 3 平方米/生”，写“校舍面积 / 学生数 不低于 3 平方米/生”。"
        text "{left} cannot be compared with, or added to, {right}"
             "{left}与{right}不是同类的量，不能比较或加减"
        help "divide or multiply until both sides have the same unit"
             "先用乘除把两边化为相同单位"
    E0209 Error WrongType(wanted, found)
        page "Each place wants one kind of value: a number, a yes/no, a text, a date, a code. Not `require pupils`, but `require pupils >= 1`."
             "每个位置只接受一种值：数、是否、文本、日期或代码。不写“要求：学生数”，写“要求：学生数 不低于 1”。"
        text "{wanted} is due here, and this is {found}"
             "此处应为{wanted}，而这是{found}"
        help "write {wanted} here"
             "此处改写{wanted}"
    E0211 Error UnknownUnit(word, near)
        page "A unit is one of the unit words, one over another (`m2/pupil`), or one per a number of another (`teacher per 100 pupil`). Not `3 m2/pupli`, but `3 m2/pupil`."
             "单位须为单位词，或两个单位之比（平方米/生），或“名 每 100 人”这样的写法。不写“3 平米方/生”，写“3 平方米/生”。"
        text "`{word}` is no unit"
             "“{word}”不是单位"
        help "{near}"
             "{near}"
    E0212 Error NotBeneath(table, unit)
        page "Rows can be counted, added up or spoken of only from a unit that stands above them: a county speaks of its schools, a school of its classes."
             "只能由上级单位对其下级的行计数、求和或陈述：区县可说其学校，学校可说其班级。"
        text "rows of `{table}` do not stand beneath `{unit}`"
             "“{table}”不在“{unit}”之下"
        help "write `for each` with a table above `{table}`"
             "“适用于”改写“{table}”的上级"
    E0214 Error VariationWeights()
        page "There are several formulas that people call the coefficient of variation, and they give different results. The official one weighs by pupils: `weighted by pupils`. The others are `equal weights`, `sample weights`, and both about the pooled mean: `pooled by pupils`, `sampled by pupils`."
             "被称为“差异系数”的公式有多种，结果不同。官方公式按学生数加权：“按 学生数 加权”。其余为“等权”“样本”，以及以合并均值为中心的“按 学生数 合并”“按 学生数 抽样”。"
        text "this variation does not say how it is weighted"
             "差异系数没有说明如何加权"
        help "for the official formula write `, weighted by` and the column of pupils before the closing bracket"
             "按官方公式，在后括号前写“，按 学生数 加权”"
    E0215 Error MeasureOfItself(name)
        page "A measure cannot need its own value, directly or through other measures."
             "计算项不能直接或间接用到自身。"
        text "`{name}` needs its own value"
             "“{name}”的计算用到了它自身"
        help "break the circle: write one of the measures with columns alone"
             "断开循环：其中一个计算项只用列来写"
    E0216 Error RuleOfItself(name)
        page "A rule cannot count itself, directly or through other rules."
             "指标不能直接或间接把自身计入。"
        text "`{name}` counts itself"
             "“{name}”把自身计入"
        help "take `{name}` out of the list"
             "从所列指标中去掉“{name}”"
    E0217 Error StatusOfRows()
        page "Whether a rule is met is asked of units, not of rows: it may stand in `when` and `require`, not inside a sentence about rows, a filter or a measure."
             "“达标”是对单位说的，只能出现在“当”和“要求”中，不能出现在对行的陈述、筛选或计算项里。"
        text "the outcome of a rule cannot be asked of rows"
             "不能对行询问指标是否达标"
        help "put it into `when` or `require` of a rule of its own"
             "另立一个指标，放在“当”或“要求”里"
    E0218 Error DatesOverlap(name, end)
        page "Two values of one parameter may not hold on one day. Not `from 2017-04-19 2000 … from 2017-04-19 1500`, but `from 2017-04-19 2000 … from 2020-09-01 1500`."
             "同一标准值在同一天不能有两个值。不写“自 2017年4月19日 2000……自 2017年4月19日 1500”，写“自 2017年4月19日 2000……自 2020年9月1日 1500”。"
        text "two values of `{name}` hold on the same day"
             "“{name}”有两个值在同一天生效"
        help "end the earlier one with `to {end}`"
             "前一个写明“至 {end}”"
    E0219 Error DatesGap(name, from, to)
        page "Between two values of one parameter no day may be left without a value."
             "同一标准值的前后两个值之间不能有空档。"
        text "`{name}` has no value from {from} to {to}"
             "“{name}”自 {from} 至 {to} 没有值"
        help "end the earlier one with `to {to}`"
             "前一个改为“至 {to}”"
    E0221 Error NoValueYet(name, rule, date)
        page "A rule in force on the as-of date needs a value of each of its parameters on that day."
             "在基准日有效的指标，其标准值在该日必须有值。"
        text "`{name}` has no value on {date}, and rule {rule} is in force then"
             "“{name}”在 {date} 没有值，而指标 {rule} 当日有效"
        help "add a value that begins on {date} or before"
             "补上 {date} 或之前生效的值"
    E0222 Error KeyCount(name, wanted, found, form)
        page "A parameter declared `by` one or two keys is looked up with exactly as many. Not `size <= largest_class`, but `size <= largest_class[stage]`."
             "声明为“按”一个或两个键的标准值，须用同样多的键查。不写“学生人数 不超过 规模上限”，写“学生人数 不超过 规模上限[学段]”。"
        text "`{name}` takes its value by keys in square brackets: {wanted} of them, and here stand {found}"
             "“{name}”须在方括号内写 {wanted} 个键，此处写了 {found} 个"
        help "write `{form}`"
             "写成“{form}”"
    E0223 Error WhichCodes(table, list, how)
        page "Under `for each …, each stage` the rows of a table are those of that stage: the table, or one above it, needs exactly one column of that code list."
             "在“每个 学段”之下，数据表只取该学段的行：该表或其上级须恰有一列取自该代码表。"
        text "{how} of `{table}` says to which `{list}` a row belongs"
             "“{table}”各行属于哪个“{list}”无法确定：{how}"
        help "give `{table}` one column `one of {list}`"
             "在“{table}”中设一列“取自 {list}”"
    E0224 Error NoStandard(rule)
        page "A percent of standard is value over limit for a floor, limit over value for a ceiling: it exists only for a rule with one `require` that compares with one limit."
             "“标准的百分之几”对下限是值比标准、对上限是标准比值：只有一条要求、且只与一个标准比较的指标才有。"
        text "rule {rule} has no single floor or ceiling, so no percent of standard"
             "指标 {rule} 没有唯一的上限或下限，谈不上“标准的百分之几”"
        help "leave `the rest …` out"
             "删去“余项 …”"
    E0225 Error RulesApart(rule, by)
        page "A rule can count rules of the same unit, of a unit above, or of the units beneath it."
             "指标只能计入同一单位、上级单位或下级单位的指标。"
        text "rule {rule} asks units that have nothing to do with those of {by}"
             "指标 {rule} 的单位与 {by} 的单位互不相属"
        help "write `for each` of {rule} with a table above or beneath that of {by}"
             "指标 {rule} 的“适用于”改写与 {by} 有上下级关系的数据表"
    E0226 Error ClauseMissing(item, clause)
        page "An item without the clause that gives it its meaning says nothing."
             "条目缺少使其有意义的那一句。"
        text "{item} has no `{clause}`"
             "{item} 没有“{clause}”"
        help "add a line that begins with `{clause}`"
             "补一行，以“{clause}”开头"
    E0228 Error SpreadArithmetic()
        page "A variation is a square root; it is compared, rounded and shown exactly, but not added, multiplied or divided. A Theil index and an Atkinson index of aversion 0.5 are made of logarithms or of many roots: they are compared with a limit exactly, and once rounded they are numbers like others, but they are not compared with one another or counted as distinct, for whether two of them are equal cannot be settled."
             "差异系数含平方根，只能比较、取舍和显示，不能再作加减乘除。泰尔指数和厌恶系数为 0.5 的阿特金森指数含对数或多个平方根：可与限值精确比较，取舍后即为普通数值；但不能相互比较，也不能计数不同，因为两者是否相等无法断定。"
        text "a variation, or an index that is no fraction, can only be compared with a limit"
             "差异系数和非有理数的指数只能与限值比较"
        help "compare it alone, as `variation(…) <= LIMIT`"
             "单独比较，如“差异系数（…） 不超过 上限”"
    E0229 Error NoOrder(list)
        page "Codes can be compared by ≥ and ≤ only where their list says that its order counts: `best first`. Not `stage >= junior`, but `stage is one of (junior)`."
             "只有声明“由优到劣”的代码表，其代码才能用不低于、不超过比较。不写“学段 不低于 初中”，写“学段 属于（初中）”。"
        text "the codes of `{list}` have no order"
             "“{list}”的代码没有高低之分"
        help "write `is one of (…)`"
             "改写为“属于（…）”"
    E0230 Error NotRows(found)
        page "A count, a sum or a sentence about rows needs the name of a table. Not `count(class.size)`, but `count(class)`."
             "计数、求和或对行的陈述，需要数据表的名称。不写“计数（学生人数）”，写“计数（班级）”。"
        text "rows of a table are due here, and `{found}` is no table"
             "此处应为数据表，“{found}”不是数据表"
        help "write the id or a title of a table"
             "写数据表的代号或名称"
    E0231 Error Ambiguous(name, list)
        page "Two columns or measures of one table have the same title. The id of each is its own."
             "同一数据表中有两列（或计算项）名称相同，须用各自的标识。"
        text "`{name}` may be {list}"
             "“{name}”可指{list}"
        help "write {list}"
             "改用标识：{list}"
    E0232 Error CircleOfTables(name)
        page "Tables stand above one another in one direction; a table cannot stand above itself."
             "数据表的上下级关系只有一个方向，不能自己属于自己。"
        text "table `{name}` stands above itself"
             "数据表“{name}”属于自身"
        help "take one `in` out of the circle"
             "去掉循环中的一处“属于”"
    E0233 Error SharePercent(amount)
        page "A share is between 0% and 100%. Not `at least 120% of schools are boarding`, but `at least 20% of schools are boarding`."
             "比例在 0% 与 100% 之间。不写“学校 中 至少 120% 为 寄宿制”，写“学校 中 至少 20% 为 寄宿制”。"
        text "a share of {amount} cannot be asked"
             "比例不能是 {amount}"
        help "write a percent between 0% and 100%"
             "写 0% 到 100% 之间的百分数"
    E0234 Error ValueKeys(name, wanted, found)
        page "Each value of a parameter stands behind as many keys as the parameter is declared `by`, or behind `otherwise`. Not `primary 45, 50`, but `primary 45, junior 50`."
             "标准值声明“按”几个键，每个数值前就写几个键，或写“其余”。不写“小学 45，50”，写“小学 45，初中 50”。"
        text "`{name}` has {wanted} keys before each value, and here stand {found}"
             "“{name}”的每个数值前应有 {wanted} 个键，此处有 {found} 个"
        help "write a key for each list behind `by`, or `otherwise`"
             "按“按”后所列逐一写明键，或写“其余”"
    E0235 Error WeightNotTaken()
        page "Weights belong to a variation, a percentile, an interquartile ratio and the indices of inequality. A weighted mean is a sum divided by a sum: `sum(x * w across t) / sum(w across t)`; the greatest, the least and the range are the same whatever rows weigh."
             "差异系数、百分位数、四分位比和不均等指数可以加权。加权平均就是两个合计相除：“求和（甲 × 权 跨 表） ÷ 求和（权 跨 表）”；最大、最小和极差与权重无关。"
        text "this aggregate takes no weights"
             "这种汇总不加权"
        help "leave the weights out; a weighted mean is `sum(x * w across t) / sum(w across t)` with the columns meant"
             "删去权重；加权平均写成“求和（甲 × 权 跨 表） ÷ 求和（权 跨 表）”，换成实际的列"
    E0236 Error ColumnUnsaid(limit, near)
        page "A comparison needs both sides: what is compared and its limit. Rows themselves are not compared, a column of theirs is; the columns that could be meant are listed, none is guessed. Not `every class has at most 45 pupils`, but `every class has size <= 45`."
             "比较须写明两边：比较什么、与什么比较。行本身不能比较，要写明是哪一列；可能的列已列出，程序不代为选择。不写“每个 班级 均 不超过 45 人”，写“每个 班级 的 学生数 均 不超过 45 人”。"
        text "it is not said what is compared with {limit}"
             "没有说明与 {limit} 比较的是什么"
        help "{near}"
             "{near}"
    E0237 Error CodeAlone(name, line)
        page "A code by itself is neither true nor false. Beside `or` it is most likely one more code of the comparison before it. Not `type = primary or junior`, but `type is one of (primary, junior)`."
             "代码本身没有真假。写在“或”之后的代码，多半是前一个比较的另一取值。不写“学校类型 为 小学 或 初中”，写“学校类型 属于（小学、初中）”。"
        text "the code `{name}` stands alone beside `or`"
             "代码“{name}”单独写在“或”之后"
        help "write `{line}`"
             "写成“{line}”"
    E0238 Error RuleAlone(name)
        page "The id of a rule is no statement: say whether it is met or not met. Not `A1 and A2 met`, but `A1 met and A2 met`."
             "指标编号本身不是一句话，要说达标还是不达标。不写“A1 且 A2 达标”，写“A1 达标 且 A2 达标”。"
        text "rule {name} stands alone"
             "指标 {name} 之后没有写达标与否"
        help "write `{name} met`"
             "写成“{name} 达标”"
    E0240 Error PercentileRank()
        page "A percentile says which: the value that 90% of the rows do not exceed is `percentile(90%, x across t)`. The percent is from 0% to 100%, with at most ten decimals. Not `percentile(90, x across t)`, but `percentile(90%, x across t)`."
             "百分位数须说明是哪一个：90% 的行不超过的数值写成“百分位数（90%，甲 跨 表）”。百分数在 0% 与 100% 之间，至多十位小数。不写“百分位数（90，甲 跨 表）”，写“百分位数（90%，甲 跨 表）”。"
        text "a percentile needs a percent from 0% to 100% before its value"
             "百分位数须先写 0% 到 100% 之间的百分数"
        help "write `percentile(90%, …)` with the percent meant"
             "写成“百分位数（90%，…）”，换成实际的百分数"
    E0241 Error AtkinsonAversion()
        page "An Atkinson index depends on how much inequality is minded, its aversion. Two can be judged exactly: 0.5, a sum of square roots, and 2, a harmonic mean beside a plain one. Of any other, whether it equals a limit cannot always be settled, so none is offered."
             "阿特金森指数取决于不均等厌恶系数。能够精确判定的有两个：0.5（平方根之和）与 2（调和平均与算术平均之比）。其他系数下，指数是否恰等于限值不一定能断定，故不提供。"
        text "the aversion of an Atkinson index is 0.5 or 2, and stands before its value"
             "阿特金森指数须先写厌恶系数，取 0.5 或 2"
        help "write `atkinson(0.5, …)` or `atkinson(2, …)`"
             "写成“阿特金森指数（0.5，…）”或“阿特金森指数（2，…）”"
    E0242 Error WeightsOfVariation()
        page "`pooled by`, `sampled by` and `sample weights` say how deviations from a mean are divided: only a variation has such. A percentile and an index of inequality are `weighted by` a column, or every row counts alike."
             "“合并”“抽样”“样本”说明离差怎样平均，只有差异系数才有。百分位数和不均等指数“按 某列 加权”，不写则各行权重相同。"
        text "only a variation is pooled or sampled"
             "只有差异系数才分合并、抽样"
        help "write `weighted by` and the column, or leave the weights out"
             "写成“按 某列 加权”，或删去权重"
    E0243 Error CodesOfWhat(codes)
        page "Cases as 小学 不低于 4，初中 不低于 5 go by the one column at hand, or above it, that holds all of these codes. Where there is none, or more than one, say which: 面积 不低于 （按 学段 取（小学 4，初中 5））."
             "“小学 不低于 4，初中 不低于 5”按本行或其上级行中含有这些代码的那一列分情形。没有这样的列，或不止一列时，要写明：面积 不低于 （按 学段 取（小学 4，初中 5））。"
        text "not one column here holds the codes {codes}"
             "这里没有唯一一列含有代码{codes}"
        help "say which column decides: `… 不低于 （按 学段 取（小学 4，初中 5））`"
             "写明按哪一列区分：… 不低于 （按 学段 取（小学 4，初中 5））"
    E0244 Error MeasuresTooDeep(most)
        page "Measures stand upon one another, and what one is reckoned from nests within it, to a fixed depth, so that every rule can be judged on every machine."
             "计算项可以层层引用，其中的算式也随之嵌套；总层数有固定上限，以保证在任何机器上都能判定。"
        text "measures stand upon one another deeper than {most}"
             "计算项层层引用，嵌套超过 {most} 层"
        help "write this measure with columns, or with measures that stand upon fewer others"
             "此计算项改用列来写，或减少中间的计算项"
    E0245 Error MeasureTooLarge(most)
        page "A measure may name others, and these others again, as often as one likes. When all of them are opened it may have so many parts and no more: each is worked out for every row."
             "计算项可以引用其他计算项，其他计算项又可再引用。全部展开后的总项数有固定上限，因为每一行都要逐项计算。"
        text "with every measure opened that it names, it has more than {most} parts"
             "把引用的计算项逐层展开，超过 {most} 项"
        help "name each measure fewer times: twice the same is `2 * …`"
             "减少重复引用：同一计算项加两次，写成“2 * …”"
    N0239 Note NearColumn(name, column, table, held)
        page "With `check --data`, for a name that nothing is called by, the columns of the data that come near it, and what they hold."
             "使用 check --data 时，对没有对应项的名称，列出数据中名称相近的列及其内容。"
        text "`{column}` of {table} comes near `{name}`"
             "“{table}”中的“{column}”与“{name}”相近"
        help "write `{column}` if it is meant: {held}"
             "如指此列，写成“{column}”：{held}"
}

/// How many cells of a column hold something, of how many rows, and some of what they hold.
pub fn held(filled: usize, rows: usize, some: &[&str]) -> Text {
    let counted = Text::new(format!("it is filled in {filled} of {rows} rows"), format!("共 {rows} 行，已填 {filled} 行"));
    if some.is_empty() {
        return counted;
    }
    Text::new(format!("{}, as {}", counted.en, some.join(", ")), format!("{}，如 {}", counted.zh, some.join("、")))
}

/// What to write where a code stands alone.
pub fn code_help(code: &str, column: &Titles) -> Text {
    let column = column.text();
    Text::new(
        format!("`{code}` is a code of `{id}`: write `{id} = {code}`, or `{id} is one of ({code}, …)`", id = column.en),
        format!("“{code}”是“{}”的代码：写成“{} 为 {code}”；几个并列，写成“{} 属于（{code}、…）”", column.zh, column.zh, column.zh),
    )
}

/// What to write where a column of rows beneath stands alone.
pub fn beneath_help(name: &str, table: &Titles, number: bool) -> Text {
    let table = table.text();
    if !number {
        return Text::new(format!("`{name}` is a column of `{}`: say it of `every {}`", table.en, table.en), format!("“{name}”是“{}”的列：写成“每个 {} 的 {name} 均 …”", table.zh, table.zh));
    }
    Text::new(
        format!("`{name}` is a column of `{}`: write `sum({name} across {})`, or say it of `every {}`", table.en, table.en, table.en),
        format!("“{name}”是“{}”的列：写成“求和（{name} 跨 {}）”，或写成“每个 {} 的 {name} 均 …”", table.zh, table.zh, table.zh),
    )
}
