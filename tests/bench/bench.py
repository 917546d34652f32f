"""The figures of the service side by side with ddclient and inadyn, in the same run and the same lab.

usage: bench.py BUILD-FOLDER RESULTS.json [--quick] [--only MEASUREMENT...]        started by tests/bench/run
"""
import argparse
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.dirname(HERE))

import report  # noqa: E402
from lab.demo import find  # noqa: E402

# Short ones one after the other, so that none disturbs another; then together those that mostly wait.
ALONE = ("memory", "starts", "thousand")
TOGETHER = ("direct", "announcing", "silent", "renumbered", "outage", "neighbour", "nonsense",
            *(f"idle: {who}" for who in ("wayhomed, direct", "wayhomed, announcing", "wayhomed, polled",
                                         "wayhomed, silent", "ddclient", "inadyn")))
MOST_SECONDS = {True: 165, False: 4 * 3600}


class Measurement:
    """One process."""

    def __init__(self, name, options, folder):
        self.name = name
        self.path = os.path.join(folder, name.replace(": ", "-") + ".json")
        self.log = os.path.join(folder, name.replace(": ", "-") + ".log")
        command = [sys.executable, "-B", HERE + "/measure.py", name, self.path]
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(command + (["--quick"] if options.quick else []), stdout=log, stderr=log)

    def result(self, seconds):
        """What it found, or None with a word about why."""
        try:
            self.process.wait(max(1, seconds))
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait()
        try:
            with open(self.path) as file:
                return json.load(file)
        except (OSError, ValueError):
            with open(self.log) as log:
                print(f"{self.name} was not measured:\n{log.read()[-1500:]}")
            return None


def run(options, folder):
    deadline = time.monotonic() + MOST_SECONDS[options.quick]
    results = {}
    chosen = [name for name in (*ALONE, *TOGETHER) if not options.only or name in options.only]
    for name in chosen:
        if name in ALONE:
            print(f"{name} ...", flush=True)
            results[name] = Measurement(name, options, folder).result(deadline - time.monotonic())
    together = [name for name in chosen if name in TOGETHER]
    if together:
        print(", ".join(together) + " ...", flush=True)
    for measurement in [Measurement(name, options, folder) for name in together]:
        results[measurement.name] = measurement.result(deadline - time.monotonic())
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build")
    parser.add_argument("results")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", nargs="*", choices=(*ALONE, *TOGETHER))
    options = parser.parse_args()
    command = find(os.path.abspath(options.build), "wayhomed")
    if not command:
        print("There is no wayhomed in the build folder.")
        return 1
    os.environ["WAYHOMED"] = command
    folder = os.path.dirname(os.path.abspath(options.results))
    os.makedirs(folder, exist_ok=True)
    results = {"when": time.strftime("%Y-%m-%d"), "quick": options.quick, **run(options, folder)}
    with open(options.results, "w") as file:
        json.dump(results, file, indent=1)
    print(report.text(results))
    print(f"All figures: {options.results}")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    sys.exit(main())
