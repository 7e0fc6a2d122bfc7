"""An independent judge of the quality-balance evaluation (教督〔2017〕6号), written from the standards, not from the rule pack.

In: a folder with a county's CSV files. Out: for every rule and every unit that it asks a `Finding` with its exact value,
its limit and its outcome; the outcome of each county; the exit status of an audit. Exact fractions throughout.

    python3 tests/oracle/oracle.py DIR        prints the tally and every county's outcome
"""

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Optional

from interval import (ALL, MET, NOT_APPLICABLE, NOT_MET, UNDECIDED, UNKNOWN_AMOUNT, Interval, at_least, at_most, every, join,
                      opposite, total)
from reading import STAGE, read_folder, reasons

STAGES = ("primary", "junior")
# One primary pupil : one junior pupil : one senior pupil. Junior to senior is 1 : 1.2.
WEIGHT = {"primary": Fraction(1), "junior": Fraction(11, 10), "senior": Fraction(11, 10) * Fraction(6, 5)}


def by_stage(primary, junior):
    return {"primary": Fraction(primary), "junior": Fraction(junior)}


FLOOR = {
    "L1": by_stage("4.2", "5.3"), "L2": by_stage(1, 1), "L3": by_stage("0.9", "0.9"), "L4": by_stage("4.5", "5.8"),
    "L5": by_stage("7.5", "10.2"), "L6": by_stage(2000, 2500), "L7": by_stage("2.3", "2.4"),
}
LS = tuple(FLOOR)
CVS = tuple(f"CV{number}" for number in range(1, 8))
VETOES = tuple(f"V{number}" for number in range(1, 7))
CV_CEILING = by_stage("0.50", "0.45")
REST, ENOUGH = Fraction(85, 100), 6
LARGEST_CLASS = by_stage(45, 50)
ZONE_FLOOR = by_stage(1, "0.95")

# Everything that the whole hears, and in the order of the method.
PARTS = ("SCHOOL", *CVS, "G3", "G4", "G5", "G7", "G8", "G9", "G11", "G12", "G13", "G14", "G15", "Q1", "Q2", "Q4", *VETOES)


@dataclass
class Finding:
    rule: str
    key: str
    county: str
    outcome: str
    value: Optional[Interval] = None  # None: the outcome is not about one number
    limit: Optional[Interval] = None
    square: Optional[Fraction] = None  # of a variation
    uncertain: bool = False  # whether the question applies is itself unknown
    ceiling: bool = False  # the limit is one from above
    parts: list = field(default_factory=list)  # findings that this one joins
    order: tuple = ()

    @property
    def attainment(self):
        """Percent of standard, as far as it is known; of a floor only."""
        return self.value.over(self.limit)


@dataclass
class Section:
    """The primary or junior part of a school."""

    school: object
    stage: str
    pupils: Interval
    share: Interval  # of what the school's parts share; unknown when any part's pupils are

    @property
    def key(self):
        return f"{self.school.key}-{self.stage}"

    @property
    def possible(self):
        return self.pupils.single is None

    def own(self, name):
        return amount(self.school, f"{self.stage}_{name}_teachers")

    def shared(self, *names):
        """Each resource's part; unknown amounts, or an unknown share, are known only to be no less than 0."""
        one_part = self.share.single
        return [UNKNOWN_AMOUNT if one_part is None else amount(self.school, name).times(one_part) for name in names]


def amount(row, column):
    """A counted or measured cell: its number, or anything from 0 up."""
    value = row.cells[column].value
    return UNKNOWN_AMOUNT if value is None else Interval.of(value)


def equals(row, column, *codes):
    value = row.cells[column].value
    return None if value is None else value in codes


def pupils_of(school):
    """Pupils of each stage. A blank is 0 only where at least one stage has a number written."""
    cells = {stage: school.cells[f"{stage}_pupils"] for stage in STAGE}
    written = any(cell.value is not None and cell.raw.strip() for cell in cells.values())
    return {stage: Interval.of(cell.value) if written and cell.value is not None else UNKNOWN_AMOUNT for stage, cell in cells.items()}


def sections_of(school):
    """Primary and junior parts; one with a written 0 is none, one with pupils unknown is one."""
    pupils = pupils_of(school)
    known = all(each.single is not None for each in pupils.values())
    whole = sum(pupils[stage].low * WEIGHT[stage] for stage in STAGE) if known else None
    return [
        Section(school, stage, pupils[stage], Interval.of(pupils[stage].low * WEIGHT[stage] / whole) if known else ALL)
        for stage in STAGES
        if pupils[stage] != Interval.of(0)
    ]


def compulsory_pupils(school):
    pupils = pupils_of(school)
    return pupils["primary"].plus(pupils["junior"])


def counted(school):
    """Part I leaves out special schools, vocational schools, and teaching points under 50 pupils."""
    enough = {MET: True, NOT_MET: False, UNDECIDED: None}[at_least(compulsory_pupils(school), Interval.of(50))]
    small_point = every(equals(school, "type", "teaching_point"), opposite(enough))
    return every(opposite(equals(school, "type", "special", "vocational")), opposite(small_point))


def per_pupil(section, resource, scale=1):
    return resource.times(Fraction(scale)).over(section.pupils)


def indicator(rule, section):
    """The value of one of the seven indicators, in the unit of its standard."""
    if rule == "L1":
        degrees = ("diploma", "bachelor", "master", "doctor") if section.stage == "primary" else ("bachelor", "master", "doctor")
        return per_pupil(section, total(map(section.own, degrees)), 100)
    if rule == "L2":
        return per_pupil(section, section.own("backbone"), 100)
    if rule == "L3":
        return per_pupil(section, total(map(section.own, ("pe", "music", "fine_art", "arts"))), 100)
    if rule == "L4":
        area, indoor = section.shared("teaching_area", "indoor_sports_area")
        return per_pupil(section, area.minus(indoor))
    if rule == "L5":
        return per_pupil(section, total(section.shared("gym_area", "sports_ground_area")))
    if rule == "L6":
        return per_pupil(section, *section.shared("equipment"), 10000)
    return per_pupil(section, *section.shared("multimedia_rooms"), 100)


class Judge:
    def __init__(self, tables):
        self.tables = tables
        self.findings = {}
        self.schools = sorted(tables["school"].rows, key=lambda school: (self.county_of(school), school.key))
        self.counties = sorted(row.key for row in tables["county"].rows)
        self.classes = defaultdict(list)
        for row in tables["class"].rows:
            self.classes[row.cells["school_code"].value].append(row)

    @staticmethod
    def county_of(school):
        return school.cells["county_code"].value

    def add(self, finding, scope=True, order=()):
        """Keeps the finding unless the rule does not ask this unit; an unknown scope leaves it undecided."""
        if scope is False:
            return
        if scope is None:
            finding.outcome, finding.uncertain = UNDECIDED, True
        finding.order = (finding.county, *order)
        self.findings[finding.rule, finding.key] = finding

    def under(self, rule, county):
        return [finding for (name, _), finding in self.findings.items() if name == rule and finding.county == county]

    def judge(self):
        for school in self.schools:
            for place, section in enumerate(sections_of(school)):
                self.judge_section(section, (school.key, place))
            self.judge_school(school)
        for county in self.tables["county"].rows:
            for place, stage in enumerate(STAGES):
                self.judge_variations(county.key, stage, place)
            self.judge_county(county)
        return self

    # Part I

    def judge_section(self, section, order):
        school, county, scope = section.school, self.county_of(section.school), counted(section.school)
        branches = []
        for rule in LS:
            value, limit = indicator(rule, section), Interval.of(FLOOR[rule][section.stage])
            finding = Finding(rule, section.key, county, at_least(value, limit), value, limit)
            self.add(finding, scope, order)
            branches.append(finding)
        self.add(self.resources(section, county, branches), scope, order)
        zone = per_pupil(section, amount(school, f"zone_{section.stage}_pupils"))
        asked = every(scope, equals(school, "ownership", "public"), equals(school, "boarding", False),
                      equals(school, "area_kind", "urban", "town"))
        limit = Interval.of(ZONE_FLOOR[section.stage])
        self.add(Finding("G13", section.key, county, at_least(zone, limit), zone, limit), asked, order)

    @staticmethod
    def resources(section, county, branches):
        """At least six of the seven met, the rest at least 85% of the standard, however the unknown turns out."""
        sure = [branch for branch in branches if branch.outcome == MET]
        others = [branch for branch in branches if branch.outcome != MET]
        open_ones = [branch for branch in others if branch.outcome == UNDECIDED]
        rest = Interval.of(REST)
        if len(sure) >= ENOUGH and all(at_least(branch.attainment, rest) == MET for branch in others):
            outcome = MET
        elif len(sure) + len(open_ones) < ENOUGH or any(
            branch.outcome == NOT_MET and at_least(branch.attainment, rest) == NOT_MET for branch in others
        ):
            outcome = NOT_MET
        else:
            outcome = UNDECIDED
        value = Interval(Fraction(len(sure)), Fraction(len(sure) + len(open_ones)))
        return Finding("SCHOOL", section.key, county, outcome, value, Interval.of(ENOUGH), parts=branches)

    def judge_variations(self, county, stage, place):
        members = [
            (section, counted(school))
            for school in self.schools if self.county_of(school) == county
            for section in sections_of(school) if section.stage == stage
        ]
        members = [(section, scope) for section, scope in members if scope is not False]
        settled = self.tables["school"].handed_in and all(scope and not section.possible for section, scope in members)
        for rule, of in zip(CVS, LS):
            values = [(indicator(of, section), section.pupils) for section, _ in members]
            finding = self.variation(rule, f"{county}-{stage}", county, CV_CEILING[stage], values, settled)
            self.add(finding, True, (place,))

    @staticmethod
    def variation(rule, key, county, ceiling, values, settled):
        """Pupil-weighted about the pooled mean. No number could decide the variation of a single school."""
        finding = Finding(rule, key, county, UNDECIDED, limit=Interval.of(ceiling), ceiling=True)
        if len(values) < 2:
            finding.outcome = NOT_APPLICABLE
        elif settled and all(value.single is not None for value, _ in values):
            pupils = sum(weight.low for _, weight in values)
            mean = sum(value.low * weight.low for value, weight in values) / pupils
            if mean != 0:
                spread = sum(weight.low / pupils * (value.low - mean) ** 2 for value, weight in values)
                finding.square = spread / mean**2
                finding.outcome = MET if mean < 0 or finding.square <= ceiling**2 else NOT_MET
        return finding

    # Parts II and III, school by school

    def judge_school(self, school):
        county, order = self.county_of(school), (school.key,)
        taught = opposite(equals(school, "type", "vocational"))
        self.add(self.rooms(school, county), taught, order)
        size, largest = compulsory_pupils(school), self.largest_school(school)
        self.add(Finding("G4", school.key, county, at_most(size, largest), size, largest, ceiling=True), taught, order)
        self.add(self.class_sizes(school, county), taught, order)
        whole = amount(school, "full_time_teachers")
        for rule, column in (("G9", "trained_teachers"), ("G12", "certified_teachers")):
            self.add(share(rule, school.key, county, amount(school, column), whole, Fraction(1)), taught, order)
        self.judge_retention(school, county, order)
        spent, funds = amount(school, "training_funds"), amount(school, "public_funds")
        self.add(ratio("Q4", school.key, county, spent, funds, Fraction(5, 100)), taught, order)

    @staticmethod
    def largest_school(school):
        combined = equals(school, "type", "nine_year", "twelve_year")
        return Interval(Fraction(2000), Fraction(2500)) if combined is None else Interval.of(2500 if combined else 2000)

    def filed(self, school):
        return bool(self.classes[school.key])

    def classes_of(self, school):
        """Classes that surely are of a compulsory stage, and those that may be."""
        rows = self.classes[school.key]
        sure = [row for row in rows if row.cells["stage"].value in STAGES]
        possible = [row for row in rows if row.cells["stage"].value is None]
        return sure, possible

    def rooms(self, school, county):
        """For every 12 classes, part counted, one music room of 96 m2 and one art room of 90 m2."""
        finding = Finding("G3", school.key, county, UNDECIDED)
        if not self.filed(school):
            return finding
        sure, possible = self.classes_of(school)
        if not sure:
            finding.outcome = UNDECIDED if possible else NOT_APPLICABLE
            return finding
        due = Interval(Fraction(ceil(Fraction(len(sure), 12))), Fraction(ceil(Fraction(len(sure) + len(possible), 12))))
        for column in ("music_rooms_96", "art_rooms_90"):
            there = amount(school, column)
            finding.parts.append(Finding("G3", school.key, county, at_least(there, due), there, due))
        finding.outcome = join(part.outcome for part in finding.parts)
        return finding

    def class_sizes(self, school, county):
        """No class of a compulsory stage above its size; of no class at all, not applicable."""
        finding = Finding("G5", school.key, county, UNDECIDED, limit=Interval.of(0), ceiling=True)
        if not self.filed(school):
            return finding
        sure, possible = self.classes_of(school)
        judged = [at_most(amount(row, "pupils"), Interval.of(LARGEST_CLASS[row.cells["stage"].value])) for row in sure]
        either = Interval(LARGEST_CLASS["primary"], LARGEST_CLASS["junior"])
        maybe = [at_most(amount(row, "pupils"), either) for row in possible]
        breaches = judged.count(NOT_MET)
        doubts = judged.count(UNDECIDED) + len(maybe) - maybe.count(MET)
        finding.value = Interval(Fraction(breaches), Fraction(breaches + doubts))
        if breaches:
            finding.outcome = NOT_MET
        elif doubts or (possible and not sure):
            finding.outcome = UNDECIDED
        else:
            finding.outcome = MET if sure else NOT_APPLICABLE
        return finding

    def judge_retention(self, school, county, order):
        """(graduates - moved in + moved out) over (intake - deceased), of schools with junior pupils."""
        asked = {MET: False, NOT_MET: True, UNDECIDED: None}[at_most(pupils_of(school)["junior"], Interval.of(0))]
        leavers = amount(school, "graduates").minus(amount(school, "moved_in")).plus(amount(school, "moved_out"))
        stayers = amount(school, "intake").minus(amount(school, "deceased"))
        finding = ratio("Q1", school.key, county, leavers, stayers, Fraction(95, 100))
        self.add(when_positive(finding, amount(school, "intake")), asked, order)

    # Parts II and III and the vetoes, county by county

    def judge_county(self, county):
        key, cell = county.key, lambda column: amount(county, column)
        special = ratio("G7", key, key, cell("special_funds"), cell("special_pupils"), Fraction(8000))
        self.add(when_positive(special, cell("special_pupils")))
        pay, others = cell("teacher_pay"), cell("civil_servant_pay")
        self.add(Finding("G8", key, key, at_least(pay, others), pay, others))
        self.add(self.rotation(key, cell))
        self.add(share("G14", key, key, cell("allocated_places"), cell("good_senior_places"), Fraction(1, 2)))
        placed = cell("migrant_public").plus(cell("migrant_purchased"))
        migrants = share("G15", key, key, placed, cell("migrant_eligible"), Fraction(85, 100))
        self.add(when_positive(migrants, cell("migrant_eligible")))
        self.add(ratio("Q2", key, key, cell("disabled_enrolled"), cell("disabled_children"), Fraction(95, 100)))
        for matter in VETOES:
            self.add(self.veto(matter, key))
        outcomes = [join(finding.outcome for finding in self.under(rule, key)) for rule in PARTS]
        self.add(Finding("COUNTY", key, key, join(outcomes)))

    @staticmethod
    def rotation(key, cell):
        """10% of those eligible rotate; of those who rotated, 20% are backbone teachers."""
        steps = [
            share("G11", key, key, cell("rotated"), cell("rotation_eligible"), Fraction(10, 100)),
            share("G11", key, key, cell("rotated_backbone"), cell("rotated"), Fraction(20, 100)),
        ]
        outcome = join(step.outcome for step in steps)
        shown = next((step for step in steps if outcome != MET and step.outcome == outcome), steps[-1])
        return Finding("G11", key, key, outcome, shown.value, shown.limit, parts=steps)

    def veto(self, matter, county):
        """No incident of this matter that is substantiated."""
        finding = Finding(matter, county, county, UNDECIDED, limit=Interval.of(0), ceiling=True)
        if not self.tables["incident"].handed_in:
            return finding
        sure = doubts = 0
        for row in self.tables["incident"].rows:
            if row.cells["county_code"].value != county:
                continue
            breach = every(equals(row, "matter", matter), row.cells["substantiated"].value)
            sure += breach is True
            doubts += breach is None
        finding.value = Interval(Fraction(sure), Fraction(sure + doubts))
        finding.outcome = NOT_MET if sure else UNDECIDED if doubts else MET
        return finding


def ratio(rule, key, county, part, whole, floor):
    """A quotient of reported cells; a divisor of 0 is likely wrong data and leaves it undecided."""
    limit = Interval.of(floor)
    value = ALL if whole == Interval.of(0) else part.over(whole)
    return Finding(rule, key, county, at_least(value, limit), value, limit)


def share(rule, key, county, part, whole, floor):
    """A share of counted columns: the part cannot exceed the whole, or one of the cells is wrong."""
    finding = ratio(rule, key, county, part, whole, floor)
    if part.low is not None and whole.high is not None and part.low > whole.high:
        finding.outcome, finding.value = UNDECIDED, None
    return finding


def when_positive(finding, quantity):
    """The question bites only where the quantity is above 0."""
    if quantity == Interval.of(0):
        finding.outcome, finding.value = NOT_APPLICABLE, None
    elif quantity.low is None or quantity.low <= 0:
        finding.outcome, finding.uncertain = UNDECIDED, True
    return finding


@dataclass
class Judgement:
    findings: dict
    counties: dict
    status: int
    reasons: object
    tables: dict


def judge_folder(folder):
    tables = read_folder(folder)
    findings = Judge(tables).judge().findings
    counties = {key: finding.outcome for (rule, key), finding in findings.items() if rule == "COUNTY"}
    return Judgement(findings, counties, exit_status(counties.values()), reasons(tables), tables)


def exit_status(outcomes):
    """1 anything not met; 3 anything undecided, or nothing met; else 0."""
    outcomes = list(outcomes)
    if NOT_MET in outcomes:
        return 1
    return 0 if MET in outcomes and UNDECIDED not in outcomes else 3


def tally(findings):
    """Outcomes counted rule by rule."""
    found = {}
    for (rule, _), finding in findings.items():
        counts = found.setdefault(rule, dict.fromkeys((MET, NOT_MET, UNDECIDED, NOT_APPLICABLE), 0))
        counts[finding.outcome] += 1
    return {rule: found[rule] for rule in (*LS, *PARTS, "COUNTY") if rule in found}


def main(folder):
    judgement = judge_folder(folder)
    print(f"{'':8}{'met':>8}{'not met':>9}{'undecided':>11}{'not applicable':>16}")
    for rule, counts in tally(judgement.findings).items():
        print(f"{rule:8}{counts[MET]:8}{counts[NOT_MET]:9}{counts[UNDECIDED]:11}{counts[NOT_APPLICABLE]:16}")
    for county, outcome in judgement.counties.items():
        print(f"{county}: {outcome}")
    return judgement.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
