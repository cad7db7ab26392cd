#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The benchmarks run and write their results; the durations are not tested.
# needs: images
# needs: time

load ../../fixtures/common

setup_file() {
	requires root loop overlay reflink:xfs fs:ext4 python3 strace || return 0
	cd "$BATS_TEST_DIRNAME/../../.." || return # the root of the source
	export BENCH_BIN=$BATS_FILE_TMPDIR/bin BENCH_DIR=$BATS_FILE_TMPDIR/work
	export results=$BATS_FILE_TMPDIR/results
	mkdir "$BENCH_BIN"
	for name in timer make-tree floor-clone floor-data floor-tree; do
		run_cc -D_GNU_SOURCE -std=gnu17 -pthread -o "$BENCH_BIN/$name" "bench/$name.c" || return
	done
	bench/run --smoke --out="$results" >"$BATS_FILE_TMPDIR/log" 2>&1 || {
		cat "$BATS_FILE_TMPDIR/log"
		return 1
	}
}

setup() { lab_setup && cd "$BATS_TEST_DIRNAME/../../.." || return; }

@test "every scenario is measured, with ovl-cp in it, and no command fails" {
	assert_equal "$(cut -d , -f 1 "$results/runs.csv" | sed 1d | sort -u)" \
		"$(basename -s .sh bench/scenarios/*.sh | sort)"
	for scenario in bench/scenarios/*.sh; do
		grep -q "^$(basename -s .sh "$scenario"),[^,]*,ovl-cp," "$results/runs.csv" || fail "$scenario"
	done
	run awk -F , '$3 ~ /^(ovl-cp|cp|floor)/ && $10 != 0' "$results/runs.csv"
	refute_output
}

@test "each line of the results has all of its columns" {
	run awk -F , 'NF != 10 || (NR > 1 && ($5 <= 0 || $8 <= 0))' "$results/runs.csv"
	refute_output
	run awk -F , 'NF != 6 || (NR > 1 && ($5 <= 0 || $6 <= 0))' "$results/calls.csv"
	refute_output
	[ "$(grep -c '^fan-out,[^,]*,ovl-cp,openat,' "$results/calls.csv")" = 1 ]
}

@test "the summary is JSON with a ratio to the floor and to cp, and a table" {
	python3 - "$results/summary.json" <<-'END'
		import json, sys
		summary = json.load(open(sys.argv[1]))
		assert summary['machine'] and summary['mounts'], summary.keys()
		for cell in summary['cells']:
		    tool = cell['tools']['ovl-cp']
		    assert tool['to_floor']['min'] <= tool['to_floor']['median'], cell
		    # These have no loop of cp, which would show nothing new.
		    has_cp = cell['scenario'] not in ('fan-out-1000', 'tree-fan-out', 'copy-up-tree') and \
		        not cell['scenario'].startswith('run-')
		    assert tool['to_cp'] or not has_cp, cell
		    assert tool['calls_per_file'] > 0, cell
	END
	grep -q '^| ovl-cp | [0-9.]* | [0-9.]* (' "$results/summary.md"
}

@test "two builds are compared, and the status is 1 if the new one is slower" {
	slow=$BATS_TEST_TMPDIR/slow
	printf '#!/bin/sh\nsleep 2\nexec %q "$@"\n' "$OVL_CP" >"$slow" && chmod +x "$slow"
	run bench/compare --smoke --threshold=2 "$slow" "$OVL_CP" fan-out@xfs
	assert_success
	run bench/compare --smoke --threshold=2 "$OVL_CP" "$slow" fan-out@xfs
	assert_failure 1
	assert_line --partial 'WORSE fan-out@xfs'
}

@test "a scenario or a place that does not exist is refused, and nothing compared is no success" {
	run bench/run --smoke --out="$BATS_TEST_TMPDIR/out" fan-out nonsense
	assert_failure 1
	assert_output "run: there is no scenario 'nonsense': see --list"
	run bench/run --smoke --out="$BATS_TEST_TMPDIR/out" fan-out@nowhere
	assert_failure 1
	assert_output "run: 'fan-out' has no place 'nowhere': see --list"
	mkdir "$BATS_TEST_TMPDIR/none"
	head -n 1 "$results/runs.csv" >"$BATS_TEST_TMPDIR/none/runs.csv"
	run python3 bench/summarise.py --compare 1.05 "$BATS_TEST_TMPDIR/none"
	assert_failure 1
	assert_output 'nothing was compared'
}

@test "the plots are drawn from what was measured, with the machine in them" {
	requires gnuplot
	run bench/plots --rounds=1 --out="$BATS_TEST_TMPDIR/plots" --work="$BATS_TEST_TMPDIR/work" \
		copies-1 copies-3 sizes-16384 sizes-32768 draw
	assert_success
	cd "$BATS_TEST_TMPDIR/plots"
	grep -q '^3,ovl-cp,1,0\.[0-9]*,.*,2\.[0-9]*$' copies.csv
	grep -q '^3,cp,1,0\.[0-9]*,.*,6\.[0-9]*$' copies.csv
	grep -q '^32768,[0-9.]*$' break-even.csv
	for picture in copies sizes; do
		python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$picture.svg"
		grep -q "Linux $(uname -r | cut -d . -f 1,2)" "$picture.svg"
		grep -q 'prefers-color-scheme: dark' "$picture.svg"
	done
}

@test "nothing is left behind, also by a run that is interrupted" {
	bench/run --smoke --out="$BATS_TEST_TMPDIR/out" 3>&- &
	bench_pid=$!
	until_true compgen -G "$BENCH_DIR/ovl-bench.*/cell/*" # its first files
	kill -s TERM "$bench_pid"
	wait "$bench_pid" || :
	until_true rmdir "$BENCH_DIR" # which nothing but an empty directory allows
	mkdir "$BENCH_DIR"
	run grep -F "$BENCH_DIR" /proc/self/mountinfo
	refute_output
}
