//! Messages about the text of rule files: what the parser says.

super::messages! {
    E0101 Error UnknownItem(word, near)
        page "A line in the first column begins an item, and its first word must be one of the item words. Any other word there is taken for a misspelt item, so that the items around it are still understood."
             "顶格书写的一行表示一个新条目，行首必须是条目词。其他词一律视为写错的条目词，前后条目不受影响。"
        text "`{word}` begins no item"
             "“{word}”不是条目词"
        help "{near}"
             "{near}"
}
