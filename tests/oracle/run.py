"""Random counties through `heng audit` and through the oracle: every finding must agree.

    python3 tests/oracle/run.py --heng PATH --count 400 --seed 1
    python3 tests/oracle/run.py --heng PATH --steer 200   of each outcome so many counties in which every rule comes out so
    python3 tests/oracle/run.py --heng PATH --folder examples/county      that county instead of random ones
    python3 tests/oracle/run.py --self            the oracle's own report instead of the command: tries the comparison

A folder that can be read in two ways must stop the command with exactly the faults that the oracle finds in it. Fails on any
disagreement, and when the counties were too tame to have tried what they are for.
"""

import argparse
import json
import re
import shutil
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
from reading import DOUBTS, SCHOOL_TYPE, Doubtful, Told, files_of

PACK = Path(__file__).resolve().parents[2] / "rules" / "quality-balance"
AT_LEAST = 200
SHOWN = 20


def audit(heng, pack, folder, as_of="2026-09-01"):
    """The report or None, the exit status, and what was said beside it. A heng.toml in the folder names its files itself."""
    told = (folder / "heng.toml").exists()
    command = [str(Path(shutil.which(heng) or heng).absolute()), "audit", str(Path(pack).absolute()), "--as-of", as_of, "--format", "json"]
    command += [] if told else ["--data", str(folder)]
    done = subprocess.run(command, cwd=folder if told else None, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    try:
        return json.loads(done.stdout), done.returncode, done.stderr
    except json.JSONDecodeError:
        return None, done.returncode, done.stderr


def faults(said):
    """The errors told, as pairs of a code and a file's name."""
    blocks = re.split(r"^(?=[A-Z]\d{4}$)", said, flags=re.MULTILINE)
    places = ((block[:5], re.search(r"╭─\[(.*?)(?::\d+:\d+)?\]|`([^`]*\.csv)`", block)) for block in blocks if block.startswith("E"))
    return {(code, Path(place[1] or place[2]).name if place else "") for code, place in places}


def stopped(doubtful, report, status, said):
    """What differs where the oracle says that nothing is to be judged."""
    lines = [] if report is None else ["judged, and the oracle cannot read it: " + str(doubtful)]
    if status != 2:
        lines.append(f"exit status: oracle 2, command {status}")
    if faults(said) != doubtful.places:
        lines.append(f"faults: oracle {sorted(doubtful.places)}, command {sorted(faults(said))}")
    return lines


def compared(judgement, report, status, said):
    return Comparison(judgement).report(report, status) if report is not None else [f"no report, exit {status}: {said[:2000]}"]


def judged(folder):
    """What the oracle finds, or why it finds nothing."""
    try:
        return judge_folder(folder)
    except Doubtful as doubtful:
        return doubtful


def tries(judgement):
    """What this folder put to the test."""
    found = Counter()
    for (rule, _), finding in judgement.findings.items():
        family = "L" if rule in LS else "CV" if rule in CVS else rule
        found[family, finding.outcome] += 1
    found.update({("on the limit", family): times for family, times in on_the_limit(judgement).items()})
    found["exit", str(judgement.status)] = 1
    found["judged", ""] = 1
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
        judgement, told = judged(folder), settled(folder)
        if isinstance(judgement, Doubtful):
            lines = stopped(judgement, *audit(heng, pack, folder)) if heng else []
            lines += [f"not judged: {judgement}"] if outcome else []
            return seed, outcome, Counter({("stopped", ""): 1, **{("stopped", code): 1 for code, _ in judgement.places}}), lines
        answer = audit(heng, pack, folder) if heng else (fake(judgement), judgement.status, "")
        lines = compared(judgement, *answer) + (unsteered(judgement, outcome) if outcome else [])
        return seed, outcome, tries(judgement) + told, lines


def settled(folder):
    """What heng.toml settles, once a folder."""
    found = Counter()
    for told in files_of(folder).values():
        if told.decimal != Told().decimal:
            found["settled", "decimal"] = 1
        if told.encoding:
            found["settled", told.encoding] = 1
    return found


def unsteered(judgement, outcome):
    """Rules of which no finding came out as wanted; and the whole, which must come out so."""
    found = {rule for (rule, _), finding in judgement.findings.items() if finding.outcome == outcome}
    lines = [f"{rule} was not brought to be {outcome}" for rule in (*ALL_RULES, "S1_GROUP") if rule not in found]
    if set(judgement.counties.values()) != {outcome}:
        lines.append(f"the county came out {', '.join(judgement.counties.values())}, not {outcome}")
    return lines


def given_folder(folder, heng, pack):
    """One folder that is there already: prints every disagreement."""
    judgement, answer = judged(folder), audit(heng, pack, folder)
    if isinstance(judgement, Doubtful):
        lines = stopped(judgement, *answer)
        print(f"not judged: {judgement}; {len(lines)} disagreements", *lines, sep="\n")
    else:
        lines = compared(judgement, *answer)
        print(f"{len(judgement.findings)} findings, {len(lines)} disagreements", *lines, sep="\n")
    return 1 if lines else 0


def shortfalls(found, random_folders):
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
    if 4 * found["judged", "random"] < 3 * random_folders:
        yield f"only {found['judged', 'random']} of {random_folders} random folders were judged"
    for code in DOUBTS:
        if not found["stopped", code]:
            yield f"no folder stopped with {code}"
    for what in ("decimal", "windows-1252"):
        if not found["settled", what]:
            yield f"no heng.toml settled {what}"


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
        return given_folder(Path(given.folder), given.heng, given.pack)
    wanted = [(None, given.count)] + [(outcome, given.steer) for outcome in (MET, NOT_MET, UNDECIDED)]
    tasks = [(given.seed + place, outcome, given.heng, given.pack, given.keep) for outcome, times in wanted for place in range(times)]
    found, wrong, differing = Counter(), [], 0
    with Pool(2) as pool:
        for seed, outcome, tried, lines in pool.imap(one, tasks, chunksize=4):
            found.update(tried)
            found["judged", "random" if outcome is None else "steered"] += tried["judged", ""]
            differing += bool(lines)
            wrong += [f"seed {seed}{f' ({outcome})' if outcome else ''}: {line}" for line in lines]
    for (what, which), times in sorted(found.items(), key=str):
        print(f"{what:14}{which or '':18}{times:9}")
    print(f"{given.count} random folders, of which {found['stopped', '']} are to stop, {3 * given.steer} steered, {sum(n for (what, which), n in found.items() if which in (MET, NOT_MET, UNDECIDED, 'not_applicable'))} findings, "
          f"{len(wrong)} disagreements in {differing} folders")
    for line in wrong[:SHOWN]:
        print(line)
    short = list(shortfalls(found, given.count)) if given.count else []
    for line in short:
        print(f"too tame: {line}")
    return 1 if wrong or short else 0


if __name__ == "__main__":
    sys.exit(main())
