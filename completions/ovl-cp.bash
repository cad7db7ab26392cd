# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of ovl-cp for bash; installed as "ovl-cp". It needs nothing of bash-completion but
# to be found by it. What it has no words for is completed as file names ("complete -o default").

# _ovl_cp_list LIST WORD...: adds WORDs to a comma list, those that are not in LIST yet.
_ovl_cp_list() {
	local word list=$1 begin=''
	shift
	[[ $list != *,* ]] || begin=${list%,*},
	for word; do
		[[ ,$begin == *",$word,"* ]] || COMPREPLY+=("$begin$word")
	done
	compopt -o nospace
}

# _ovl_cp_value OPTION VALUE: completes the value of an option; fails if it takes none.
_ovl_cp_value() {
	case $1 in
	--reflink | --copy-up) COMPREPLY=(auto always never) ;;
	--update) COMPREPLY=(all none none-fail older) ;;
	--preserve) _ovl_cp_list "$2" mode ownership timestamps ;;
	--copy-up-min) compopt +o default ;;
	--dests-from | --dests0-from) compopt -o filenames ;;
	--target-directory | -t) compopt +o default -o dirnames ;;
	*) return 1 ;;
	esac
}

_ovl_cp_options() {
	COMPREPLY=(--copy-up= --copy-up-min= --debug --dests-from= --dests0-from= --fan-out
		-f --force -i --interactive -n --no-clobber -p --preserve --preserve=
		--reflink --reflink= --remove-destination -t --target-directory=
		-T --no-target-directory -u --update --update= -v --verbose --help --version)
}

_ovl_cp() {
	local cur=${COMP_WORDS[COMP_CWORD]} option='' begin='' word i words
	COMPREPLY=()

	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} != -- ]] || return 0
	done
	# "--option=value" comes as three words, unless = has been taken out of COMP_WORDBREAKS.
	if [[ $cur == --*=* ]]; then
		option=${cur%%=*} begin=${cur%%=*}= cur=${cur#*=}
	elif [[ $cur == = ]]; then
		option=${COMP_WORDS[COMP_CWORD - 1]} cur=
	elif ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
		option=${COMP_WORDS[COMP_CWORD - 2]}
	else
		case ${COMP_WORDS[COMP_CWORD - 1]} in
		--preserve | --reflink | --update) ;; # their value only comes after =
		--*) option=${COMP_WORDS[COMP_CWORD - 1]} ;;
		-*t) option=-t ;;
		esac
	fi

	if [[ -n $option ]] && _ovl_cp_value "$option" "$cur"; then
		:
	elif [[ $cur == -* ]]; then
		_ovl_cp_options
	fi
	words=("${COMPREPLY[@]}")
	COMPREPLY=()
	for word in "${words[@]}"; do
		[[ $word != "$cur"* ]] || COMPREPLY+=("$begin$word")
	done
	[[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace
}

complete -o default -F _ovl_cp ovl-cp
