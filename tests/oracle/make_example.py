"""The invented county of `examples/county`: 61 schools on their way, in the forms' own headers, with the slips that real files have.

    python3 tests/oracle/make_example.py        writes the data and tests/oracle/expected-county.json anew, the same bytes each time

Most schools meet most standards. What is wrong is put there by name in `SLIPS`, so that it can be looked up.
"""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path
from random import Random

from compare import on_the_limit
from county import FLOOR, WEIGHT, plain
from oracle import judge_folder, tally
from reading import CLASS, COUNTY, EVIDENCE, INCIDENT, MONITORING, NUMBER, SCHOOL, SCHOOL_TYPE, STAGE, SUBJECT, SURVEY, WHOLE

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "county"
EXPECTED = Path(__file__).with_name("expected-county.json")
CODE = "999901"
KIND_CODE = {"primary": "21", "teaching_point": "21", "junior": "31", "nine_year": "31", "twelve_year": "34", "complete_middle": "34",
             "vocational": "36", "special": "51"}

# Kind, name, where it lies, pupils of each stage.
URBAN, TOWN, RURAL = "城区", "镇区", "乡村"
SCHOOLS = [
    ("primary", "清源县实验小学", URBAN, (1800, 0, 0)), ("primary", "清源县第一小学", URBAN, (2000, 0, 0)),
    ("primary", "清源县第二小学", URBAN, (900, 0, 0)), ("primary", "清源县第三小学", URBAN, (1000, 0, 0)),
    ("primary", "清源县第四小学", URBAN, (1240, 0, 0)), ("primary", "清源县城关小学", URBAN, (1120, 0, 0)),
    ("primary", "清源县东湖小学", URBAN, (1360, 0, 0)), ("primary", "清源县育英小学", URBAN, (640, 0, 0)),
    ("primary", "柳河镇中心小学", TOWN, (820, 0, 0)), ("primary", "石桥镇中心小学", TOWN, (760, 0, 0)),
    ("primary", "龙泉镇中心小学", TOWN, (690, 0, 0)), ("primary", "大营镇中心小学", TOWN, (580, 0, 0)),
    ("primary", "双河镇中心小学", TOWN, (600, 0, 0)), ("primary", "永安镇中心小学", TOWN, (720, 0, 0)),
    ("primary", "青山乡中心小学", RURAL, (340, 0, 0)), ("primary", "白杨乡中心小学", RURAL, (310, 0, 0)),
    ("primary", "松岭乡中心小学", RURAL, (260, 0, 0)), ("primary", "三道湾乡中心小学", RURAL, (280, 0, 0)),
    ("primary", "柳河镇东庄小学", RURAL, (150, 0, 0)), ("primary", "石桥镇下河小学", RURAL, (180, 0, 0)),
    ("primary", "龙泉镇马家屯小学", RURAL, (120, 0, 0)), ("primary", "大营镇赵庄小学", RURAL, (140, 0, 0)),
    ("primary", "永安镇新民小学", RURAL, (200, 0, 0)), ("primary", "青山乡杏树沟小学", RURAL, (160, 0, 0)),
    ("teaching_point", "青山乡石门教学点", RURAL, (49, 0, 0)), ("teaching_point", "青山乡桦树教学点", RURAL, (50, 0, 0)),
    ("teaching_point", "白杨乡北沟教学点", RURAL, (23, 0, 0)), ("teaching_point", "白杨乡沙河教学点", RURAL, (64, 0, 0)),
    ("teaching_point", "松岭乡云台教学点", RURAL, (17, 0, 0)), ("teaching_point", "松岭乡槐树坪教学点", RURAL, (72, 0, 0)),
    ("teaching_point", "三道湾乡前岭教学点", RURAL, (31, 0, 0)), ("teaching_point", "三道湾乡后岭教学点", RURAL, (58, 0, 0)),
    ("teaching_point", "永安镇南台教学点", RURAL, (66, 0, 0)),
    ("junior", "清源县第一初级中学", URBAN, (0, 1900, 0)), ("junior", "清源县第二初级中学", URBAN, (0, 2060, 0)),
    ("junior", "清源县第三初级中学", URBAN, (0, 1000, 0)), ("junior", "清源县城北初级中学", URBAN, (0, 860, 0)),
    ("junior", "柳河镇初级中学", TOWN, (0, 640, 0)), ("junior", "石桥镇初级中学", TOWN, (0, 560, 0)),
    ("junior", "龙泉镇初级中学", TOWN, (0, 600, 0)), ("junior", "大营镇初级中学", TOWN, (0, 420, 0)),
    ("junior", "双河镇初级中学", TOWN, (0, 380, 0)), ("junior", "永安镇初级中学", TOWN, (0, 500, 0)),
    ("junior", "清源县启明初级中学", URBAN, (0, 720, 0)),
    ("nine_year", "清源县东城九年一贯制学校", URBAN, (1320, 900, 0)), ("nine_year", "清源县滨河九年一贯制学校", URBAN, (1540, 960, 0)),
    ("nine_year", "青山乡九年一贯制学校", RURAL, (166, 210, 0)), ("nine_year", "白杨乡九年一贯制学校", RURAL, (220, 140, 0)),
    ("nine_year", "松岭乡九年一贯制学校", RURAL, (198, 120, 0)), ("nine_year", "三道湾乡九年一贯制学校", RURAL, (242, 160, 0)),
    ("nine_year", "石桥镇下河九年一贯制学校", RURAL, (264, 180, 0)), ("nine_year", "龙泉镇马家屯九年一贯制学校", RURAL, (286, 190, 0)),
    ("nine_year", "清源县博文学校", URBAN, (660, 400, 0)),
    ("twelve_year", "清源县育才学校", URBAN, (880, 600, 500)), ("twelve_year", "清源县外国语学校", URBAN, (770, 500, 400)),
    ("complete_middle", "清源县第一中学", URBAN, (0, 900, 1500)), ("complete_middle", "清源县第二中学", URBAN, (0, 600, 1100)),
    ("complete_middle", "柳河镇中学", TOWN, (0, 480, 600)),
    ("special", "清源县特殊教育学校", URBAN, (62, 24, 0)),
    ("vocational", "清源县职业教育中心", URBAN, (0, 0, 1600)), ("vocational", "清源县卫生职业学校", URBAN, (0, 0, 700)),
]
PRIVATE = {"清源县育英小学", "清源县启明初级中学", "清源县博文学校", "清源县外国语学校", "清源县卫生职业学校"}
NOT_FILED = "双河镇初级中学"
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")

# What stands in the file instead of what the schedule would put there.
SLIPS = {
    # Every one of the seven exactly on its limit.
    "清源县第三小学": {"primary_diploma_teachers": 12, "primary_bachelor_teachers": 28, "primary_master_teachers": 2, "primary_doctor_teachers": 0,
                 "primary_backbone_teachers": 10, "primary_pe_teachers": 4, "primary_music_teachers": 3, "primary_fine_art_teachers": 2,
                 "primary_arts_teachers": "", "teaching_area": "4,700", "indoor_sports_area": 200, "gym_area": 500,
                 "sports_ground_area": "7,000", "equipment": 200, "multimedia_rooms": 23},
    "清源县第三初级中学": {"junior_bachelor_teachers": 48, "junior_master_teachers": 5, "junior_doctor_teachers": 0, "junior_backbone_teachers": 10,
                   "junior_pe_teachers": 4, "junior_music_teachers": 3, "junior_fine_art_teachers": 2, "junior_arts_teachers": 0,
                   "teaching_area": 6000, "indoor_sports_area": 200, "gym_area": 800, "sports_ground_area": 9400, "equipment": 250,
                   "multimedia_rooms": 24},
    # 4.4956, shown as 4.50.
    "清源县第二小学": {"teaching_area": "4246".translate(FULL_WIDTH), "indoor_sports_area": 200},
    # The one below stands exactly at 85%, and in the next a hair below it.
    "双河镇中心小学": {"equipment": 102, "boarding": ""}, "永安镇中心小学": {"equipment": "122.39"},
    # Two below.
    "大营镇中心小学": {"multimedia_rooms": 12, "primary_backbone_teachers": 5}, "清源县城关小学": {"sports_ground_area": 5100, "primary_backbone_teachers": 9},
    "石桥镇初级中学": {"junior_backbone_teachers": 4, "sports_ground_area": 4300}, "清源县第二中学": {"sports_ground_area": 9800, "junior_backbone_teachers": 5},
    # One far below.
    "清源县第四小学": {"primary_backbone_teachers": 10}, "白杨乡中心小学": {"primary_music_teachers": 0, "primary_pe_teachers": 1, "primary_fine_art_teachers": 1},
    "清源县第一小学": {"sports_ground_area": "11，900", "primary_backbone_teachers": 30}, "清源县第二初级中学": {"teaching_area": 9900},
    # Missing and unreadable.
    "柳河镇初级中学": {"equipment": "约200"}, "石桥镇下河小学": {"indoor_sports_area": "无"}, "龙泉镇马家屯小学": {"primary_music_teachers": "—"},
    "大营镇初级中学": {"junior_backbone_teachers": ""}, "双河镇初级中学": {"sports_ground_area": "待测量"},
    "大营镇赵庄小学": {"trained_teachers": "—"}, "三道湾乡中心小学": {"certified_teachers": ""}, "永安镇初级中学": {"graduates": "/"},
    "清源县育才学校": {"training_funds": ""}, "永安镇新民小学": {"art_rooms_90": "无"}, "清源县东湖小学": {"zone_primary_pupils": "N/A"},
    # Typed as people type. The 70 make CV2 in primary 0.50004: shown as 0.500, and not met.
    "清源县实验小学": {"primary_backbone_teachers": 70, "primary_pupils": "1,800"}, "清源县第一初级中学": {"junior_pupils": "１９００"},
    "柳河镇中心小学": {"equipment": " 190.5 "}, "清源县城北初级中学": {"multimedia_rooms": "２４"},
    # Government and quality.
    "清源县东城九年一贯制学校": {"music_rooms_96": 3}, "石桥镇中心小学": {"art_rooms_90": 1}, "龙泉镇初级中学": {"art_rooms_90": 0},
    "龙泉镇中心小学": {"certified_teachers": -1}, "青山乡中心小学": {"trained_teachers": -2}, "柳河镇中学": {"trained_teachers": -1, "moved_out": 2},
    "清源县启明初级中学": {"training_funds": "4.9"}, "三道湾乡前岭教学点": {"public_funds": "2.7"}, "清源县外国语学校": {"moved_in": 24},
}
# Of those who enrolled, how many live outside the zone; pupils that the largest class has too many.
OUTSIDE = {"清源县第四小学": 3, "清源县城关小学": 1, "清源县第一初级中学": 95, "清源县第二初级中学": 104}
CROWDED = {"清源县第一小学": 2, "清源县第四小学": 1, "清源县第二初级中学": 3, "清源县滨河九年一贯制学校": 1}

COUNTY_ROW = {
    "code": CODE, "name": "清源县", "basic_balance_since": "2019-12-30", "primary_funding_base": 720, "junior_funding_base": 940,
    "special_funds": "1,032,000", "special_pupils": 86, "teacher_pay": "11.86", "civil_servant_pay": "11.52", "rotation_eligible": 1240,
    "rotated": 136, "rotated_backbone": 26, "good_senior_places": 1480, "allocated_places": "—", "rural_places": 410,
    "migrant_eligible": 1260, "migrant_public": 1058, "migrant_purchased": 37, "disabled_children": 120, "disabled_enrolled": 114,
}
INCIDENTS = [
    {"matter": "V2", "county_code": CODE, "day": "2026-03-11", "substantiated": "否", "note": "群众反映城区学校跨片招生，经查不实"},
    {"matter": "V3", "county_code": CODE, "day": "2026-03-25", "substantiated": "是", "note": "清源县第二中学初中部设实验班，已责令撤销"},
    {"matter": "V4", "county_code": CODE, "day": "2026-04-08", "substantiated": "否", "note": "反映长期聘用编外教师，经查为短期顶岗"},
    {"matter": "V5", "county_code": CODE, "day": "2026-05-19", "substantiated": "", "note": "训练设备采购问题，正在核查"},
    {"matter": "V1", "county_code": CODE, "day": "2021-06-30", "substantiated": "是", "note": "一校以笔试选拔新生，已纠正并通报"},
]
# Three years of tests, two subjects a year: the arts stand at a difference that is too great by a hair, moral education has not come yet.
MONITORED = [
    {"county_code": CODE, "year": 2023, "subject": SUBJECT["mathematics"], "level": "Ⅱ", "gap": "0.108"},
    {"county_code": CODE, "year": 2023, "subject": SUBJECT["physical_education"], "level": "Ⅲ", "gap": "0.131"},
    {"county_code": CODE, "year": 2024, "subject": SUBJECT["chinese"], "level": "Ⅱ", "gap": "0.094"},
    {"county_code": CODE, "year": 2024, "subject": SUBJECT["arts"], "level": "Ⅲ", "gap": "0.150"},
    {"county_code": CODE, "year": 2025, "subject": SUBJECT["science"], "level": "Ⅱ", "gap": "0.119"},
    {"county_code": CODE, "year": 2025, "subject": SUBJECT["moral_education"], "level": "", "gap": ""},
]
ASKED = [
    {"county_code": CODE, "group": group, "manner": manner, "valid": valid, "satisfied": satisfied}
    for group, manner, valid, satisfied in (
        ("家长", "问卷", "3,240", 2871), ("教师", "问卷", 820, 764), ("校长", "问卷", 58, 57), ("学生", "问卷", 2100, 1932),
        ("人大代表", "问卷", 60, 49), ("政协委员", "问卷", 60, 52), ("群众", "问卷", 600, 498), ("家长", "走访", 40, 37), ("群众", "走访", 20, 16))
]


def on_file(rule, title, issuer, issued, finding="符合", until="", **more):
    return {"rule_id": rule, "county_code": CODE, "title": title, "issuer": issuer, "issued_on": issued, "valid_until": until, "finding": finding,
            "found_by": "市教育督导室", "found_on": "2026-06-18", **more}


DOCUMENTS = [
    on_file("P2", "义务教育基本均衡年度监测报告", "省教育督导室", "2026-01-20"),
    on_file("G1", "清源县中小学布局专项规划", "清源县人民政府", "2023-05-06", until="2030-12-31", number="清政发〔2023〕11号"),
    on_file("G2", "城乡义务教育四项标准统一情况报告", "清源县教育局", "2026-05-30"),
    on_file("G8b", "绩效工资总量核定文件", "清源县人力资源和社会保障局", "2026-03-12", number="清人社〔2026〕9号"),
    on_file("G10", "教职工编制统筹分配方案", "清源县委编办", "2024-08-15", until="2026-08-14", number="清编办〔2024〕5号"),
    on_file("G14b", "优质高中招生名额分配办法", "清源县教育局", "2026-04-22", number="清教〔2026〕17号"),
    on_file("G15b", "留守儿童关爱体系工作报告", "清源县民政局", "2026-05-11"),
    on_file("Q3", "学校章程和信息化管理核查表", "清源县教育局", "2026-05-25", finding="基本符合"),
    on_file("Q5", "信息技术应用能力测评报告", "清源县教师发展中心", "2025-12-20"),
    on_file("Q6", "德育和校园文化评估报告", "市教育局", "2026-05-28"),
    on_file("Q7", "课程实施监测报告", "清源县教研室", "2026-06-02"),
    on_file("Q8", "作业管理专项督导报告", "清源县教育督导室", "2026-04-30"),
    on_file("Q8", "课业负担问卷复核意见", "市教育督导室", "2026-06-10", finding="不符合"),
]


def up(amount):
    return -(-amount.numerator // amount.denominator)


class Example:
    def __init__(self):
        self.random = Random(20260901)
        self.schools, self.classes = [], []
        for serial, school in enumerate(SCHOOLS, 1):
            self.school(serial, *school)

    def better(self, low, high):
        return Fraction(self.random.randint(low, high), 100)

    def school(self, serial, kind, name, where, counts):
        code = f"{KIND_CODE[kind]}99{serial:06}"
        pupils = {stage: count for stage, count in zip(STAGE, counts) if count}
        row = {"code": code, "name": name, "county_code": CODE, "type": SCHOOL_TYPE[kind], "ownership": "民办" if name in PRIVATE else "公办",
               "area_kind": where, "boarding": "是" if where == RURAL and kind == "nine_year" or "senior" in pupils else "否",
               "built_year": self.random.randint(1958, 2019), "dense_centre": "否", **{f"{stage}_pupils": count for stage, count in pupils.items()}}
        compulsory = [stage for stage in ("primary", "junior") if stage in pupils]
        row["migrant_pupils"] = sum(pupils[stage] for stage in compulsory) // 25 if where != RURAL else 0
        small = sum(counts) < 200
        teachers = sum(self.staff(row, stage, pupils[stage], where, small) for stage in compulsory) + pupils.get("senior", 0) // 12
        self.premises(row, compulsory or ["junior"], sum(count * WEIGHT[stage] for stage, count in pupils.items()), small)
        for stage in compulsory:
            row[f"zone_{stage}_pupils"] = pupils[stage] - OUTSIDE.get(name, 0)
        row.update(full_time_teachers=teachers, certified_teachers=teachers, trained_teachers=teachers)
        # A school under 100 pupils has what 100 would have.
        row["public_funds"] = Fraction(max(sum(counts), 100 if compulsory else 0) * self.random.randint(78, 104), 1000)
        row["training_funds"] = Fraction(up(row["public_funds"] * self.better(50, 68)), 10)
        if "junior" in pupils:
            self.leavers(row, pupils["junior"] // 3)
        if name != NOT_FILED:
            self.rooms(row, self.file_classes(code, name, pupils))
        for column, value in SLIPS.get(name, {}).items():
            row[column] = row[column] + value if isinstance(value, int) and value < 0 else value
        self.schools.append(row)

    def staff(self, row, stage, pupils, where, small):
        """Teachers of one stage; small schools have more for each pupil, town schools more backbone teachers."""
        limits, more = FLOOR[stage], (140, 220) if small else (104, 150)
        degree = up(limits["degree"] * pupils / 100 * self.better(*more))
        degrees = ("diploma", "bachelor", "master", "doctor") if stage == "primary" else ("bachelor", "master", "doctor")
        row.update({f"{stage}_{name}_teachers": 0 for name in degrees})
        row[f"{stage}_master_teachers"] = degree // 20
        if stage == "primary":
            row["primary_diploma_teachers"] = degree // 4
        row[f"{stage}_bachelor_teachers"] = degree - degree // 20 - (degree // 4 if stage == "primary" else 0)
        backbone = up(limits["backbone"] * pupils / 100 * self.better(*((100, 190) if where == URBAN else (100, 130))))
        row[f"{stage}_backbone_teachers"] = backbone
        arts = up(limits["arts"] * pupils / 100 * self.better(*((110, 150) if small else (102, 130))))
        row[f"{stage}_pe_teachers"] = arts - 2 * (arts // 3)
        row[f"{stage}_music_teachers"] = row[f"{stage}_fine_art_teachers"] = arts // 3
        return degree + self.random.randint(0, 2)

    def premises(self, row, stages, weighted, small):
        """Shared by all stages: enough for the one that needs most."""

        def needed(name):
            return max(FLOOR[stage][name] / WEIGHT[stage] for stage in stages) * weighted

        more = (130, 220) if small else (102, 145)
        row["indoor_sports_area"] = 0 if weighted < 700 else self.random.choice((240, 360, 800))
        row["teaching_area"] = up(needed("area") * self.better(*more)) + row["indoor_sports_area"]
        row["gym_area"] = row["indoor_sports_area"]
        row["sports_ground_area"] = up(needed("sports") * self.better(*((180, 400) if small else (103, 150)))) - row["gym_area"]
        row["leased_sports_area"] = self.random.choice(("", "", "无", 0))
        row["equipment"] = Fraction(up(needed("equipment") / 1000 * self.better(*more)), 10)
        row["multimedia_rooms"] = up(needed("rooms") / 100 * self.better(*more))

    def leavers(self, row, intake):
        row.update(intake=intake, deceased=0, moved_in=self.random.randint(0, intake // 40), moved_out=self.random.randint(0, intake // 40))
        row["graduates"] = up(intake * self.better(96, 100)) + row["moved_in"] - row["moved_out"]

    def file_classes(self, code, name, pupils):
        """Classes grade by grade; the number of them that are of a compulsory stage."""
        made = 0
        for stage, count in pupils.items():
            first, grades = {"primary": (1, 6), "junior": (7, 3), "senior": (10, 3)}[stage]
            most = {"primary": 45, "junior": 50, "senior": 55}[stage]
            for grade in range(grades):
                in_grade = count // grades + (grade < count % grades)
                number = max(1, -(-in_grade // most))
                sizes = [in_grade // number + (place < in_grade % number) for place in range(number)]
                if stage != "senior" and grade == 0 and name in CROWDED:
                    sizes[-1] -= most + CROWDED[name] - sizes[0]
                    sizes[0] = most + CROWDED[name]
                for place, size in enumerate(sizes):
                    if size:
                        self.classes.append({"code": f"{code}-{first + grade:02}{place + 1:02}", "school_code": code, "stage": STAGE[stage],
                                             "grade": first + grade, "pupils": size})
                        made += stage != "senior"
        return made

    @staticmethod
    def rooms(row, classes):
        row["music_rooms_96"] = row["art_rooms_90"] = -(-classes // 12)
        row["music_rooms_73"] = row["art_rooms_67"] = classes // 24

    def totals(self):
        """The row that people leave under the table."""
        row = {"code": "合计"}
        for column, (_, kind, *_) in SCHOOL.items():
            if kind in (WHOLE, NUMBER) and column != "built_year":
                row[column] = sum(Fraction(school[column]) for school in self.schools if isinstance(school.get(column), (int, Fraction)))
        return row


def save(path, columns, rows, encoding="utf-8", delimiter=",", ending="\n"):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending)
    writer.writerow([title for title, *_ in columns.values()])
    for row in rows:
        values = [row.get(column, "") for column in columns]
        writer.writerow([plain(Fraction(value)) if isinstance(value, (int, Fraction)) else value for value in values])
    path.write_bytes(text.getvalue().encode(encoding))


def write(folder):
    example = Example()
    save(folder / "school.csv", SCHOOL, [*example.schools, example.totals()], "utf-8-sig")
    save(folder / "class.csv", CLASS, example.classes, "gb18030", ending="\r\n")
    save(folder / "county.csv", COUNTY, [COUNTY_ROW])
    save(folder / "incident.csv", INCIDENT, INCIDENTS, delimiter="\t")
    save(folder / "monitoring.csv", MONITORING, MONITORED, "gb18030")
    save(folder / "survey.csv", SURVEY, ASKED)
    save(folder / "evidence.csv", EVIDENCE, DOCUMENTS, "utf-8-sig")
    return example


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    example = write(FOLDER)
    judgement = judge_folder(FOLDER)
    expected = {"as_of": "2026-09-01", "exit": judgement.status, "counties": judgement.counties, "rules": tally(judgement.findings),
                "on_the_limit": on_the_limit(judgement), "schools": len(example.schools), "classes": len(example.classes)}
    EXPECTED.write_text(json.dumps(expected, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
