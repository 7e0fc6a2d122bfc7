"""A county's folder of CSV files as rows of cells.

In: a folder, and what its heng.toml says of single files. Out: for each table its rows, every cell with its value or with the
reason why it has none. Faults that leave uncertain which rows there are raise `Fault`; what can be read in two ways raises
`Doubtful`, with every such place of every file. Judges nothing.
"""

import csv
import io
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

MISSING_TOKENS = {"", "—", "——", "-", "/", "无", "N/A"}
TOTALS = {"合计", "总计", "小计"}

STAGE = {"primary": "小学", "junior": "初中", "senior": "高中"}
SCHOOL_TYPE = {
    "primary": "小学", "teaching_point": "教学点", "junior": "初中", "nine_year": "九年一贯制学校",
    "twelve_year": "十二年一贯制学校", "complete_middle": "完全中学", "special": "特殊教育学校",
    "vocational": "中等职业学校",
}
OWNERSHIP = {"public": "公办", "private": "民办"}
AREA_KIND = {"urban": "城区", "town": "镇区", "rural": "乡村"}
MATTER = {f"V{number}": f"V{number}" for number in range(1, 7)}
LEVEL = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ"}
# The six of the form; the plan of 2021 has three more, and calls one of the six by another name.
ON_FORM = {"chinese": "语文", "mathematics": "数学", "science": "科学", "physical_education": "体育", "arts": "艺术", "moral_education": "德育"}
SUBJECT = {**ON_FORM, "english": "英语", "labour": "劳动", "mental_health": "心理健康"}
ALSO = {"physical_education": "体育与健康"}
GROUP = {"parents": "家长", "teachers": "教师", "principals": "校长", "pupils": "学生", "deputies": "人大代表",
         "committee_members": "政协委员", "public": "群众"}
MANNER = {"questionnaire": "问卷", "visit": "走访"}
FINDING = {"met": "符合", "basic": "基本符合", "not_met": "不符合"}

TEXT, WHOLE, NUMBER, YES_NO, DATE = "text", "whole", "number", "yes/no", "date"
# Numbers without a unit: nothing says that they are not below 0.
BARE_WHOLE, BARE = "whole, no unit", "number, no unit"
WHOLES, NUMBERS = (WHOLE, BARE_WHOLE), (WHOLE, NUMBER, BARE_WHOLE, BARE)
ZERO_IF_BLANK = True


def _paired(titles):
    """Columns that each stage has of its own: `pe` gives primary_pe_teachers and junior_pe_teachers."""
    found = {}
    for name, (title, stages, *rest) in titles.items():
        for stage in stages:
            found[f"{stage}_{name}_teachers"] = (f"{title}（{STAGE[stage]}）", WHOLE, *rest)
    return found


_BOTH = ("primary", "junior")

SCHOOL = {
    "code": ("学校代码", TEXT), "name": ("学校名称", TEXT), "county_code": ("区县代码", TEXT),
    "type": ("学校类型", SCHOOL_TYPE), "ownership": ("办学性质", OWNERSHIP), "area_kind": ("城乡类型", AREA_KIND),
    "boarding": ("是否寄宿制", YES_NO), "built_year": ("建成年份", WHOLE),
    "dense_centre": ("是否人口密度过高的大城市中心城区学校", YES_NO),
    "primary_pupils": ("小学学生人数", WHOLE, ZERO_IF_BLANK), "junior_pupils": ("初中学生人数", WHOLE, ZERO_IF_BLANK),
    "senior_pupils": ("高中学生人数", WHOLE, ZERO_IF_BLANK),
    "migrant_pupils": ("进城务工人员随迁子女在校生人数", WHOLE),
    "zone_primary_pupils": ("家庭住址在划片范围内的在校学生人数（小学）", WHOLE),
    "zone_junior_pupils": ("家庭住址在划片范围内的在校学生人数（初中）", WHOLE),
    "full_time_teachers": ("专任教师总人数", WHOLE),
    **_paired({
        "diploma": ("专科学历教师人数", ("primary",)), "bachelor": ("本科学历教师人数", _BOTH),
        "master": ("硕士学历教师人数", _BOTH), "doctor": ("博士研究生学历教师人数", _BOTH),
        "backbone": ("县级及以上骨干教师数", _BOTH), "pe": ("体育专任教师人数", _BOTH),
        "music": ("音乐专任教师人数", _BOTH), "fine_art": ("美术专任教师人数", _BOTH),
        "arts": ("艺术专任教师人数", _BOTH, ZERO_IF_BLANK),
    }),
    "backbone_of_school": ("县级及以上骨干教师数", WHOLE), "pe_of_school": ("体育专任教师人数", WHOLE),
    "music_of_school": ("音乐专任教师人数", WHOLE), "fine_art_of_school": ("美术专任教师人数", WHOLE),
    "arts_of_school": ("艺术专任教师人数", WHOLE, ZERO_IF_BLANK),
    "certified_teachers": ("持有教师资格证的专任教师人数", WHOLE),
    "trained_teachers": ("近5年培训满360学时专任教师人数", WHOLE),
    "shared_pe_arts_teachers": ("体育艺术交流轮岗、兼职、走教教师人数", WHOLE, ZERO_IF_BLANK),
    "teaching_area": ("教学及辅助用房总面积", NUMBER), "indoor_sports_area": ("室内体育用房面积", NUMBER),
    "gym_area": ("学校体育馆面积", NUMBER), "sports_ground_area": ("校内体育场面积", NUMBER),
    "leased_sports_area": ("校外租赁场馆面积", NUMBER, ZERO_IF_BLANK),
    "other_sports_area": ("校内其他体育场面积", NUMBER, ZERO_IF_BLANK),
    "equipment": ("教学仪器设备资产值", NUMBER), "multimedia_rooms": ("网络多媒体教室间数", WHOLE),
    "music_rooms_96": ("单间面积≥96㎡的音乐教室间数", WHOLE, ZERO_IF_BLANK),
    "music_rooms_73": ("73㎡≤单间面积＜96㎡的音乐教室间数", WHOLE, ZERO_IF_BLANK),
    "music_rooms_61": ("61㎡≤单间面积＜73㎡的音乐教室间数", WHOLE, ZERO_IF_BLANK),
    "music_rooms_54": ("54㎡≤单间面积＜61㎡的音乐教室间数", WHOLE, ZERO_IF_BLANK),
    "art_rooms_90": ("单间面积≥90㎡的美术教室间数", WHOLE, ZERO_IF_BLANK),
    "art_rooms_67": ("67㎡≤单间面积＜90㎡的美术教室间数", WHOLE, ZERO_IF_BLANK),
    "art_rooms_61": ("61㎡≤单间面积＜67㎡的美术教室间数", WHOLE, ZERO_IF_BLANK),
    "art_rooms_54": ("54㎡≤单间面积＜61㎡的美术教室间数", WHOLE, ZERO_IF_BLANK),
    "public_funds": ("上一年度公用经费预算总额", NUMBER), "training_funds": ("上一年度教师培训经费预算总额", NUMBER),
    "graduates": ("本届毕业学生人数", WHOLE), "intake": ("毕业年级初一时在校学生数", WHOLE),
    "moved_in": ("毕业年级三年转入学生数", WHOLE), "moved_out": ("毕业年级三年转出学生数", WHOLE),
    "deceased": ("毕业年级三年死亡学生数", WHOLE),
}

CLASS = {
    "code": ("班级代码", TEXT), "school_code": ("学校代码", TEXT), "stage": ("学段", STAGE),
    "grade": ("年级", BARE_WHOLE), "pupils": ("学生数", WHOLE),
}

COUNTY = {
    "code": ("区县代码", TEXT), "name": ("区县名称", TEXT), "basic_balance_since": ("通过基本均衡认定日期", DATE),
    "primary_funding_base": ("规定的小学生均公用经费标准", NUMBER), "junior_funding_base": ("规定的初中生均公用经费标准", NUMBER),
    "special_funds": ("特殊教育学校经费总额", NUMBER), "special_pupils": ("特殊教育学校学生人数", WHOLE),
    "teacher_pay": ("上年度义务教育学校教师年平均工资收入水平", NUMBER),
    "civil_servant_pay": ("当地公务员年平均工资收入", NUMBER),
    "rotation_eligible": ("符合交流条件教师总数", WHOLE), "rotated": ("实际交流轮岗教师数", WHOLE),
    "rotated_backbone": ("实际交流骨干教师数量", WHOLE),
    "good_senior_places": ("优质高中招生计划总人数", WHOLE), "allocated_places": ("优质高中招生分配指标数", WHOLE),
    "rural_places": ("向农村学校分配指标数", WHOLE),
    "migrant_eligible": ("符合条件的随迁子女总人数", WHOLE), "migrant_public": ("在县域内公办学校就读的随迁子女人数", WHOLE),
    "migrant_purchased": ("在政府购买服务的民办学校就读随迁子女人数", WHOLE),
    "disabled_children": ("适龄残疾儿童少年总数", WHOLE), "disabled_enrolled": ("适龄残疾儿童少年入学总人数", WHOLE),
}

INCIDENT = {
    "matter": ("事项编号", MATTER), "county_code": ("区县代码", TEXT), "day": ("日期", DATE),
    "substantiated": ("是否查实", YES_NO), "note": ("说明", TEXT),
}

MONITORING = {
    "county_code": ("区县代码", TEXT), "year": ("年份", WHOLE), "subject": ("学科", SUBJECT), "level": ("等级", LEVEL),
    "gap": ("校际差异率", BARE),
}

SURVEY = {
    "county_code": ("区县代码", TEXT), "group": ("群体", GROUP), "manner": ("调查方式", MANNER), "valid": ("有效问卷", WHOLE),
    "satisfied": ("满意", WHOLE),
}

EVIDENCE = {
    "rule_id": ("指标编号", TEXT), "county_code": ("区县代码", TEXT), "school_code": ("学校代码", TEXT), "title": ("材料名称", TEXT),
    "number": ("文号", TEXT), "issuer": ("出具单位", TEXT), "issued_on": ("日期", DATE), "valid_until": ("有效期至", DATE),
    "finding": ("认定结论", FINDING), "found_by": ("认定人", TEXT), "found_on": ("认定日期", DATE),
}

# Table, its Chinese name, its columns, its key, the column that names the row above and the table above.
TABLES = {
    "county": ("区县", COUNTY, "code", None, None),
    "school": ("学校", SCHOOL, "code", "county_code", "county"),
    "class": ("班级", CLASS, "code", "school_code", "school"),
    "incident": ("否决事项", INCIDENT, None, "county_code", "county"),
    "monitoring": ("质量监测", MONITORING, None, "county_code", "county"),
    "survey": ("满意度", SURVEY, None, "county_code", "county"),
    "evidence": ("佐证材料", EVIDENCE, None, "county_code", "county"),
}


class Fault(Exception):
    """It is uncertain which rows there are, or to whom they belong: nothing can be judged."""


# What can be read in two ways and must be settled first, as the command numbers it.
PERCENT_MIXED, DECIMAL_COMMA, TWO_ENCODINGS, WESTERN = "E0318", "E0325", "E0326", "E0327"
DOUBTS = (PERCENT_MIXED, DECIMAL_COMMA, TWO_ENCODINGS, WESTERN)


class Doubtful(Exception):
    """What can be read in two ways stops the run: `places` are pairs of a code and a file's name."""

    def __init__(self, places):
        super().__init__(", ".join(f"{code} {name}" for code, name in sorted(places)))
        self.places = frozenset(places)


@dataclass(frozen=True)
class Told:
    """What heng.toml says of a file."""

    encoding: str = ""
    decimal: str = "."


@dataclass(frozen=True)
class Cell:
    value: object  # Fraction, str, bool, date, or None when unknown
    why: str  # "", "missing", "no column", "unreadable", "outside the list", "negative", "not whole", "decimal comma"
    raw: str


@dataclass
class Row:
    key: str
    line: int
    cells: dict


@dataclass
class Table:
    handed_in: bool = False
    rows: list = field(default_factory=list)


_PLAIN_FORMS = {0x3000: " ", **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}}


def fold(text):
    """Full-width letters, digits, signs and blanks as their plain forms, trimmed."""
    return text.translate(_PLAIN_FORMS).strip()


_HAN = re.compile(r"[\u4e00-\u9fff]")
_BETWEEN_LATIN = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]+(?=[A-Za-z])")


def _says_in_utf8(line):
    """A line that is UTF-8 and holds Han: two bytes of GB18030 are often some Cyrillic letter, three are hardly ever Han."""
    try:
        return bool(_HAN.search(line.decode("utf-8")))
    except UnicodeDecodeError:
        return False


def _is_utf8(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decode(data, name="", encoding=""):
    if encoding:
        return data.decode({"utf-8": "utf-8-sig"}.get(encoding, encoding))
    if _is_utf8(data):
        return data.decode("utf-8-sig")
    lines = data.split(b"\n")
    if any(map(_says_in_utf8, lines)) and not all(map(_is_utf8, lines)):
        raise Doubtful({(TWO_ENCODINGS, name)})
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise Fault("bytes that no encoding reads") from None
    if _HAN.search(text) and _BETWEEN_LATIN.sub("", text).isascii():
        raise Doubtful({(WESTERN, name)})
    return text


_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_TURNED = str.maketrans(".,", ",.")


def read_number(raw, kind, decimal="."):
    text = fold(raw)
    if decimal == ",":
        text = text.translate(_TURNED)
    percent = kind == BARE and text.endswith("%")
    text = text.removesuffix("%") if percent else text
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _PLAIN.fullmatch(text):
        return Cell(None, "decimal comma" if decimal == "." and _DECIMAL_COMMA.fullmatch(text) else "unreadable", raw)
    number = Fraction(text) / (100 if percent else 1)
    if number < 0 and kind not in (BARE, BARE_WHOLE):
        return Cell(None, "negative", raw)
    if kind in WHOLES and number.denominator != 1:
        return Cell(None, "not whole", raw)
    return Cell(number, "", raw)


_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")


def read_date(raw):
    found = _DAY.fullmatch(fold(raw))
    if found is None:
        return Cell(None, "unreadable", raw)
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        return Cell(date(year, month, day), "", raw)
    except ValueError:
        return Cell(None, "unreadable", raw)


_TRUTHS = {"是": True, "1": True, "Y": True, "TRUE": True, "否": False, "0": False, "N": False, "FALSE": False}


def read_cell(raw, kind, *rest, decimal="."):
    text = fold(raw)
    if isinstance(kind, dict):
        for code, title in kind.items():
            if text in (code, title) or text == ALSO.get(code):
                return Cell(code, "", raw)
    if text in MISSING_TOKENS:
        if text == "" and rest:
            return Cell(Fraction(0), "", raw)
        return Cell(None, "missing", raw)
    if isinstance(kind, dict):
        return Cell(None, "outside the list", raw)
    if kind == TEXT:
        return Cell(text, "", raw)
    if kind == YES_NO:
        truth = _TRUTHS.get(text.upper())
        return Cell(truth, "" if truth is not None else "unreadable", raw)
    if kind == DATE:
        return read_date(raw)
    return read_number(raw, kind, decimal)


def _records(text):
    """Rows with the number that a spreadsheet gives them."""
    first = text.split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [(number, row) for number, row in enumerate(rows, 1)]


def read_table(path, columns, key, link, told=Told()):
    text = decode(path.read_bytes(), path.name, told.encoding)
    records = [(n, row) for n, row in _records(text) if any(fold(cell) for cell in row)]
    if not records:
        raise Fault(f"{path.name}: no header")
    (_, header), body = records[0], records[1:]
    places = {}
    heads = [fold(cell) for cell in header]
    for name, (title, *_) in columns.items():
        matches = [place for place, head in enumerate(heads) if head in (name, fold(title))]
        if matches:
            places[name] = matches[0]
    for needed in (key, link):
        if needed and needed not in places:
            raise Fault(f"{path.name}: no column {needed}")
    table = Table(handed_in=True)
    for line, record in body:
        if any(fold(cell).replace(" ", "") in TOTALS for cell in record[:2]):
            continue
        if len(record) != len(header):
            raise Fault(f"{path.name} row {line}: ragged")
        cells = {
            name: read_cell(record[places[name]], *definition[1:], decimal=told.decimal) if name in places else Cell(None, "no column", "")
            for name, definition in columns.items()
        }
        table.rows.append(Row(cells[key].value if key else str(line), line, cells))
    keys = [row.key for row in table.rows]
    if key and (None in keys or len(set(keys)) != len(keys)):
        raise Fault(f"{path.name}: blank or repeated key")
    doubts = {(code, path.name) for code in _doubts(table.rows, columns)}
    if doubts:
        raise Doubtful(doubts)
    return table


def _doubts(rows, columns):
    """Decimal commas where commas group; numbers with and without a percent sign in one column of plain numbers."""
    for name, (_, kind, *_) in columns.items():
        cells = [row.cells[name] for row in rows]
        if any(cell.why == "decimal comma" for cell in cells):
            yield DECIMAL_COMMA
        if kind == BARE and len({fold(cell.raw).endswith("%") for cell in cells if cell.value is not None}) == 2:
            yield PERCENT_MIXED


def files_of(folder):
    """The folder's files with what is told of each: those that its heng.toml names, else all."""
    settings = folder / "heng.toml"
    if not settings.exists():
        return {path: Told() for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".tsv", ".txt")}
    entries = [entry if isinstance(entry, dict) else {"path": entry} for entry in tomllib.loads(settings.read_text(encoding="utf-8"))["data"]]
    return {folder / entry["path"]: Told(entry.get("encoding", ""), entry.get("decimal", ".")) for entry in entries}


def read_folder(folder):
    """Every table by id. A table that was not handed in has the rows that those beneath it name, all cells missing."""
    tables, doubts = {}, set()
    given = files_of(Path(folder))
    for table, (title, columns, key, link, _) in TABLES.items():
        files = [path for path in given if path.stem in (table, title)]
        if len(files) > 1:
            raise Fault(f"two files for {table}")
        try:
            tables[table] = read_table(files[0], columns, key, link, given[files[0]]) if files else Table()
        except Doubtful as doubtful:
            doubts |= doubtful.places
    if doubts:
        raise Doubtful(doubts)
    for table, (_, columns, key, link, above) in reversed(TABLES.items()):
        if above is None:
            continue
        named = [row.cells[link].value for row in tables[table].rows]
        if not tables[above].handed_in:
            _name_rows(tables[above], TABLES[above][1], named)
        known = {row.key for row in tables[above].rows}
        if any(name not in known for name in named):
            raise Fault(f"{table}: a row belongs to nothing")
    return tables


def _name_rows(table, columns, named):
    known = {row.key for row in table.rows}
    for name in sorted(set(filter(None, named)) - known):
        cells = {column: Cell(None, "missing", "") for column in columns}
        cells["code"] = Cell(name, "", name)
        table.rows.append(Row(name, 0, cells))


def reasons(tables):
    """How often each reason for an unknown cell occurs, and how often a school's pupils are all unwritten."""
    found = Counter()
    for table in tables.values():
        for row in table.rows:
            found.update(cell.why for cell in row.cells.values() if cell.why)
    for row in tables["school"].rows:
        pupils = [row.cells[f"{stage}_pupils"] for stage in STAGE]
        found["blank pupils"] += all(fold(cell.raw) == "" for cell in pupils)
    return found
