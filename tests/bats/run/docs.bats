#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# cmd/run/options.def is the only list of options; help, manual and completions must agree with it.
# needs: dynamic

load ../../fixtures/common
load ../../fixtures/docs

setup() {
	lab_setup
	requires ovl-run
	cd "$BATS_TEST_DIRNAME/../../.." || return # the root of the source
	manual=man/ovl-run.1 fish=$(sed 's/\\t/ /g' completions/ovl-run.fish) # \t is not a word
	options=$(sed -nE "s/^RUN_OPTION\([A-Z_]+, \"([a-z-]+)\", (0|'(.)').*/--\1\n-\3/p" \
		cmd/run/options.def | grep -vx -e - | sort)
	assert_equal "$(grep -c '^--' <<<"$options")" "$(grep -c '^RUN_OPTION(' cmd/run/options.def)"
}

# complete_words WORD...: prints what bash offers for the last WORD of the command line, without
# bash-completion.
complete_words() {
	# shellcheck disable=SC2016 # expanded by that shell
	bash --norc -c '. completions/ovl-run.bash
		compopt() { :; } # exists only while readline completes
		_command_offset() { COMPREPLY=("command at $1"); }
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _ovl_run
		printf "%s\n" "${COMPREPLY[@]}"' bash ovl-run "$@"
}

# fish_words LINE: prints what fish offers for the last word of LINE, without descriptions.
fish_words() {
	# shellcheck disable=SC2016 # expanded by that shell
	fish --no-config -c 'complete -c show -l verse; complete -c show -f -a "one two"
		source completions/ovl-run.fish; complete -C "$argv[1]"' "$1" | cut -f 1
}

@test "--help lists the options of options.def and mentions no others" { help_agrees "$OVL_RUN"; }

@test "the manual explains the options of options.def and mentions no others" {
	manual_agrees "$manual"
}

@test "the completions offer the options of options.def and no others" {
	complete_words - | tr -d = | agrees
	completions_agree ovl-run
}

@test "which options take a value, and which only after =, is the same everywhere" {
	takes=$(sed -nE 's/^RUN_OPTION\([A-Z_]+, "([a-z-]+)", 0, "[A-Z]+", (NULL|""),?.*/--\1 \2/p' \
		cmd/run/options.def)
	assert_equal "$(wc -l <<<"$takes")" 6
	while read -r option bare; do
		if [ "$bare" = NULL ]; then
			grep -q -- "^.It Fl ${option#-} Ns = Ns Ar " "$manual" || fail "manual: $option"
			grep -q -- "$option=\[" completions/_ovl-run || fail "zsh: $option"
			assert_equal "$(complete_words "$option" x cmd)" 'command at 3'
		else
			grep -q -- "^.It Fl ${option#-} Ns Op = Ns Ar " "$manual" || fail "manual: $option"
			grep -q -- "$option=-\[" completions/_ovl-run || fail "zsh: $option"
			assert_equal "$(complete_words "$option" cmd)" 'command at 2'
		fi
	done <<<"$takes"
}

# same_words OPTION: asserts that manual and completions know the words that --OPTION takes.
same_words() {
	words=$("$OVL_RUN" "--$1=?" true 2>&1 | sed -n "s/'\(, '\)\?/\n/g; s/^  - //p" | grep . | sort)
	assert_equal "$(complete_words "--$1" = '' | sort)" "$words"
	item=$(sed -n "/^.It Fl -$1 /,/^.It Fl/p" "$manual")
	for word in $words; do
		grep -q "Cm $word\b" <<<"$item" || fail "manual: $word"
		grep -q -- "--$1=.*\b$word\b" completions/_ovl-run || fail "zsh: $word"
		grep -q -- "-l $1 .*\b$word\b" <<<"$fish" || fail "fish: $word"
	done
}

@test "manual and completions know the words that --copy-up takes" { same_words copy-up; }

@test "manual and completions know the words that --method takes" { same_words method; }

@test "a wrong size is told as by ovl-cp" {
	run "$OVL_RUN" --copy-up-min=1.5M true
	assert_failure 125
	assert_line --index 0 "ovl-run: invalid argument '1.5M' for '--copy-up-min': give a number of bytes, such as 65536, 64K or 1M"
	run env OVL_CP_COPY_UP_MIN=x "$OVL_RUN" true
	assert_failure 125
	assert_line --index 0 "ovl-run: invalid argument 'x' for 'OVL_CP_COPY_UP_MIN': give a number of bytes, such as 65536, 64K or 1M"
}

@test "bash completes what is begun, and the command and its arguments" {
	bash -n completions/ovl-run.bash
	assert_equal "$(complete_words --copy-u | xargs)" '--copy-up= --copy-up-min='
	assert_equal "$(complete_words --copy-up = a | xargs)" 'auto always'
	assert_equal "$(complete_words --copy-up n)" never
	assert_equal "$(complete_words --report fil)$(complete_words --agent = '')" ''
	assert_equal "$(complete_words mak)" 'command at 1'
	assert_equal "$(complete_words -- mak)" 'command at 2'
	assert_equal "$(complete_words --copy-up = never --require make --copy-u)" 'command at 5'
	assert_equal "$(complete_words --report=file make install)" 'command at 2'
}

@test "fish completes the arguments of the command" {
	requires fish
	assert_equal "$(fish_words 'ovl-run show --ver')" --verse
	assert_equal "$(fish_words 'ovl-run --copy-up never -- show t')" two
	assert_equal "$(fish_words 'ovl-run --require show --copy-u')" ''
	assert_equal "$(fish_words 'ovl-run --copy-up n')" never
	assert_equal "$(fish_words 'ovl-run --copy-u' | xargs)" '--copy-up --copy-up-min'
}

@test "the manual names the limits and the socket that are compiled in" {
	define() { sed -nE "s/^#define $1 +\"?([^\"]*)\"?\$/\1/p" "$2" | grep .; }
	grep -qx ".It $(define AGENT_CONTAINERS_MAX cmd/run/agent.h) containers" "$manual"
	grep -qx ".It $(define AGENT_SECONDS_MAX cmd/run/agent.h) seconds" "$manual"
	grep -qx ".It $(define RECEIVE_SECONDS cmd/run/agent.c) seconds" "$manual"
	grep -qx ".It $(define SUPERVISE_WORKERS_MAX cmd/run/supervise.h) calls" "$manual"
	grep -qx ".It Pa $(define DEFAULT_SOCKET cmd/run/profile.c)" "$manual"
}

@test "the units start the agent at the socket that is compiled in, and systemd has no complaint" {
	requires systemd-analyze
	socket=$(sed -nE 's/^#define DEFAULT_SOCKET +"(.*)"$/\1/p' cmd/run/profile.c)
	grep -qx "ListenStream=$socket" systemd/ovl-run.socket
	grep -qx "ExecStart=@bindir@/ovl-run --agent=$socket" systemd/ovl-run.service.in
	cp systemd/ovl-run.socket "$BATS_TEST_TMPDIR/"
	sed "s|@bindir@/ovl-run|$OVL_RUN|" systemd/ovl-run.service.in >"$BATS_TEST_TMPDIR/ovl-run.service"
	run systemd-analyze verify --man=no "$BATS_TEST_TMPDIR/"ovl-run.{socket,service}
	assert_success
	refute_output
}

@test "systemd finds the service no more exposed than it has to be" {
	requires systemd-analyze
	systemd-analyze security --help | grep -q -e --offline || skip 'systemd-analyze is older than 250'
	sed "s|@bindir@/ovl-run|$OVL_RUN|" systemd/ovl-run.service.in >"$BATS_TEST_TMPDIR/ovl-run.service"
	run systemd-analyze security --no-pager --offline=true --threshold=45 "$BATS_TEST_TMPDIR/ovl-run.service"
	assert_success
}
