"""A report (`heng-report/1`) held against what the oracle found.

In: the report as parsed JSON and a `Judgement`. Out: disagreements as lines, each with both sides. `fake` writes the report
that would agree, so that the comparison itself can be tested.
"""

import re
from collections import Counter
from fractions import Fraction
from math import isqrt

from interval import NOT_APPLICABLE, NOT_MET, UNDECIDED
from oracle import CVS, LS, VETOES

PACK = "quality-balance"


def exact(number):
    return str(number.numerator) if number.denominator == 1 else f"{number.numerator}/{number.denominator}"


def decimal(number):
    """At most twelve significant digits, cut toward zero, with an ellipsis if anything was cut."""
    sign, size = ("-" if number < 0 else ""), abs(number)
    whole, places = size.numerator // size.denominator, 12
    if whole:
        places = max(0, 12 - len(str(whole)))
    else:
        while size and size * 10 ** (places - 11) < 1:
            places += 1
    scaled = size * 10**places
    digits, cut = divmod(scaled.numerator, scaled.denominator)
    text = str(digits).rjust(places + 1, "0")
    text = f"{text[:-places]}.{text[-places:]}" if places else text
    if cut:
        return f"{sign}{text}…"
    return sign + (text.rstrip("0").rstrip(".") if "." in text else text)


def root_decimal(square):
    """The square root in the manner of `decimal`."""
    top, bottom = isqrt(square.numerator), isqrt(square.denominator)
    if Fraction(top, bottom) ** 2 == square:
        return decimal(Fraction(top, bottom))
    places = 40
    scaled = square * 10 ** (2 * places)
    text = decimal(Fraction(isqrt(scaled.numerator // scaled.denominator), 10**places))
    return text if text.endswith("…") else text + "…"


def rounded(number, decimals):
    """Half up, away from zero."""
    scaled = abs(number) * 10**decimals + Fraction(1, 2)
    size = Fraction(scaled.numerator // scaled.denominator, 10**decimals)
    return size if number >= 0 else -size


def root_rounded(square, decimals):
    scaled = square * (2 * 10**decimals) ** 2
    return Fraction((isqrt(scaled.numerator // scaled.denominator) + 1) // 2, 10**decimals)


def number_in(field):
    """The exact number of a value, limit or margin; None where there is none."""
    if isinstance(field, dict):
        field = field.get("exact")
    return None if field is None else Fraction(field)


def shown_decimals(shown):
    """Decimals of the plain number behind what is shown; None where it cannot be told. A percent has two more."""
    match = re.fullmatch(r"-?[\d,]+(?:\.(\d+))?(%?)(?:\s*\D*)?", shown or "")
    return None if match is None else len(match[1] or "") + (2 if match[2] else 0)


def flips(finding, decimals):
    """Whether rounding the value would turn the outcome."""
    limit, value = finding.limit.single, finding.value.single if finding.value else None
    if finding.square is not None:
        shown, met = root_rounded(finding.square, decimals), finding.square <= limit**2
    else:
        shown, met = rounded(value, decimals), (value <= limit if finding.ceiling else value >= limit)
    return (shown <= limit if finding.ceiling else shown >= limit) != met


class Comparison:
    def __init__(self, judgement):
        self.judgement = judgement
        self.lines = []

    def say(self, rule, key, what, ours, theirs):
        self.lines.append(f"{rule} {key} {what}: oracle {ours}, report {theirs}")

    def report(self, report, status):
        theirs = self.index(report["findings"])
        for rule, key in self.judgement.findings.keys() - theirs.keys():
            self.say(rule, key, "finding", self.judgement.findings[rule, key].outcome, "nothing")
        for rule, key in theirs.keys() - self.judgement.findings.keys():
            self.say(rule, key, "finding", "nothing", theirs[rule, key]["outcome"])
        for place in self.judgement.findings.keys() & theirs.keys():
            self.finding(self.judgement.findings[place], theirs[place])
        self.whole(report, status)
        return sorted(self.lines)

    def index(self, findings):
        found, places = {}, Counter()
        for finding in findings:
            rule = finding["rule"].removeprefix(f"{PACK}/")
            key = finding["unit"]["key"]
            places[rule, key] += 1
            found[rule, key] = finding
        for (rule, key), times in places.items():
            if times > 1:
                self.say(rule, key, "times found", 1, times)
        self.order(found)
        return found

    def order(self, found):
        """Units by their parents' keys, then their own; primary before junior."""
        last = {}
        for rule, key in found:
            ours = self.judgement.findings.get((rule, key))
            if ours is None:
                continue
            if ours.order < last.get(rule, ()):
                self.say(rule, key, "order", ours.order, "after " + str(last[rule]))
            last[rule] = ours.order

    def finding(self, ours, theirs):
        rule, key = ours.rule, ours.key
        if ours.outcome != theirs["outcome"]:
            self.say(rule, key, "outcome", ours.outcome, theirs["outcome"])
            return
        if ours.county != theirs["unit"].get("county"):
            self.say(rule, key, "county", ours.county, theirs["unit"].get("county"))
        if ours.outcome in (UNDECIDED, NOT_APPLICABLE):
            self.reasons(ours, theirs)
        if rule in CVS:
            self.spread(ours, theirs)
        elif rule == "SCHOOL":
            self.branches(ours, theirs)
        elif rule == "G3":
            self.operands(ours, theirs)
        elif rule != "COUNTY" and ours.value is not None and ours.outcome != NOT_APPLICABLE:
            self.value(ours, theirs)

    def reasons(self, ours, theirs):
        """One at least; where the oracle has worked out what can be doubted, none but these."""
        told = set()
        for reason in theirs.get("reason") or []:
            cell = reason.get("cell") or {}
            told.add((reason["code"], cell.get("row"), cell.get("column")))
        if not told:
            self.say(ours.rule, ours.key, "reason", "one at least", "none")
        elif ours.doubts is not None and not told <= ours.doubts:
            self.say(ours.rule, ours.key, "reason", sorted(ours.doubts, key=str), sorted(told - ours.doubts, key=str))

    def value(self, ours, theirs):
        rule, key, value = ours.rule, ours.key, theirs.get("value")
        found = number_in(value)
        if found is None and ours.uncertain:
            return
        single = ours.value.single
        if found != single:
            self.say(rule, key, "value", single if single is not None else ours.value, found)
            return
        if single is None:
            self.bounds(ours, theirs)
            return
        if value.get("decimal") not in (None, decimal(found)):
            self.say(rule, key, "decimal", decimal(found), value["decimal"])
        if ours.limit.single is not None:
            self.limit(ours, theirs, found)

    def bounds(self, ours, theirs):
        field = theirs.get("bounds") or (theirs.get("value") or {}).get("bounds")
        if field is None:
            self.say(ours.rule, ours.key, "bounds", tuple(map(str, ours.value)), "none")
            return
        found = number_in(field.get("low")), number_in(field.get("high"))
        if found != tuple(ours.value):
            self.say(ours.rule, ours.key, "bounds", tuple(map(str, ours.value)), tuple(map(str, found)))

    def limit(self, ours, theirs, value):
        rule, key, limit = ours.rule, ours.key, ours.limit.single
        if number_in(theirs.get("limit")) != limit:
            self.say(rule, key, "limit", limit, theirs.get("limit"))
            return
        margin = limit - value if ours.ceiling else value - limit
        if theirs.get("margin") is not None and number_in(theirs["margin"]) != margin:
            self.say(rule, key, "margin", margin, theirs["margin"])
        decimals = shown_decimals(theirs["value"].get("shown"))
        if decimals is not None and rule not in ("G5", *VETOES) and theirs.get("rounding_flips") is not None:
            if theirs["rounding_flips"] != flips(ours, decimals):
                self.say(rule, key, "rounding flips", flips(ours, decimals), theirs["rounding_flips"])

    def spread(self, ours, theirs):
        square = (theirs.get("value") or {}).get("square")
        found = None if square is None else Fraction(square)
        if found != ours.square:
            self.say(ours.rule, ours.key, "square", ours.square, found)
        elif found is not None:
            if theirs["value"].get("decimal") not in (None, root_decimal(found)):
                self.say(ours.rule, ours.key, "decimal", root_decimal(found), theirs["value"]["decimal"])
            if number_in(theirs["limit"]) != ours.limit.single:
                self.say(ours.rule, ours.key, "limit", ours.limit.single, theirs["limit"])
            decimals = shown_decimals(theirs["value"].get("shown"))
            if decimals is not None and theirs.get("rounding_flips") != flips(ours, decimals):
                self.say(ours.rule, ours.key, "rounding flips", flips(ours, decimals), theirs.get("rounding_flips"))

    def branches(self, ours, theirs):
        met = number_in(theirs.get("value"))
        if met is not None and not ours.value.low <= met <= ours.value.high or met is None and ours.value.single is not None and not ours.uncertain:
            self.say(ours.rule, ours.key, "branches met", ours.value, met)
        if ours.uncertain:
            return
        parts = {part["rule"].removeprefix(f"{PACK}/"): part for part in theirs.get("parts", []) if "rule" in part}
        for branch in ours.parts:
            part = parts.get(branch.rule)
            if part is None:
                self.say(ours.rule, ours.key, f"branch {branch.rule}", branch.outcome, "nothing")
            elif part["outcome"] != branch.outcome:
                self.say(ours.rule, ours.key, f"branch {branch.rule}", branch.outcome, part["outcome"])
            elif number_in(part.get("attainment")) != branch.attainment.single:
                self.say(ours.rule, ours.key, f"attainment {branch.rule}", branch.attainment.single, part.get("attainment"))

    def operands(self, ours, theirs):
        """Rooms against rooms due: held against the report where it shows both as parts."""
        if ours.uncertain:
            return
        parts = [part for part in theirs.get("parts", []) if "outcome" in part]
        for branch, part in zip(ours.parts, parts):
            if part["outcome"] != branch.outcome:
                self.say(ours.rule, ours.key, "operand", branch.outcome, part["outcome"])
            elif branch.outcome == NOT_MET and branch.value.single is not None and number_in(part.get("value")) != branch.value.single:
                self.say(ours.rule, ours.key, "operand value", branch.value.single, part.get("value"))

    def whole(self, report, status):
        if status != self.judgement.status:
            self.say("exit", "status", "", self.judgement.status, status)
        for entry in report.get("summary", {}).get("rules", []):
            self.counts(entry)
        for entry in report.get("summary", {}).get("counties", []):
            ours = self.judgement.counties.get(entry["county"])
            if ours != entry["outcome"]:
                self.say("county", entry["county"], "outcome", ours, entry["outcome"])

    def counts(self, entry):
        rule = entry["rule"].removeprefix(f"{PACK}/")
        ours = Counter(finding.outcome for (name, _), finding in self.judgement.findings.items() if name == rule)
        for outcome in ("met", "not_met", "undecided", "not_applicable", "exempt"):
            if entry.get(outcome, 0) != ours[outcome]:
                self.say("summary", rule, outcome, ours[outcome], entry.get(outcome, 0))


def fake(judgement):
    """The report that agrees with the oracle in everything that is compared."""
    findings = [_fake_finding(finding) for finding in sorted(judgement.findings.values(), key=lambda each: (each.rule, each.order))]
    counts = {}
    for (rule, _), finding in judgement.findings.items():
        counts.setdefault(rule, Counter())[finding.outcome] += 1
    return {
        "schema": "heng-report/1",
        "findings": findings,
        "summary": {
            "rules": [{"rule": f"{PACK}/{rule}", **found} for rule, found in counts.items()],
            "counties": [{"county": key, "outcome": outcome} for key, outcome in judgement.counties.items()],
        },
    }


def _figure(number):
    return {"exact": exact(number), "decimal": decimal(number)}


def _fake_reasons(ours):
    if not ours.doubts:
        return [{"code": "missing"}]
    return [{"code": code, "cell": {"row": row, "column": column}} for code, row, column in sorted(ours.doubts, key=str)[:1]]


def _fake_finding(ours):
    found = {
        "rule": f"{PACK}/{ours.rule}", "unit": {"key": ours.key, "county": ours.county}, "outcome": ours.outcome, "value": None,
        "reason": _fake_reasons(ours) if ours.outcome in (UNDECIDED, NOT_APPLICABLE) else [], "parts": [],
    }
    if ours.limit is not None and ours.limit.single is not None:
        found["limit"] = _figure(ours.limit.single)
    if ours.square is not None:
        found["value"] = {"exact": None, "square": exact(ours.square), "decimal": root_decimal(ours.square)}
        found["rounding_flips"] = flips(ours, 3)
        found["value"]["shown"] = f"{root_rounded(ours.square, 3).numerator}.000"
    elif ours.value is not None and ours.value.single is not None:
        value = ours.value.single
        found["value"] = _figure(value)
        if ours.limit.single is not None:
            found["margin"] = _figure(ours.limit.single - value if ours.ceiling else value - ours.limit.single)
            found["value"]["shown"] = "0.00"
            found["rounding_flips"] = ours.rule not in ("G5", *VETOES) and flips(ours, 2)
    elif ours.value is not None:
        found["bounds"] = {name: end if end is None else exact(end) for name, end in zip(("low", "high"), ours.value)}
    if ours.rule == "SCHOOL":
        found["parts"] = [
            {"rule": f"{PACK}/{branch.rule}", "outcome": branch.outcome,
             "attainment": None if branch.attainment.single is None else exact(branch.attainment.single)}
            for branch in ours.parts
        ]
    return found


def on_the_limit(judgement):
    """How many values stand exactly on their limit: of the seven indicators, of their 85%, and of the variations."""
    count = Counter()
    for (rule, _), finding in judgement.findings.items():
        if rule in LS and finding.value.single is not None:
            count["L"] += finding.value == finding.limit
            count["85%"] += finding.attainment.single == Fraction(17, 20)
        elif finding.square is not None:
            count["CV"] += finding.square == finding.limit.single**2
    return count
