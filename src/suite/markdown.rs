//! Markdown, as much of it as suites need: headings with their levels, and fenced blocks with the places of their bodies.

use std::ops::Range;

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::OpenFence;

use super::place::frame;

/// A heading and what stands beneath it, before the next heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// 1 to 6; 0 for what stands before the first heading.
    pub level: usize,
    pub name: String,
    pub line: usize,
    pub parent: Option<usize>,
    pub blocks: Vec<Block>,
}

/// A fenced block.
#[derive(Clone, Debug)]
pub struct Block {
    /// The words behind the opening fence.
    pub mark: Vec<String>,
    /// The opening line.
    pub head: Range<usize>,
    /// The lines between the fences, with their line ends.
    pub body: Range<usize>,
}

/// A fence: its character, its length, what follows it.
struct Fence<'t> {
    sign: char,
    length: usize,
    rest: &'t str,
}

/// Every section in order. A block without end reaches to the end of the text, and is said.
pub fn sections(text: &str, path: &str) -> (Vec<Section>, Vec<Diagnostic>) {
    let mut sections = vec![Section { level: 0, name: path.to_string(), line: 1, parent: None, blocks: Vec::new() }];
    let mut open: Option<(Fence<'_>, Block, usize)> = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let next = at + line.len();
        match (open.take(), fence(line)) {
            (Some((begun, block, first)), Some(found)) if ends(&begun, &found) => {
                let body = block.body.start..at;
                push(&mut sections, Block { body, ..block });
                let _ = first;
            }
            (Some(inside), _) => open = Some(inside),
            (None, Some(found)) => {
                let mark = found.rest.split_whitespace().map(str::to_string).collect();
                open = Some((found, Block { mark, head: at..at + line.trim_end().len(), body: next..next }, number + 1));
            }
            (None, None) => {
                if let Some((level, name)) = heading(line) {
                    let parent = above(&sections).find(|at| sections[*at].level < level);
                    sections.push(Section { level, name, line: number + 1, parent, blocks: Vec::new() });
                }
            }
        }
        at = next;
    }
    let mut faults = Vec::new();
    if let Some((_, block, line)) = open {
        faults.push(Diagnostic::from(OpenFence { line: line.into() }).on(frame(text, path, block.head), Text::default()));
    }
    (sections, faults)
}

/// The last section and those above it, nearest first.
fn above(sections: &[Section]) -> impl Iterator<Item = usize> {
    std::iter::successors(sections.len().checked_sub(1), |at| sections[*at].parent)
}

fn push(sections: &mut [Section], block: Block) {
    if let Some(section) = sections.last_mut() {
        section.blocks.push(block);
    }
}

fn ends(begun: &Fence<'_>, found: &Fence<'_>) -> bool {
    found.sign == begun.sign && found.length >= begun.length && found.rest.is_empty()
}

/// At least three backticks or tildes, indented by three blanks at most.
fn fence(line: &str) -> Option<Fence<'_>> {
    let inner = line.trim_end().trim_start_matches(' ');
    if line.len() - line.trim_start_matches(' ').len() > 3 {
        return None;
    }
    let sign = inner.chars().next().filter(|sign| ['`', '~'].contains(sign))?;
    let rest = inner.trim_start_matches(sign);
    let length = inner.len() - rest.len();
    (length >= 3 && !rest.contains('`')).then(|| Fence { sign, length, rest: rest.trim() })
}

fn heading(line: &str) -> Option<(usize, String)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let name = rest.strip_prefix([' ', '\t'])?;
    (1..=6).contains(&level).then(|| (level, name.trim().trim_end_matches('#').trim_end().to_string()))
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn headings_inside_blocks_are_none() {
        let text = "# a\n\n```heng\n# b\n```\n\n## c\n````md\n```\n````\n# d\n### e\n";
        let (found, faults) = sections(text, "x.md");
        assert!(faults.is_empty());
        let names: Vec<_> = found.iter().map(|section| (section.name.as_str(), section.parent)).collect();
        assert_eq!(names, [("x.md", None), ("a", Some(0)), ("c", Some(1)), ("d", Some(0)), ("e", Some(3))]);
        assert_eq!(&text[found[1].blocks[0].body.clone()], "# b\n");
    }

    #[test]
    fn a_block_without_end_is_said() {
        let (_, faults) = sections("# a\n```heng\nx\n", "x.md");
        assert_eq!(faults[0].code, "E0550");
    }
}
