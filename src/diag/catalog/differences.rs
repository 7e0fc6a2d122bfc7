//! Messages about reports that are read back, and about what is compared.

super::messages! {
    E0580 Error ReportNotJson(path, why)
        page "A report that is to be verified or compared is the JSON that `heng audit --format json` writes. This file is no such text: it was cut off, edited by hand, or is something else."
             "待复核或比较的报告，应是“heng audit --format json”写出的 JSON。该文件不是完整的 JSON：可能被截断、被手工改动，或本来就是别的文件。"
        text "`{path}` is no whole JSON: {why}"
             "“{path}”不是完整的 JSON：{why}"
        help "write the report again with `--format json={path}`"
             "用“--format json={path}”重新写出报告"

    E0581 Error OtherSchema(path, found)
        page "A report says in its field `schema` how it is written. This version reads `heng-report/1`."
             "报告以“schema”字段写明格式版本。本版本能读入“heng-report/1”。"
        text "`{path}` is not a report that this version reads: its schema is {found}"
             "本版本无法读入报告“{path}”：其 schema 为{found}"
        help "judge the data again with this version and `--format json`"
             "用本版本加“--format json”重新判定一次"

    E0582 Error ReportField(path, what)
        page "A field of the report is missing or holds something else than reports hold there, so the report was not written as it stands."
             "报告缺少某个字段，或字段内容不合格式，说明该文件写出后被改动过。"
        text "`{path}` is not as a report is written: {what}"
             "“{path}”不合报告的格式：{what}"
        help "take the report as it was written by `heng audit`"
             "请使用“heng audit”写出的原件"

    E0583 Error InputNotFound(path, table, help)
        page "A report is judged again from the files that it records. They are looked for at the recorded path, from the working directory and from the report's own folder, and where `--data` says."
             "复核要用报告所记录的数据文件。查找的位置为：所记路径（先从当前目录，再从报告所在文件夹算起），以及“--data”所指的位置。"
        text "the data of `{table}`, recorded as `{path}`, are not found"
             "找不到“{table}”的数据，报告记录的路径为“{path}”"
        help "{help}"
             "{help}"

    E0584 Error PackNotAtHand(pack, help)
        page "A report is judged again by the packs that it records. They are looked for at the recorded path, from the working directory and from the report's own folder, and where `--pack` says."
             "复核要用报告所记录的标准。查找的位置为：所记路径（先从当前目录，再从报告所在文件夹算起），以及“--pack”所指的位置。"
        text "the pack {pack} of the report is not found"
             "找不到报告所用的标准{pack}"
        help "{help}"
             "{help}"

    E0585 Error OptionNotRepeated(option)
        page "The report was judged with an option that this version cannot repeat, so that nothing could be said about a difference."
             "报告判定时使用了本版本无法重做的选项，有无差异无从谈起。"
        text "the report was judged with {option}, which this version cannot repeat"
             "报告判定时使用了{option}，本版本无法重做"
        help "verify it with the version that wrote it"
             "请用写出该报告的版本复核"

    E0586 Error KindsDiffer(first, first_kind, second, second_kind)
        page "`heng diff` compares two of a kind: two JSON reports, two packs of rules, or two data sets."
             "“heng diff”比较同类的两样东西：两份 JSON 报告、两套标准或两批数据。"
        text "`{first}` is {first_kind} and `{second}` is {second_kind}"
             "“{first}”是{first_kind}，而“{second}”是{second_kind}"
        help "name two reports, two packs or two data sets"
             "请写两份报告、两套标准或两批数据"

    E0587 Error NothingToCompare(path)
        page "What is compared is a JSON report, a pack (a folder of .heng files, or one such file), or a data set (a folder of .csv, .tsv or .txt files, or one such file)."
             "可比较的是 JSON 报告、标准（存放 .heng 文件的文件夹，或单个 .heng 文件）、数据（存放 .csv、.tsv、.txt 文件的文件夹，或单个这样的文件）。"
        text "`{path}` is neither a report, nor a pack, nor a data set"
             "“{path}”既不是报告，也不是标准，也不是数据"
        help "name a JSON report, a folder of .heng files or a folder of .csv files"
             "请写 JSON 报告、存放 .heng 文件的文件夹或存放 .csv 文件的文件夹"

    E0588 Error ShowsPersonal(path)
        page "The report was written with `--show-personal` and holds personal columns in clear. What is said of it would show them too, so it must be asked for again."
             "该报告写出时用了“--show-personal”，其中个人信息为原文。据此输出的内容同样会显示个人信息，因此须再次写明。"
        text "`{path}` holds personal data in clear"
             "“{path}”中的个人信息为原文"
        help "add `--show-personal` if they may be shown here"
             "如可以在此显示，请加“--show-personal”"

    E0589 Error ShownInOne(shown, masked)
        page "One report shows personal columns in clear and the other masks them, so that the same row has two keys and nothing can be matched."
             "一份报告中个人信息为原文，另一份为固定代号，同一行的主键不同，无法对应。"
        text "`{shown}` shows personal data in clear and `{masked}` does not"
             "“{shown}”中的个人信息为原文，“{masked}”中为固定代号"
        help "write both reports in the same way"
             "请以同样方式写出两份报告"
}
