# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='a build of libovlcp and its installation by install, whose source lies low: as it is (floor) and below ovl-run (ovl-cp)'
places='ext4-xfs'
size=2048
files=$(scale 3 3 60 1000)
fewest=5

# The source, with the configuration of the build that is measured, and a makefile that says what is
# built of it.
setup() {
	local config=${OVL_CP%/*}/config.h
	[ -e "$config" ] || return 0
	cp -r "$top/lib" . && cp "$config" . && find lib -name '*.[!ch]*' -type f -delete
	cat >Makefile <<-'END'
		.RECIPEPREFIX := >
		sources := $(wordlist 1, $(files), $(sort $(wildcard lib/*/*.c)))
		objects := $(sources:lib/%.c=to/%.o)
		to/libovlcp.a: $(objects)
		>$(AR) rc $@ $^
		to/%.o: lib/%.c
		>mkdir -p $(@D)
		>$(CC) -std=gnu17 -g -O2 -include config.h -Ilib -MD -c -o $@ $<
		install: to/libovlcp.a
		>install -d to/usr/lib to/usr/include
		>install -m 644 to/libovlcp.a to/usr/lib
		>install -m 644 lib/ovlcp.h to/usr/include
	END
}
commands() {
	local build=(make -s -j2 files="$files" install)
	[ -x "${OVL_CP%/*}/ovl-run" ] && [ -e "$low/config.h" ] || return 0
	tool floor "${build[@]}"
	tool ovl-cp "${OVL_CP%/*}/ovl-run" "${build[@]}"
}
