//! Columns of a declaration: what stands behind a mark is lined up with its neighbours.

use unicode_width::UnicodeWidthStr;

/// Where a line is lined up with others of its item.
pub const MARK: char = '\u{2}';

/// Lined up, no line gets wider than this; where one would, a single blank stands for each mark.
const WIDEST: usize = 120;

/// Turns the marks of a text into blanks, item by item.
pub fn align(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut block: Vec<&str> = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.starts_with(' ') {
            flush(&mut block, &mut made);
        }
        block.push(line);
    }
    flush(&mut block, &mut made);
    made
}

fn flush(block: &mut Vec<&str>, made: &mut String) {
    let cells: Vec<Vec<&str>> = block.iter().map(|line| line.split(MARK).collect()).collect();
    let most = cells.iter().map(Vec::len).max().unwrap_or(0);
    // Only what something stands behind has a width that counts.
    let width = |column: usize| cells.iter().filter(|cells| cells.len() > column + 1).map(|cells| cells[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..most).map(width).collect();
    let wide = |cells: &Vec<&str>| cells.len() > 1 && widths[..cells.len() - 1].iter().map(|width| width + 2).sum::<usize>() + cells[cells.len() - 1].trim_end().width() > WIDEST;
    let narrow = cells.iter().any(wide);
    for cells in &cells {
        for (column, cell) in cells.iter().enumerate() {
            made.push_str(cell);
            if column + 1 < cells.len() {
                let gap = if narrow { 1 } else { widths[column] + 2 - cell.width() };
                made.extend(std::iter::repeat_n(' ', gap));
            }
        }
    }
    block.clear();
}
