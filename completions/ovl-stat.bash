# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of ovl-stat for bash. No option takes a value; what is no option is completed as
# file names ("complete -o default"), but the second operand of --matrix is a directory.

_ovl_stat() {
	local cur=${COMP_WORDS[COMP_CWORD]} matrix='' ended='' operands=0 i word
	COMPREPLY=()

	for ((i = 1; i < COMP_CWORD; i++)); do
		case $ended${COMP_WORDS[i]} in
		--) ended=yes ;;
		--matrix) matrix=yes ;;
		-?*) ;;
		*) ((operands += 1)) ;;
		esac
	done
	if [[ ! $ended && $cur == -* ]]; then
		for word in -h --help --json --map --matrix -V --version; do
			[[ $word != "$cur"* ]] || COMPREPLY+=("$word")
		done
	elif [[ $matrix ]] && ((operands > 0)); then
		compopt +o default
		((operands > 1)) || compopt -o dirnames
	fi
}

complete -o default -F _ovl_stat ovl-stat
