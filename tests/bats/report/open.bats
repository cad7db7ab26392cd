#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The destination of a report, and what is refused before anything is copied.

# shellcheck disable=SC2154 # file belongs to the fixture

load ../../fixtures/report

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo source >src
	echo list >list
	mkdir dir
}

# refused TEXT ARG...: the call must fail with TEXT, and copy nothing.
refused() {
	ovl_cp "${@:2}"
	assert_failure 1
	assert_output --partial "$1"
	assert_not_exists new
	assert_equal "$(<src)$(<list)" sourcelist
}

@test "a report that cannot be opened" {
	refused "cannot open the report 'dir': Is a directory" --report=dir src new
	refused "cannot open the report 'no/file': No such file" --report=no/file src new
	refused "cannot open the report '': No such file" --report= src new
	# shellcheck disable=SC2016 # for that shell
	run --separate-stderr sh -c '"$OVL_CP" --report=- src new >&-'
	assert_failure 1
	assert_equal "${stderr-}" 'ovl-cp: cannot open the report on standard output: Bad file descriptor'
	assert_not_exists new
}

@test "a report on what the copy needs" {
	ln -s src link
	refused "cannot write the report: the copy itself uses the file 'src'" --report=src src new
	refused "cannot write the report: the copy itself uses the file 'link'" --report=link src new
	refused "cannot write the report: the copy itself uses the file 'new'" --report=new src new
	refused "cannot write the report: the copy itself uses the file 'list'" --report=list --fan-out \
		--dests-from=list src
	# shellcheck disable=SC2094 # that is the point
	! "$OVL_CP" --report=- src other >other 2>message || fail 'it was not refused'
	grep 'cannot write the report to standard output: the copy itself uses that file' message
	assert_equal "$(<other)" ''
}

@test "standard output, but not together with what is written there anyway" {
	refused 'cannot combine --report=-' --report=- -v src new
	refused 'cannot combine --report=-' --report=- --debug src new
	refused '--report-format needs --report' --report-format=text src new
	report -v src new
	assert_output "'src' -> 'new'"
}

@test "an older report is emptied" {
	printf '%01000d\n' {1..9} >"$BATS_TEST_TMPDIR/report.json"
	report src new
	[ "$(wc -l <"$file")" = 2 ]
}

@test "text has the facts of JSON" {
	report --reflink=never src new
	ovl_cp --report=- --report-format=text --reflink=never src new
	assert_line --index 0 --regexp $'^copied\tread-write\t\'src\'\t\'new\'\trule=never\t'
	assert_line --index 0 --partial $'\twhy=reflink-never\tlayer=none\t'
	assert_line --index 0 --partial $'\tsize=7\tbytes_written=7\tbytes_shared=0\t'
	assert_line --index 1 --regexp $'^summary\t.*\tcopied=1\t.*\tread-write=1\t.*\texit_status=0\t'
	for key in $(grep -o '[a-z_]*=' <<<"${lines[0]}" | tr -d =); do
		head -n 1 "$file" | grep -q "\"$key\":" || fail "no key $key"
	done
}

@test "text tells, too, why a source was left alone" {
	ovl_cp --copy-up-only --report=- --report-format=text src
	assert_success
	assert_line --index 0 --regexp $'^skipped\tnone\t\'src\'\t-\twhy=[a-z-]+\tbytes_written=0\t'
	why=$(grep -o 'why=[a-z-]*' <<<"$output")
	report --copy-up-only src
	grep -q "\"why\":\"${why#*=}\"" "$file"
}

@test "root is kept from the file of another user in a directory for all (fs.protected_regular)" {
	requires strace
	echo old >report
	# only opening with O_CREAT is refused then
	run strace --quiet=all -o trace -e trace=open,openat "$OVL_CP" --report=report --report-format=text src new
	assert_success
	grep -q '"report".*O_CREAT' trace
	run grep '"report"' trace
	run ! grep -Ev 'O_CREAT|O_PATH' <<<"$output"
}
