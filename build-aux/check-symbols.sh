#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The functions that ovlcp.h declares, those that ovlcp.map lets out, and those that the shared
# library shows are the same ones; and the command runs on nothing but them.
set -u
srcdir=${srcdir:-.}
top_builddir=${top_builddir:-.}
sed -n 's/^OVLCP_API .*[ *]\(ovlcp_[a-z_]*\)(.*/\1/p' "$srcdir/lib/ovlcp.h" | sort >symbols.header
sed -n 's/^	\(ovlcp_[a-z_]*\);/\1/p' "$srcdir/lib/ovlcp.map" | sort >symbols.map
nm -D --defined-only "$top_builddir/.libs/libovlcp.so" |
	awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | sort >symbols.library
trap 'rm -f symbols.header symbols.map symbols.library' EXIT

echo 1..4
number=0
# result STATUS TEXT
result() {
	number=$((number + 1))
	[ "$1" = 0 ] || printf 'not '
	echo "ok $number - $2"
}

[ -s symbols.header ]
result $? 'ovlcp.h declares functions'
diff symbols.header symbols.map >&2
result $? 'the map lets out what the header declares'
diff symbols.map symbols.library >&2
result $? 'the library shows what the map lets out'
"$top_builddir/tests/abi/ovl-cp-shared" --version >/dev/null
result $? 'the command runs on the shared library'
