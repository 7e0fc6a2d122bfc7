//! Help pages: a command in, its page out, wrapped for columns that Chinese characters fill by two. clap wraps only at
//! ASCII blanks, so the page is laid out here.

use std::ffi::OsString;
use std::fmt::Write;

use clap::{Arg, Command};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::base::Lang;

use super::pick;

const WIDTH: usize = 96;
const INDENT: usize = 4;

/// The subcommand that the words name, if any: whose help is meant.
pub fn asked(commands: &Command, words: &[OsString]) -> Option<String> {
    let known = |word: &&str| commands.get_subcommands().any(|command| command.get_name() == *word);
    words.iter().skip(1).filter_map(|word| word.to_str()).filter(|word| *word != "help").find(known).map(str::to_string)
}

/// The help of one subcommand, or of the whole.
pub fn page(commands: &Command, asked: Option<&str>, lang: Lang) -> String {
    match asked.and_then(|asked| commands.find_subcommand(asked)) {
        Some(command) => page_of(command, lang),
        None => page_of(commands, lang),
    }
}

fn page_of(command: &Command, lang: Lang) -> String {
    let mut page = String::new();
    paragraph(&mut page, &styled(command.get_about()), 0);
    let _ = writeln!(page, "\n{}\n    {}", pick(lang, "Usage", "用法"), usage(command));
    section(&mut page, pick(lang, "Arguments", "参数"), command.get_positionals().map(|one| (name(one), styled(one.get_help()))));
    let options = command.get_arguments().filter(|one| !one.is_positional() && !["help", "version"].contains(&one.get_id().as_str()));
    section(&mut page, pick(lang, "Options", "选项"), options.map(|one| (name(one), styled(one.get_help()))));
    let commands = command.get_subcommands().filter(|one| one.get_name() != "help");
    section(&mut page, pick(lang, "Commands", "命令"), commands.map(|one| (one.get_name().to_string(), styled(one.get_about()))));
    if let Some(after) = command.get_after_help() {
        page.push('\n');
        for line in after.to_string().lines() {
            paragraph(&mut page, line, 0);
        }
    }
    page
}

/// `heng audit PACK… [OPTIONS]`.
pub fn usage(command: &Command) -> String {
    let path = if command.get_name() == "heng" { "heng".to_string() } else { format!("heng {}", command.get_name()) };
    let mut parts = vec![path];
    if command.has_subcommands() {
        parts.push("COMMAND".to_string());
    }
    parts.extend(command.get_positionals().map(name));
    parts.push("[--…]".to_string());
    parts.join(" ")
}

fn section(page: &mut String, heading: &str, entries: impl Iterator<Item = (String, String)>) {
    let entries: Vec<_> = entries.collect();
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(page, "\n{heading}");
    for (name, text) in entries {
        let _ = writeln!(page, "    {name}");
        paragraph(page, &text, INDENT * 2);
    }
}

/// `--format NAME[=PATH]…`, `PACK…`.
fn name(argument: &Arg) -> String {
    let many = argument.get_num_args().is_some_and(|range| range.max_values() > 1) || matches!(argument.get_action(), clap::ArgAction::Append);
    let value = argument.get_value_names().map(|names| names.iter().map(clap::builder::Str::as_str).collect::<Vec<_>>().join(" ")).unwrap_or_default();
    let value = format!("{value}{}", if many { "…" } else { "" });
    match argument.get_long() {
        Some(long) if argument.get_action().takes_values() => format!("--{long} {value}"),
        Some(long) => format!("--{long}"),
        None => value,
    }
}

fn styled(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

fn paragraph(page: &mut String, text: &str, indent: usize) {
    for line in wrapped(text, WIDTH - indent) {
        let _ = writeln!(page, "{:indent$}{line}", "");
    }
}

/// A text as lines of a page.
pub fn filled(text: &str) -> String {
    wrapped(text, WIDTH).join("\n")
}

/// Breaks a text into lines at most `width` columns wide: at blanks, and between Chinese characters, but never before
/// closing punctuation nor after opening.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && line.width() + piece.trim_end().width() > width {
            line.truncate(line.trim_end().len());
            lines.push(piece.to_string());
        } else {
            line.push_str(piece);
        }
    }
    lines
}

/// The stretches that may not be broken.
fn pieces(text: &str) -> Vec<&str> {
    const CLOSING: &str = "，。；：、）”》！？」…";
    const OPENING: &str = "（“《「";
    let wide = |c: char| c.width() == Some(2);
    let mut pieces = Vec::new();
    let (mut start, mut before) = (0, '\0');
    for (at, c) in text.char_indices() {
        let may = before == ' ' && c != ' ' || (wide(before) || wide(c) || CLOSING.contains(before)) && before != '\0';
        if may && !CLOSING.contains(c) && c != ' ' && !OPENING.contains(before) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = c;
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn chinese_breaks_between_characters_but_not_before_punctuation() {
        assert_eq!(wrapped("一二三四，五六", 8), ["一二三", "四，五六"]);
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("写作“ab”，再试", 10), ["写作“ab”，", "再试"]);
    }
}
