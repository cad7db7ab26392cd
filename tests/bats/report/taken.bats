#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Reports that the copy itself overwrites, removes or reads, and reports after a signal.

load ../../fixtures/report

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir tree
	for ((i = 0; i < 300; i++)); do
		echo "$i" >"tree/$i"
	done
}

@test "a copy over the report is complete, and the report ends" {
	echo mine >tree/report
	mkdir tree-copy
	ovl_cp_split -rT --report=tree-copy/report tree tree-copy
	assert_harmless "overwrites the report 'tree-copy/report'"
}

@test "a report that loses its name" {
	echo mine >tree/report
	mkdir tree-copy
	ovl_cp_split -rT --remove-destination --report=tree-copy/report tree tree-copy
	assert_harmless "the report was removed during the copy"
}

@test "a report that becomes a backup" {
	echo mine >tree/report
	mkdir tree-copy && touch tree-copy/report
	ovl_cp_split -rTb --report=tree-copy/report tree tree-copy
	rm tree-copy/report~
	assert_harmless "the report got another name during the copy: 'tree-copy/report'"
}

@test "a report in the source is copied as it is" {
	ovl_cp -r --report=tree/report tree tree-copy
	assert_success
	cmp -n "$(stat -c %s tree-copy/report)" tree-copy/report tree/report
}

@test "a signal ends the report with a summary" {
	mkfifo pipe
	exec {hold}<>pipe
	echo text >&"$hold"
	file=$BATS_TEST_TMPDIR/report.json
	"$OVL_CP" --report="$file" pipe new 3>&- &
	pid=$!
	until_true test -s new
	kill -TERM "$pid"
	status=0
	wait "$pid" || status=$?
	assert_equal "$status" $((128 + 15))
	assert_valid "$file"
	says 'end["signal"] == 15 and end["exit_status"] is None and f["status"] == "failed"'
}
