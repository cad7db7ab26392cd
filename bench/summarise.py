#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes summary.json, summary.md and the pictures from the results of bench/run.

usage: summarise.py DIRECTORY              with runs.csv, calls.csv, machine.txt, mounts.txt
       summarise.py --compare LIMIT DIRECTORY   new against old; the status is 1 if a ratio is
                                                above LIMIT

A ratio compares two runs of one round; the median of all rounds is shown. The floor of
"tool+variant" is "floor+variant" if there is one, else "floor"; that of a floor is "floor".
"""
import csv
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from statistics import median

NUMBERS = ('wall_s', 'user_s', 'sys_s', 'rss_kib', 'bytes', 'status')


def read_runs(directory):
    """Returns {(scenario, place): {tool: [row of a round, ...]}}, in the order of the file."""
    cells = defaultdict(lambda: defaultdict(list))
    with open(os.path.join(directory, 'runs.csv'), newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            numbers = {name: float(row[name]) for name in NUMBERS}
            cells[row['scenario'], row['place']][row['tool']].append(numbers)
    return cells


def read_calls(directory):
    """Returns {(scenario, place, tool): {call: number per file}}."""
    calls = defaultdict(dict)
    with open(os.path.join(directory, 'calls.csv'), newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            per_file = int(row['count']) / int(row['files'])
            calls[row['scenario'], row['place'], row['tool']][row['call']] = round(per_file, 2)
    return calls


def wall(run):
    return run['wall_s']


def cpu(run):
    """CPU time, which varies less than wall time on a busy machine. It may be 0."""
    return max(run['user_s'] + run['sys_s'], 1e-6)


def ratio(runs, others, what=wall):
    """Returns median, minimum and maximum ratio of the rounds; None without others."""
    pairs = [what(a) / what(b) for a, b in zip(runs, others)]
    if not pairs:
        return None
    return {'median': round(median(pairs), 3), 'min': round(min(pairs), 3),
            'max': round(max(pairs), 3)}


def floor_of(tool, tools):
    name, _, variant = tool.partition('+')
    variant = 'floor+' + variant if name != 'floor' else 'floor'
    return tools.get(variant if variant in tools else 'floor', [])


def summarise_tool(tool, tools, calls):
    runs = tools[tool]
    walls = [run['wall_s'] for run in runs]
    return {
        'rounds': len(runs),
        'failed': sum(run['status'] != 0 for run in runs),
        'wall_s': {'median': median(walls), 'min': min(walls), 'max': max(walls)},
        'cpu_s': round(median(cpu(run) for run in runs), 6),
        'to_floor': ratio(runs, floor_of(tool, tools)),
        'to_cp': ratio(runs, tools.get('cp', [])),
        'cpu_to_floor': ratio(runs, floor_of(tool, tools), cpu),
        'cpu_to_cp': ratio(runs, tools.get('cp', []), cpu),
        'rss_kib': int(max(run['rss_kib'] for run in runs)),
        'bytes': int(median(run['bytes'] for run in runs)),
        'calls_per_file': round(sum(calls.values()), 1) if calls else None,
        'calls': calls,
    }


def lines_of(directory, name):
    path = os.path.join(directory, name)
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        return file.read().splitlines()


def spread(value):
    if value is None:
        return '–'
    return f"{value['median']:.2f} ({value['min']:.2f}–{value['max']:.2f})"


def middle(value):
    return '–' if value is None else f"{value['median']:.2f}"


def table(tools):
    yield ('| tool | ms | to the floor | to cp | CPU to the floor | CPU to cp '
           '| MiB written | KiB of memory | calls per file |')
    yield '|---|---|---|---|---|---|---|---|---|'
    for name, tool in tools.items():
        calls = '–' if tool['calls_per_file'] is None else tool['calls_per_file']
        failed = f" (failed {tool['failed']} times)" if tool['failed'] else ''
        yield (f"| {name}{failed} | {tool['wall_s']['median'] * 1e3:.1f} | {spread(tool['to_floor'])} "
               f"| {spread(tool['to_cp'])} | {middle(tool['cpu_to_floor'])} | {middle(tool['cpu_to_cp'])} "
               f"| {tool['bytes'] / 2**20:.2f} | {tool['rss_kib']} | {calls} |")


def markdown(summary):
    yield '# Measured'
    yield ''
    yield 'Medians; ratios pair by pair within the rounds of one run, with the least and the greatest.'
    yield ''
    yield from (f'    {line}' for line in summary['machine'])
    for cell in summary['cells']:
        yield ''
        yield f"## {cell['scenario']}, {cell['place']}"
        yield ''
        yield from table(cell['tools'])


def plot_scenario(directory, scenario, cells):
    """Draws one picture of bars: relative to the floor if there is one, else to cp."""
    tools = list(dict.fromkeys(name for cell in cells for name in cell['tools']))
    data = os.path.join(directory, scenario + '.dat')
    with open(data, 'w', encoding='utf-8') as file:
        print('place', *tools, file=file)
        for cell in cells:
            row = (cell['tools'].get(name, {}) for name in tools)
            bars = (tool.get('to_floor') or tool.get('to_cp') or {} for tool in row)
            print(cell['place'], *(bar.get('median', '?') for bar in bars), file=file)
    if shutil.which('gnuplot'):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'plot.gp')
        settings = f"data='{data}'; name='{scenario}'; tools={len(tools)}"
        with open(os.path.join(directory, scenario + '.svg'), 'w', encoding='utf-8') as picture:
            subprocess.run(['gnuplot', '-e', settings, script], check=True, stdout=picture)


def summarise(directory):
    cells, calls = read_runs(directory), read_calls(directory)
    summary = {
        'machine': lines_of(directory, 'machine.txt'),
        'mounts': lines_of(directory, 'mounts.txt'),
        'cells': [{'scenario': scenario, 'place': place, 'tools': {
            tool: summarise_tool(tool, tools, calls.get((scenario, place, tool), {}))
            for tool in tools}} for (scenario, place), tools in cells.items()],
    }
    with open(os.path.join(directory, 'summary.json'), 'w', encoding='utf-8') as file:
        json.dump(summary, file, indent=1)
    with open(os.path.join(directory, 'summary.md'), 'w', encoding='utf-8') as file:
        file.writelines(line + '\n' for line in markdown(summary))
    for scenario in dict.fromkeys(cell['scenario'] for cell in summary['cells']):
        plot_scenario(directory, scenario,
                      [cell for cell in summary['cells'] if cell['scenario'] == scenario])


def compare(limit, directory):
    worse = 0
    cells = read_runs(directory)
    if not cells:
        print('nothing was compared', file=sys.stderr)
        return 1
    for (scenario, place), tools in cells.items():
        for name in [name for name in tools if name.split('+')[0] == 'new']:
            old = tools['old' + name[len('new'):]]
            value = ratio(tools[name], old)
            failed = any(run['status'] for run in tools[name] + old)
            bad = failed or value['median'] > limit
            worse += bad
            print(f"{'WORSE' if bad else 'ok':5} {scenario}@{place} {name[4:]:12} {spread(value)}"
                  f"{' failed' if failed else ''}")
    return 1 if worse else 0


def main(argv):
    if len(argv) == 4 and argv[1] == '--compare':
        return compare(float(argv[2]), argv[3])
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    summarise(argv[1])
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
