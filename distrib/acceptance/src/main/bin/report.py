"""Seconds per suite and one closing line, from the reports of all runners.

report.py MARKER TOOK LIMIT STATUS FOLDER ALL: only reports newer than the file MARKER count. With ALL, suites that
run only then are written to distrib/docs/evidence.md, with commit and date.
report.py failed MARKER FOLDER: prints "module class" of each class that failed and puts its report aside, if they are
few enough for a second try (distrib/docs/decisions/0006-second-try.md); what failed at first is named at the end.
"""
import datetime
import glob
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

EVIDENCE = "distrib/docs/evidence.md"
FEW = 3
ASIDE = ".first"
# A machine that is slower than ours by half is no fault of the tree: two that we had differ by as much.
NOISE = 1.5


def reports(folder, since):
    for path in glob.glob("**/target/*-reports/TEST-*.xml", root_dir=folder, recursive=True):
        path = os.path.normpath(os.path.join(folder, path))
        if os.path.getmtime(path) >= since:
            yield path, xml.parse(path).getroot()


def counts(suite):
    tests, bad, left = (int(suite.get(k, 0)) for k in ("tests", "failures", "skipped"))
    return tests, bad + int(suite.get("errors", 0)), left


def seconds(suite):
    return float(suite.get("time", "0").replace(",", ""))


def source_of(path, suite):
    module = path[: path.index("target" + os.sep)]
    source = os.path.join(module, "src/test/java", suite.get("name", "").replace(".", "/") + ".java")
    return source if os.path.exists(source) else None


def keep_evidence(found):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    today = datetime.date.today().isoformat()
    with open(EVIDENCE, encoding="utf-8") as file:
        lines = file.read().rstrip("\n").split("\n")
    for path, suite in found:
        source = source_of(path, suite)
        text = open(source, encoding="utf-8").read() if source else ""
        if "penstock.all" not in text:
            continue
        words = re.search(r"/\*\*(.*?)\*/\s*(?:@\w+(?:\([^)]*\))?\s*)*(?:public |final )*class", text, re.S)
        shows = " ".join((words.group(1) if words else "").replace("*", " ").split()).split(". ")[0]
        tests, bad, left = counts(suite)
        result = f"{tests - bad - left} passed, {bad} failed, {left} skipped, {seconds(suite):.0f} s"
        name = suite.get("name").split(".")[-1]
        row = f"| {name} | `./penstock test --all --only {source}` | {shows} | {result} | {commit} | {today} |"
        lines = [line for line in lines if not line.startswith(f"| {name} |")] + [row]
    with open(EVIDENCE, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def failures(suite):
    for case in suite.iter("testcase"):
        for kind in ("failure", "error"):
            for fault in case.iter(kind):
                said = (fault.get("message") or fault.text or "").strip().split("\n")[0]
                yield f"{suite.get('name').split('.')[-1]}.{case.get('name')}: {said[:300]}"


def put_failed_aside(marker, folder):
    bad = [(path, suite) for path, suite in reports(folder, os.path.getmtime(marker)) if counts(suite)[1]]
    if len(bad) > FEW or any(source_of(path, suite) is None for path, suite in bad):
        return
    for path, suite in bad:
        os.replace(path, path + ASIDE)
        print(path[: path.index(os.sep + "target" + os.sep)], suite.get("name").split(".")[-1])


def second_tries(folder, since):
    for path in glob.glob("**/target/*-reports/TEST-*.xml" + ASIDE, root_dir=folder, recursive=True):
        path = os.path.normpath(os.path.join(folder, path))
        if os.path.getmtime(path) >= since:
            yield path


def main(marker, took, limit, status, folder, everything):
    since = os.path.getmtime(marker)
    found = list(reports(folder, since))
    suites, passed, failed, skipped = {}, 0, 0, 0
    for path, suite in found:
        module = path[: path.index(os.sep + "target" + os.sep)]
        tests, bad, left = counts(suite)
        count, spent = suites.get(module, (0, 0.0))
        suites[module] = (count + tests, spent + seconds(suite))
        passed, failed, skipped = passed + tests - bad - left, failed + bad, skipped + left
    for module, (count, spent) in sorted(suites.items(), key=lambda s: -s[1][1]):
        print(f"{spent:8.1f} s  {count:5d} tests  {module}")
    took = float(took)
    print(f"{took:8.1f} s  in all, of {limit} s")
    problems = []
    ended = {path for path, _ in found}
    for path in second_tries(folder, since):
        for line in failures(xml.parse(path).getroot()):
            print(f"tried twice: {line}")
        if path.removesuffix(ASIDE) not in ended:
            problems.append(f"the second try left no {path.removesuffix(ASIDE)}")
    if int(status) != 0:
        problems.append("the build failed: see above")
    if passed + failed == 0:
        problems.append("no test was run")
    if took > float(limit) and not everything:
        print(f"longer than the project's limit of {limit} s: move a suite behind --all")
    if took > NOISE * float(limit) and not everything:
        problems.append(f"took far longer than the project's limit of {limit} s")
    print("".join(problem + "\n" for problem in problems), end="")
    if everything:
        keep_evidence(found)
    if problems and not failed:
        failed = 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if sys.argv[1] == "failed":
    put_failed_aside(*sys.argv[2:])
else:
    sys.exit(main(*sys.argv[1:]))
