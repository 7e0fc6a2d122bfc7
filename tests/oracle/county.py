"""Random counties in the forms' own headers, from a seed: every school type, values on, just under and just over a limit,
blank and unreadable cells, schools that have not filed.

In: a seed and a folder. Out: CSV files in it. Knows what the standards ask only so as to land on the limits.
"""

import csv
import io
from fractions import Fraction
from math import floor
from pathlib import Path
from random import Random

from reading import CLASS, COUNTY, INCIDENT, NUMBER, OWNERSHIP, SCHOOL, SCHOOL_TYPE, STAGE, WHOLE

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
# How a value stands to its standard: a factor, or a place beside a limit.
FINE, GOOD, MIXED, WILD = "fine", "good", "mixed", "wild"
MISSING = ("", "", "", "—", "——", "-", "/", "无", "N/A")
UNREADABLE = ("约200", "待核", "12O", "1.2.3", "1,23", "二百", "?")


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
        self.schools, self.classes, self.counties, self.incidents = [], [], [], []

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

    def premises(self, row, stage, weighted):
        """Shared resources, aimed at the limit of one of the stages: its pupils stand for the whole school's, weighted."""
        limits, basis = FLOOR[stage], weighted / WEIGHT[stage]
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
        stages = STAGES_OF[kind] + (("junior",) if kind == "vocational" and self.chance(3) else ())
        pupils = {stage: self.pupils(kind, stage) for stage in stages}
        if self.mishap(40):
            pupils = dict.fromkeys(STAGE, 0)
        for stage in STAGE:
            row[f"{stage}_pupils"] = pupils.get(stage, "" if not self.chance(4) else 0)
        compulsory = [stage for stage in ("primary", "junior") if pupils.get(stage)]
        teachers = 3 + sum(self.staff(row, stage, pupils[stage]) for stage in compulsory)
        weighted = sum(count * WEIGHT[stage] for stage, count in pupils.items())
        self.premises(row, random.choice(compulsory or ["primary"]), weighted)
        for stage in compulsory:
            away = self.pick(0, 0, 0, 1, pupils[stage] // 20, pupils[stage] // 20 + 1)
            row[f"zone_{stage}_pupils"] = max(0, pupils[stage] - away)
        self.people(row, teachers)
        if pupils.get("junior"):
            self.leavers(row)
        self.rooms_of(code, row, pupils)
        self.schools.append(row)

    def people(self, row, teachers):
        row["full_time_teachers"] = 0 if self.mishap(60) else teachers
        for column in ("certified_teachers", "trained_teachers"):
            row[column] = max(0, teachers + (self.pick(1, 2) if self.mishap(30) else self.pick(0, 0, 0, 0, 0, -1, -3)))
        row["public_funds"] = Fraction(0) if self.mishap(60) else Fraction(self.random.randint(50, 4500), 5)
        due = row["public_funds"] / 20
        row["training_funds"] = max(Fraction(0), self.pick(due, due, due + 1, due * 2, due - Fraction(1, 100)))

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
            "code": code, "name": f"第{number}县", "basic_balance_since": "2016-05-01", "special_pupils": special,
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
                proven = "否" if not self.mishap(8) else random.choice(("是", "", "不详"))
                self.incidents.append({"matter": f"V{matter}", "county_code": code, "date": "2026-03-02", "substantiated": proven})
        if self.dirt and self.chance(6):
            self.incidents.append({"matter": random.choice(("V7", "")), "county_code": code, "substantiated": random.choice(("是", "否"))})

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
        if kind in (WHOLE, NUMBER) and text:
            return self.number_cell(text, kind)
        if text and (isinstance(kind, dict) or column == "boarding") and self.random.randrange(1000) < self.dirt:
            return self.random.choice((*MISSING, "其他"))
        return text

    def number_cell(self, text, kind):
        random = self.random
        if random.randrange(1000) < self.dirt:
            bad = random.choice((*MISSING, *UNREADABLE, "-5", "12.5" if kind == WHOLE else "负三"))
            return bad
        if random.randrange(1000) < 20:
            return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})
        if random.randrange(1000) < 20 and "." not in text:
            return f"{int(text):,}"
        return f" {text} " if random.randrange(1000) < 10 else text

    def blank_pupils(self):
        for row in self.schools:
            if self.dirt and self.chance(40):
                row.update({f"{stage}_pupils": "" for stage in STAGE})

    def table(self, rows, columns, dropped=()):
        names = [name for name in columns if name not in dropped]
        if self.chance(3):
            head, rest = names[:1], names[1:]
            self.random.shuffle(rest)
            names = head + rest
        lines = [[columns[name][0] for name in names]]
        for row in rows:
            lines.append([self.cell(row.get(name, ""), columns[name][1], name) for name in names])
        if rows and self.chance(5):
            lines.append(["合计"] + [""] * (len(names) - 1))
        return lines

    def write(self, folder):
        random, folder = self.random, Path(folder)
        self.blank_pupils()
        dropped = [random.choice(("equipment", "senior_pupils", "primary_arts_teachers", "boarding"))] if self.dirt and self.chance(12) else []
        tables = {
            "school": self.table(self.schools, SCHOOL, dropped), "class": self.table(self.classes, CLASS),
            "county": self.table(self.counties, COUNTY), "incident": self.table(self.incidents, INCIDENT),
        }
        for name, title in (("class", "班级"), ("county", "区县"), ("incident", "否决事项")):
            if self.dirt and self.chance(15):
                del tables[name]
            elif self.chance(10):
                tables[title] = tables.pop(name)
        for name, lines in tables.items():
            self.save(folder / f"{name}.csv", lines)

    def save(self, path, lines):
        delimiter, ending = self.random.choice((",", ",", ",", "\t")), self.random.choice(("\n", "\r\n"))
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter, lineterminator=ending).writerows(lines)
        path.write_bytes(text.getvalue().encode(self.random.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030"))))


def make(seed, folder):
    """Writes one random county folder. The same seed writes the same bytes."""
    Maker(seed).fill().write(folder)
