"""The oracle tried on cases whose answers are known by hand or published, and the comparison on reports made to differ.

    python3 -m unittest discover -s tests/oracle
"""

import copy
import json
import tempfile
import unittest
from collections import Counter
from fractions import Fraction
from pathlib import Path

import county
import make_example
import oracle
import run
from compare import Comparison, decimal, fake, flips, root_rounded, rounded
from interval import ALL, MET, NOT_APPLICABLE, NOT_MET, UNDECIDED, UNKNOWN_AMOUNT, Interval, at_least
from reading import (CLASS, COUNTY, DECIMAL_COMMA, DOUBTS, EVIDENCE, INCIDENT, MONITORING, ON_FORM, PERCENT_MIXED, SCHOOL, SURVEY,
                     TWO_ENCODINGS, WESTERN, Doubtful, Fault, read_folder)

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def write(folder, name, columns, rows):
    """Rows given by id, written under the forms' headers."""
    used = [column for column in columns if any(column in row for row in rows)] or list(columns)[:2]
    lines = [",".join(columns[column][0] for column in used)]
    lines += [",".join(str(row.get(column, "")) for column in used) for row in rows]
    (Path(folder) / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def found(schools, classes=None, counties=None, incidents=None, monitoring=None, survey=None, evidence=None):
    with tempfile.TemporaryDirectory() as folder:
        blank = {"county_code": "C", "type": "小学", "primary_pupils": "", "junior_pupils": "", "senior_pupils": "", "primary_arts_teachers": ""}
        write(folder, "school", SCHOOL, [{**blank, **school} for school in schools])
        for name, columns, rows in (("class", CLASS, classes), ("county", COUNTY, counties), ("incident", INCIDENT, incidents),
                                    ("monitoring", MONITORING, monitoring), ("survey", SURVEY, survey), ("evidence", EVIDENCE, evidence)):
            if rows is not None:
                write(folder, name, columns, rows)
        return oracle.judge_folder(folder).findings


def outcome(findings, rule, key):
    return findings[rule, key].outcome if (rule, key) in findings else None


class Intervals(unittest.TestCase):
    def test_a_divisor_that_reaches_zero_leaves_a_low_end_of_what_is_not_below_zero(self):
        some = Interval(Fraction(3), Fraction(5))
        self.assertEqual(some.over(Interval(Fraction(0), Fraction(4))), Interval(Fraction(3, 4), None))
        self.assertEqual(some.over(UNKNOWN_AMOUNT), UNKNOWN_AMOUNT)
        self.assertEqual(UNKNOWN_AMOUNT.over(UNKNOWN_AMOUNT), UNKNOWN_AMOUNT)

    def test_other_divisors_that_may_be_zero_leave_nothing(self):
        some = Interval(Fraction(3), Fraction(5))
        for part, whole in ((some, Interval.of(0)), (some, Interval(Fraction(-1), Fraction(4))), (some, Interval(Fraction(-1), Fraction(0))), (some, ALL),
                            (Interval(Fraction(-1), Fraction(5)), UNKNOWN_AMOUNT), (ALL, UNKNOWN_AMOUNT)):
            self.assertEqual(part.over(whole), ALL, (part, whole))

    def test_a_divisor_that_may_be_zero_meets_no_floor(self):
        for low, outcome in ((0, UNDECIDED), (1, MET)):
            finding = oracle.ratio("Q2", "C", "C", Interval.of(8), Interval(Fraction(low), Fraction(4)), Fraction(1))
            self.assertEqual((finding.outcome, finding.value.low), (outcome, 2))

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
        self.assertTrue(findings["L1", "S-primary"].uncertain)

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


    def test_a_figure_below_zero_is_unknown_without_bounds_and_one_that_is_missing_is_not_below_zero(self):
        for cell, outcome_due, value in (("", MET, Interval(Fraction(8), None)), ("-5", UNDECIDED, ALL)):
            finding = self.school(sports_ground_area=8000, gym_area=cell)["L5", "S-primary"]
            self.assertEqual((finding.outcome, finding.value), (outcome_due, value))

    def test_pupils_below_zero_leave_the_size_without_bounds(self):
        for cell, size in (("-5", ALL), ("—", Interval(Fraction(1000), None))):
            self.assertEqual(self.school(junior_pupils=cell)["G4", "S"].value, size)

    def test_pupils_or_amounts_below_zero_leave_a_part_without_bounds(self):
        for changed, value in (({"junior_pupils": "—"}, UNKNOWN_AMOUNT), ({"junior_pupils": "-5"}, ALL), ({"junior_pupils": "—", "equipment": "-5"}, ALL)):
            self.assertEqual(self.school(**changed)["L6", "S-primary"].value, value, changed)


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

        row = {"matter": "V3", "county_code": "C", "day": "2026-03-02", "substantiated": "是"}
        self.assertEqual(veto([row]), NOT_MET)
        self.assertEqual(veto([{**row, "substantiated": "否"}]), MET)
        self.assertEqual(veto([{**row, "substantiated": ""}]), UNDECIDED)
        self.assertEqual(veto([{**row, "matter": "V9"}]), UNDECIDED)
        self.assertEqual(veto([{**row, "matter": "V2"}]), MET)
        self.assertEqual(veto(None), UNDECIDED)
        days = {"2025-09-01": NOT_MET, "2026-09-01": NOT_MET, "2025-08-31": MET, "2026-09-02": MET, "1999-05-04": MET, "": UNDECIDED, "2026-02-30": UNDECIDED}
        self.assertEqual({day: veto([{**row, "day": day}]) for day in days}, days)

    def test_one_school_at_94_percent_fails_no_county_of_99(self):
        schools = [{"code": code, "type": "初中", "junior_pupils": 600, "graduates": graduates, "intake": 200, "moved_in": 0, "moved_out": 0, "deceased": 0}
                   for code, graduates in (("A", 188), ("B", 200), ("D", 200), ("E", 200), ("F", 200))]
        finding = found(schools)["Q1", "C"]
        self.assertEqual((finding.outcome, finding.value.single), (MET, Fraction(988, 1000)))

    def test_zones_are_two_figures_of_the_county(self):
        town = {"type": "初中", "ownership": "公办", "area_kind": "城区", "boarding": "否", "junior_pupils": 500}
        schools = [{**town, "code": "A", "zone_junior_pupils": 470}, {**town, "code": "B", "zone_junior_pupils": 500}]
        findings = found(schools)
        self.assertEqual(findings["G13", "C-junior"].value.single, Fraction(97, 100))
        self.assertEqual(findings["G13", "C-primary"].outcome, NOT_APPLICABLE)

    def test_special_schools_have_no_rooms_size_or_class_size_to_keep(self):
        findings = found([{"code": "A", "type": "特殊教育学校", "primary_pupils": 2100}], [{"code": "a", "school_code": "A", "stage": "小学", "pupils": 60}])
        self.assertEqual([outcome(findings, rule, "A") for rule in ("G3", "G4", "G5", "G6")], [None] * 4)
        self.assertEqual(outcome(findings, "Q4", "A"), UNDECIDED)

    def small(self, funds, **pupils):
        row = {"code": "C", "primary_funding_base": 1150, "junior_funding_base": 1350}
        return outcome(found([{"code": "A", "type": "九年一贯制学校", "public_funds": funds, **pupils}], counties=[row]), "G6", "A")

    def test_a_small_school_is_funded_as_one_of_a_hundred(self):
        self.assertEqual(self.small("6.9", primary_pupils=60), NOT_MET)
        self.assertEqual(self.small("11.5", primary_pupils=60), MET)
        self.assertEqual(self.small("12.3", primary_pupils=30, junior_pupils=20), MET)
        self.assertEqual(self.small("12.2999", primary_pupils=30, junior_pupils=20), NOT_MET)
        self.assertIsNone(self.small("1", primary_pupils=100))
        self.assertIsNone(self.small("1", junior_pupils=60, senior_pupils=40))

    def test_a_vocational_school_has_no_junior_pupils(self):
        school = {"code": "A", "type": "中等职业学校", "senior_pupils": 900}
        self.assertEqual(outcome(found([school]), "G4b", "A"), MET)
        self.assertEqual(outcome(found([{**school, "junior_pupils": 300}]), "G4b", "A"), NOT_MET)

    def test_three_years_of_recognition(self):
        def recognised(day):
            return outcome(found([{"code": "A"}], counties=[{"code": "C", "basic_balance_since": day}]), "P1", "C")

        days = {"2023-09-01": MET, "2023-09-02": NOT_MET, "2025-09-01": NOT_MET, "2028-01-01": NOT_MET, "": UNDECIDED}
        self.assertEqual({day: recognised(day) for day in days}, days)


class Quality(unittest.TestCase):
    @staticmethod
    def monitored(**changed):
        rows = [{"county_code": "C", "year": 2024, "subject": subject, "level": "Ⅲ", "gap": "0.1499"} for subject in ON_FORM.values()]
        rows[0].update(changed)
        return outcome(found([{"code": "A"}], monitoring=rows), "Q9", "C")

    def test_six_subjects_at_level_three_and_below_a_difference(self):
        self.assertEqual(self.monitored(), MET)
        self.assertEqual(self.monitored(gap="0.15"), NOT_MET)
        self.assertEqual(self.monitored(level="Ⅳ"), NOT_MET)
        self.assertEqual(self.monitored(year=2020), NOT_MET)
        self.assertEqual(self.monitored(subject="数学"), NOT_MET)
        self.assertEqual(self.monitored(gap="-0.05"), MET)
        self.assertEqual(self.monitored(level=""), UNDECIDED)
        self.assertEqual(self.monitored(subject="外语"), UNDECIDED)
        self.assertEqual(self.monitored(year=2026), MET)
        self.assertEqual(self.monitored(year=2027), NOT_MET)

    def test_subjects_that_are_not_on_the_form_and_another_name(self):
        self.assertEqual(self.monitored(subject="英语"), NOT_MET)
        self.assertEqual(self.monitored(subject="体育与健康"), NOT_MET)
        rows = [{"county_code": "C", "year": 2024, "subject": subject, "level": "Ⅱ", "gap": "0.1"} for subject in (*ON_FORM.values(), "英语", "语文")]
        rows[3]["subject"] = "体育与健康"
        rows[6]["level"], rows[7]["year"], rows[7]["level"] = "Ⅳ", 2027, "Ⅳ"
        self.assertEqual(outcome(found([{"code": "A"}], monitoring=rows), "Q9", "C"), MET)
        rows[7]["year"] = 2026
        self.assertEqual(outcome(found([{"code": "A"}], monitoring=rows), "Q9", "C"), NOT_MET)
        rows[7].update(subject="外语")
        self.assertEqual(outcome(found([{"code": "A"}], monitoring=rows), "Q9", "C"), UNDECIDED)

    def test_no_result_at_all(self):
        self.assertEqual(outcome(found([{"code": "A"}], monitoring=[]), "Q9", "C"), UNDECIDED)

    def test_recognition_of_all_together_and_of_visits(self):
        def asked(*rows):
            rows = [dict(zip(("county_code", "group", "manner", "valid", "satisfied"), ("C", *row))) for row in rows]
            return outcome(found([{"code": "A"}], survey=rows), "S1", "C")

        self.assertEqual(asked(("家长", "问卷", 800, 690), ("教师", "", 100, 75)), MET)
        self.assertEqual(asked(("家长", "问卷", 1000, 849)), NOT_MET)
        self.assertEqual(asked(("家长", "问卷", 1000, 900), ("家长", "走访", 20, 16)), NOT_MET)
        self.assertEqual(asked(("家长", "问卷", 1000, 900), ("群众", "问卷", 1000, "")), UNDECIDED)
        self.assertEqual(asked(), UNDECIDED)

    def test_documents(self):
        def on_file(*rows, rule="G1"):
            rows = [{"rule_id": rule, "county_code": "C", "issued_on": "2026-03-01", "finding": "符合", **row} for row in rows]
            return outcome(found([{"code": "A"}], evidence=rows), rule, "C")

        self.assertEqual(on_file({}), MET)
        self.assertEqual(on_file({"finding": "基本符合"}), NOT_MET)
        self.assertEqual(on_file({}, {"finding": "不符合"}), UNDECIDED)
        self.assertEqual(on_file({"valid_until": "2026-08-31"}), UNDECIDED)
        self.assertEqual(on_file({"issued_on": "2026-09-02"}), UNDECIDED)
        self.assertEqual(on_file({"school_code": "A"}), UNDECIDED)
        self.assertEqual(on_file({"issued_on": "2020-01-01"}), MET)
        self.assertEqual(on_file({"issued_on": "2025-08-31"}, rule="P2"), UNDECIDED)
        self.assertEqual(on_file({"issued_on": "2025-09-01"}, rule="P2"), MET)


    def test_causes_told_of_monitoring_and_survey(self):
        def doubts(rule, **tables):
            return found([{"code": "A"}], **tables)[rule, "C"].doubts

        results = [{"county_code": "C", "year": year, "subject": subject, "level": level, "gap": "0.1"}
                   for year, subject, level in ((2024, "语文", ""), (2024, "英语", "Ⅱ"), (2018, "数学", ""))]
        self.assertEqual(doubts("Q9", monitoring=results), {("missing", 2, "等级")})
        self.assertEqual(doubts("Q9", monitoring=[]), {("not_filed", None, None)})
        self.assertEqual(doubts("Q9"), {("not_handed_in", None, None)})
        asked = [{"county_code": "C", "group": "家长", "manner": "问卷", "valid": 100, "satisfied": "约90"}]
        self.assertEqual(doubts("S1", survey=asked), {("unreadable", 2, "满意")})
        self.assertEqual(doubts("S1", survey=[]), {("not_filed", None, None)})
        self.assertEqual(doubts("S1"), {("not_handed_in", None, None)})


class Doubts(unittest.TestCase):
    """What can be read in two ways stops the run until it is settled."""

    SCHOOL = "学校代码\t区县代码\t学校类型\t小学学生人数\t教学及辅助用房总面积\n"

    def read(self, settings="", **files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                (Path(folder) / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
            if settings:
                (Path(folder) / "heng.toml").write_text(settings, encoding="utf-8")
            return read_folder(folder)

    def stops(self, settings="", **files):
        with self.assertRaises(Doubtful) as stop:
            self.read(settings, **files)
        return stop.exception.places

    def area(self, text, settings=""):
        cell = self.read(settings, school=f"{self.SCHOOL}A\tC\t小学\t100\t{text}\n")["school"].rows[0].cells["teaching_area"]
        return cell.value if cell.value is not None else cell.why

    def test_commas_group_thousands(self):
        self.assertEqual([self.area(text) for text in ("1,155", "1,155.5", "1,155,000", "1,15,000", "3.30106E+17")],
                         [1155, Fraction("1155.5"), 1155000, "unreadable", "unreadable"])

    def test_a_decimal_comma_stops(self):
        for text in ("12,5", "0,155", "1,2345", "１２，５", "-1,5"):
            self.assertEqual(self.stops(school=f"{self.SCHOOL}A\tC\t小学\t100\t{text}\n"), {(DECIMAL_COMMA, "school.csv")}, text)

    def test_a_decimal_comma_is_read_where_it_is_settled(self):
        told = 'data = [{ path = "school.csv", decimal = "," }]'
        self.assertEqual([self.area(text, told) for text in ("12,5", "1.155", "1.155,5", "12", "4.5", "0.155", "1,155", "-1,5")],
                         [Fraction("12.5"), 1155, Fraction("1155.5"), 12, "unreadable", "unreadable", Fraction("1.155"), "negative"])

    def test_every_doubt_of_every_file_is_told(self):
        gaps = "区县代码,年份,学科,等级,校际差异率\nC,2024,语文,Ⅱ,14.9%\nC,2024,数学,Ⅱ,0.1\n"
        self.assertEqual(self.stops(school=self.SCHOOL + 'A\tC\t小学\t1,23\t0\n', monitoring=gaps),
                         {(DECIMAL_COMMA, "school.csv"), (PERCENT_MIXED, "monitoring.csv")})

    def test_a_difference_may_be_a_percent(self):
        table = self.read(monitoring="区县代码,年份,学科,等级,校际差异率\nC,2024,语文,Ⅱ,14.9%\nC,2024,数学,Ⅱ,15％\nC,2024,数学,Ⅱ,\n")["monitoring"]
        self.assertEqual([row.cells["gap"].value for row in table.rows], [Fraction("0.149"), Fraction("0.15"), None])

    def test_two_encodings_in_one_file_stop(self):
        first, second = self.SCHOOL, "A\tC\t小学\t100\t450\n"
        self.assertEqual(self.stops(school=first.encode() + second.encode("gb18030") + "B\tC\t教学点\t1\t1\n".encode("gb18030")), {(TWO_ENCODINGS, "school.csv")})
        self.assertEqual(self.stops(school=first.encode("gb18030") + second.encode()), {(TWO_ENCODINGS, "school.csv")})

    def test_two_bytes_that_happen_to_be_utf8_are_no_second_encoding(self):
        table = self.read(school=(self.SCHOOL + "A\tC\t小学\t100\t450\n").encode("gb18030"))["school"]
        self.assertEqual(table.rows[0].cells["type"].value, "primary")

    def test_a_western_encoding_stops_until_it_is_named(self):
        incident = "matter,county_code,day,substantiated,note\nV3,C,2026-03-02,Y,Procédure\n".encode("cp1252")
        self.assertEqual(self.stops(incident=incident), {(WESTERN, "incident.csv")})
        cells = self.read('data = [{ path = "incident.csv", encoding = "windows-1252" }]', incident=incident)["incident"].rows[0].cells
        self.assertEqual((cells["note"].value, cells["substantiated"].value), ("Procédure", True))

    def test_random_counties_stop_and_are_settled(self):
        found = Counter()
        for seed in range(1, 121):
            with tempfile.TemporaryDirectory() as folder:
                county.make(seed, folder)
                judgement = run.judged(folder)
                found["stopped" if isinstance(judgement, Doubtful) else "settled" if (Path(folder) / "heng.toml").exists() else "plain"] += 1
        self.assertGreater(min(found.values()), 5, found)
        self.assertLess(found["stopped"], 30, found)

    def test_too_few_judged_or_no_doubt_is_too_tame(self):
        def tame(**times):
            return [line for line in run.shortfalls(Counter({tuple(what.split("_")): count for what, count in times.items()}), 400) if "only 0" not in line]

        enough = {"judged_random": 300, "settled_decimal": 1, "settled_windows-1252": 1, **{f"stopped_{code}": 1 for code in DOUBTS}}
        for what, line in (("judged_random", "only 299 of 400 random folders were judged"), ("stopped_E0325", "no folder stopped with E0325"),
                           ("settled_decimal", "no heng.toml settled decimal")):
            self.assertNotIn(line, tame(**enough))
            self.assertIn(line, tame(**{**enough, what: enough[what] - 1}))

    def test_faults_told_by_the_command(self):
        said = ("W0302\n\n  ⚠ `?` in `年级`\n   ╭─[./class.csv:3:9]\n   ╰────\nE0325\n\n  × `1,23`\n   ╭─[./class.csv:7:35]\n   ╰────\n\n"
                "E0326\n\n  × `./county.csv` is UTF-8 in line 2 and something else in line 1\n  help: none\n\nN0302\n\n  ☞\n ╭─[survey.csv:8:1]\n")
        told = {(DECIMAL_COMMA, "class.csv"), (TWO_ENCODINGS, "county.csv")}
        self.assertEqual(run.faults(said), told)
        self.assertEqual(run.stopped(Doubtful(told), None, 2, said), [])
        for answer in ((None, 0, said), ({}, 2, said), (None, 2, "")):
            self.assertEqual(len(run.stopped(Doubtful(told), *answer)), 1)


class OneFigure(unittest.TestCase):
    def test_of_a_school_of_one_stage_only(self):
        alone = {"code": "A", "type": "小学", "primary_pupils": 1000, "backbone_of_school": 10}
        self.assertEqual(outcome(found([alone]), "L2", "A-primary"), MET)
        self.assertEqual(outcome(found([{**alone, "primary_backbone_teachers": 9}]), "L2", "A-primary"), MET)
        self.assertEqual(outcome(found([{**alone, "junior_pupils": 10}]), "L2", "A-primary"), UNDECIDED)


class Steering(unittest.TestCase):
    def test_every_rule_comes_out_as_wanted(self):
        for outcome in (MET, NOT_MET, UNDECIDED):
            for seed in range(500, 510):
                with self.subTest(outcome=outcome, seed=seed), tempfile.TemporaryDirectory() as folder:
                    county.make(seed, folder, outcome)
                    self.assertEqual(run.unsteered(oracle.judge_folder(folder), outcome), [])

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
            county.make(4, folder)
            cls.judgement = oracle.judge_folder(folder)
        cls.report = fake(cls.judgement)
        with tempfile.TemporaryDirectory() as folder:
            county.make(3, folder, UNDECIDED)
            cls.unknown = oracle.judge_folder(folder)

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

    def test_causes(self):
        def none_of(findings):
            next(each for each in findings if each["outcome"] == UNDECIDED)["reason"] = []

        self.assertTrue(self.differences(none_of))
        self.assertTrue(any(finding.outcome == UNDECIDED and finding.doubts for finding in self.unknown.findings.values()))
        for rule in ("Q9", "S1"):
            report = copy.deepcopy(fake(self.unknown))
            self.assertEqual(Comparison(self.unknown).report(report, self.unknown.status), [])
            self.first(report["findings"], rule, UNDECIDED)["reason"][0]["cell"]["row"] = 10**6
            self.assertEqual(len(Comparison(self.unknown).report(report, self.unknown.status)), 1)

    def test_order(self):
        def swap(findings):
            places = [place for place, each in enumerate(findings) if each["rule"].endswith("/G4")][:2]
            findings[places[0]], findings[places[1]] = findings[places[1]], findings[places[0]]

        self.assertTrue(self.differences(swap))


if __name__ == "__main__":
    unittest.main()
