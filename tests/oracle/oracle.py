"""An independent judge of the quality-balance evaluation (教督〔2017〕6号), written from the standards, not from the rule pack.

As it stands after the relaxations of the 2019 rules lapsed, with the readings that the pack sets by default.


In: a folder with a county's CSV files. Out: for every rule and every unit that it asks a `Finding` with its exact value,
its limit and its outcome; the outcome of each county; the exit status of an audit. Exact fractions throughout.

    python3 tests/oracle/oracle.py DIR        prints the tally and every county's outcome
"""

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Optional

from interval import (ALL, MET, NOT_APPLICABLE, NOT_MET, UNDECIDED, UNKNOWN_AMOUNT, Interval, at_least, at_most, every, join,
                      opposite, total)
from reading import GROUP, ON_FORM, STAGE, SURVEY, TABLES, read_folder, reasons

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
RECOGNISED_YEARS = 3
FUNDED_AS = 100
SUBJECTS, GAP = 6, Fraction("0.15")
# The last full cycle of monitoring before the as-of date began in 2021; one takes three years.
OLDEST_MONITORING = Fraction(2021)
ACCEPTABLE = ("I", "II", "III")
RECOGNITION = Fraction(85, 100)
AS_OF = date(2026, 9, 1)

# What a document and a finding settle, never a figure; P2 wants a document of the last year.
ON_FILE = ("G1", "G2", "G8b", "G10", "G14b", "G15b", "Q3", "Q5", "Q6", "Q7", "Q8")

# Everything that the whole hears, and in the order of the method.
PARTS = ("P1", "P2", "SCHOOL", *CVS, "G1", "G2", "G3", "G4", "G4b", "G5", "G6", "G7", "G8", "G8b", "G9", "G10", "G11", "G12", "G13",
         "G14", "G14b", "G15", "G15b", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9", "S1", *VETOES)
ALL_RULES = (*LS, *PARTS, "COUNTY")


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
    doubts: Optional[set] = None  # every cause that may be told: code, row and column; None where the causes are not worked out
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

    @property
    def alone(self):
        """The school surely has no other stage."""
        return self.pupils.single is not None and self.share == Interval.of(1)

    def own_or_whole(self, name):
        """A school of one stage may file one figure for the whole school instead; where stages share it, nobody knows the parts."""
        cell, whole = self.school.cells[f"{self.stage}_{name}_teachers"], self.school.cells[f"{name}_of_school"]
        said = whole.value is not None and (name != "arts" or whole.value > 0 or cell.value is None)
        return Interval.of(whole.value) if said and self.alone else self.own(name)

    def shared(self, *names):
        """Each resource's part. Of an unknown share it is known only that it is not below 0, and not even that where an amount or
        some part's pupils are below 0."""
        amounts, one_part = [amount(self.school, name) for name in names], self.share.single
        if one_part is not None:
            return [each.times(one_part) for each in amounts]
        negative = ALL in pupils_of(self.school).values()
        return [ALL if negative or each == ALL else UNKNOWN_AMOUNT for each in amounts]


def known_or_not(cell):
    """A counted or measured cell: its number, or anything from 0 up. What is below 0 is a mistake of nobody knows what size."""
    if cell.value is not None:
        return Interval.of(cell.value)
    return ALL if cell.why == "negative" else UNKNOWN_AMOUNT


def amount(row, column):
    return known_or_not(row.cells[column])


def equals(row, column, *codes):
    value = row.cells[column].value
    return None if value is None else value in codes


def pupils_of(school):
    """Pupils of each stage. A blank is 0 only where at least one stage has a number written."""
    cells = {stage: school.cells[f"{stage}_pupils"] for stage in STAGE}
    written = any(cell.value is not None and cell.raw.strip() for cell in cells.values())
    return {stage: known_or_not(cell) if written or cell.value is None else UNKNOWN_AMOUNT for stage, cell in cells.items()}


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


def years_before(day, years):
    """The same day so many years before; 28 February for a 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def whole_years(since, until):
    """The greatest n with `since` + n years no later than `until`."""
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def is_above(value, limit):
    """Kleene's `value > limit`."""
    return {MET: False, NOT_MET: True, UNDECIDED: None}[at_most(value, Interval.of(limit))]


def either(*truths):
    return opposite(every(*map(opposite, truths)))


def gathered(members):
    """A sum over rows, some of which may be none: `members` are pairs of an amount and a truth."""
    found = Interval.of(0)
    for value, truth in members:
        if truth is True:
            found = found.plus(value)
        elif truth is None:
            found = found.plus(Interval(
                None if value.low is None else min(value.low, Fraction(0)), None if value.high is None else max(value.high, Fraction(0))
            ))
    return found


def counted_rows(truths):
    truths = list(truths)
    sure = truths.count(True)
    return Interval(Fraction(sure), Fraction(sure + truths.count(None)))


def all_rows(population):
    """Every row of a population is as asked; of none, not applicable. `population` are pairs of belonging and being so."""
    pairs = [(belongs, good) for belongs, good in population if belongs is not False]
    if any(belongs is True and good is False for belongs, good in pairs):
        return NOT_MET
    if any(good is not True for _, good in pairs):
        return UNDECIDED
    if any(belongs is True for belongs, _ in pairs):
        return MET
    return UNDECIDED if pairs else NOT_APPLICABLE


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
        return per_pupil(section, section.own_or_whole("backbone"), 100)
    if rule == "L3":
        return per_pupil(section, total(map(section.own_or_whole, ("pe", "music", "fine_art", "arts"))), 100)
    if rule == "L4":
        area, indoor = section.shared("teaching_area", "indoor_sports_area")
        return per_pupil(section, area.minus(indoor))
    if rule == "L5":
        return per_pupil(section, total(section.shared("gym_area", "sports_ground_area")))
    if rule == "L6":
        return per_pupil(section, *section.shared("equipment"), 10000)
    return per_pupil(section, *section.shared("multimedia_rooms"), 100)


def unfiled(handed_in):
    """Why nothing is known where a county has no rows."""
    return {("not_filed" if handed_in else "not_handed_in", None, None)}


def doubts_of(rows, table, *columns):
    """The cells of these columns that are not known, each with its code."""
    cells = [(row, TABLES[table][1][column][0], row.cells[column]) for row in rows for column in columns]
    return {
        ("missing" if cell.why in ("missing", "no column") else "unreadable", row.line, title)
        for row, title, cell in cells if cell.value is None
    }


class Judge:
    def __init__(self, tables):
        self.tables = tables
        self.findings = {}
        self.schools = sorted(tables["school"].rows, key=lambda school: (self.county_of(school), school.key))
        self.county_rows = {row.key: row for row in tables["county"].rows}
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
        school, county = section.school, self.county_of(section.school)
        scope = every(None if section.possible else True, counted(school))
        branches = []
        for rule in LS:
            value, limit = indicator(rule, section), Interval.of(FLOOR[rule][section.stage])
            finding = Finding(rule, section.key, county, at_least(value, limit), value, limit)
            self.add(finding, scope, order)
            branches.append(finding)
        self.add(self.resources(section, county, branches), scope, order)

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
        ordinary = opposite(equals(school, "type", "special", "vocational"))
        self.add(self.rooms(school, county), ordinary, order)
        size, largest = compulsory_pupils(school), self.largest_school(school)
        self.add(Finding("G4", school.key, county, at_most(size, largest), size, largest, ceiling=True), ordinary, order)
        none = Interval.of(0)
        self.add(Finding("G4b", school.key, county, at_most(size, none), size, none, ceiling=True), opposite(taught), order)
        self.add(self.class_sizes(school, county), ordinary, order)
        self.judge_small(school, county, ordinary, order)
        whole = amount(school, "full_time_teachers")
        for rule, column in (("G9", "trained_teachers"), ("G12", "certified_teachers")):
            self.add(share(rule, school.key, county, amount(school, column), whole, Fraction(1)), taught, order)
        spent, funds = amount(school, "training_funds"), amount(school, "public_funds")
        self.add(ratio("Q4", school.key, county, spent, funds, Fraction(5, 100)), taught, order)

    def judge_small(self, school, county, ordinary, order):
        """A school of 1 to 99 pupils is funded as one of 100; one of two stages, as 100 divided as its pupils are."""
        pupils = pupils_of(school)
        everybody, compulsory = total(pupils.values()), compulsory_pupils(school)
        asked = every(ordinary, is_above(compulsory, 0), opposite(at_least_truth(everybody, FUNDED_AS)))
        due = ALL
        if all(each.single is not None for each in pupils.values()) and compulsory.single:
            bases = [amount(self.county_rows[county], f"{stage}_funding_base") for stage in STAGES]
            due = total(base.times(pupils[stage].low * FUNDED_AS / compulsory.low) for stage, base in zip(STAGES, bases))
        spent = amount(school, "public_funds").times(10000)
        self.add(Finding("G6", school.key, county, at_least(spent, due), spent, due), asked, order)

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

    # Parts II and III and the vetoes, county by county

    def judge_county(self, county):
        key, cell = county.key, lambda column: amount(county, column)
        self.add(self.recognised(county))
        self.add(self.on_file("P2", key, 1))
        for rule in ON_FILE:
            self.add(self.on_file(rule, key))
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
        for place, stage in enumerate(STAGES):
            self.add(self.zones(key, stage), True, (place,))
        self.add(self.retention(key))
        self.add(self.monitoring(key))
        self.judge_survey(key)
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

    @staticmethod
    def recognised(county):
        since = county.cells["basic_balance_since"].value
        years = ALL if since is None else Interval.of(whole_years(since, AS_OF))
        limit = Interval.of(RECOGNISED_YEARS)
        return Finding("P1", county.key, county.key, at_least(years, limit), years, limit)

    def on_file(self, rule, county, years=None):
        """The county's documents that are valid on the day all say that it is so; what cannot be known of one, it may be."""
        finding = Finding(rule, county, county, UNDECIDED)
        if not self.tables["evidence"].handed_in:
            return finding
        verdicts = []
        for row in self.tables["evidence"].rows:
            cell = row.cells
            if cell["county_code"].value != county or cell["school_code"].value is not None:
                continue
            named = None if cell["rule_id"].value is None else cell["rule_id"].value == rule
            valid = every(named, self.issued_in_time(cell["issued_on"], years), self.lasts(cell["valid_until"]))
            verdict = None if cell["finding"].value is None else cell["finding"].value == "met"
            if valid is not False:
                verdicts.append((valid, verdict))
        sure = [verdict for valid, verdict in verdicts if valid is True]
        if True in sure and all(verdict is True for _, verdict in verdicts):
            finding.outcome = MET
        elif False in sure and all(verdict is False for _, verdict in verdicts):
            finding.outcome = NOT_MET
        return finding

    @staticmethod
    def issued_in_time(cell, years):
        if cell.value is not None:
            return cell.value <= AS_OF and (years is None or years_before(AS_OF, years) <= cell.value)
        return True if years is None and cell.why in ("missing", "no column") else None

    @staticmethod
    def lasts(cell):
        if cell.value is not None:
            return AS_OF <= cell.value
        return True if cell.why in ("missing", "no column") else None

    def zones(self, county, stage):
        """Pupils of the zone among all pupils of the public day schools in towns, the county's together."""
        asked = [
            (section, every(
                None if section.possible else True, opposite(equals(section.school, "type", "special", "vocational")),
                equals(section.school, "ownership", "public"), equals(section.school, "boarding", False),
                equals(section.school, "area_kind", "urban", "town"),
            ))
            for school in self.schools if self.county_of(school) == county
            for section in sections_of(school) if section.stage == stage
        ]
        living = gathered((amount(section.school, f"zone_{stage}_pupils"), truth) for section, truth in asked)
        pupils = gathered((section.pupils, truth) for section, truth in asked)
        finding = ratio("G13", f"{county}-{stage}", county, living, pupils, ZONE_FLOOR[stage])
        return when_positive(finding, counted_rows(truth for _, truth in asked))

    def retention(self, county):
        """(graduates - moved in + moved out) over (intake - deceased), summed over the county's schools that have leavers."""
        members = []
        for school in self.schools:
            if self.county_of(school) == county:
                filed = any(school.cells[column].value is not None for column in ("graduates", "intake"))
                members.append((school, either(is_above(pupils_of(school)["junior"], 0), filed)))

        def summed(column):
            return gathered((amount(school, column), truth) for school, truth in members)

        leavers = summed("graduates").minus(summed("moved_in")).plus(summed("moved_out"))
        finding = ratio("Q1", county, county, leavers, summed("intake").minus(summed("deceased")), Fraction(95, 100))
        return when_positive(finding, summed("intake"))

    def of_county(self, table, county):
        return [row for row in self.tables[table].rows if row.cells["county_code"].value == county]

    def monitoring(self, county):
        """Six subjects have a result of the cycles up to the as-of date, each at level III or better and each with a difference
        below 0.15. Results of later years and of other subjects are neither good nor bad."""
        finding, rows = Finding("Q9", county, county, UNDECIDED), self.of_county("monitoring", county)
        if not rows:
            finding.doubts = unfiled(self.tables["monitoring"].handed_in)
            return finding
        asked = [(row, truth) for row in rows if (truth := self.counts(row)) is not False]
        known = {True: set(), None: set()}
        for row, truth in asked:
            known[truth].add(row.cells["subject"].value)
        nameless = sum(row.cells["subject"].value is None for row, _ in asked)
        subjects = Interval(Fraction(len(known[True])), Fraction(len((known[True] | known[None]) - {None}) + nameless))
        levels = all_rows((truth, equals(row, "level", *ACCEPTABLE)) for row, truth in asked)
        gaps = all_rows((truth, None if (gap := row.cells["gap"].value) is None else gap < GAP) for row, truth in asked)
        judged = {"subject": at_least(subjects, Interval.of(SUBJECTS)), "level": levels, "gap": gaps}
        finding.outcome = join(judged.values())
        told = {"year", "subject", *(column for column, outcome in judged.items() if outcome == UNDECIDED)}
        finding.doubts = doubts_of([row for row, _ in asked], "monitoring", *told)
        return finding

    @staticmethod
    def counts(row):
        """Whether a result is of the cycles that count, not of a later year, and of a subject on the form."""
        year = amount(row, "year")
        truths = (at_least_truth(year, OLDEST_MONITORING), at_least_truth(year.negated(), Fraction(-AS_OF.year)), equals(row, "subject", *ON_FORM))
        return False if False in truths else None if None in truths else True

    def judge_survey(self, county):
        """Those who are content among those asked: by questionnaire, and by visits where there were any. Groups are told apart."""
        rows, limit = self.of_county("survey", county), Interval.of(RECOGNITION)
        for place, group in enumerate(GROUP):
            truths = [equals(row, "group", group) for row in rows]
            finding = self.content("S1_GROUP", f"{county}-{group}", county, zip(rows, truths))
            finding.doubts = None
            if not rows:
                finding.outcome, finding.uncertain = UNDECIDED, True
            self.add(when_positive(finding, counted_rows(truths)) if rows else finding, True, (place,))
        visits = [equals(row, "manner", "visit") is True for row in rows]
        steps = [self.content("S1", county, county, zip(rows, map(opposite, visits)))]
        if any(visits):
            steps.append(self.content("S1", county, county, zip(rows, visits)))
        outcome = join(step.outcome for step in steps) if rows else UNDECIDED
        doubts = set().union(*(step.doubts for step in steps if step.outcome == UNDECIDED)) if rows else unfiled(self.tables["survey"].handed_in)
        self.add(Finding("S1", county, county, outcome, limit=limit, parts=steps, doubts=doubts))

    @staticmethod
    def content(rule, key, county, members):
        members = [(row, truth) for row, truth in members if truth is not False]
        satisfied = gathered((amount(row, "satisfied"), truth) for row, truth in members)
        asked = gathered((amount(row, "valid"), truth) for row, truth in members)
        finding = ratio(rule, key, county, satisfied, asked, RECOGNITION)
        finding.doubts = doubts_of((row for row, _ in members), "survey", "group", "valid", "satisfied")
        if asked.low is not None and asked.low <= 0:
            finding.doubts |= {("zero", row.line, SURVEY["valid"][0]) for row, _ in members} | {("zero", None, None)}
        return finding

    def veto(self, matter, county):
        """No incident of this matter in the year before the day that is substantiated."""
        finding = Finding(matter, county, county, UNDECIDED, limit=Interval.of(0), ceiling=True)
        if not self.tables["incident"].handed_in:
            return finding
        sure = doubts = 0
        for row in self.tables["incident"].rows:
            if row.cells["county_code"].value != county:
                continue
            day = row.cells["day"].value
            recent = None if day is None else years_before(AS_OF, 1) <= day <= AS_OF
            breach = every(equals(row, "matter", matter), recent, row.cells["substantiated"].value)
            sure += breach is True
            doubts += breach is None
        finding.value = Interval(Fraction(sure), Fraction(sure + doubts))
        finding.outcome = NOT_MET if sure else UNDECIDED if doubts else MET
        return finding


def at_least_truth(value, limit):
    return {MET: True, NOT_MET: False, UNDECIDED: None}[at_least(value, Interval.of(limit))]


def ratio(rule, key, county, part, whole, floor):
    """A quotient of reported cells; a divisor of 0 is likely wrong data and leaves it undecided, and one that may be 0 meets nothing."""
    limit, value = Interval.of(floor), part.over(whole)
    outcome = at_least(value, limit)
    return Finding(rule, key, county, UNDECIDED if outcome == MET and whole.holds_zero() else outcome, value, limit)


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
    return {rule: found[rule] for rule in (*ALL_RULES, "S1_GROUP") if rule in found}


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
