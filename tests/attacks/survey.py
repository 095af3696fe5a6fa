"""Run every attack once on this machine, at its highest level or the one given, and print what came of it as JSON."""

import argparse
import os
import sys

import msgspec
from programs import PROGRAMS
from yard import Yard, run_contained


class Survey(msgspec.Struct):
    """What a machine gives, and in one line each the attacks that were not stopped although they should be."""

    uid: int
    level: int
    layers: list[str]
    run: int
    unexpected: list[str]


def survey(level: int, verbose: bool = False) -> Survey:
    """Run the attacks at ``level`` at most."""
    with Yard(level) as yard:
        unexpected, run = [], 0
        for each in PROGRAMS:
            stopped = each.is_stopped(yard.layers)
            outcome = run_contained(each, level) if each.dangerous and not stopped else yard.run(each)
            run += 1
            line = f"{each.name}: {sorted(outcome.harm)} {outcome}"
            if verbose:
                print(line, file=sys.stderr)
            if (outcome.harm and stopped) or (not stopped and each.harm not in outcome.harm):
                unexpected.append(line)
        return Survey(os.getuid(), yard.level, sorted(yard.layers), run, unexpected)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", type=int, default=5)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    sys.stdout.buffer.write(msgspec.json.encode(survey(arguments.level, arguments.verbose)) + b"\n")
