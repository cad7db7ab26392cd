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

# _ovl_cp_value OPTION VALUE: completes the value of an option; fails if it takes none. A value that
# is none of the words is not completed as a file name.
_ovl_cp_value() {
	compopt +o default
	case $1 in
	--reflink | --copy-up | --progress | --sparse) COMPREPLY=(auto always never) ;;
	--explain) COMPREPLY=(files summary) ;;
	--fallback) COMPREPLY=(silent warn error) ;;
	--report-format) COMPREPLY=(json text) ;;
	--require) COMPREPLY=(any share clone) ;;
	--remember) COMPREPLY=(yes verify no) && compopt -o dirnames ;;
	--share) COMPREPLY=(reflink hardlink 'reflink,hardlink') ;;
	--fsync) COMPREPLY=(file fs auto none) ;;
	--update) COMPREPLY=(all none none-fail older) ;;
	--backup) COMPREPLY=(none off simple never existing nil numbered t) ;;
	--preserve | --no-preserve)
		_ovl_cp_list "$2" mode ownership timestamps links context xattr all
		;;
	--jobs | -j) COMPREPLY=(auto) ;;
	--copy-up-min | --context | --suffix | -S) ;;
	--dests-from | --dests0-from | --report) compopt -o default -o filenames ;;
	--target-directory | -t) compopt -o dirnames ;;
	*) compopt -o default && return 1 ;;
	esac
}

_ovl_cp_options() {
	COMPREPLY=(-a --archive --atomic --attributes-only -b --backup --backup= --context --context=
		--copy-contents --copy-up= --copy-up-min= --copy-up-only -d --debug --dedupe --dedupe-within --dereference
		--dests-from= --dests0-from= --dry-run --explain --explain= --fallback= --fan-out -f
		--force --forget --fsync --fsync= -H --help -i --interactive -j --jobs= --keep-directory-symlink -l --link -L -n --no-clobber
		--no-dereference --no-layer-bypass --no-preserve= --no-target-directory --one-file-system
		-p -P --parents --path --preserve --preserve= --progress --progress= -r -R --recursive
		--reflink --reflink= --remember --remember= --remove-destination --report= --report-format= --require=
		-s -S --share= --sparse= --stats
		--strip-trailing-slashes --suffix= --symbolic-link -t -T --target-directory=
		-u --update --update= -v --verbose --verify --version -x -Z)
}

_ovl_cp() {
	local cur=${COMP_WORDS[COMP_CWORD]} before='' option='' begin='' within='' ended='' word i words
	COMPREPLY=()

	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ $ended || ${COMP_WORDS[i]} != --dedupe-within ]] || within=yes
		[[ ${COMP_WORDS[i]} != -- ]] || ended=yes
	done
	((COMP_CWORD < 2)) || before=${COMP_WORDS[COMP_CWORD - 1]}
	# "--option=value" comes as three words, unless = has been taken out of COMP_WORDBREAKS.
	if [[ $cur == --*=* ]]; then
		option=${cur%%=*} begin=${cur%%=*}= cur=${cur#*=}
	elif [[ $cur == = ]]; then
		option=$before cur=
	elif [[ $before == = ]]; then
		option=${COMP_WORDS[COMP_CWORD - 2]}
	else
		case $before in
		# their value only comes after =
		--backup | --context | --explain | --fsync | --preserve | --progress | --reflink | \
			--remember | --update) ;;
		--*) option=$before ;;
		# the first letter that takes a value takes what follows
		-*[Sjt]*) [[ ${before#*[Sjt]} ]] || option=-${before: -1} ;;
		esac
	fi

	if [[ ! $ended && -n $option ]] && _ovl_cp_value "$option" "$cur"; then
		:
	elif [[ ! $ended && $cur == -* ]]; then
		_ovl_cp_options
	elif [[ $within ]]; then
		compopt +o default -o dirnames
	fi
	words=("${COMPREPLY[@]}")
	COMPREPLY=()
	for word in "${words[@]}"; do
		[[ $word != "$cur"* ]] || COMPREPLY+=("$begin$word")
	done
	[[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace
}

complete -o default -F _ovl_cp ovl-cp
