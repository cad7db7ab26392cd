#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Threads copy at the same time, but the object of each file has its own values.

load ../../fixtures/report

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	for dir in tree/{a,b,c}; do
		mkdir -p "$dir"
		for ((i = 0; i < 100; i++)); do
			file_make "$dir/$i" 70000
		done
	done
	ln -s nowhere tree/a/link
}

# facts: prints each object without the values that differ from run to run; in any order.
facts() {
	python3 - "${file:?}" <<-'END'
		import json, sys
		for line in open(sys.argv[1]):
		    o = json.loads(line)
		    print({k: v for k, v in o.items() if k not in ("duration_ns", "refusal", "rule", "reason")})
	END
}

@test "with threads the same objects come, a directory after what is in it" {
	report -a --jobs=1 tree one
	facts | sed "s/'one/'new/" | sort >one.facts
	report -a --jobs=4 tree two
	assert_success
	facts | sed "s/'two/'new/" | sort >two.facts
	diff one.facts two.facts
	diff -r --no-dereference one two
	says 'o.index(to("two/a")) > max(o.index(x) for x in o[:-1] if b"/a/" in name(x["source"]))'
	says 'to("two") == o[-2]'
}

@test "a duration is that of the file, not of the telling" {
	report -a --jobs=4 --reflink=never tree two
	says 'all(x["duration_ns"] > 5000 for x in o[:-1] if x["method"] == "read-write")'
	says 'all(x["duration_ns"] < end["duration_ns"] for x in o[:-1])'
}
