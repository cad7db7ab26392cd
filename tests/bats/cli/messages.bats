#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The exact messages about wrong usage, and output that cannot be written.

load ../../fixtures/common
load ../../fixtures/quirkfs

setup() {
	mkdir "$BATS_TEST_TMPDIR/work"
	cd "$BATS_TEST_TMPDIR/work" || return
	echo source >src
	mkdir dir
}

hint="Try 'ovl-cp --help' for more information."

# wrong TEXT ARG...: the call must be refused with TEXT and the hint, on standard error only.
wrong() {
	local text=$1
	shift
	ovl_cp_split "$@"
	assert_failure 1
	assert_equal "$output" ''
	assert_equal "${stderr?}" "ovl-cp: $text"$'\n'"$hint"
	assert_equal "$(ls)" $'dir\nsrc'
}

@test "missing operands" {
	wrong 'missing file operand'
	wrong 'missing file operand' -v --
	wrong 'missing file operand' -t dir
	wrong "missing destination file operand after 'src'" src
	wrong "missing destination file operand after 'it'\$'\\n''s'" $'it\ns'
	wrong "extra operand 'c'" -T a b c d
}

@test "unknown options" {
	wrong "unrecognized option '--frob'" --frob src new
	wrong "unrecognized option '--frob=x'" --frob=x src new
	wrong "unrecognized option '---'" --- src new
	wrong "unrecognized option '--reflinks'; did you mean '--reflink'?" --reflinks src new
	wrong "invalid option -- 'y'" -y src new
	wrong "invalid option -- 'y'" -vy src new
	wrong "invalid option -- 'h'" -h
	wrong "invalid option -- '?'" '-?'
	wrong "invalid option -- '1'" -1 src new
	wrong "invalid option -- '='" -v=1 src new
	wrong "invalid option -- '-'" -v- src new
	wrong "unrecognized option '--usage'" --usage
}

@test "ambiguous options" {
	wrong "option '--re' is ambiguous; possibilities: '--recursive' '--reflink' '--remove-destination'" \
		--re
	wrong "option '--d' is ambiguous; possibilities: '--debug' '--dereference'" --d
	wrong "option '--dest' is ambiguous; possibilities: '--dests-from' '--dests0-from'" --dest
	wrong "option '--copy-contents' doesn't allow an argument" --copy=auto
	wrong "option '--ver' is ambiguous; possibilities: '--verbose' '--version'" --ver
}

@test "missing values and values that are none" {
	wrong "option requires an argument -- 't'" -t
	wrong "option requires an argument -- 't'" src -vt
	wrong "option '--target-directory' requires an argument" --tar
	wrong "option '--copy-up' requires an argument" src new --copy-up
	wrong "option '--verbose' doesn't allow an argument" --verb=yes src new
	wrong "option '--verbose' doesn't allow an argument" --verbose= src new
	wrong "option '--fan-out' doesn't allow an argument" --fan-out=x src new
}

words() {
	printf '%s\nValid arguments are:' "$1"
	shift
	printf "\n  - '%s'" "$@"
}

@test "words that are not valid" {
	local when=(auto always never)
	wrong "$(words "invalid argument 'bad' for '--reflink'" "${when[@]}")" --reflink=bad src new
	wrong "$(words "ambiguous argument '' for '--reflink'" "${when[@]}")" --reflink= src new
	wrong "$(words "invalid argument 'Auto' for '--reflink'" "${when[@]}")" --ref=Auto src new
	wrong "$(words "ambiguous argument 'a' for '--reflink'" "${when[@]}")" --reflink=a src new
	wrong "$(words "invalid argument 'autos' for '--copy-up'" "${when[@]}")" --copy-up=autos
	wrong "$(words "invalid argument 'a'\$'\\n''b' for '--copy-up'" "${when[@]}")" \
		--copy-up $'a\nb'
}

@test "attributes that are not valid" {
	local attrs=(mode timestamps ownership links context xattr all)
	for list in bad mode,bad bad,mode; do
		wrong "$(words "invalid argument 'bad' for '--preserve'" "${attrs[@]}")" \
			"--pres=$list" src new
	done
	for list in '' 'mode,' ',mode' 'mode,,ownership'; do
		wrong "$(words "ambiguous argument '' for '--preserve'" "${attrs[@]}")" \
			"--pres=$list" src new
	done
}

@test "sizes that are not valid" {
	for size in '' -1 +1 ' 1' '1 ' 1.5M K 1KK 1Kb 1X 1Ki 0x10 bad 16E 18446744073709551616; do
		wrong "invalid argument '$size' for '--copy-up-min': give a number of bytes, \
such as 65536, 64K or 1M" "--copy-up-min=$size" src new
	done
}

@test "a directory of records without a slash is answered with how it is given" {
	ovl_cp --remember=records src new
	assert_failure 1
	assert_line --index 0 "ovl-cp: invalid argument 'records' for '--remember'"
	assert_line 'ovl-cp: a directory of records is given with a slash, such as ./records'
}

@test "options that do not go together" {
	ovl_cp -T -t dir src
	assert_failure 1
	assert_output \
		'ovl-cp: cannot combine --target-directory (-t) and --no-target-directory (-T)'
	ovl_cp -t dir -t dir src
	assert_failure 1
	assert_output 'ovl-cp: multiple target directories specified'
}

@test "a newline in an unknown option cannot forge a line" {
	ovl_cp_split $'--x\novl-cp: all is well'
	assert_failure 1
	for line in "${stderr_lines[@]?}"; do
		[[ $line != 'ovl-cp: all is well'* ]] || fail 'a line was forged'
	done
}

@test "an unknown option that is not printable is not printed raw" {
	ovl_cp_split $'-\x1b'
	assert_failure 1
	[[ ${stderr?} != *$'\x1b'* ]] || fail 'the terminal would obey'
}

# full ARG...: runs the program with its output on a full device, which must be an error.
full() {
	run bash -c '"$0" "$@" >/dev/full' "$OVL_CP" "$@"
	assert_failure 1
	assert_output 'ovl-cp: write error: No space left on device'
}

@test "why a long output cannot be written to its end is told" {
	mkdir long
	touch long/{1..400}
	# shellcheck disable=SC2016 # expanded by that shell
	run bash -c 'trap "" PIPE; { "$@"; echo "status $?" >&2; } | head -c 20000 >/dev/null' sh \
		"$OVL_CP" -R --explain long new
	assert_line 'ovl-cp: write error: Broken pipe'
	assert_line 'status 1'
}

@test "output to a full device is an error" {
	full --help
	full --version
	full -v src new
	cmp src new # the copy was made
	full --debug src new
}

@test "output to a closed descriptor is an error" {
	for option in --help --version '-v src new'; do
		# shellcheck disable=SC2086 # several words
		run bash -c '"$0" "$@" >&-' "$OVL_CP" $option
		assert_failure 1
		assert_output 'ovl-cp: write error: Bad file descriptor'
	done
	cmp src new
}

@test "a closed standard output that is not used is not an error, and no file gets its descriptor" {
	run bash -c '"$0" "$@" >&-' "$OVL_CP" src new
	assert_success
	run bash -c '"$0" "$@" <&- >&- 2>&-' "$OVL_CP" --fan-out src new new2 none/x dir
	assert_failure 1
	cmp src new
	cmp src new2
	cmp src dir/src
}

@test "-v with closed descriptors does not write into a destination" {
	run bash -c '"$0" "$@" <&- >&- 2>&-' "$OVL_CP" -v src new none/x
	run bash -c '"$0" "$@" <&- >&- 2>&-' "$OVL_CP" -v --fan-out src new none/x new2
	cmp src new
	cmp src new2
	assert_equal "$(<src)" source
}

@test "names in the letters of the locale are shown as they are, in wrong usage too" {
	locale -a | grep -qix 'C.utf-\?8' || skip 'no C.UTF-8'
	export LC_ALL=C.UTF-8
	ovl_cp é
	assert_line --index 0 "ovl-cp: missing destination file operand after 'é'"
	ovl_cp a b é
	assert_output "ovl-cp: target 'é': No such file or directory"
	ovl_cp --fan-out --dests-from=é a
	assert_output "ovl-cp: cannot open 'é': No such file or directory"
	ovl_cp --copy-up-min=é a b
	assert_output --partial "invalid argument 'é' for"
}

@test "a filesystem that tells at last that it has no room for the output is heard" {
	requires fusepy
	quirkfs_mount "$PWD/back" "$PWD/fuse" flush=ENOSPC
	for program in "$OVL_CP -v src new" "$OVL_STAT src"; do
		run bash -c "$program >fuse/out"
		assert_failure 1
		assert_output --partial ': write error: No space left on device'
	done
	umount fuse
}

@test "a warning or a line for people that cannot be written is an error" {
	run bash -c '"$0" --stats src new 2>/dev/full' "$OVL_CP"
	assert_failure 1
	cmp src new
	run bash -c '"$0" -i src new 2>/dev/full <<<y' "$OVL_CP"
	assert_failure 1
}

@test "a report tells the exit status that comes of an output that cannot be written" {
	run bash -c '"$0" -v --report=report --report-format=text src new >/dev/full' "$OVL_CP"
	assert_failure 1
	grep -q $'^summary\t.*\texit_status=1\t' report
}

@test "a message about a file is written as a whole, so that those of several calls do not mix" {
	requires strace
	run strace --quiet=all -o trace -e trace=write,writev "$OVL_CP" --fan-out none new
	assert_output "ovl-cp: cannot stat 'none': No such file or directory"
	assert_equal "$(grep -c '(2, ' trace)" 1
}
