//! What clap answers, said to the reader in both languages: an error in, one of our own messages out; help and version
//! to standard output.

use std::borrow::Cow;

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::base::Text;
use crate::diag::Diagnostic;
use crate::diag::catalog::{GivenTwice, MissingArgument, MissingValue, NotText, UnexpectedWord, UnknownCommand, UnknownOption, WrongValue};

use super::session::{Session, Stopped};
use super::{COULD_NOT_RUN, help, output};

/// Help and version are results; everything else is a fault of the command line.
pub fn answer(error: &Error, commands: &Command, asked: Option<&str>, session: &Session) -> Result<u8, Stopped> {
    let page = || help::page(commands, asked, session.lang());
    match error.kind() {
        ErrorKind::DisplayHelp => session.result(&page()).map(|()| 0),
        ErrorKind::DisplayVersion => session.result(&format!("heng {}\n", env!("CARGO_PKG_VERSION"))).map(|()| 0),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            output::aside(&page());
            Ok(COULD_NOT_RUN)
        }
        _ => session.stop(fault(error, commands, asked)),
    }
}

fn fault(error: &Error, commands: &Command, asked: Option<&str>) -> Diagnostic {
    let argument = of(error, ContextKind::InvalidArg);
    let option = argument.split([' ', '=']).next().unwrap_or_default();
    let value = of(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => UnknownOption { option: option.into(), help: near_option(error, asked) }.into(),
        ErrorKind::UnknownArgument => UnexpectedWord { word: argument.as_ref().into() }.into(),
        ErrorKind::InvalidSubcommand => unknown_command(error, commands),
        ErrorKind::MissingSubcommand => MissingArgument { what: Text::new("a command", "命令"), form: "heng audit".into() }.into(),
        ErrorKind::InvalidValue if value.is_empty() => missing_value(&argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => WrongValue { option: option.into(), value: value.as_ref().into(), allowed: allowed(error) }.into(),
        ErrorKind::TooFewValues | ErrorKind::NoEquals | ErrorKind::WrongNumberOfValues => missing_value(&argument),
        ErrorKind::ArgumentConflict => GivenTwice { option: option.into() }.into(),
        ErrorKind::MissingRequiredArgument => MissingArgument { what: bare(&argument), form: usage_line(commands, asked) }.into(),
        ErrorKind::InvalidUtf8 => NotText { word: not_text(&argument) }.into(),
        _ => UnexpectedWord { word: if value.is_empty() { argument.as_ref().into() } else { value.as_ref().into() } }.into(),
    }
}

/// `--as-of <DATE>` is said as the option and the form of its value.
fn missing_value(argument: &str) -> Diagnostic {
    let (option, form) = argument.split_once([' ', '=']).unwrap_or((argument, ""));
    let form = form.split(['<', '>']).find(|part| !part.trim().is_empty()).unwrap_or("…");
    MissingValue { option: option.into(), form: form.into() }.into()
}

fn near_option(error: &Error, asked: Option<&str>) -> Text {
    match of(error, ContextKind::SuggestedArg) {
        near if near.is_empty() => {
            let command = asked.map_or_else(|| "heng --help".to_string(), |asked| format!("heng {asked} --help"));
            Text::new(format!("`{command}` lists the options"), format!("全部选项见“{command}”"))
        }
        near => Text::new(format!("write `{near}`"), format!("写作“{near}”")),
    }
}

fn unknown_command(error: &Error, commands: &Command) -> Diagnostic {
    let near = of(error, ContextKind::SuggestedSubcommand);
    let names: Vec<Text> = match near.split(", ").next() {
        Some(near) if !near.is_empty() => vec![ticked(near)],
        _ => commands.get_subcommands().map(|command| ticked(command.get_name())).collect(),
    };
    let names = either(&names);
    let help = Text::new(format!("write {}", names.en), format!("可写{}", names.zh));
    UnknownCommand { word: of(error, ContextKind::InvalidSubcommand).as_ref().into(), help }.into()
}

fn allowed(error: &Error) -> Text {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => either(&values.iter().map(|value| ticked(value)).collect::<Vec<_>>()),
        _ => Text::new("another value", "别的值"),
    }
}

fn usage_line(commands: &Command, asked: Option<&str>) -> Text {
    match asked.and_then(|asked| commands.find_subcommand(asked)) {
        Some(command) => help::usage(command).into(),
        None => "heng audit".into(),
    }
}

/// `<CODE|RULE>` as a word of a sentence.
fn bare(argument: &str) -> Text {
    ticked(argument.trim_start_matches('<').trim_end_matches("...").trim_end_matches('>'))
}

/// `a, b or c`, `a、b 或 c`.
fn either(items: &[Text]) -> Text {
    match items {
        [most @ .., last] if !most.is_empty() => Text::join(&[Text::join(most, ", ", "、"), last.clone()], " or ", "或"),
        _ => Text::join(items, "", ""),
    }
}

fn ticked(word: &str) -> Text {
    Text::new(format!("`{word}`"), format!("“{word}”"))
}

fn of(error: &Error, kind: ContextKind) -> Cow<'_, str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Cow::Borrowed(text),
        Some(ContextValue::Strings(texts)) => Cow::Owned(texts.join(", ")),
        _ => Cow::Borrowed(""),
    }
}

/// The first argument that is no text, as far as it can be shown; clap does not say which it was.
fn not_text(argument: &str) -> Text {
    let found = std::env::args_os().find(|word| word.to_str().is_none());
    found.map_or_else(|| argument.into(), |word| word.to_string_lossy().as_ref().into())
}
