use crate::base::Lang;
use crate::report;

use super::build::world;

#[test]
fn a_whole_report_in_english() {
    print!("{}", report::text(&world().page(Lang::En)));
}

#[test]
fn a_whole_report_in_chinese() {
    print!("{}", report::text(&world().page(Lang::Zh)));
}
