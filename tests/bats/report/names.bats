#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Names are bytes: a report has each of them, and no name can forge a line.

load ../../fixtures/report

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo text >src
	mkdir dir
}

# file_of BYTE: creates a file in dir whose name contains that byte.
file_of() {
	local name
	printf -v name 'a%bz' "$(printf '\\x%02x' "$1")"
	cp src "dir/$name"
}

@test "every byte of a name comes back" {
	for ((i = 1; i < 256; i++)); do
		[ "$i" = 47 ] || file_of "$i"
	done
	report -r dir copy
	assert_success
	says 'sorted(name(x["source"])[4:] for x in o[:-2]) ==
		sorted(b"a%cz" % i for i in range(1, 256) if i != 47)'
	says 'all(name(x["destination"])[5:] == name(x["source"])[4:] for x in o[:-2])'
	says 'sum("path_b64" in x["source"] for x in o[:-1]) == 128'
}

@test "a name in UTF-8 is a path, in any locale" {
	cp src "dir/é日😀"
	for locale in C C.UTF-8; do
		LC_ALL=$locale report -r dir "copy-$locale"
		says 'name(f["source"]).decode() == "dir/é日😀" and "path" in f["source"]'
	done
}

@test "truncated and overlong sequences and surrogates are not UTF-8" {
	for name in $'\303' $'\355\240\200' $'\360\202\202\254'; do
		cp src "dir/$name"
	done
	report -r dir copy
	says 'sum("path_b64" in x["source"] for x in o[:-1]) == 3'
}

@test "a message is ASCII in every locale, and does not end the report" {
	for locale in C C.UTF-8; do
		LC_ALL=$locale report $'\377é' src dir
		assert_failure 1
		says 'f["error"]["message"].isascii() and f["error"]["errname"] == "ENOENT"'
	done
}

@test "in text a name is one field on one line" {
	for ((i = 1; i < 256; i++)); do
		[ "$i" = 47 ] || file_of "$i"
	done
	ovl_cp -r --report=report --report-format=text dir copy
	assert_success
	[ "$(wc -l <report)" = $((254 + 1 + 1)) ]
	run ! grep -vP '^copied\t[a-z-]+\t[^\t]+\t[^\t]+\t|^summary\t' report
	run ! grep -P '[^\t\x20-\x7e]' report
	grep -qF "'dir/a'\$'\\n''z'" report
}

@test "a report on standard output is alone there, also of what is left alone" {
	mkdir from to
	touch from/$'\e]0;x\a' from/$'a\nb' to/$'a\nb'
	for options in -n -u --update=none-fail -b --remove-destination -l; do
		for dry in --explain ''; do
			# shellcheck disable=SC2086 # one word or none
			"$OVL_CP" --report=- $dry $options -rT from to >report.json 2>/dev/null || true
			assert_valid report.json
		done
	done
}
