//! `JUnit` XML, as build servers read it: suites of cases in, one document out. It holds no times and no host, so
//! that the same run gives the same bytes.

use std::fmt::Write;

/// Cases that belong together.
#[derive(Clone, Debug)]
pub struct TestSuite {
    pub name: String,
    pub cases: Vec<TestCase>,
}

#[derive(Clone, Debug)]
pub struct TestCase {
    pub name: String,
    /// What the cases of one group have in common.
    pub class: String,
    /// The file and the line where it stands.
    pub place: Option<(String, usize)>,
    pub result: TestResult,
}

/// What came of a case; with a message of one line and, where it is known, all that there is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestResult {
    Passed,
    Failed { kind: String, message: String, text: String },
    Error { kind: String, message: String, text: String },
    Skipped { message: String },
}

/// The whole document.
pub fn document(name: &str, suites: &[TestSuite]) -> String {
    let all: Vec<&TestCase> = suites.iter().flat_map(|suite| &suite.cases).collect();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<testsuites name=\"{}\" {}>", attribute(name), counts(all.iter().copied()));
    for suite in suites {
        let _ = writeln!(xml, "  <testsuite name=\"{}\" {}>", attribute(&suite.name), counts(suite.cases.iter()));
        for case in &suite.cases {
            push_case(&mut xml, case);
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn counts<'c>(cases: impl Iterator<Item = &'c TestCase>) -> String {
    let (mut tests, mut failures, mut errors, mut skipped) = (0, 0, 0, 0);
    for case in cases {
        tests += 1;
        match case.result {
            TestResult::Passed => {}
            TestResult::Failed { .. } => failures += 1,
            TestResult::Error { .. } => errors += 1,
            TestResult::Skipped { .. } => skipped += 1,
        }
    }
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"0\"")
}

fn push_case(xml: &mut String, case: &TestCase) {
    let place = case.place.as_ref().map_or_else(String::new, |(path, line)| format!(" file=\"{}\" line=\"{line}\"", attribute(path)));
    let _ = write!(xml, "    <testcase name=\"{}\" classname=\"{}\"{place} time=\"0\"", attribute(&case.name), attribute(&case.class));
    let (tag, kind, message, text) = match &case.result {
        TestResult::Passed => {
            xml.push_str("/>\n");
            return;
        }
        TestResult::Skipped { message } => {
            let _ = writeln!(xml, ">\n      <skipped message=\"{}\"/>\n    </testcase>", attribute(message));
            return;
        }
        TestResult::Failed { kind, message, text } => ("failure", kind, message, text),
        TestResult::Error { kind, message, text } => ("error", kind, message, text),
    };
    let _ = writeln!(xml, ">\n      <{tag} type=\"{}\" message=\"{}\">{}</{tag}>\n    </testcase>", attribute(kind), attribute(message), content(text));
}

/// Between quotes a line break would be read as a blank.
fn attribute(text: &str) -> String {
    content(text).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}

/// Signs that XML reserves are written as entities; such as it cannot hold at all become U+FFFD.
fn content(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\n' | '\t' => safe.push(sign),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            sign => safe.push(sign),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{TestCase, TestResult, TestSuite, document};

    #[test]
    fn a_document_with_every_result() {
        let case = |name: &str, result| TestCase { name: name.into(), class: "c".into(), place: Some(("a.md".into(), 3)), result };
        let failed = TestResult::Failed { kind: "E1".into(), message: "a < b & \"c\"\nd".into(), text: "<x>\u{1b}[0m".into() };
        let suite = TestSuite { name: "s".into(), cases: vec![case("1", TestResult::Passed), case("2", failed), case("3", TestResult::Skipped { message: "no".into() })] };
        assert_eq!(
            document("heng", &[suite]),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <testsuites name=\"heng\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"0\">\n\
             \x20 <testsuite name=\"s\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"0\">\n\
             \x20   <testcase name=\"1\" classname=\"c\" file=\"a.md\" line=\"3\" time=\"0\"/>\n\
             \x20   <testcase name=\"2\" classname=\"c\" file=\"a.md\" line=\"3\" time=\"0\">\n\
             \x20     <failure type=\"E1\" message=\"a &lt; b &amp; &quot;c&quot;&#10;d\">&lt;x&gt;\u{fffd}[0m</failure>\n\
             \x20   </testcase>\n\
             \x20   <testcase name=\"3\" classname=\"c\" file=\"a.md\" line=\"3\" time=\"0\">\n\
             \x20     <skipped message=\"no\"/>\n\
             \x20   </testcase>\n\
             \x20 </testsuite>\n\
             </testsuites>\n"
        );
    }
}
