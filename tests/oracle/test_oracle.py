"""The oracle tried on cases whose answers are known by hand or published, and the comparison on reports made to differ.

    python3 -m unittest discover -s tests/oracle
"""

import copy
import json
import tempfile
import unittest
from fractions import Fraction
from pathlib import Path

import county
import make_example
import oracle
from compare import Comparison, decimal, fake, flips, root_rounded, rounded
from interval import ALL, MET, NOT_APPLICABLE, NOT_MET, UNDECIDED, UNKNOWN_AMOUNT, Interval, at_least
from reading import CLASS, COUNTY, INCIDENT, SCHOOL, Fault

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def write(folder, name, columns, rows):
    """Rows given by id, written under the forms' headers."""
    used = [column for column in columns if any(column in row for row in rows)] or list(columns)[:2]
    lines = [",".join(columns[column][0] for column in used)]
    lines += [",".join(str(row.get(column, "")) for column in used) for row in rows]
    (Path(folder) / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def found(schools, classes=None, counties=None, incidents=None):
    with tempfile.TemporaryDirectory() as folder:
        blank = {"county_code": "C", "type": "小学", "primary_pupils": "", "junior_pupils": "", "senior_pupils": "", "primary_arts_teachers": ""}
        write(folder, "school", SCHOOL, [{**blank, **school} for school in schools])
        for name, columns, rows in (("class", CLASS, classes), ("county", COUNTY, counties), ("incident", INCIDENT, incidents)):
            if rows is not None:
                write(folder, name, columns, rows)
        return oracle.judge_folder(folder).findings


def outcome(findings, rule, key):
    return findings[rule, key].outcome if (rule, key) in findings else None


class Intervals(unittest.TestCase):
    def test_a_divisor_that_may_be_zero_leaves_nothing(self):
        self.assertEqual(Interval.of(3).over(UNKNOWN_AMOUNT), ALL)

    def test_a_sum_with_one_unknown_still_has_a_floor(self):
        self.assertEqual(at_least(Interval.of(42).plus(UNKNOWN_AMOUNT), Interval.of(42)), MET)

    def test_a_difference_with_one_unknown_still_has_a_ceiling(self):
        self.assertEqual(at_least(Interval.of(41).minus(UNKNOWN_AMOUNT), Interval.of(42)), NOT_MET)


class Published(unittest.TestCase):
    def test_worked_example(self):
        """Five schools' books: published as 0.52, to four places 0.5153."""
        pairs = [(45, 279), (37, 137), (89, 935), (76, 160), (55, 402)]
        values = [(Interval.of(Fraction(books, pupils)), Interval.of(pupils)) for pupils, books in pairs]
        finding = oracle.Judge.variation("CV", "C", "C", Fraction(1, 2), values, True)
        self.assertEqual(root_rounded(finding.square, 4), Fraction("0.5153"))
        self.assertEqual(finding.outcome, NOT_MET)

    def test_nine_year_split(self):
        """166 and 210 pupils share 23,226: exactly 9,711.63 and 13,514.37."""
        school = {"code": "S", "type": "九年一贯制学校", "primary_pupils": 166, "junior_pupils": 210, "equipment": 23226}
        findings = found([school])
        shares = {stage: findings["L6", f"S-{stage}"].value.single * pupils / 10000 for stage, pupils in (("primary", 166), ("junior", 210))}
        self.assertEqual(rounded(shares["primary"], 2), Fraction("9711.63"))
        self.assertEqual(rounded(shares["junior"], 2), Fraction("13514.37"))

    def test_complete_middle_is_one_to_one_point_two(self):
        findings = found([{"code": "S", "type": "完全中学", "junior_pupils": 120, "senior_pupils": 100, "multimedia_rooms": 10}])
        self.assertEqual(findings["L7", "S-junior"].value.single, Fraction(10, 2) * 100 / 120)
        self.assertNotIn(("L7", "S-senior"), findings)


class Resources(unittest.TestCase):
    MET_ALL = {
        "code": "S", "primary_pupils": 1000, "primary_diploma_teachers": 42, "primary_bachelor_teachers": 0, "primary_master_teachers": 0,
        "primary_doctor_teachers": 0, "primary_backbone_teachers": 10, "primary_pe_teachers": 9, "primary_music_teachers": 0,
        "primary_fine_art_teachers": 0, "teaching_area": 4700, "indoor_sports_area": 200, "gym_area": 500, "sports_ground_area": 7000,
        "equipment": 200, "multimedia_rooms": 23,
    }

    def school(self, **changed):
        return found([{**self.MET_ALL, **changed}])

    def test_every_value_on_its_limit_is_met(self):
        findings = self.school()
        self.assertTrue(all(findings[rule, "S-primary"].outcome == MET for rule in (*oracle.LS, "SCHOOL")))

    def test_one_at_85_percent_is_enough_and_a_hair_below_is_not(self):
        self.assertEqual(outcome(self.school(teaching_area="4025"), "SCHOOL", "S-primary"), MET)
        self.assertEqual(outcome(self.school(teaching_area="4024.99"), "SCHOOL", "S-primary"), NOT_MET)

    def test_two_below_fail_whatever_the_rest(self):
        self.assertEqual(outcome(self.school(equipment=199, multimedia_rooms=22, teaching_area=""), "SCHOOL", "S-primary"), NOT_MET)

    def test_one_unknown_while_the_rest_must_stand(self):
        findings = self.school(equipment="")
        self.assertEqual(outcome(findings, "L6", "S-primary"), UNDECIDED)
        self.assertEqual(outcome(findings, "SCHOOL", "S-primary"), UNDECIDED)

    def test_not_met_with_only_a_ceiling_known_leaves_the_rest_open(self):
        # At most 4.2 a pupil: below 4.5, but at least 85% of it or not, nobody knows.
        findings = self.school(teaching_area=4200, indoor_sports_area="")
        self.assertEqual(outcome(findings, "L4", "S-primary"), NOT_MET)
        self.assertEqual(outcome(findings, "SCHOOL", "S-primary"), UNDECIDED)

    def test_all_pupils_blank_stands_undecided_in_every_stage(self):
        findings = self.school(primary_pupils="")
        self.assertEqual(outcome(findings, "L1", "S-primary"), UNDECIDED)
        self.assertEqual(outcome(findings, "SCHOOL", "S-junior"), UNDECIDED)

    def test_all_pupils_zero_is_no_section(self):
        self.assertNotIn(("L1", "S-primary"), self.school(primary_pupils=0))

    def test_teaching_points_of_49_and_50(self):
        self.assertIsNone(outcome(self.school(type="教学点", primary_pupils=49), "L1", "S-primary"))
        self.assertEqual(outcome(self.school(type="教学点", primary_pupils=50), "L1", "S-primary"), MET)

    def test_unknown_type_is_asked_and_undecided(self):
        self.assertEqual(outcome(self.school(type=""), "L1", "S-primary"), UNDECIDED)

    def test_a_sibling_with_unknown_pupils_takes_the_shares_but_not_the_teachers(self):
        findings = self.school(junior_pupils="—")
        self.assertEqual(outcome(findings, "L1", "S-primary"), MET)
        self.assertEqual(outcome(findings, "L7", "S-primary"), UNDECIDED)


class Variations(unittest.TestCase):
    @staticmethod
    def pair(first, second, stage="primary"):
        kind = {"primary": "小学", "junior": "初中"}[stage]
        rows = [{"code": code, "type": kind, f"{stage}_pupils": 100, f"{stage}_backbone_teachers": count}
                for code, count in (("A", first), ("B", second))]
        return found(rows)["CV2", f"C-{stage}"]

    def test_exactly_the_limit_is_met(self):
        self.assertEqual(self.pair(3, 1).outcome, MET)
        self.assertEqual(self.pair(29, 11, "junior").outcome, MET)
        self.assertEqual(self.pair(30, 11, "junior").outcome, NOT_MET)

    def test_one_blank_leaves_it_open_and_zero_mean_too(self):
        self.assertEqual(self.pair(3, "").outcome, UNDECIDED)
        self.assertEqual(self.pair(0, 0).outcome, UNDECIDED)

    def test_one_school_has_no_variation(self):
        self.assertEqual(outcome(found([{"code": "A", "primary_pupils": 9}]), "CV1", "C-primary"), NOT_APPLICABLE)


class Government(unittest.TestCase):
    def test_rooms_for_every_twelve_classes(self):
        school = {"code": "A", "primary_pupils": 400, "music_rooms_96": 2, "art_rooms_90": 1}
        classes = [{"code": f"A{n}", "school_code": "A", "stage": "小学", "pupils": 30} for n in range(13)]
        self.assertEqual(outcome(found([school], classes), "G3", "A"), NOT_MET)
        self.assertEqual(outcome(found([school], classes[:12]), "G3", "A"), MET)
        self.assertEqual(outcome(found([school], []), "G3", "A"), UNDECIDED)

    def test_a_class_of_unknown_stage_may_be_no_class(self):
        rows = [{"code": "a", "school_code": "A", "stage": "小学", "pupils": 45}, {"code": "b", "school_code": "A", "stage": "", "pupils": 46}]
        self.assertEqual(outcome(found([{"code": "A", "primary_pupils": 91}], rows), "G5", "A"), UNDECIDED)
        rows[1]["pupils"] = 45
        self.assertEqual(outcome(found([{"code": "A", "primary_pupils": 91}], rows), "G5", "A"), MET)

    def rotation(self, eligible, rotated, backbone):
        row = {"code": "C", "rotation_eligible": eligible, "rotated": rotated, "rotated_backbone": backbone}
        return outcome(found([{"code": "A"}], counties=[row]), "G11", "C")

    def test_rotation_in_two_steps(self):
        self.assertEqual(self.rotation(300, 30, 6), MET)
        self.assertEqual(self.rotation(300, 60, 11), NOT_MET)
        self.assertEqual(self.rotation(300, 30, 31), UNDECIDED)
        self.assertEqual(self.rotation(300, 29, ""), NOT_MET)
        self.assertEqual(self.rotation(0, 0, 0), UNDECIDED)

    def test_vetoes(self):
        def veto(incidents):
            return outcome(found([{"code": "A"}], counties=[{"code": "C"}], incidents=incidents), "V3", "C")

        row = {"matter": "V3", "county_code": "C", "substantiated": "是"}
        self.assertEqual(veto([row]), NOT_MET)
        self.assertEqual(veto([{**row, "substantiated": "否"}]), MET)
        self.assertEqual(veto([{**row, "substantiated": ""}]), UNDECIDED)
        self.assertEqual(veto([{**row, "matter": "V9"}]), UNDECIDED)
        self.assertEqual(veto([{**row, "matter": "V2"}]), MET)
        self.assertEqual(veto(None), UNDECIDED)

    def test_repeated_key_is_a_fault(self):
        with self.assertRaises(Fault):
            found([{"code": "A"}, {"code": "A"}])


class Numbers(unittest.TestCase):
    def test_decimals_as_the_contract_shows_them(self):
        self.assertEqual(decimal(Fraction(2023, 450)), "4.49555555555…")
        self.assertEqual(decimal(Fraction(-1, 225)), "-0.00444444444444…")
        self.assertEqual(decimal(Fraction(9, 2)), "4.5")

    def test_a_flip(self):
        finding = oracle.Finding("L4", "S", "C", NOT_MET, Interval.of(Fraction(2023, 450)), Interval.of(Fraction(9, 2)))
        self.assertTrue(flips(finding, 2))
        self.assertFalse(flips(finding, 3))


class Examples(unittest.TestCase):
    def test_the_invented_county_is_what_its_maker_writes(self):
        expected = json.loads(Path(__file__).with_name("expected-county.json").read_text(encoding="utf-8"))
        judgement = oracle.judge_folder(EXAMPLES / "county")
        self.assertEqual(oracle.tally(judgement.findings), expected["rules"])
        self.assertEqual(judgement.status, expected["exit"])

    def test_the_example_is_made_anew_byte_for_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            make_example.write(Path(folder))
            for path in sorted(Path(folder).iterdir()):
                self.assertEqual(path.read_bytes(), (EXAMPLES / "county" / path.name).read_bytes(), path.name)


class Comparing(unittest.TestCase):
    """A report that agrees is found to agree; each thing changed in it is found."""

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            county.make(3, folder)
            cls.judgement = oracle.judge_folder(folder)
        cls.report = fake(cls.judgement)

    def differences(self, change):
        report = copy.deepcopy(self.report)
        change(report["findings"])
        return Comparison(self.judgement).report(report, self.judgement.status)

    def first(self, findings, rule, *outcomes):
        return next(each for each in findings if each["rule"].endswith(f"/{rule}") and each["outcome"] in outcomes)

    def test_agreement(self):
        self.assertEqual(self.differences(lambda findings: None), [])

    def test_exit_status(self):
        self.assertTrue(Comparison(self.judgement).report(self.report, 2))

    def test_a_finding_too_few_and_too_many(self):
        self.assertTrue(self.differences(lambda findings: findings.pop(5)))
        self.assertTrue(self.differences(lambda findings: findings.append(findings[5])))

    def test_outcome_value_square_and_attainment(self):
        def outcome_of(findings):
            self.first(findings, "L1", MET)["outcome"] = NOT_MET

        def value_of(findings):
            self.first(findings, "L5", MET, NOT_MET)["value"]["exact"] = "7"

        def square_of(findings):
            self.first(findings, "CV2", MET, NOT_MET)["value"]["square"] = "1/7"

        def branch_of(findings):
            self.first(findings, "SCHOOL", MET, NOT_MET)["parts"][2]["attainment"] = "1/7"

        for change in (outcome_of, value_of, square_of, branch_of):
            with self.subTest(change.__name__):
                self.assertTrue(self.differences(change))

    def test_order(self):
        def swap(findings):
            places = [place for place, each in enumerate(findings) if each["rule"].endswith("/G4")][:2]
            findings[places[0]], findings[places[1]] = findings[places[1]], findings[places[0]]

        self.assertTrue(self.differences(swap))


if __name__ == "__main__":
    unittest.main()
