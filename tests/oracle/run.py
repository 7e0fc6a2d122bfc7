"""Random counties through `heng audit` and through the oracle: every finding must agree.

    python3 tests/oracle/run.py --heng PATH --count 400 --seed 1
    python3 tests/oracle/run.py --heng PATH --steer 200   of each outcome so many counties in which every rule comes out so
    python3 tests/oracle/run.py --heng PATH --folder examples/county      that county instead of random ones
    python3 tests/oracle/run.py --self            the oracle's own report instead of the command: tries the comparison

Fails on any disagreement, and when the counties were too tame to have tried what they are for.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

import county
from compare import Comparison, fake, on_the_limit
from interval import MET, NOT_MET, UNDECIDED
from oracle import ALL_RULES, CVS, LS, judge_folder
from reading import SCHOOL_TYPE

PACK = Path(__file__).resolve().parents[2] / "rules" / "quality-balance"
AT_LEAST = 200
SHOWN = 20


def audit(heng, pack, folder, as_of="2026-09-01"):
    """The report and the exit status, or what went wrong in words."""
    command = [heng, "audit", str(pack), "--data", str(folder), "--as-of", as_of, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    try:
        return json.loads(done.stdout), done.returncode, ""
    except json.JSONDecodeError:
        return None, done.returncode, f"no report, exit {done.returncode}: {done.stderr[:2000]}"


def tries(judgement):
    """What this folder put to the test."""
    found = Counter()
    for (rule, _), finding in judgement.findings.items():
        family = "L" if rule in LS else "CV" if rule in CVS else rule
        found[family, finding.outcome] += 1
    found.update({("on the limit", family): times for family, times in on_the_limit(judgement).items()})
    found["exit", str(judgement.status)] = 1
    found["blank pupils", ""] = judgement.reasons["blank pupils"]
    found["unreadable", ""] = judgement.reasons["unreadable"]
    found.update(("type", row.cells["type"].value) for row in judgement.tables["school"].rows)
    return found


def one(task):
    """One seed: what it tried, and its disagreements; of a steered county also the rules that did not come out as wanted."""
    seed, outcome, heng, pack, keep = task
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(keep) / f"{outcome or 'random'}-{seed}" if keep else Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        county.make(seed, folder, outcome)
        judgement = judge_folder(folder)
        report, status, trouble = audit(heng, pack, folder) if heng else (fake(judgement), judgement.status, "")
        lines = [trouble] if trouble else Comparison(judgement).report(report, status)
        if outcome:
            lines += unsteered(judgement, outcome)
        return seed, outcome, tries(judgement), lines


def unsteered(judgement, outcome):
    """Rules of which no finding came out as wanted; and the whole, which must come out so."""
    found = {rule for (rule, _), finding in judgement.findings.items() if finding.outcome == outcome}
    lines = [f"{rule} was not brought to be {outcome}" for rule in ALL_RULES if rule not in found]
    if set(judgement.counties.values()) != {outcome}:
        lines.append(f"the county came out {', '.join(judgement.counties.values())}, not {outcome}")
    return lines


def given_folder(folder, heng, pack):
    """One folder that is there already: prints every disagreement."""
    judgement = judge_folder(folder)
    report, status, trouble = audit(heng, pack, folder)
    lines = [trouble] if trouble else Comparison(judgement).report(report, status)
    print(f"{len(judgement.findings)} findings, {len(lines)} disagreements", *lines, sep="\n")
    return 1 if lines else 0


def shortfalls(found):
    """What the counties did not try often enough."""
    for family in ("L", "SCHOOL", "CV"):
        for outcome in (MET, NOT_MET, UNDECIDED):
            if found[family, outcome] < AT_LEAST:
                yield f"{family} was {outcome} only {found[family, outcome]} times"
        if family != "SCHOOL" and found["on the limit", family] < AT_LEAST:
            yield f"only {found['on the limit', family]} values of {family} stood exactly on the limit"
    for kind in SCHOOL_TYPE:
        if not found["type", kind]:
            yield f"no school was a {kind}"
    for what in ("blank pupils", "unreadable"):
        if not found[what, ""]:
            yield f"{what} never occurred"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--heng", help="the command to try")
    options.add_argument("--self", action="store_true", dest="own", help="try the comparison itself")
    options.add_argument("--count", type=int, default=400)
    options.add_argument("--steer", type=int, default=200, help="so many counties each of all met, all not met, all undecided")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--folder", help="a county's folder to try instead of random ones")
    options.add_argument("--pack", default=PACK)
    options.add_argument("--keep", help="leave the counties' files in this folder")
    given = options.parse_args()
    if bool(given.heng) == given.own:
        options.error("one of --heng and --self")
    if given.folder:
        return given_folder(given.folder, given.heng, given.pack)
    wanted = [(None, given.count)] + [(outcome, given.steer) for outcome in (MET, NOT_MET, UNDECIDED)]
    tasks = [(given.seed + place, outcome, given.heng, given.pack, given.keep) for outcome, times in wanted for place in range(times)]
    found, wrong, differing = Counter(), [], 0
    with Pool(2) as pool:
        for seed, outcome, tried, lines in pool.imap(one, tasks, chunksize=4):
            found.update(tried)
            differing += bool(lines)
            wrong += [f"seed {seed}{f' ({outcome})' if outcome else ''}: {line}" for line in lines]
    for (what, which), times in sorted(found.items(), key=str):
        print(f"{what:14}{which or '':18}{times:9}")
    print(f"{given.count} random folders, {3 * given.steer} steered, {sum(n for (what, which), n in found.items() if which in (MET, NOT_MET, UNDECIDED, 'not_applicable'))} findings, "
          f"{len(wrong)} disagreements in {differing} folders")
    for line in wrong[:SHOWN]:
        print(line)
    short = list(shortfalls(found)) if given.count else []
    for line in short:
        print(f"too tame: {line}")
    return 1 if wrong or short else 0


if __name__ == "__main__":
    sys.exit(main())
