//! The laws of the language, tried on random programs and tables.

mod slow;

#[test]
fn it_links() {
    let _ = slow::judge;
}
