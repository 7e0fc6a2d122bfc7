//! Messages about data: what reading tables says of files, headers, rows and cells.

use crate::base::{TermKind, Text, Unit};
use crate::model::plan::{CodeList, ColumnKind};

super::messages! {
    E0301 Error FileOfNoTable(path, name, near)
        page "A file belongs to the table whose id or title is its name without the ending: school.csv, 学校.csv. Letters may be full-width or capital. Where the name says something else, heng.toml says which table the file holds. The parts of a split are no table of a file."
             "文件按文件名（不含扩展名）归入数据表：文件名须为数据表的标识或名称，如 school.csv、学校.csv，全角、大小写不限。文件名不是表名的，在 heng.toml 中写明它是哪张表。折算得到的部分不单独报送文件。"
        text "no table is named `{name}`, so `{path}` cannot be read"
             "没有名为“{name}”的数据表，文件“{path}”无法读取"
        help "{near}"
             "{near}"

    E0302 Error TwoFilesForTable(table, first, second)
        page "Each table comes from one file. With two, nobody can tell which rows count, or whether rows are there twice."
             "每张数据表只能来自一个文件。同一张表有两个文件时，无法确定以哪一个为准，也无法确定是否重复。"
        text "two files hold the table `{table}`: `{first}` and `{second}`"
             "数据表“{table}”有两个文件：“{first}”和“{second}”"
        help "keep one of the two"
             "只保留其中一个"

    E0303 Error WorkbookFile(path)
        page "The file is a spreadsheet workbook (.xlsx, .xls) and not text. Save each sheet as a CSV file that has the name of its table."
             "该文件是电子表格工作簿（.xlsx、.xls），不是文本文件。请把每个工作表另存为 CSV 文件，文件名用数据表的名称。"
        text "`{path}` is a workbook, not a text of rows"
             "“{path}”是电子表格工作簿，不是 CSV 文件"
        help "save the sheet as `CSV UTF-8`"
             "在电子表格软件中另存为“CSV UTF-8（逗号分隔）”"

    E0304 Error UndecodableBytes(path, line, encoding)
        page "A file is read as UTF-8, or, where it is not UTF-8, as GB18030 (which holds GBK and GB2312). Bytes that are no letter of the encoding leave open what stood there, so the file is refused rather than read with gaps."
             "文件按 UTF-8 读取；不是 UTF-8 的，按 GB18030（含 GBK、GB2312）读取。有字节不是该编码的文字时，原来是什么已无从得知，因此整个文件不予读取，不留空洞。"
        text "line {line} of `{path}` holds bytes that are no {encoding} text"
             "“{path}”第 {line} 行有不属于 {encoding} 编码的字节"
        help "save the file again as `CSV UTF-8`"
             "重新另存为“CSV UTF-8（逗号分隔）”"

    E0305 Error UnknownEncoding(path, label)
        page "The encoding that the settings give for a file is not known. Names are those of the web: utf-8, gb18030, gbk, big5, utf-16le."
             "设置中为文件写明的编码无法识别。可写 utf-8、gb18030、gbk、big5、utf-16le 等。"
        text "there is no encoding `{label}` to read `{path}` in"
             "读取“{path}”所用的编码“{label}”无法识别"
        help "write `encoding = \"gb18030\"`, or leave it out"
             "改为 `encoding = \"gb18030\"`，或删去此项"

    E0306 Error FileTooLarge(path)
        page "A file of data, rules, settings or tests, or a report, may have up to 4 GiB. Its size is looked at before it is read."
             "数据、规则、设置、测试、报告的单个文件不得超过 4 GiB。程序先看文件大小，再读取。"
        text "`{path}` is larger than 4 GiB"
             "“{path}”超过 4 GiB"
        help "leave columns out that no table has"
             "删去数据表中没有的列"

    E0307 Error UnbalancedQuote(line)
        page "A cell that begins with a double quote ends at the next single one, and then the cell is over: a comma, a tab or the end of the line follows. A quote inside such a cell is written twice. If it never ends, or ends too early, it is uncertain which rows there are."
             "以英文双引号开头的单元格，到下一个单独的双引号为止，其后必须是分隔符或行末；单元格内的双引号要写两个。引号不成对时，无法确定有哪些行。"
        text "a double quote in row {line} does not close its cell"
             "第 {line} 行的双引号不成对"
        help "put a `\"` at the end of the cell"
             "在单元格末尾补上英文双引号"

    E0308 Error RaggedRow(line, found, due, help)
        page "Every row has a cell for each header. A row with fewer, or with more, does not say which cell belongs to which column. Blank cells beyond the last header do no harm."
             "每一行的单元格数应与表头一致。多了或少了，就无法确定哪个单元格属于哪一列。表头之外多出的空白单元格不算。"
        text "row {line} has {found} cells, the header has {due}"
             "第 {line} 行有 {found} 个单元格，表头有 {due} 个"
        help "{help}"
             "{help}"

    E0309 Error NoHeaderRow(path, table, lines, help)
        page "The header is the first row in which at least two cells are columns of the table, by id, title or alias. Title lines may stand above it. Without a header nobody can tell what the cells mean."
             "表头是第一个至少有两个单元格与数据表的列（标识、名称或别名）相符的行，其上可以有标题行。没有表头就无法确定各列的含义。"
        text "no row of `{path}` is a header of the table `{table}` (rows looked at: {lines})"
             "“{path}”中没有数据表“{table}”的表头（已查 {lines} 行）"
        help "{help}"
             "{help}"

    E0310 Error RepeatedHeader(first, again, column)
        page "Two headers mean one column, by its id, its titles or an alias. Which of the two counts is uncertain, even if they agree today."
             "两个表头指的是同一列（标识、名称或别名）。以哪一个为准无法确定，即使目前内容相同。"
        text "`{first}` and `{again}` both mean the column `{column}`"
             "“{first}”和“{again}”指的是同一列“{column}”"
        help "delete one of the two columns"
             "删去其中一列"

    E0311 Error KeyColumnNotInFile(table, column, near)
        page "The key tells the rows of a table apart. Without it nothing can be said of any row."
             "主键用来区分各行。没有主键列，就无法判断任何一行。"
        text "the file has no key column `{column}` of the table `{table}`"
             "文件中没有数据表“{table}”的主键列“{column}”"
        help "{near}"
             "{near}"

    E0312 Error LinkColumnNotInFile(table, column, parent, near)
        page "A row says by its link column to which row of another table it belongs. Without that column it belongs nowhere."
             "每行由归属列说明它属于上级表的哪一行。没有该列，就不知道各行归属何处。"
        text "the file has no column `{column}`, which says to which `{parent}` a row of `{table}` belongs"
             "文件中没有列“{column}”，无法确定“{table}”各行属于哪个“{parent}”"
        help "{near}"
             "{near}"

    E0313 Error BlankKeyCell(column, table)
        page "A row without its key cannot be told from others, nor be named in a report. A cell that holds only a missing token, as — or 无, is blank too."
             "没有主键的行无法与其他行区分，也无法写入报告。只填“—”“无”等空缺符号的，也视为空白。"
        text "`{column}` is blank, so this row of `{table}` has no key"
             "“{column}”为空，“{table}”的这一行没有主键"
        help "fill in `{column}`; if the row is no record, delete it"
             "补填“{column}”；不是记录的，删去这一行"

    E0314 Error RepeatedKeyCell(key, table, first, again)
        page "Two rows of a table have one key. Keys are compared without the blanks around them and with full-width letters as their plain ones, so `２１０１` is `2101`."
             "同一张表有两行主键相同。比较主键时不计首尾空白，全角与半角视为相同，如“２１０１”即“2101”。"
        text "the key `{key}` of `{table}` stands in row {first} and again in row {again}"
             "“{table}”的主键“{key}”在第 {first} 行和第 {again} 行重复"
        help "give each of the two rows a key of its own; if only several columns together tell rows apart, as school and class number, name them all: `key school_code, number`"
             "更正其中一行的主键；如须几列合在一起才能区分（如学校和班号），在规则文件中一并写为主键：“主键 school_code、number”"

    E0315 Error BlankLinkCell(column, parent)
        page "A row says by its link column to which row of another table it belongs; where that cell is blank, it belongs nowhere, and no total above it can be trusted. A row that is no record, as one of totals or a remark that was not known as such, is to be deleted."
             "每行由归属列说明它属于上级表的哪一行；该格为空时，这一行不知归属何处，上级的合计也就不可靠。未能识别的汇总行、说明行不是记录，请删去。"
        text "`{column}` is blank, so nobody knows to which `{parent}` this row belongs"
             "“{column}”为空，无法确定这一行属于哪个“{parent}”"
        help "fill in `{column}`; if the row is no record, delete it"
             "补填“{column}”；不是记录的，删去这一行"

    E0316 Error DanglingLink(key, column, parent, rows, help)
        page "A row names a row of another table that was handed in, and that table has no such key. Spreadsheets often take the zeros off the front of an id, or put .0 behind it."
             "某行所填的上级代码，在已报送的上级表中不存在。电子表格常会去掉代码前面的 0，或在后面添上“.0”。"
        text "`{column}` says `{key}`, but `{parent}` has no row of that key (rows that say so: {rows})"
             "“{column}”填的是“{key}”，但“{parent}”中没有这个主键（共 {rows} 行）"
        help "{help}"
             "{help}"

    E0317 Error SpoiledId(id, column)
        page "A spreadsheet has taken a long id for a number and written it as a power of ten. The last digits are lost; they must come from where the file was made."
             "电子表格把较长的代码当作数字，写成了科学记数法，末尾各位已经丢失，必须从原始数据重新取得。"
        text "`{id}` in `{column}` is an id that a spreadsheet has spoiled"
             "“{column}”中的“{id}”是被电子表格改成科学记数法的代码"
        help "set the column to text in the spreadsheet, put in the ids again and save anew"
             "在电子表格中把该列设为“文本”格式，重新填入代码后再保存"

    E0318 Error MixedPercent(column, percent, bare)
        page "In a column of plain numbers 85% is 0.85. Where others of the same column have no percent sign, nobody can tell whether 85 means 85 or 0.85, and whether 1 means 1 or 1%."
             "在没有单位的数值列中，85% 即 0.85。同一列有的带百分号、有的不带，就无法确定 85 是 85 还是 0.85，1 是 1 还是 1%。"
        text "`{column}` has `{percent}` in one row and `{bare}` in another"
             "“{column}”中有的填“{percent}”，有的填“{bare}”"
        help "write every cell of the column with a percent sign"
             "该列全部写成百分数"

    E0319 Error UnplacedRows(table, parent, rows)
        page "A table was not handed in, so its rows are the keys that other tables name. To which row of the table above they belong is then known only if that table has one row."
             "某张表没有报送，它的各行来自其他表所填的代码。只有上级表恰好一行时，才能确定它们的归属。"
        text "`{table}` was not handed in, and `{parent}` has {rows} rows: nobody can tell to which of them its rows belong"
             "“{table}”没有报送，而“{parent}”有 {rows} 行，无法确定“{table}”各行的归属"
        help "hand in `{table}`, with the key of each row and the `{parent}` that it belongs to"
             "报送“{table}”，写明各行的主键及其所属“{parent}”"

    W0301 Warning ColumnNotInFile(table, column, near)
        page "The file has no header that is this column's id, title or alias. Every cell of the column is missing, never 0, and what hangs on it is undecided."
             "文件中没有与该列标识、名称或别名相符的表头。该列各格一律视为空缺，不作 0 处理，与之相关的判断为“无法判定”。"
        text "the file has no column `{column}` of the table `{table}`; its cells are missing"
             "文件中没有数据表“{table}”的列“{column}”，该列视为空缺"
        help "{near}"
             "{near}"

    W0302 Warning UnreadableCell(cell, column, due)
        page "What stands in the cell is nothing that its column can hold. Its value is unknown, and what hangs on it is undecided. Thousands separators must group by three; a unit behind a number must be the column's own."
             "单元格的内容不是该列应有的内容，其值视为未知，与之相关的判断为“无法判定”。千分位逗号须三位一组；数字后的单位须与该列单位一致。"
        text "`{cell}` in `{column}` cannot be read as {due}"
             "“{column}”中的“{cell}”不能读作{due}"
        help "write {due}, or leave the cell blank"
             "改填{due}，或留空"

    W0303 Warning OutsideListCell(cell, column, help)
        page "The column holds codes of a list. A cell may have a code's id, its title in either language, or its national number; this one has none of them, so its value is unknown."
             "该列须填代码表中的代码，可填代码标识、中英文名称或国家标准代码。此格都不是，其值视为未知。"
        text "`{cell}` in `{column}` is no code of its list"
             "“{column}”中的“{cell}”不在代码表中"
        help "{help}"
             "{help}"

    W0304 Warning ImpossibleDateCell(cell, column)
        page "The cell has the form of a date, but the calendar has no such day or month. Its value is unknown."
             "单元格是日期的写法，但日历上没有这一天（或这个月），其值视为未知。"
        text "`{cell}` in `{column}` is no day of the calendar"
             "“{column}”中的“{cell}”不是日历上存在的日期"
        help "correct the date, as `2017-04-19`"
             "更正日期，如“2017-04-19”"

    W0305 Warning NegativeCell(cell, column)
        page "A column with a unit holds a count or a quantity, which is not below 0. The value is unknown, and nothing is supposed of it. A column that may be below 0, as a change or a balance, says `may be negative`, or `between` with a low end below 0."
             "带单位的列是数量，一般不小于 0，其值视为未知，也不作任何推定。增减数、结余等可以小于 0 的列，写“可负”，或用“介于”写明小于 0 的下限。"
        text "`{cell}` in `{column}` is below 0"
             "“{column}”中的“{cell}”小于 0"
        help "correct the number; if it may be below 0, declare the column `may be negative`, or `between -1000 and 1000`"
             "更正数字；可以小于 0 的，该列写“可负”，或写“介于 -1000 与 1000 之间”"

    W0306 Warning NotWholeCell(cell, column)
        page "The column holds whole numbers. `45.0` is one, `45.5` is not; its value is unknown."
             "该列须填整数。“45.0”可以，“45.5”不可以，其值视为未知。"
        text "`{cell}` in `{column}` is no whole number"
             "“{column}”中的“{cell}”不是整数"
        help "correct the number, or leave the cell blank"
             "更正数字，或留空"

    W0307 Warning OutOfBoundsCell(cell, column, bounds)
        page "The column declares between which bounds its numbers lie, both included. This one lies outside; its value is unknown."
             "该列规定了数值范围（含两端）。此格超出范围，其值视为未知。"
        text "`{cell}` in `{column}` is not {bounds}"
             "“{column}”中的“{cell}”不在规定范围内（{bounds}）"
        help "correct the number, or leave the cell blank"
             "更正数字，或留空"

    W0308 Warning MoreCells(count, column)
        page "Twenty cells of a column are shown that could not be used; the rest are counted here, from the row shown on."
             "每列最多列出二十个不能采用的单元格，其余从所示行起只计数。"
        text "{count} more cells of `{column}` cannot be used"
             "“{column}”还有 {count} 个单元格不能采用"
        help "correct the column in the file that it comes from"
             "请在原始文件中核对该列"

    W0309 Warning MoreFaults(count, code)
        page "A file that is wrong throughout gets a thousand messages of one kind; the rest are counted."
             "同一文件同一类问题最多列出一千条，其余只计数。"
        text "{count} more of {code} in this file are not shown"
             "本文件还有 {count} 处 {code} 未列出"
        help "correct what is shown and run again"
             "先改正已列出的问题，再运行一次"

    N0301 Note HeadersNotUsed(count, headers, id)
        page "The file has columns that its table does not have. They are not read, and do no harm; one of them may be a column under another name."
             "文件中有数据表没有的列，不予读取，也不影响判断；其中可能有换了名称的列。"
        text "columns that the table does not have ({count}): {headers}"
             "数据表中没有的列（{count} 个）：{headers}"
        help "to have one read, name it under `[aliases.{id}]` in heng.toml"
             "如需读取，在 heng.toml 的 `[aliases.{id}]` 下写明"

    N0302 Note TotalsRow(line)
        page "A row whose key or name is, or ends in, 合计, 总计, 小计, 共计, 汇总, 平均, total, subtotal, average or mean sums up others and is no record. It is left out and stands in the report. A code of the column's list, or a text that a rule asks for, makes a record of it; so does `totals = \"keep\"` for the file in heng.toml."
             "主键或名称为（或末尾为）“合计”“总计”“小计”“共计”“汇总”“平均”、total、subtotal、average、mean 的行是汇总行，不是记录，不计入，并在报告中列出。该格是代码表中的代码，或指标条件中写到该文字的，仍是记录；在 heng.toml 为该文件写 `totals = \"keep\"` 的也是。"
        text "row {line} is a row of totals and is left out"
             "第 {line} 行是汇总行，未计入"
        help ""
             ""

    N0303 Note NoteLine(line)
        page "A line that holds only a remark, as 注：…, 填表人：…, Source: … or `* …`, is no record; nor is one whose only filled cell stands outside the key. It is left out and stands in the report."
             "只有“注：…”“填表人：…”“Source: …”“* …”等说明文字的行，或唯一填写的格不在主键列的行，不是记录，不计入，并在报告中列出。"
        text "row {line} is a remark and is left out"
             "第 {line} 行是表下说明，未计入"
        help ""
             ""

    N0304 Note TitleLines(count, line)
        page "The header is the first row in which at least two cells are columns of the table; what stands above it is a title, is left out and stands in the report."
             "第一个至少有两个单元格与数据表的列相符的行是表头，其上的内容视为标题，不计入，并在报告中列出。"
        text "lines above the header, which is row {line}, are left out ({count})"
             "表头在第 {line} 行，其上有 {count} 行标题，未计入"
        help ""
             ""
}

/// What to do about a file that is of no table: the near name, else every name.
pub fn table_help(near: Option<&str>, all: &Text) -> Text {
    match near {
        Some(near) => Text::new(format!("did you mean `{near}`?"), format!("是否应为“{near}”？")),
        None => Text::new(format!("name the file after its table: {}", all.en), format!("用数据表的名称作文件名：{}", all.zh)),
    }
}

/// What to do about a column that is missing, if some headers come near.
pub fn near_headers(near: &[Text], column: &Text, table: &str, id: &str) -> Text {
    let Some(first) = near.first() else {
        return Text::new(format!("add a column with the header `{}`", column.en), format!("补一列，表头写“{}”", column.zh));
    };
    let all = super::choice(&near.iter().map(super::quoted).collect::<Vec<_>>());
    Text::new(
        format!("if {} is it, write in heng.toml under `[aliases.{table}]`: `{id} = [\"{}\"]`", all.en, first.en),
        format!("如{}就是该列，在 heng.toml 的 `[aliases.{table}]` 下写 `{id} = [\"{}\"]`", all.zh, first.zh),
    )
}

/// What to do about a row with more or fewer cells than there are headers.
pub fn ragged_help(found: usize, due: usize) -> Text {
    if found > due {
        Text::new("put a cell that holds a comma into double quotes, as `\"1,155\"`", "含有逗号的单元格要加英文双引号，如 `\"1,155\"`")
    } else {
        Text::new(format!("fill the row up to {due} cells; a cell may be blank"), format!("把这一行补足 {due} 个单元格，可以留空"))
    }
}

/// What to do about a link that leads nowhere: the key that was most likely meant, or one that comes near.
pub fn likely_key(likely: Option<&str>, near: Option<&str>, parent: &Text) -> Text {
    match (likely, near) {
        (Some(key), _) => Text::new(
            format!("a spreadsheet has changed the id; set the column to text and write `{key}`"),
            format!("电子表格改动了代码：把该列设为“文本”格式，改填“{key}”"),
        ),
        (None, Some(key)) => Text::new(format!("did you mean `{key}`?"), format!("是否应为“{key}”？")),
        (None, None) => Text::new(format!("correct the id, or add its row to `{}`", parent.en), format!("更正代码，或在“{}”中补上这一行", parent.zh)),
    }
}

/// What to do about a cell that is no code: the near code, else the codes there are.
pub fn codes_help(list: Option<&CodeList>, cell: &str) -> Text {
    const MOST: usize = 12;
    let codes = list.map_or(&[][..], |list| &list.codes);
    let names = || codes.iter().flat_map(|code| code.names.all());
    if let Some(near) = super::nearest(cell, names()) {
        return Text::new(format!("did you mean `{near}`?"), format!("是否应为“{near}”？"));
    }
    let some: Vec<Text> = codes.iter().take(MOST).map(|code| code.names.text()).collect();
    let more = if codes.len() > MOST { "…" } else { "" };
    let all = super::list(&some);
    Text::new(format!("write one of {}{more}", all.en), format!("可填：{}{more}", all.zh))
}

/// Between which bounds the numbers of a column lie, as its unit writes them.
pub fn bounds_text(low: Option<String>, high: Option<String>) -> Text {
    match (low, high) {
        (Some(low), Some(high)) => Text::new(format!("between {low} and {high}"), format!("{low} 至 {high}")),
        (Some(low), None) => Text::new(format!("at least {low}"), format!("不小于 {low}")),
        (None, Some(high)) => Text::new(format!("at most {high}"), format!("不大于 {high}")),
        (None, None) => Text::new("a number", "数值"),
    }
}

/// What a cell of a column should hold.
pub fn due_text(kind: ColumnKind, unit: &Unit) -> Text {
    let with_unit = |en: &str, zh: &str| {
        let unit = unit.text();
        if unit.is_empty() { Text::new(en, zh) } else { Text::new(format!("{en} (in {})", unit.en), format!("以“{}”为单位的{zh}", unit.zh)) }
    };
    match kind {
        ColumnKind::Whole => with_unit("a whole number", "整数"),
        ColumnKind::Number => with_unit("a number", "数值"),
        ColumnKind::Text => Text::new("a text", "文字"),
        ColumnKind::YesNo => Text::new("`是` or `否`", "“是”或“否”"),
        ColumnKind::Date => Text::new("a date, as `2017-04-19`", "日期，如“2017-04-19”"),
        ColumnKind::YearMonth => Text::new("a month, as `2017-04`", "年月，如“2017-04”"),
        ColumnKind::Term(TermKind::SchoolYear) => Text::new("a school year, as `2025-2026`", "学年，如“2025-2026”"),
        ColumnKind::Term(TermKind::Semester) => Text::new("a semester, as `2025-2026-1`", "学期，如“2025-2026-1”"),
        ColumnKind::Term(TermKind::Year) => Text::new("a year, as `2025`", "年度，如“2025”"),
        ColumnKind::Code(_) => Text::new("a code", "代码"),
    }
}

/// Beside the earlier of two places.
pub fn label_first() -> Text {
    Text::new("first here", "首次出现在这里")
}

/// Beside the later of two places.
pub fn label_again() -> Text {
    Text::new("and again here", "在这里重复")
}
