//! Remedies as a person would give them: the unit's own figures before another's, no people divided, no base made larger
//! instead of less of what is too much, each requirement met by itself, and "no change" only where judging shows none.

#[path = "common/place.rs"]
mod place;

use place::Place;

const DAY: &str = "--pack pack --data data --as-of 2026-09-01";

fn place(name: &str, rules: &str, tables: &[(&str, &str)]) -> Place {
    let place = Place::new(name);
    place.file("pack/pack.heng", &format!("pack p 1.0 \"P\"\n\n{rules}"));
    for (table, text) in tables {
        place.file(&format!("data/{table}.csv"), text);
    }
    place
}

/// The line that tells the first way.
#[track_caller]
fn first(place: &Place, words: &str) -> String {
    let done = place.heng(&format!("remedy {words} {DAY}"));
    done.ends(1);
    let told: Vec<&str> = done.out.lines().skip_while(|line| !line.trim_start().starts_with("remedy ")).take_while(|line| !line.trim_start().starts_with("or ") && !line.is_empty()).collect();
    told.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

const COMPARED: &str = "table county \"Counties\"\n  key code text\n\ntable school \"Schools\"\n  key code text\n  in county by county_code\n  column aided yes/no\n  column pupils whole number in pupil\n  column staff whole number in teacher\n  column rooms whole number in room\n\nmeasure others of county in pupil/teacher\n  = sum(pupils across school where aided = no) / sum(staff across school where aided = no)\n\nrule SAME \"Comparable\"\n  for each school where aided = yes\n  require pupils / staff <= 110% * county.others\n";

#[test]
fn the_own_figures_go_before_those_of_others() {
    let county = ("county", "code\nC\n");
    for (own, others, told) in [("441,20", "1000,50", "raise staff by 1 teacher, from 20 to 21"), ("300,10", "1000,50", "raise staff by 4 teachers, from 10 to 14"), ("230,10", "2000,100", "raise staff by 1 teacher, from 10 to 11"), ("1000,40", "900,50", "raise staff by 11 teachers, from 40 to 51")] {
        let school = format!("code,county_code,aided,pupils,staff,rooms\nA,C,yes,{own},1\nB,C,no,{others},1\n");
        let place = place("own-first", COMPARED, &[county, ("school", &school)]);
        let said = first(&place, "SAME");
        assert!(said.contains(told), "{own} beside {others}: {said}");
    }
}

const PEOPLE: &str = "table school \"Schools\"\n  key code text\n  column missed whole number\n  column possible whole number\n  column posts whole number\n  column vacant whole number\n\ntable pupil \"Pupils\"\n  key id text\n  in school by school_code\n  column absent whole number\n\nrule MISSED \"Missed\"\n  for each school\n  require missed <= 50% * possible\n\nrule VACANT \"Vacant\"\n  for each school\n  require vacant <= 10% * posts\n\nrule ABSENT \"Absent\"\n  for each school\n  require every pupil has absent <= 100\n";

#[test]
fn less_is_done_of_what_is_too_much_and_nobody_is_divided() {
    for (missed, possible, posts, vacant, absent) in [(191, 380, 9, 1, 190), (200, 380, 19, 2, 101), (380, 380, 5, 5, 1000), (51, 100, 29, 3, 102)] {
        let school = format!("code,missed,possible,posts,vacant\nA,{missed},{possible},{posts},{vacant}\n");
        let pupil = format!("id,school_code,absent\n1,A,{absent}\n2,A,0\n");
        let place = place("less", PEOPLE, &[("school", &school), ("pupil", &pupil)]);
        assert!(first(&place, "MISSED").contains("lower missed by"), "{}", first(&place, "MISSED"));
        assert!(first(&place, "VACANT").contains("lower vacant by"), "{}", first(&place, "VACANT"));
        let all = place.heng(&format!("remedy {DAY}"));
        assert!(!all.out.contains("divide") && !all.out.contains("raise posts") && !all.out.contains("raise possible"), "{}", all.out);
        all.prints("lower absent by");
    }
}

const SEVERAL: &str = "table school \"学校\" / \"Schools\"\n  key code text\n  column rooms whole number in room\n  column pupils whole number in pupil\n  column safe yes/no\n\nrule BOTH \"Both\"\n  for each school\n  require rooms >= 3 room\n  require pupils >= 100 pupil\n\nrule SAFE \"Safe\"\n  for each school\n  require safe\n";

#[test]
fn each_of_several_requirements_is_met_and_what_is_blank_is_to_be_filled() {
    for (rooms, more) in [("2", "1 room"), ("1", "2 rooms"), ("0", "3 rooms")] {
        let place = place("several", SEVERAL, &[("school", &format!("code,rooms,pupils,safe\nA,{rooms},,no\nB,3,90,yes\n"))]);
        let said = first(&place, "BOTH --unit A");
        assert!(said.contains(&format!("raise rooms by {more}")) && said.contains("fill in or correct") && said.contains("pupils is blank"), "{said}");
        assert!(first(&place, "BOTH --unit B").contains("raise pupils by 10 pupils"));
        place.heng(&format!("remedy SAFE {DAY} --lang zh")).ends(1).prints("须实际做到“safe”为“是”").prints("并非改动填报数据");
        place.heng(&format!("remedy SAFE {DAY}")).ends(1).prints("safe has to become yes in fact").prints("not what to enter");
    }
}

const RANKED: &str = "table state \"States\"\n  key code text\n\ntable school \"Schools\"\n  key code text\n  in state by state_code\n  column index whole number\n\nmeasure low of state\n  = percentile(5%, index across school)\n\nrule ABOVE \"Above\"\n  for each school\n  require index > state.low\n";

#[test]
fn no_change_is_said_only_where_judging_shows_none() {
    for lowest in [35, 20, 1] {
        let rows: String = (0..40).map(|at| format!("E{at},S,{}\n", if at < 2 { lowest } else { 40 + at })).collect();
        let place = place("ranked", RANKED, &[("state", "code\nS\n"), ("school", &format!("code,state_code,index\n{rows}"))]);
        for unit in ["E0", "E1"] {
            let said = first(&place, &format!("ABOVE --unit {unit}"));
            assert!(said.contains("raise index by"), "{said}");
        }
    }
}
