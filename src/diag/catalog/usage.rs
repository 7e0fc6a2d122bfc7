//! Messages about the command line, the settings file and test suites: what the doors say.

super::messages! {
    E0501 Error UnknownOption(option, help)
        page "The command line holds an option that this command does not have. `heng COMMAND --help` lists the options of a command. A value that begins with a dash is written after `--`, or joined to its option: `--unit=-7`."
             "命令行中有本命令没有的选项。各命令的选项见“heng 命令 --help”。以连字符开头的值写在“--”之后，或用等号与选项相连，如“--unit=-7”。"
        text "there is no option `{option}`"
             "没有“{option}”这个选项"
        help "{help}"
             "{help}"

    E0502 Error UnknownCommand(word, help)
        page "The first word after `heng` names a command. `heng --help` lists them all."
             "“heng”之后的第一个词是命令名。全部命令见“heng --help”。"
        text "there is no command `{word}`"
             "没有“{word}”这个命令"
        help "{help}"
             "{help}"

    E0503 Error MissingValue(option, form)
        page "The option needs a value behind it, with a blank or an equals sign between: `--as-of 2026-09-01`, `--as-of=2026-09-01`."
             "该选项后面要跟一个值，中间用空格或等号隔开，如“--as-of 2026-09-01”或“--as-of=2026-09-01”。"
        text "`{option}` has no value"
             "“{option}”后面没有值"
        help "write `{option} {form}`"
             "写作“{option} {form}”"

    E0504 Error WrongValue(option, value, allowed)
        page "The option takes one of a few values, or a value of a certain form; what was given is none of them."
             "该选项只接受规定的几个值，或规定格式的值；所给的值不在其中。"
        text "`{value}` is no value for `{option}`"
             "“{option}”不能取“{value}”"
        help "write {allowed}"
             "可写{allowed}"

    E0505 Error MissingArgument(what, form)
        page "The command needs something more to work on. The usage line of `heng COMMAND --help` shows what."
             "该命令还缺少必需的内容。用法见“heng 命令 --help”。"
        text "{what} is missing"
             "缺少{what}"
        help "write `{form}`"
             "写作“{form}”"

    E0506 Error GivenTwice(option)
        page "An option that holds one value may stand once on the command line. Options that may be repeated are shown with `…` in the help."
             "只能取一个值的选项在命令行中只写一次。可以重复的选项在帮助中带有“…”。"
        text "`{option}` stands twice"
             "“{option}”写了两次"
        help "leave one of them out"
             "删去其中一个"

    E0507 Error UnexpectedWord(word)
        page "A word on the command line belongs to no option and to no argument of this command."
             "命令行中有一个词既不属于任何选项，也不是本命令的参数。"
        text "nothing is expected where `{word}` stands"
             "“{word}”处不应有内容"
        help "leave `{word}` out"
             "删去“{word}”"

    E0508 Error NotText(word)
        page "An argument holds bytes that are no text in the encoding of the system. Paths must be valid UTF-8."
             "命令行参数中有不能识别为文字的字节。路径须为有效的 UTF-8 编码。"
        text "`{word}` holds bytes that are no text"
             "“{word}”中有不能识别为文字的字节"
        help "rename the file so that its name is valid UTF-8"
             "把文件改名，使文件名为有效的 UTF-8 编码"

    E0510 Error NoPack(form)
        page "No pack of rules was named, neither on the command line nor in a heng.toml at or above the working directory. A pack is a folder of .heng files, or one such file."
             "没有指明标准：命令行中没有，当前目录及各级上级目录中也没有 heng.toml 写明。一套标准是一个存放 .heng 文件的文件夹，或单个 .heng 文件。"
        text "no pack of rules is named"
             "没有指明标准"
        help "write `{form}`, or name it under `packs` in heng.toml"
             "写作“{form}”，或在 heng.toml 的“packs”中写明"

    E0511 Error EmptyPack(path)
        page "The folder that was named as a pack holds no file ending in .heng, neither in itself nor in the folders beneath (folders named tests are left out)."
             "作为标准指明的文件夹及其下级文件夹中（名为 tests 的除外），没有以 .heng 结尾的文件。"
        text "`{path}` holds no rule file"
             "“{path}”中没有规则文件"
        help "name a folder with files that end in .heng"
             "请指明存放 .heng 文件的文件夹"

    E0512 Error CannotRead(path, why)
        page "The file or folder could not be opened or read: it is not there, or may not be read by you, or the device failed. The system's own reason stands in the message."
             "文件或文件夹打不开或读不出：可能不存在，可能没有读取权限，也可能设备有故障。信息中附有系统给出的原因。"
        text "`{path}` cannot be read: {why}"
             "“{path}”无法读取：{why}"
        help "check the path and the right to read it"
             "请核对路径和读取权限"

    E0513 Error CannotWrite(path, why)
        page "The result could not be written. Each file is written under a temporary name in its own folder; only when all of them stand there are they renamed, so that no half of a report is ever left, nor one of two. Links are followed, rights are kept; into a pipe or a device the result is written as the shell would."
             "结果无法写出。各个文件先以临时名写在同一文件夹中，全部写成后再改名，因此既不会留下不完整的报告，也不会只写出其中一份。链接按其所指写入，权限不变；管道和设备则直接写入。"
        text "`{path}` cannot be written: {why}"
             "“{path}”无法写入：{why}"
        help "check that the folder is there and may be written"
             "请核对该文件夹存在且可以写入"

    E0514 Error RulesNotUtf8(path)
        page "Rule files, settings and tests are UTF-8 texts. This one holds bytes that are not; an older editor may have saved it as GB18030."
             "规则文件须为 UTF-8 编码。该文件中有不符合 UTF-8 的字节，可能是旧编辑器以 GB18030 编码保存的。"
        text "`{path}` is not a UTF-8 text"
             "“{path}”不是 UTF-8 编码的文本"
        help "save the file again as UTF-8"
             "用 UTF-8 编码重新保存该文件"

    E0515 Error NoData(form)
        page "No data were named, neither with --data nor in a heng.toml. Data are a folder of .csv, .tsv or .txt files, or such files by name."
             "没有指明数据：命令行中没有 --data，也没有 heng.toml 写明。数据可以是存放 .csv、.tsv、.txt 文件的文件夹，也可以是这样的文件。"
        text "no data are named"
             "没有指明数据"
        help "write `{form}`"
             "写作“{form}”"

    E0516 Error NoTableFile(path, tables)
        page "In the folder that was named as data no file has the name of a table of the pack. A file is matched to a table by its name: the table's id or one of its titles, with the ending .csv, .tsv or .txt."
             "作为数据指明的文件夹中，没有一个文件与标准中的数据表同名。文件按名称与数据表对应：文件名为数据表的代号或名称，扩展名为 .csv、.tsv 或 .txt。"
        text "no file in `{path}` has the name of a table"
             "“{path}”中没有与数据表同名的文件"
        help "name the files after the tables: {tables}"
             "请按数据表命名文件：{tables}"

    E0517 Error NoAsOf(form)
        page "Every audit has an as-of date: standards are looked up at that date, ages and periods end there. The program never takes today's date by itself, so that the same command gives the same report tomorrow."
             "每次评估都要有基准日：标准值按该日查取，年限、时段算到该日为止。程序不会自行采用当天日期，以便同一条命令日后得到同样的报告。"
        text "the as-of date is missing"
             "缺少基准日"
        help "write `{form}`, or `as_of = \"2026-09-01\"` in heng.toml"
             "写作“{form}”，或在 heng.toml 中写“as_of = \"2026-09-01\"”"

    E0518 Error NothingChosen(option, value, help)
        page "`--county`, `--unit` and `--rule` choose what is reported. A choice that matches nothing stops the run, because an empty report would look like a clean one."
             "“--county”“--unit”“--rule”用来选取报告的内容。选取的内容不存在时程序即停止，因为空的报告会被误认为没有问题。"
        text "nothing that was judged answers to `{option} {value}`"
             "判定结果中没有“{option} {value}”所指的内容"
        help "{help}"
             "{help}"

    E0519 Error NothingJudged(why)
        page "The run has come to an end without a single rule or a single unit to judge. An empty report would look like a clean one, so it is none."
             "本次运行没有任何指标或任何对象可供判定。空的报告会被误认为没有问题，因此不出报告。"
        text "nothing was judged: {why}"
             "没有作出任何判定：{why}"
        help "check the pack, the data and the choices of this run"
             "请核对标准、数据和本次选取的范围"

    E0520 Error TwoOnOutput(first, second)
        page "Only one format can go to the standard output; the others need a path: `--format json=report.json`."
             "标准输出只能放一种格式，其余格式须写明文件路径，如“--format json=report.json”。"
        text "`{first}` and `{second}` both go to the standard output"
             "“{first}”与“{second}”都写到标准输出"
        help "write `--format {second}=PATH`"
             "写作“--format {second}=路径”"

    E0521 Error NothingToExplain(word, help)
        page "`heng explain` takes the code of a message, as E0301, or the id of a rule in the packs that are named with --pack or in heng.toml."
             "“heng explain”后面写信息代码（如 E0301），或写指标代号，指标所在的标准用 --pack 或 heng.toml 指明。"
        text "`{word}` is no message code and no rule"
             "“{word}”既不是信息代码，也不是指标代号"
        help "{help}"
             "{help}"

    E0522 Error SamePath(path, how)
        page "No result is written over what the same run reads: data, rules, settings, tests, reports. Nor where a later run would read it: as `heng.toml`, as a rule file, as a table in a folder of data, as a test in a folder of tests. Nor are two results written to one file."
             "结果不得覆盖本次运行读取的内容（数据、规则、设置、测试、报告），也不得写成以后运行会读取的文件：heng.toml、规则文件、数据文件夹中与数据表同名的文件、测试文件夹中的测试。两项结果也不得写入同一个文件。"
        text "`{path}` would be written {how}"
             "“{path}”会{how}"
        help "choose another path"
             "请另选路径"

    E0523 Error NotAFile(path, kind)
        page "Data, rules, settings, tests and reports are read from files. A pipe would be waited for, and a device never ends, so that neither is opened; nor is a link to one."
             "数据、规则、设置、测试和报告只从普通文件读取。管道要一直等待，设备没有尽头，因此都不打开；指向它们的链接也一样。"
        text "`{path}` is {kind}, and only files are read"
             "“{path}”是{kind}，只读取普通文件"
        help "write what it gives into a file, and name that file"
             "请先把内容存为文件，再写该文件的路径"

    E0530 Error SettingsSyntax(why)
        page "heng.toml is a TOML file: `key = value` lines, texts between quotes, lists between brackets. The place where reading stopped is shown."
             "heng.toml 是 TOML 格式的文件：每行“键 = 值”，文字加引号，列表加方括号。信息标出了读不下去的位置。"
        text "the settings cannot be read: {why}"
             "设置从此处起不合 TOML 格式，无法读取"
        help "correct this line"
             "请改正这一行"

    E0531 Error UnknownSetting(key, known)
        page "heng.toml holds a key that has no meaning. Keys are `packs`, `data`, `as_of`, `lang`, `aliases`, `missing`, `token_is_zero`; a table under `data` has `path`, `table`, `encoding`, `delimiter`, `totals`, `first_row`, `decimal`, `bare`."
             "heng.toml 中有不起作用的键。可用的键为“packs”“data”“as_of”“lang”“aliases”“missing”“token_is_zero”；“data”中的表可写“path”“table”“encoding”“delimiter”“totals”“first_row”“decimal”“bare”。"
        text "there is no setting `{key}`"
             "没有“{key}”这项设置"
        help "write {known}"
             "可写{known}"

    E0532 Error WrongSetting(key, due)
        page "The value of a setting is of another kind than the setting takes."
             "设置的值与该项设置要求的类型不符。"
        text "`{key}` must be {due}"
             "“{key}”应为{due}"
        help "write {due}"
             "请写成{due}"

    E0533 Error SettingNamesNothing(kind, name, help)
        page "heng.toml names a table or a column that no pack of this run declares, so the setting would do nothing."
             "heng.toml 中写到的数据表或列，本次所用的标准中没有，该项设置不会起作用。"
        text "there is no {kind} `{name}`"
             "没有“{name}”这个{kind}"
        help "{help}"
             "{help}"

    E0632 Error AliasOfTwo(header, first, second)
        page "One header cannot be two columns. Where a file has one figure for what the pack keeps in two columns, the alias would fill the first and leave the second missing, and nobody would see it. Name the column of the whole, if the pack has one, or divide the figure in the file."
             "同一个表头不能对应两列。文件只报一个数、标准分作两列的，这样写只会填上第一列，第二列仍然缺失，而且没有提示。标准设有合计列的，请对应到合计列；没有的，请在文件中分列填报。"
        text "`{header}` is to be both `{first}` and `{second}`"
             "“{header}”同时对应“{first}”和“{second}”"
        help "leave the header with one of the two columns"
             "请只对应其中一列"

    E0540 Error NoTest(path)
        page "A test suite is a Markdown file whose headings name cases. No case was found: no heading has fenced blocks marked `heng`, `use`, `csv`, `expect`, `diagnostics`, `output`, `reading`, `report`, `lints` or `lint`. A run without any test is not a success."
             "测试文件是 Markdown 文件，每个标题是一个测试。这里没有找到测试：没有标题下写有标记为“heng”“use”“csv”“expect”“diagnostics”“output”“reading”“report”“lints”“lint”的代码块。没有测试不算通过。"
        text "there is no test in `{path}`"
             "“{path}”中没有测试"
        help "write a heading with a `heng` block and an `expect` block"
             "写一个标题，下面放“heng”块和“expect”块"

    E0541 Error NothingExpected(case)
        page "A case must say what it expects, in a block marked `expect`, `diagnostics`, `output`, `reading`, `report`, `lints` or `lint`; otherwise it could never fail. `heng test --update` fills in an empty block."
             "每个测试须写明预期结果，写在标记为“expect”“diagnostics”“output”“reading”“report”“lints”“lint”的代码块中，否则永远不会失败。空块可用“heng test --update”填入。"
        text "the case `{case}` expects nothing"
             "测试“{case}”没有写明预期结果"
        help "write an empty block marked `expect`, run `heng test --update`, and check what it writes"
             "写一个标记为“expect”的空代码块，运行“heng test --update”，再核对填入的内容"

    E0542 Error BadExpectation(line)
        page "A line of an `expect` block is: the rule, the key of the unit, the outcome (`met`, `not_met`, `undecided`, `not_applicable`, `exempt`; of a graded rule also `qualified`, `basic`, `not_qualified`; or `not_asked` for a unit that stands outside of the rule), and if wanted the value and `because` with a reason code. A key that is empty is written `-`, one with blanks between backticks."
             "“expect”块中每行依次写：指标代号、对象主键、结论（达标、不达标、无法判定、不适用、豁免，或 met、not_met、undecided、not_applicable、exempt；分等的指标也可写合格、基本合格、不合格；对象不在指标适用范围内的写 not_asked 或“范围外”），需要时再写数值，以及“because”（因）加原因代码。空主键写作“-”，含空格的主键用反引号括起。"
        text "`{line}` is no expectation"
             "“{line}”不是预期结果的写法"
        help "write `RULE UNIT OUTCOME [VALUE] [because REASON]`"
             "写作“指标 对象 结论 [数值] [because 原因]”"

    E0543 Error NoSuchUnit(rule, unit, help)
        page "No finding has this rule and this unit: the rule is not in the pack, or does not ask this unit. An expectation without a finding is a failure, never a success."
             "没有该指标对该对象的判定：标准中没有该指标，或该指标不适用于该对象。有预期而无判定，算作失败。"
        text "`{rule}` has no finding for `{unit}`"
             "“{rule}”对“{unit}”没有判定"
        help "{help}"
             "{help}"

    E0544 Error OtherOutcome(rule, unit, expected, found)
        page "The outcome, the value or the reason of a finding is another than the test expects. Read both before deciding which is wrong; `heng test --update` writes what was found into the test."
             "判定的结论、数值或原因与测试的预期不同。请先弄清哪一方有误；“heng test --update”会把实际结果写入测试。"
        text "`{rule}` for `{unit}`: expected {expected}, found {found}"
             "“{rule}”对“{unit}”：预期 {expected}，实际 {found}"
        help "correct the rule, or the test if the rule is right"
             "改正规则；如规则无误，则改正测试"

    E0545 Error OtherText(block, line)
        page "The text in a block of a test is not the text that was produced. The differing lines are shown: those with - are expected, those with + were produced."
             "测试代码块中的文字与实际产生的文字不同。不同的行列在下面：前面有 - 的是预期，有 + 的是实际。"
        text "the `{block}` block differs from line {line} on"
             "“{block}”块自第 {line} 行起不同"
        help "correct the cause, or run `heng test --update` and review the change"
             "改正原因，或运行“heng test --update”后复核改动"

    E0546 Error UnexpectedMessages(count)
        page "The rules or the data of a case gave errors that no `diagnostics` or `output` block of the case expects."
             "测试中的规则或数据出现了错误，而该测试没有用“diagnostics”块或“output”块写明预期这些错误。"
        text "{count} messages that the case does not expect"
             "出现 {count} 条测试没有预期的信息"
        help "correct the case, or expect them in a `diagnostics` block"
             "改正测试，或在“diagnostics”块中写明"

    E0547 Error UnknownBlock(word)
        page "A fenced block of a suite has a mark that no suite knows. Marks are `heng`, `use`, `csv NAME`, `tsv NAME`, `toml`, `as-of`, `expect`, `diagnostics`, `output en|zh`, `reading en|zh`, `report en|zh`, `lints`, `lint en|zh`, `explained`. Blocks of other languages, as `text` or `sh`, are left alone."
             "测试文件中代码块的标记无法识别。可用的标记为“heng”“use”“csv 表名”“tsv 表名”“toml”“as-of”“expect”“diagnostics”“output en|zh”“reading en|zh”“report en|zh”“lints”“lint en|zh”“explained”。其他语言的代码块（如 text、sh）不作处理。"
        text "the block mark `{word}` is not complete"
             "代码块标记“{word}”不完整"
        help "write the mark with its name or language, as `csv school` or `output en`"
             "在标记后写明表名或语言，如“csv school”“output zh”"

    E0548 Error PackNotFound(name)
        page "A `use` block names a pack by its path or by the name of a folder under rules. It is looked for from the suite's own folder upward."
             "“use”块用路径或 rules 下的文件夹名指明标准，从测试文件所在文件夹起逐级向上查找。"
        text "the pack `{name}` is not found"
             "找不到标准“{name}”"
        help "write the name of a folder under rules, or a path"
             "请写 rules 下的文件夹名，或写路径"

    E0549 Error CaseNeedsDate(case)
        page "A case with expectations must name its as-of date in a block marked `as-of`, in itself or under a heading above."
             "有预期结果的测试须在标记为“as-of”的代码块中写明基准日，写在本标题下或上级标题下均可。"
        text "the case `{case}` has no as-of date"
             "测试“{case}”没有基准日"
        help "add a block marked `as-of` with a date, as 2026-09-01"
             "加一个标记为“as-of”的代码块，写明日期，如 2026-09-01"

    E0550 Error OpenFence(line)
        page "A fenced block is begun and never ended, so that the rest of the file would belong to it."
             "代码块有开头没有结尾，文件余下的内容都会被当作块的内容。"
        text "the block that begins on line {line} never ends"
             "第 {line} 行开始的代码块没有结束"
        help "end the block with a line of backticks"
             "用一行反引号结束代码块"

    N0540 Note ExpectationsWritten(path, lines)
        page "`heng test --update` has written what comes out into the blocks of a suite. It is what the program does, not yet what it should do: read each change before keeping it."
             "“heng test --update”已将实际结果写入测试文件。写入的是程序的实际行为，未必是应有的结果，保留之前请逐处核对。"
        text "`{path}` was rewritten; lines that are new: {lines}"
             "已改写“{path}”，新写入 {lines} 行"
        help "check each of them: `git diff {path}` shows them"
             "请逐行核对，可用“git diff {path}”查看"
    N0502 Note WorkbookLeftOut(path)
        page "A workbook of this name stands beside a text of the same table. The text was read, the workbook was not."
             "文件夹中有与数据表同名的电子表格工作簿，也有同名的文本文件。读取的是文本文件，工作簿没有读取。"
        text "`{path}` is a workbook and was left out: the text of the same table was read"
             "“{path}”是电子表格工作簿，没有读取；读取的是同一张表的文本文件"
        help "if the workbook is newer, save its sheet as `CSV UTF-8` once more"
             "如工作簿较新，请再次另存为“CSV UTF-8（逗号分隔）”"
    N0501 Note FileLeftOut(path)
        page "A file in the data folder has the name of no table, so nothing was read from it. A file that is named on the command line and matches no table is an error instead."
             "数据文件夹中有一个文件与任何数据表都不同名，没有读取。命令行中直接指明的文件如与数据表都不同名，则为错误。"
        text "`{path}` has the name of no table and was left out"
             "“{path}”与任何数据表都不同名，没有读取"
        help "to have it read, rename it after a table"
             "如需读取，请按数据表名称改名"
}
