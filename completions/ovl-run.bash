# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of ovl-run for bash. COMMAND and its arguments are completed as they are without
# ovl-run, by bash-completion; where that is not loaded, as names of commands and of files.

# _ovl_run_value OPTION: completes the value of an option. A value that is none of the words is not
# completed as a file name.
_ovl_run_value() {
	compopt +o default
	case $1 in
	--copy-up) COMPREPLY=(auto always never) ;;
	--method) COMPREPLY=(auto seccomp preload) ;;
	--copy-up-min) ;;
	*) compopt -o default -o filenames ;;
	esac
}

# _ovl_run_command INDEX: completes COMMAND, which is word INDEX, or its arguments.
_ovl_run_command() {
	if declare -F _comp_command_offset >/dev/null; then
		_comp_command_offset "$1"
	elif declare -F _command_offset >/dev/null; then
		_command_offset "$1"
	elif (($1 == COMP_CWORD)); then
		mapfile -t COMPREPLY < <(compgen -c -- "${COMP_WORDS[COMP_CWORD]}")
	fi
}

_ovl_run() {
	local cur=${COMP_WORDS[COMP_CWORD]} option='' begin='' ended='' i=1 word words
	COMPREPLY=()

	# "--option=value" comes as three words, unless = has been taken out of COMP_WORDBREAKS.
	while ((i < COMP_CWORD)) && [[ ! $ended && ${COMP_WORDS[i]} == -* ]]; do
		option=${COMP_WORDS[i]}
		case $option in
		--) ended=yes ;;
		--*=*) ;;
		*) if [[ ${COMP_WORDS[i + 1]} == = ]]; then
			((i += 2))
		elif [[ $option == --@(copy-up|copy-up-min|method|report|agent) ]]; then
			((i += 1))
		fi ;;
		esac
		((i += 1))
	done
	if ((i > COMP_CWORD)); then
		[[ $cur != = ]] || cur=
		_ovl_run_value "$option"
	elif ((i < COMP_CWORD)) || [[ $ended || $cur != -* ]]; then
		_ovl_run_command "$i"
		return
	elif [[ $cur == --*=* ]]; then
		begin=${cur%%=*}= cur=${cur#*=}
		_ovl_run_value "${begin%=}"
	else
		COMPREPLY=(--agent= --check --copy-up= --copy-up-min= -h --help --method=
			--print-profile --print-profile= --report= --require -V --version)
	fi
	words=("${COMPREPLY[@]}")
	COMPREPLY=()
	for word in "${words[@]}"; do
		[[ $word != "$cur"* ]] || COMPREPLY+=("$begin$word")
	done
	[[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace
}

complete -o default -F _ovl_run ovl-run
