//! Messages about rows that are no records and cells that can be doubted.

use crate::base::{Text, Unit};

super::messages! {
    E0320 Error TwoHeaderRows(first, second, path, id)
        page "A header may have two rows, as one cell 在校生 over 合计, 男 and 女: then each name is read as `在校生 › 男`, or as 男 alone where it stands once. Here the row under the header is such a second row, and the two together name fewer than two columns of the table."
             "表头可以有两行，如“在校生”之下为“合计”“男”“女”：各列读作“在校生 › 男”，“男”只出现一次的也可只写“男”。此处表头下一行是表头的第二行，而两行合起来也不足两列与数据表相符。"
        text "the header has two rows, {first} and {second}, and they name too few columns"
             "表头有两行（第 {first}、{second} 行），与数据表相符的列太少"
        help "name a column under `[aliases.{id}]` in heng.toml, as `\"{path}\"`"
             "在 heng.toml 的 `[aliases.{id}]` 下写明各列，如 `\"{path}\"`"

    E0321 Error RowsAboveHeader(line, header, cells)
        page "What stands above the header is a title and is left out. A row there with as many filled cells as the header is hardly a title: it may be a record under another header, which would be lost."
             "表头以上的内容视为标题，不计入。其中某一行填写的格数不少于表头的，多半不是标题，而是另一个表头下的数据，略去就会丢失。"
        text "row {line} has {cells} filled cells and stands above the header, which is row {header}"
             "第 {line} 行填有 {cells} 格，却在表头（第 {header} 行）之上"
        help "put one header on top of all rows, or delete what is no record above it"
             "只保留一个表头并放在最上面；其上不是数据的行请删去"

    E0322 Error DoubtfulFirstRow(line, path)
        page "A row right under the header that numbers the columns (甲, 乙, 1, 2) or gives their units is left out where some cell of it cannot be read by its column. Where every cell can be read, it may be a record as well, and nobody can tell."
             "紧接表头、写栏次（甲、乙、1、2）或计量单位的一行，其中有的格不能按该列读取的，不计入。各格都能读取的，也可能是一条记录，无法分辨。"
        text "row {line} may be a record, or only number the columns or give their units"
             "第 {line} 行可能是记录，也可能只是栏次或计量单位"
        help "delete it, or write in heng.toml `data = {{ path = \"{path}\", first_row = \"record\" }}` (or `\"heading\"`)"
             "删去该行，或在 heng.toml 写 `data = {{ path = \"{path}\", first_row = \"record\" }}`（是栏次的写 `\"heading\"`）"

    E0323 Error DoubtfulPercent(column, cell, help)
        page "62.4 may be 62.4% or 6240%, and 0.85 may be 85% or 0.85%. It is asked back where a plain number is held against a percent and lies above 2 and above ten times that percent, or where numbers below 1 stand beside numbers above 10; and in a column in % where numbers below 1 stand beside cells with a percent sign. `number in %` reads 62.4 and 62.4% alike; `number as fraction` reads 0.624 as 62.4%."
             "62.4 可能是 62.4%，也可能是 6240%；0.85 可能是 85%，也可能是 0.85%。以下情形须先写明：没有单位的数值列与百分数比较，而某格大于 2 且大于该百分数的十倍，或者小于 1 的数与大于 10 的数并存；单位为 % 的列中，小于 1 的数与带百分号的数并存。“数值，单位 %”把 62.4 与 62.4% 都读作 62.4%；“数值，小数”把 0.624 读作 62.4%。"
        text "`{cell}` in `{column}` may be a percent or its hundredfold"
             "“{column}”中的“{cell}”是百分数还是小数，无法确定"
        help "{help}"
             "{help}"

    E0324 Error NegativeMeansNothing(column)
        page "A column with a unit holds no number below 0, unless it says `may be negative`. On what is no number, or beside `between`, which says already how low it may be, the words mean nothing."
             "带单位的列不能小于 0，写“可负”的除外。不是数值的列，或已用“介于”写明下限的列，不必再写“可负”。"
        text "`may be negative` says nothing of `{column}`"
             "“{column}”写“可负”没有意义"
        help "leave it out"
             "删去这几个字"

    E0325 Error DecimalComma(cell, column, path)
        page "A comma groups thousands: `1,155` is 1155. Where a cell of the column is written with a decimal comma, as `12,5`, another as `1,155` may be 1.155, so the run stops until the settings say which it is. With `decimal = \",\"` in heng.toml `12,5` is 12.5 and `1.155` is 1155."
             "逗号表示千分位，“1,155”即 1155。同一列有“12,5”这样以逗号作小数点的，“1,155”就可能是 1.155，须先写明。heng.toml 写 `decimal = \",\"` 的，“12,5”即 12.5，“1.155”即 1155。"
        text "`{cell}` in `{column}` is written with a decimal comma"
             "“{column}”中的“{cell}”以逗号作小数点"
        help "correct the cell, or write in heng.toml `data = {{ path = \"{path}\", decimal = \",\" }}`"
             "更正该格，或在 heng.toml 写 `data = {{ path = \"{path}\", decimal = \",\" }}`"

    E0326 Error TwoEncodings(path, utf8, other)
        page "Files of several encodings were put together: some lines are UTF-8, others are not. Read in one encoding, the others would become other letters without a word."
             "不同编码的文件被拼在一起：有的行是 UTF-8，有的不是。按任一种编码读取，其余各行都会变成别的字而毫无提示。"
        text "`{path}` is UTF-8 in line {utf8} and something else in line {other}"
             "“{path}”第 {utf8} 行是 UTF-8 编码，第 {other} 行不是"
        help "save each part as `CSV UTF-8` before they are put together"
             "拼接之前，把各部分分别另存为“CSV UTF-8（逗号分隔）”"

    E0327 Error LooksLikeLatin(path, line)
        page "The file is no UTF-8. Read as GB18030 it would have Han letters only where Western letters with accents, curly quotes or dashes stand between Latin ones, and none elsewhere: such a file is windows-1252, as a spreadsheet writes plain CSV in Western countries."
             "该文件不是 UTF-8。按 GB18030 读取时，汉字只出现在拉丁字母之间（原为带音标的字母、弯引号或破折号），别处没有汉字：这样的文件是西文电子表格所存的 windows-1252 编码。"
        text "line {line} of `{path}` looks like windows-1252, not like Chinese text"
             "“{path}”第 {line} 行像是 windows-1252 编码，不是中文"
        help "save it as `CSV UTF-8`, or write in heng.toml `data = {{ path = \"{path}\", encoding = \"windows-1252\" }}`"
             "另存为“CSV UTF-8（逗号分隔）”，或在 heng.toml 写 `data = {{ path = \"{path}\", encoding = \"windows-1252\" }}`"

    E0328 Error TwinKeys(first, again, table)
        page "A spreadsheet writes the id 2101 as 2101.0 where it takes it for a number. A table that has both has one row twice, or two rows; nobody can tell."
             "电子表格把代码“2101”当作数字时会写成“2101.0”。同一张表两者都有，是一行重复还是两行，无法确定。"
        text "`{first}` and `{again}` in one table `{table}` may be one key"
             "“{table}”中的“{first}”与“{again}”可能是同一个主键"
        help "delete one of the two rows, or correct its key"
             "删去其中一行，或更正主键"

    E0329 Error HeaderInOtherOrder(line)
        page "A row under the header names the columns of the table again, in another order or fewer of them. What stands below it is another part, whose cells would be read by the wrong columns."
             "表头以下又有一行列名，次序或列数与表头不同。其下是另一部分数据，按原表头读取会读错列。"
        text "row {line} is a header of other columns than the one above"
             "第 {line} 行又是表头，列与上面的不同"
        help "put the rows below it into the order of the first header, and delete this one"
             "把其下各行按第一个表头的次序排好，并删去这一行"

    W0310 Warning SpoiledCell(cell, column)
        page "A spreadsheet has taken a long number for a figure and written it as a power of ten. The last digits are lost, so two such cells may be two numbers; the value is unknown."
             "电子表格把较长的号码当作数值，写成了科学记数法，末尾各位已经丢失，两格相同也可能是两个号码，其值视为未知。"
        text "`{cell}` in `{column}` has lost its last digits in a spreadsheet"
             "“{column}”中的“{cell}”被电子表格改成科学记数法，末尾各位已丢失"
        help "set the column to text in the spreadsheet and put in the numbers again"
             "在电子表格中把该列设为“文本”格式，重新填入"

    W0311 Warning LostZeroCell(cell, column)
        page "In a column that has 2020.11 or 2020.12 and nowhere 2020.10, a spreadsheet has taken 2020.10 for a number and dropped the zero: 2020.1 is January or October. The value is unknown."
             "同一列有 2020.11 或 2020.12 而没有一格是 2020.10 的，多半是电子表格把 2020.10 当作数值，去掉了末尾的 0：2020.1 可能是 1 月，也可能是 10 月，其值视为未知。"
        text "`{cell}` in `{column}` may be January or October"
             "“{column}”中的“{cell}”可能是 1 月，也可能是 10 月"
        help "write the month with two digits, as `2020-10`"
             "月份写两位，如“2020-10”"

    N0305 Note HeaderOfTwoRows(first, second, headers)
        page "The header has two rows: a name of the second row stands under the nearest name to its left in the first. Each is known as `在校生 › 男`, and by its own name alone where that stands once."
             "表头有两行：第二行的列名归于第一行左侧最近的列名，读作“在校生 › 男”；只出现一次的，也可只写第二行的列名。"
        text "the header has two rows, {first} and {second}, read as {headers}"
             "表头有两行（第 {first}、{second} 行），读作：{headers}"
        help ""
             ""

    N0306 Note HeaderAgainRow(line)
        page "Files that were put together keep the header of each part. A row whose cells are the headers is no record and is left out."
             "拼接而成的文件会保留各部分的表头。各格与表头相同的行不是记录，不计入。"
        text "row {line} is the header again and is left out"
             "第 {line} 行重复表头，未计入"
        help ""
             ""

    N0307 Note HeadingRow(line)
        page "A row right under the header that numbers the columns (甲, 乙, 1, 2) or gives their units is no record, where some cell of it cannot be read by its column."
             "紧接表头、写栏次（甲、乙、1、2）或计量单位的一行，有的格不能按该列读取的，不是记录，不计入。"
        text "row {line} numbers the columns or gives their units and is left out"
             "第 {line} 行是栏次或计量单位，未计入"
        help ""
             ""
}

/// How a number that may be a percent is settled, in the rules or in the settings.
pub fn percent_help(in_percent: bool, column: &str) -> Text {
    if in_percent {
        Text::new(
            format!("write every cell with a percent sign, or say for this file in heng.toml `bare = {{ {column} = \"fraction\" }}` (0.85 is 85%) or `\"percent\"` (0.85 is 0.85%)"),
            format!("每格都写百分号；或在 heng.toml 为该文件写 `bare = {{ {column} = \"fraction\" }}`（0.85 即 85%）或 `\"percent\"`（0.85 即 0.85%）"),
        )
    } else {
        Text::new(
            "declare the column `number in %` if 62.4 is 62.4%, or `number as fraction` if 0.624 is; then correct the other cells",
            "62.4 表示 62.4% 的，该列写“数值，单位 %”；0.624 表示 62.4% 的，写“数值，小数”；其余各格照此更正",
        )
    }
}

/// What to do about a file without a header: what parts its cells, else what a header is.
pub fn header_help(parted: Option<char>, columns: &Text) -> Text {
    match parted {
        Some(mark) if mark.is_ascii() => Text::new(
            format!("its cells are parted by `{mark}`: write `delimiter = \"{mark}\"` for this file in heng.toml"),
            format!("各格之间是“{mark}”：在 heng.toml 为该文件写 `delimiter = \"{mark}\"`"),
        ),
        Some(mark) => Text::new(format!("its cells are parted by `{mark}`: put a comma there"), format!("各格之间是“{mark}”：改为英文逗号")),
        None => Text::new(format!("put a row of headers on top, as `{}`", columns.en), format!("在最上面加一行表头，如“{}”", columns.zh)),
    }
}

/// What to do about a header that gives its figures in another unit than the column has.
pub fn other_unit(header: &str, written: &str, unit: &Unit) -> Text {
    let own = unit.text();
    let (en, zh) = if own.is_empty() { ("no unit".to_string(), "没有单位".to_string()) } else { (format!("`{}`", own.en), format!("以“{}”为单位", own.zh)) };
    Text::new(
        format!("`{header}` is in `{written}` and the column in {en}: convert the figures, or declare the column in `{written}`"),
        format!("“{header}”以“{written}”为单位，该列{zh}：换算数字，或把该列的单位写为“{written}”"),
    )
}

/// At a row above the header.
pub fn label_above() -> Text {
    Text::new("this row", "这一行")
}

/// At the header.
pub fn label_header() -> Text {
    Text::new("the header", "表头")
}
