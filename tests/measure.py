#!/usr/bin/env python3
"""Measures generation and the compile time of its output, as ratios in one run.

CPU seconds are those of the whole process tree (user and system), medians of a few runs.
Usage: python3 tests/measure.py [N]     (N operations, default 100)
"""

import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def once(command, cwd=ROOT, before=lambda: None, env=None):
    """CPU seconds of a command and all it starts."""
    before()
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env={**os.environ, **(env or {})})
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def cpu(*subjects, runs=9):
    """Medians of several subjects, in turns: what the machine does besides then falls on all of them alike."""
    seconds = [[once(**subject) for subject in subjects] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*seconds)]


def run(*command, cwd=ROOT):
    subprocess.run(command, cwd=cwd, check=True)


def code_lines(folder):
    """Lines of generated code: neither blank nor documentation."""
    lines = [line.strip() for file in folder.glob("*.rs") for line in file.read_text().splitlines()]
    return sum(1 for line in lines if line and not line.startswith("//"))


def crate(folder, name, dependencies, lib):
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "Cargo.toml").write_text(
        f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2024"\n\n[workspace]\n\n'
        f"[dependencies]\n{dependencies}\n")
    shutil.copy(ROOT / "Cargo.lock", folder / "Cargo.lock")
    (folder / "src" / "lib.rs").write_text(lib)


def peer(generated, serde):
    """The same response types with the same derives, and those of serde instead of tables."""
    out = [f"use serde::{{{serde}}};"]
    text = "\n".join(file.read_text() for file in sorted(generated.glob("*.rs")))
    text = "\n".join(line for line in text.splitlines() if not line.strip().startswith("//"))
    for name in re.findall(r"pub struct (\w+)\(pub i64\);", text):
        out.append(f"#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, {serde})]\n"
                   f"pub struct {name}(pub i64);")
    for name, body in re.findall(r"pub enum (\w+) \{\n([^}]*?)    Other\(String\),\n\}", text):
        variants = "\n".join(f"    {line.strip()}" for line in body.splitlines())
        out.append(f"#[derive(Clone, Debug, PartialEq, Eq, Hash, {serde})]\n#[serde(rename_all = \"snake_case\")]\n"
                   f"pub enum {name} {{\n{variants}\n    #[serde(untagged)]\n    Other(String),\n}}\n"
                   f"impl Default for {name} {{\n    fn default() -> Self {{\n        Self::Other(String::new())\n    }}\n}}")
    records = re.findall(r"#\[derive\(Clone, Default, PartialEq\)\]\n#\[non_exhaustive\]\npub struct (\w+) \{\n(.*?)\n\}", text, re.S)
    for name, body in records:
        body = re.sub(r"rt::(Personal<String>|Secret|DateTime)", "String", body)
        out.append(f"#[derive(Clone, Debug, Default, PartialEq, {serde})]\npub struct {name} {{\n{body}\n}}")
        # Derives are generic: without a caller nothing would be compiled that can read an answer.
        out.append(f"pub fn read_{name.lower()}(body: &[u8]) -> serde_json::Result<{name}> {{\n"
                   f"    serde_json::from_slice(body)\n}}")
    return len(records), "\n".join(out) + "\n"


def peak(*command):
    """Megabytes of memory that a command takes at most."""
    reported = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); " \
               "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    return float(subprocess.run([sys.executable, "-c", reported, *command], check=True, capture_output=True).stdout)


def checked(tool, passes, work):
    """The check of ten, a hundred and a thousand operations, beside both parsers' passes over the same files."""
    folders = {}
    for n in (10, 100, 1000):
        folders[n] = str(work / f"checked{n}")
        run(tool, "workload", str(n), "--out", folders[n])
    figures = {}
    for n, runs in ((10, 41), (100, 21), (1000, 9)):
        figures[n] = cpu({"command": [tool, "check", folders[n]]}, {"command": [passes, folders[n]]}, runs=runs)
        check, floor = figures[n]
        print(f"check of {n:4} operations           {check:.4f} s   passes {floor:.4f} s   ratio {check / floor:.2f}")
    # What does not grow is the start of the process, and the file of the API.
    each = {n: (figures[n][0] - figures[10][0]) / (n - 10) for n in (100, 1000)}
    print(f"an operation more at 1000, of 100  {each[1000] / each[100]:.2f}")
    print(f"memory of the check of 1000        {peak(tool, 'check', folders[1000]):.0f} MB")


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    work = pathlib.Path(tempfile.mkdtemp(prefix="measure-"))
    spec, out = work / "workload", work / "out"
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    run("cargo", "build", "-q", "-p", "codegen-cli")
    run("cargo", "build", "-q", "--release", "-p", "codegen-cli")
    run("cargo", "build", "-q", "--release", "-p", "codegen", "--examples")
    tool = str(target / "release" / "codegen")
    run(tool, "workload", str(n), "--out", str(spec))
    run(tool, "generate", str(spec), "--out", str(out))
    generated = next(path for path in out.iterdir() if path.is_dir())
    lines = code_lines(generated)
    print(f"operations                         {n}")
    print(f"generated lines an operation       {lines / n:.1f}")

    def fresh():
        shutil.rmtree(work / "again", ignore_errors=True)

    again = ["generate", str(spec), "--out", str(work / "again")]
    generate, floor = cpu(
        {"command": [tool, *again], "before": fresh},
        {"command": [str(target / "release" / "examples" / "floor"), str(generated)]}, runs=41)
    [debug] = cpu({"command": [str(target / "debug" / "codegen"), *again], "before": fresh})
    print(f"generation, release                {generate:.3f} s   floor {floor:.3f} s   ratio {generate / floor:.2f}")
    print(f"generation, unoptimised            {debug:.3f} s")
    checked(tool, str(target / "release" / "examples" / "passes"), work)

    runtime = ROOT / "generated-client" / "runtime"
    ours = work / "ours"
    crate(ours, "ours", f'client-runtime = {{ path = "{runtime}", default-features = false, features = ["http"] }}',
          f"pub mod {generated.name};\n")
    shutil.copytree(generated, ours / "src" / generated.name)
    peers = []
    for number, serde in enumerate(("Deserialize", "Serialize, Deserialize")):
        count, text = peer(generated, serde)
        peers.append((serde, work / f"peer{number}"))
        crate(peers[-1][1], f"peer{number}", 'serde = { version = "1", features = ["derive"] }\nserde_json = "1"', text)
    env = {"CARGO_INCREMENTAL": "0", "CARGO_TARGET_DIR": str(work / "target")}
    for label, command in (("check", ["cargo", "check"]), ("release", ["cargo", "build", "--release"])):
        folders = [ours] + [folder for _, folder in peers]
        for folder in folders:
            subprocess.run(command, cwd=folder, check=True, env={**os.environ, **env})
        own, *others = cpu(*({"command": command, "cwd": folder, "before": (folder / "src" / "lib.rs").touch, "env": env}
                             for folder in folders))
        for (serde, _), other in zip(peers, others):
            print(f"{label:8} of the output             {own:.2f} s   {count} types with {serde} {other:.2f} s"
                  f"   ratio {own / other:.2f}")

    users = ROOT / "spec" / "proctorexam" / "users.yaml"
    original = users.read_text()
    check = ["cargo", "check", "-p", "generated-client"]
    counter = iter(range(1000))
    sentence = "Lists the users of an institute."

    def edit():
        users.write_text(original.replace(sentence, f"{sentence[:-1]} ({next(counter)})."))

    run(*check)
    try:
        edited, touched, own = cpu(
            {"command": check, "before": edit},
            {"command": check, "before": (ROOT / "generated-client" / "src" / "lib.rs").touch},
            # The build script reads every spec of the package again.
            {"command": ["sh", "-c", " && ".join(f"'{target}/debug/codegen' generate spec/{api} --out '{work}/again'"
                                                 for api in ("proctorexam", "proctoru"))],
             "before": fresh})
    finally:
        users.write_text(original)
    print(f"check after an edited description  {edited:.2f} s   after touch {touched:.2f} s   generator {own:.2f} s"
          f"   ratio without generator {(edited - own) / touched:.2f}")
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
