# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of ovl-stat for bash. No option takes a value; what is no option is completed as
# file names ("complete -o default").

_ovl_stat() {
	local cur=${COMP_WORDS[COMP_CWORD]} i word
	COMPREPLY=()

	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} != -- ]] || return 0
	done
	[[ $cur == -* ]] || return 0
	for word in --json --map --matrix --help --version; do
		[[ $word != "$cur"* ]] || COMPREPLY+=("$word")
	done
}

complete -o default -F _ovl_stat ovl-stat
