"""Random counties in the forms' own headers, from a seed: every school type, values on, just under and just over a limit,
blank and unreadable cells, schools that have not filed, files that can be read in two ways, most of them with a heng.toml that says
which. And counties steered: one in which every rule is met, one in which every rule is not met somewhere, one in which every rule
is undecided somewhere and none is not met.

In: a seed and a folder. Out: CSV files in it. Knows what the standards ask only so as to land on the limits.
"""

import csv
import io
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from pathlib import Path
from random import Random

from interval import MET, NOT_MET, UNDECIDED
from reading import (BARE, CLASS, COUNTY, DATE, EVIDENCE, GROUP, INCIDENT, LEVEL, MONITORING, NUMBERS, ON_FORM, SCHOOL, SCHOOL_TYPE, STAGE,
                     SURVEY, WHOLES, YES_NO)

FLOOR = {
    "primary": {"degree": "4.2", "backbone": "1", "arts": "0.9", "area": "4.5", "sports": "7.5", "equipment": "2000", "rooms": "2.3"},
    "junior": {"degree": "5.3", "backbone": "1", "arts": "0.9", "area": "5.8", "sports": "10.2", "equipment": "2500", "rooms": "2.4"},
}
FLOOR = {stage: {name: Fraction(text) for name, text in floors.items()} for stage, floors in FLOOR.items()}
WEIGHT = {"primary": Fraction(1), "junior": Fraction("1.1"), "senior": Fraction("1.32")}
RESOURCES = tuple(FLOOR["primary"])

STAGES_OF = {
    "primary": ("primary",), "teaching_point": ("primary",), "junior": ("junior",), "nine_year": ("primary", "junior"),
    "twelve_year": ("primary", "junior", "senior"), "complete_middle": ("junior", "senior"), "special": ("primary", "junior"),
    "vocational": ("senior",),
}
TYPE_WEIGHTS = {
    "primary": 7, "teaching_point": 3, "junior": 5, "nine_year": 3, "twelve_year": 1, "complete_middle": 1, "special": 1, "vocational": 1,
}
AS_OF = date(2026, 9, 1)
ON_FILE = ("P2", "G1", "G2", "G8b", "G10", "G14b", "G15b", "Q3", "Q5", "Q6", "Q7", "Q8")
# How a value stands to its standard: a factor, or a place beside a limit.
FINE, GOOD, MIXED, WILD = "fine", "good", "mixed", "wild"
MISSING = ("", "", "", "—", "——", "-", "/", "无", "N/A")
NO_DAY = ("2025-13-45", "去年", "2026-02-30", "")
UNREADABLE = ("约200", "待核", "12O", "1.2.3", "1,23", "二百", "?", "3.30106E+17")
# Points and commas in each other's place, full-width ones too.
TURNED = str.maketrans(".,．，", ",.，．")
# Letters with an accent, between others: the bytes of windows-1252 would be Han in GB18030.
ACCENTED = ("Procédure", "Réunion", "Evaluation générale")
POINTS, COMMAS = "points", "commas"


def plain(number):
    """A fraction as people write it: whole, or with the decimals that it has, at most four."""
    if number.denominator == 1:
        return str(number.numerator)
    for places in range(1, 5):
        scaled = number * 10**places
        if scaled.denominator == 1 or places == 4:
            digits = str(floor(scaled)).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}"
    raise AssertionError("unreachable")


class Maker:
    def __init__(self, seed):
        self.random = Random(seed)
        self.manner = self.random.choice((FINE, GOOD, GOOD, MIXED, MIXED, WILD))
        # Cells in a thousand that are spoilt.
        self.dirt = self.random.choice((0, 0, 1, 1) if self.manner == FINE else (0, 0, 0, 0, 2, 6, 30))
        self.grid = self.random.choice((1, 10, 100, 1000))
        # How the table at hand is written, and whether what could be read in two ways is settled.
        self.decimal, self.western, self.settled = POINTS, False, False
        # One share in so many is a percent; none for 0.
        self.percent = 0
        self.doubtful = True
        self.schools, self.classes, self.counties, self.incidents = [], [], [], []
        self.monitoring, self.survey, self.evidence = [], [], []

    def chance(self, one_in):
        return self.random.randrange(one_in) == 0

    def mishap(self, one_in):
        """A chance of what a fine county does not have."""
        return self.manner != FINE and self.chance(one_in)

    def pick(self, *choices):
        """One of them; in a fine county the first, which is always good enough."""
        return choices[0] if self.manner == FINE else self.random.choice(choices)

    # Schools

    def pupils(self, kind, stage):
        if kind == "teaching_point":
            return self.random.choice((49, 50, 50, 51, 30, self.random.randint(10, 140)))
        if kind == "special":
            return self.random.randint(5, 60)
        most = self.pick(900, 300, 2100)
        count = max(self.grid, self.random.randint(30, most) // self.grid * self.grid)
        if kind in ("primary", "junior") and self.mishap(15):
            return self.random.choice((1999, 2000, 2001))
        return count

    def aim(self, limit, pupils, step):
        """An amount for so many pupils: good, bad, or on the limit or one step beside it."""
        due, random = limit * pupils, self.random
        if self.manner == WILD:
            return random.choice((due, Fraction(0), due * random.randint(1, 60) / 10))
        if self.manner in (FINE, GOOD) and not self.mishap(12):
            return due * random.randint(100, 150) / 100
        near = random.choice((due, due, due - step, due + step, due * Fraction(17, 20), due * Fraction(17, 20) - step))
        return max(Fraction(0), random.choice((near, near, due * random.randint(40, 160) / 100)))

    def whole(self, amount):
        """A whole number; one that is good stays good."""
        return -floor(-amount) if self.manner in (FINE, GOOD) or self.chance(2) else floor(amount)

    def staff(self, row, stage, pupils):
        limits = FLOOR[stage]
        degree = self.whole(self.aim(limits["degree"] / 100, pupils, 1))
        degrees = ("diploma", "bachelor", "master", "doctor") if stage == "primary" else ("bachelor", "master", "doctor")
        self.scatter(row, degree, [f"{stage}_{name}_teachers" for name in degrees])
        row[f"{stage}_backbone_teachers"] = self.whole(self.aim(limits["backbone"] / 100, pupils, 1))
        arts = self.whole(self.aim(limits["arts"] / 100, pupils, 1))
        self.scatter(row, arts, [f"{stage}_{name}_teachers" for name in ("pe", "music", "fine_art", "arts")])
        return degree

    def scatter(self, row, amount, columns):
        for column in columns[:-1]:
            row[column] = self.random.randint(0, amount)
            amount -= row[column]
        row[columns[-1]] = amount

    def premises(self, row, stages, weighted):
        """Shared resources, aimed at the limit of one of the stages, the most demanding one in a fine county: its pupils stand
        for the whole school's, weighted."""
        stage = self.random.choice(stages)
        limits = {name: max(FLOOR[each][name] / WEIGHT[each] for each in (stages if self.manner == FINE else [stage])) for name in RESOURCES}
        basis = weighted
        indoor = self.random.choice((0, 0, 200, 350))
        cent = Fraction(1, 100)
        row["indoor_sports_area"] = indoor
        row["teaching_area"] = self.aim(limits["area"], basis, cent) + indoor
        sports = self.aim(limits["sports"], basis, cent)
        gym = min(floor(sports), self.random.choice((0, 0, 600)))
        row["gym_area"], row["sports_ground_area"] = gym, sports - gym
        row["equipment"] = self.aim(limits["equipment"] / 10000, basis, Fraction(1, 10000))
        row["multimedia_rooms"] = self.whole(self.aim(limits["rooms"] / 100, basis, 1))

    def school(self, code, county, kind):
        random = self.random
        row = {"code": code, "name": f"第{code[-3:]}{SCHOOL_TYPE[kind]}", "county_code": county, "type": SCHOOL_TYPE[kind]}
        row["ownership"] = random.choice(("公办", "公办", "公办", "民办"))
        row["area_kind"] = random.choice(("城区", "镇区", "乡村"))
        row["boarding"] = random.choice(("是", "否", "否"))
        stages = STAGES_OF[kind] + (("junior",) if kind == "vocational" and self.mishap(3) else ())
        pupils = {stage: self.pupils(kind, stage) for stage in stages}
        if self.mishap(40):
            pupils = dict.fromkeys(STAGE, 0)
        for stage in STAGE:
            row[f"{stage}_pupils"] = pupils.get(stage, "" if not self.chance(4) else 0)
        compulsory = [stage for stage in ("primary", "junior") if pupils.get(stage)]
        teachers = 3 + sum(self.staff(row, stage, pupils[stage]) for stage in compulsory)
        weighted = sum(count * WEIGHT[stage] for stage, count in pupils.items())
        self.premises(row, compulsory or ["primary"], weighted)
        for stage in compulsory:
            away = self.pick(0, 0, 0, 1, pupils[stage] // 20, pupils[stage] // 20 + 1)
            row[f"zone_{stage}_pupils"] = max(0, pupils[stage] - away)
        self.people(row, teachers)
        self.funds(row, pupils)
        if len(compulsory) == 1 and len([count for count in pupils.values() if count]) == 1 and self.chance(8):
            self.one_figure(row, compulsory[0])
        if pupils.get("junior"):
            self.leavers(row)
        self.rooms_of(code, row, pupils)
        self.schools.append(row)

    def people(self, row, teachers):
        row["full_time_teachers"] = 0 if self.mishap(60) else teachers
        for column in ("certified_teachers", "trained_teachers"):
            row[column] = max(0, teachers + (self.pick(1, 2) if self.mishap(30) else self.pick(0, 0, 0, 0, 0, -1, -3)))

    def funds(self, row, pupils):
        """A small school's are aimed at what it would have with a hundred pupils."""
        row["public_funds"] = Fraction(0) if self.mishap(60) else Fraction(self.random.randint(50, 4500), 5)
        counts = [pupils.get(stage, 0) for stage in ("primary", "junior")]
        if 0 < sum(pupils.values()) < 100 and sum(counts):
            bases = [self.counties[-1][f"{stage}_funding_base"] for stage in ("primary", "junior")]
            due = Fraction(100 * sum(count * base for count, base in zip(counts, bases)), 10000 * sum(counts))
            due = Fraction(-floor(-due * 10000), 10000)
            row["public_funds"] = self.pick(due, due, due + 1, due - Fraction(1, 10000), due * sum(counts) / 100)
        due = Fraction(-floor(-row["public_funds"] * 500), 10000)
        row["training_funds"] = max(Fraction(0), self.pick(due, due, due + 1, due * 2, due - Fraction(1, 100)))

    @staticmethod
    def one_figure(row, stage):
        """The school's figure in place of the stage's."""
        for name in ("backbone", "pe", "music", "fine_art", "arts"):
            row[f"{name}_of_school"] = row.pop(f"{stage}_{name}_teachers", "")

    def leavers(self, row):
        random = self.random
        intake = self.pick(200, 0, 20, 100, 140, 260, 400)
        deceased = self.pick(0, 0, 0, 1, 0, intake) if self.chance(3) else 0
        moved_in, moved_out = random.randint(0, 9), random.randint(0, 9)
        due = -floor(-(intake - min(deceased, intake)) * Fraction(95, 100))
        row.update(intake=intake, deceased=min(deceased, intake), moved_in=moved_in, moved_out=moved_out)
        row["graduates"] = max(0, due + self.pick(0, 0, 1, 3, -1) + moved_in - moved_out)

    def rooms_of(self, code, row, pupils):
        """Classes of at most a size, and rooms for them."""
        made = 0
        for stage, count in pupils.items():
            most = {"primary": 45, "junior": 50, "senior": 55}[stage]
            classes = -(-count // most) + self.random.choice((0, 0, 1))
            for number in range(classes if count else 0):
                size = count // classes + (number < count % classes)
                size = self.random.choice((most, most + 1)) if self.mishap(150) else size
                made += stage != "senior"
                self.classes.append({"code": f"{code}-{stage[0]}{number + 1:02}", "school_code": code, "stage": STAGE[stage],
                                     "grade": number % 6 + 1, "pupils": size})
        due = -(-made // 12)
        for column in ("music_rooms_96", "art_rooms_90"):
            row[column] = max(0, due + self.pick(0, 0, 0, 1, -1))

    def twins(self, county, kind, stage, code):
        """Schools of one size whose resources stand 1 - c to 1 + c: every variation is exactly c, or a hair beside it."""
        random, ceiling = self.random, {"primary": Fraction(1, 2), "junior": Fraction(9, 20)}[stage]
        number, pupils = random.choice((2, 4, 6)), random.choice((200, 400, 1000))
        for place in range(number):
            self.school(f"{code}{place:03}", county, kind)
            row = self.schools[-1]
            row.update({f"{each}_pupils": "" for each in STAGE})
            row[f"{stage}_pupils"] = pupils
            factor = 1 + ceiling if place % 2 else 1 - ceiling
            for name in ("backbone", "pe", "music", "fine_art", "arts"):
                row.pop(f"{name}_of_school", "")
            for column in (f"{stage}_bachelor_teachers", f"{stage}_backbone_teachers", f"{stage}_pe_teachers", "multimedia_rooms"):
                row[column] = floor(40 * factor)
            for column in ("diploma", "master", "doctor", "music", "fine_art", "arts"):
                if f"{stage}_{column}_teachers" in SCHOOL:
                    row[f"{stage}_{column}_teachers"] = 0
            row["teaching_area"], row["indoor_sports_area"] = 2000 * factor + 100, 100
            row["gym_area"], row["sports_ground_area"] = 0, 6000 * factor
            row["equipment"] = 120 * factor
        if self.chance(2):
            column = random.choice(("teaching_area", "sports_ground_area", "equipment"))
            self.schools[-1][column] += random.choice((Fraction(1, 100), -Fraction(1, 100)))

    # Counties

    def county(self, code, number):
        random = self.random
        eligible = random.choice((100, 200, 350))
        due = eligible // 10
        rotated = max(0, due + self.pick(0, 0, 5, 10, -1, -due, eligible))
        places, children = random.choice((500, 1001)), random.choice((20, 40, 100))
        migrants = random.choice((0, 100, 200))
        special = random.choice((0, 30, 80))
        row = {
            "code": code, "name": f"第{number}县", "special_pupils": special,
            "basic_balance_since": self.pick("2016-05-01", "2023-09-01", "2023年9月1日", "2023-09-02", "2024/1/5"),
            "primary_funding_base": self.pick(720, 1150, 650), "junior_funding_base": self.pick(940, 1350, 940),
            "special_funds": 8000 * special + self.pick(0, 0, 1, 5000, -1) if special else 0,
            "teacher_pay": Fraction(self.pick(1012, 1011, 1013, 1100), 100), "civil_servant_pay": Fraction(1012, 100),
            "rotation_eligible": eligible, "rotated": rotated,
            "rotated_backbone": max(0, -(-rotated // 5) + self.pick(0, 0, 1, -1)),
            "good_senior_places": places, "allocated_places": -(-places // 2) + self.pick(0, 0, 10, -1, places),
            "migrant_eligible": migrants, "migrant_purchased": migrants // 10,
            "migrant_public": max(0, migrants * 3 // 4 + self.pick(0, 0, 5, -1, migrants)),
            "disabled_children": children, "disabled_enrolled": children * 19 // 20 + self.pick(0, 0, 1, -1),
        }
        self.counties.append(row)
        for matter in range(1, 7):
            for _ in range(random.choice((0, 0, 0, 1, 2))):
                proven = "否" if not self.mishap(4) else random.choice(("是", "是", "", "不详"))
                day = random.choice(("2026-03-02", "2026-03-02", "2025-09-01", "2025-08-31", "2026-09-01", "2026-09-02", "1999-05-04"))
                self.incidents.append({"matter": f"V{matter}", "county_code": code, "day": day, "substantiated": proven})
        if self.mishap(3):
            self.incidents.append({"matter": f"V{random.randint(1, 6)}", "county_code": code, "day": random.choice(NO_DAY),
                                   "substantiated": random.choice(("是", "否"))})
        for rule in ON_FILE:
            self.documents(rule, code)
        self.monitored(code)
        self.asked(code)
        if self.dirt and self.chance(6):
            self.incidents.append({"matter": random.choice(("V7", "")), "county_code": code, "substantiated": random.choice(("是", "否"))})

    def document(self, rule, county, **changed):
        issued = AS_OF - timedelta(days=self.random.randint(0, 364))
        row = {"rule_id": rule, "county_code": county, "title": "报告", "issued_on": issued.isoformat(), "valid_until": "", "finding": "符合"}
        self.evidence.append({**row, **changed})

    def documents(self, rule, county):
        """What is on file for a rule: mostly one good document, else one of the ways in which it settles nothing."""
        random = self.random
        if random.randrange(3) == 0:
            self.document(rule, county, valid_until=random.choice(("2026-09-01", "2030-12-31")))
        elif not self.mishap(9):
            self.document(rule, county)
        else:
            finding = random.choice(("符合", "符合", "基本符合", "不符合", "", "待定"))
            way = random.choice(("none", "finding", "late", "old", "expired", "day", "end", "two", "school", "nameless"))
            if way == "none":
                return
            changed = {
                "late": {"issued_on": "2026-09-02"}, "old": {"issued_on": random.choice(("2025-09-01", "2025-08-31", "2020-01-01"))},
                "expired": {"valid_until": "2026-08-31"}, "day": {"issued_on": random.choice(NO_DAY)},
                "end": {"valid_until": random.choice(NO_DAY)}, "nameless": {"rule_id": ""},
            }.get(way, {})
            self.document(rule, county, finding=finding, **changed)
            if way == "two":
                self.document(rule, county, finding=random.choice(("符合", "不符合")))

    def monitored(self, county):
        random = self.random
        for place, subject in enumerate(ON_FORM.values()):
            if self.mishap(25):
                continue
            called = "体育与健康" if subject == "体育" and self.chance(3) else subject
            row = {"county_code": county, "year": 2023 + place // 2, "subject": called,
                   "level": self.pick("Ⅱ", "Ⅲ", "I", "III") if not self.mishap(25) else "Ⅳ",
                   "gap": Fraction(self.pick(80, 149, 30) if not self.mishap(20) else random.choice((150, 151, 300)), 1000)}
            self.monitoring.append(row)
            if self.chance(12):
                self.monitoring.append({**row, "year": random.choice((2020, 2021, 2018, 2026, 2027)), "level": random.choice(("Ⅱ", "Ⅳ"))}
                                       if self.manner != FINE else {**row, **random.choice(({"year": 2020}, {"year": 2027}, {"subject": "劳动"})), "level": "Ⅳ"})
        if self.mishap(20):
            self.monitoring.append({"county_code": county, "year": random.choice((2024, "")), "subject": random.choice(("", "外语", "英语", "语文")),
                                    "level": random.choice(("Ⅰ", "", "五")), "gap": random.choice((Fraction(1, 10), ""))})

    def asked(self, county):
        random = self.random
        groups = [group for group in GROUP.values() if not self.chance(6)]
        for group in groups or ["家长"]:
            for manner in (("问卷",), ("问卷", "走访"), ("",))[random.randrange(3)]:
                valid = random.choice((20, 100, 240, 1000))
                good = -(-valid * 85 // 100)
                satisfied = good + self.pick(0, 1, 2, 0, -1) if not self.mishap(30) else random.choice((0, valid + 1, good - 9))
                row = {"county_code": county, "group": group, "manner": manner, "valid": valid, "satisfied": min(max(0, satisfied), valid + 1)}
                if self.mishap(60):
                    row[random.choice(("group", "manner", "valid", "satisfied"))] = ""
                self.survey.append(row)

    def fill(self):
        random = self.random
        for number in range(1, random.choice((1, 1, 1, 2, 3)) + 1):
            code = f"9{random.randrange(10)}01{number:02}"
            self.county(code, number)
            if self.mishap(4):
                self.twins(code, "primary", "primary", f"21{code}")
                self.twins(code, "junior", "junior", f"31{code}")
                continue
            kinds = random.choices(list(TYPE_WEIGHTS), TYPE_WEIGHTS.values(), k=random.choice((2, 4, 8, 12, 18, 25)))
            for place, kind in enumerate(kinds):
                self.school(f"21{code}{place:03}", code, kind)
        unfiled = {row["code"] for row in self.schools if self.dirt and self.chance(15)}
        self.classes = [row for row in self.classes if row["school_code"] not in unfiled]
        return self

    # Files

    def cell(self, value, kind, column):
        text = plain(Fraction(value)) if isinstance(value, (int, Fraction)) else str(value)
        keys = ("code", "county_code", "school_code")
        if column in keys:
            return text
        if kind in NUMBERS and text:
            return self.number_cell(text, kind)
        if kind == DATE and text and self.random.randrange(1000) < self.dirt:
            return self.random.choice(NO_DAY)
        if text and (isinstance(kind, dict) or column == "boarding") and self.random.randrange(1000) < self.dirt:
            return self.random.choice((*MISSING, "其他"))
        return text

    def number_cell(self, text, kind):
        random = self.random
        if random.randrange(1000) < self.dirt:
            bad = random.choice((*MISSING, *UNREADABLE, "-5", "12.5" if kind in WHOLES else "负三"))
            return bad
        if kind == BARE and self.percent and text[0].isdigit() and self.chance(self.percent):
            text = f"{plain(Fraction(text) * 100)}%"
        if random.randrange(1000) < 20:
            text = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})
        elif random.randrange(1000) < 20 and text.isdigit():
            text = f"{int(text):,}"
        elif random.randrange(1000) < 10:
            text = f" {text} "
        return text.translate(TURNED) if self.decimal == COMMAS else text

    def latin(self, text, kind, column):
        """A cell without a Han letter: codes by their ids, and a word with an accent in a column of text."""
        if isinstance(kind, dict):
            text = next((code for code, title in kind.items() if title == text), text)
        elif kind == YES_NO:
            text = {"是": "Y", "否": "N"}.get(text, text)
        elif kind == DATE:
            text = text.translate({ord("年"): "-", ord("月"): "-", ord("日"): ""})
        if column in ("title", "note"):
            return self.random.choice(ACCENTED)
        return text if text.isascii() else "N/A" if text in MISSING else "autre"

    def blank_pupils(self):
        for row in self.schools:
            if self.dirt and self.chance(40):
                row.update({f"{stage}_pupils": "" for stage in STAGE})

    def manner_of(self, table):
        """How a table is written: with decimal commas, its shares in percent, in a western encoding; and whether this is settled."""
        random = self.random
        self.settled = not self.doubtful or random.randrange(3) > 0
        self.decimal = COMMAS if self.chance(25 if self.settled else 90) else POINTS
        self.western = table in ("incident", "evidence") and self.chance(20)
        self.percent = random.choice((1, 1 if self.settled else 2)) if self.chance(10) else 0

    def table(self, name, rows, columns, dropped=()):
        self.manner_of(name)
        names = [name for name in columns if name not in dropped]
        if self.chance(3):
            head, rest = names[:1], names[1:]
            self.random.shuffle(rest)
            names = head + rest
        lines = [[name if self.western else columns[name][0] for name in names]]
        for row in rows:
            cells = [self.cell(row.get(name, ""), columns[name][1], name) for name in names]
            lines.append([self.latin(cell, columns[name][1], name) for cell, name in zip(cells, names)] if self.western else cells)
        if rows and not self.western and self.chance(5):
            lines.append(["合计"] + [""] * (len(names) - 1))
        return self.encoded(lines)

    def encoded(self, lines):
        """The bytes of a file, and what heng.toml is to say of it."""
        delimiter, ending = self.random.choice((",", ",", ",", "\t")), self.random.choice(("\n", "\r\n"))
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter, lineterminator=ending).writerows(lines)
        text, told = text.getvalue(), {}
        stray = any("1,23" in line for line in lines)
        if self.settled and (self.decimal == COMMAS or stray and self.chance(2)):
            told["decimal"] = ","
        if self.western:
            return text.encode("cp1252"), {**told, "encoding": "windows-1252"} if self.settled else told
        if self.doubtful and not self.settled and self.chance(80):
            return b"".join(line.encode("utf-8" if place % 2 else "gb18030") for place, line in enumerate(text.splitlines(keepends=True))), told
        encoding = self.random.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030"))
        if self.chance(15):
            told["encoding"] = encoding.removesuffix("-sig")
        return text.encode(encoding), told

    def write(self, folder):
        random, folder = self.random, Path(folder)
        self.blank_pupils()
        dropped = [random.choice(("equipment", "senior_pupils", "primary_arts_teachers", "boarding"))] if self.dirt and self.chance(12) else []
        tables = {
            "school": self.table("school", self.schools, SCHOOL, dropped), "class": self.table("class", self.classes, CLASS),
            "county": self.table("county", self.counties, COUNTY), "incident": self.table("incident", self.incidents, INCIDENT),
            "monitoring": self.table("monitoring", self.monitoring, MONITORING), "survey": self.table("survey", self.survey, SURVEY),
            "evidence": self.table("evidence", self.evidence, EVIDENCE),
        }
        for name, title in (("class", "班级"), ("county", "区县"), ("incident", "否决事项"), ("monitoring", "质量监测"), ("survey", "满意度"),
                            ("evidence", "佐证材料")):
            if self.dirt and self.chance(15):
                del tables[name]
            elif self.chance(10):
                tables[title] = tables.pop(name)
        for name, (data, _) in tables.items():
            (folder / f"{name}.csv").write_bytes(data)
        if any(told for _, told in tables.values()):
            entries = ["{ " + ", ".join(f'{key} = "{word}"' for key, word in {"path": f"{name}.csv", **told}.items()) + " }"
                       for name, (_, told) in tables.items()]
            (folder / "heng.toml").write_text("data = [\n  " + ",\n  ".join(entries) + ",\n]\n", encoding="utf-8")


class Steered(Maker):
    """One county in which every rule comes out as wanted: met everywhere, or not met or undecided in one place at least."""

    def __init__(self, seed, outcome):
        super().__init__(seed)
        self.outcome, self.manner, self.dirt, self.doubtful = outcome, FINE, 0, False

    def fill(self):
        self.county("990101", 1)
        kinds = ["primary"] * 3 + ["junior"] * 3 + ["nine_year", "special", "vocational", "teaching_point"]
        kinds += self.random.choices(("primary", "junior", "complete_middle", "twelve_year", "teaching_point"), k=self.random.randint(0, 3))
        for place, kind in enumerate(kinds):
            self.school(f"21990101{place:03}", "990101", kind)
        county, town = self.counties[0], (self.schools[0], self.schools[3])
        for school in town:
            school.update(ownership="公办", area_kind=self.random.choice(("城区", "镇区")), boarding="否")
        if not county["special_pupils"]:
            county.update(special_pupils=30, special_funds=240000)
        if not county["migrant_eligible"]:
            county.update(migrant_eligible=100, migrant_public=80, migrant_purchased=5)
        if self.outcome == NOT_MET:
            self.fail(county)
        elif self.outcome == UNDECIDED:
            self.hide(county)
        return self

    def pupils(self, kind, stage):
        """A teaching point that is asked in Part I, and funded as a school of a hundred."""
        return self.random.randint(50, 99) if kind == "teaching_point" else super().pupils(kind, stage)

    def any_of(self, kind):
        return self.random.choice([row for row in self.schools if row["type"] == SCHOOL_TYPE[kind]])

    def resources(self, row):
        shared = ("teaching_area", "gym_area", "sports_ground_area", "equipment", "multimedia_rooms")
        degrees, others = ("diploma", "bachelor", "master", "doctor"), ("backbone", "pe", "music", "fine_art", "arts")
        names = [*shared, *(f"{stage}_{name}_teachers" for stage in ("primary", "junior") for name in (*degrees, *others)),
                 *(f"{name}_of_school" for name in others)]
        return [name for name in names if isinstance(row.get(name), (int, Fraction))]

    def fail(self, county):
        """Each rule is breached, some by a hair."""
        random, code = self.random, county["code"]
        county["basic_balance_since"] = random.choice(("2023-09-02", "2025-12-30", "2026-09-01", "2027-01-01"))
        for row in self.evidence:
            row["finding"] = random.choice(("不符合", "基本符合"))
        # The smallest primary school has all, the others hardly anything: no indicator is met in these, and none is balanced.
        rich = min(self.schools[:3], key=lambda row: row["primary_pupils"])
        for row in self.schools:
            for name in self.resources(row):
                row[name] = floor(row[name] * 100) + 100 if row is rich else Fraction(floor(row[name] * 10), 100) if "area" in name else floor(row[name] / 10)
            if row is not rich:
                row["indoor_sports_area"] = 0
        self.any_of("junior")[random.choice(("music_rooms_96", "art_rooms_90"))] = 0
        self.any_of("primary").update(primary_pupils=random.choice((2001, 2400)))
        self.any_of("vocational").update({random.choice(("primary_pupils", "junior_pupils")): random.choice((1, 120)), "graduates": 0,
                                          "intake": 0, "moved_in": 0, "moved_out": 0, "deceased": 0})
        random.choice([row for row in self.classes if row["stage"] == "小学" and not row["school_code"].endswith("007")])["pupils"] = random.choice((46, 60))
        small = self.any_of("teaching_point")
        small["public_funds"] = small["public_funds"] - Fraction(1, 10000) if small["public_funds"] < 100 else 5
        small["public_funds"] = min(small["public_funds"], Fraction(64999, 10000))
        county["special_funds"] -= random.choice((1, 1000))
        county["teacher_pay"] = county["civil_servant_pay"] - Fraction(random.choice((1, 90)), 100)
        for column in ("trained_teachers", "certified_teachers"):
            self.any_of("junior")[column] -= 1
        county.update(rotated=county["rotation_eligible"] // 10 - 1, rotated_backbone=0)
        for row, stage in ((self.schools[0], "primary"), (self.schools[3], "junior")):
            row[f"zone_{stage}_pupils"] = 0
        county["allocated_places"] = county["good_senior_places"] // 2 - random.choice((1, 9))
        county.update(migrant_public=county["migrant_eligible"] * 3 // 4, migrant_purchased=county["migrant_eligible"] // 10 - 1)
        for row in self.schools:
            if "graduates" in row:
                row["graduates"] = row["intake"] * 9 // 10
                row["moved_in"] = row["moved_out"]
        county["disabled_enrolled"] = county["disabled_children"] * 19 // 20 - 1
        row = self.any_of("primary")
        row.update(public_funds=100, training_funds="4.9999")
        row = self.monitoring[0]
        row.update(random.choice(({"level": "Ⅳ"}, {"gap": Fraction(15, 100)}, {"subject": "英语"}, {"year": 2020}, {"year": 2027})))
        for row in self.survey:
            row["satisfied"] = row["valid"] * 84 // 100
        for matter in range(1, 7):
            self.incidents.append({"matter": f"V{matter}", "county_code": code, "substantiated": "是",
                                   "day": random.choice(("2025-09-01", "2026-09-01", "2026年3月2日"))})

    def hide(self, county):
        """Each rule lacks what would decide it; nothing is breached."""
        random, code = self.random, county["code"]
        blank = lambda: random.choice(("", "—", "待核", "约3"))  # noqa: E731
        county["basic_balance_since"] = random.choice(NO_DAY)
        kept = []
        for row in self.evidence:
            way = random.choice(({"finding": ""}, {"issued_on": "2026-09-02"}, {"valid_until": "2026-08-31"}, {"valid_until": "长期"},
                                 {"issued_on": "2026-02-30"}, None, "two"))
            if way == "two":
                kept += [row, {**row, "finding": "不符合"}]
            elif way is not None:
                kept.append({**row, **way})
        self.evidence = kept
        poor = random.choice(self.schools[:3])
        for name in self.resources(poor):
            poor[name] = 0 if name in ("gym_area", "arts_of_school") or "_arts_" in name else blank()
        self.any_of("junior")[random.choice(("music_rooms_96", "art_rooms_90"))] = random.choice(("一间", "—"))
        self.schools[random.choice((1, 2))]["primary_pupils"] = random.choice(("约500", "—"))
        self.any_of("vocational")[random.choice(("primary_pupils", "junior_pupils"))] = random.choice(("若干", "—"))
        random.choice([row for row in self.classes if row["stage"] != "高中" and not row["school_code"].endswith("007")])["pupils"] = blank()
        if self.chance(2):
            self.any_of("teaching_point")["public_funds"] = blank()
        else:
            county["primary_funding_base"] = blank()
        for column in (random.choice(("special_funds", "special_pupils")), random.choice(("teacher_pay", "civil_servant_pay")), "rotated",
                       "allocated_places", "migrant_public", random.choice(("disabled_children", "disabled_enrolled"))):
            county[column] = blank()
        county["migrant_purchased"] = 0
        for column in ("trained_teachers", "certified_teachers", "training_funds"):
            self.any_of("junior")[column] = blank()
        self.schools[0]["zone_primary_pupils"] = blank()
        self.schools[3]["zone_junior_pupils"] = blank()
        self.schools[3][random.choice(("graduates", "moved_in"))] = blank()
        self.monitoring[0].update(random.choice(({"level": ""}, {"gap": "—"}, {"year": "去年"}, {"level": "五"}, {"subject": "外语"})))
        first = self.survey[0]
        first.update(valid=3000, satisfied=blank())
        for row in self.survey:
            if row["manner"] == "走访" and row["group"] == first["group"]:
                row["satisfied"] = blank()
        for matter in range(1, 7):
            self.incidents.append({"matter": f"V{matter}", "county_code": code, **random.choice((
                {"substantiated": "", "day": "2026-03-02"}, {"substantiated": "是", "day": random.choice(NO_DAY)}))})


def make(seed, folder, outcome=None):
    """Writes one random county folder, or one in which every rule comes out as wanted. The same seed writes the same bytes."""
    (Steered(seed, outcome) if outcome else Maker(seed)).fill().write(folder)
