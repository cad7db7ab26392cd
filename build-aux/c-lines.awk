# SPDX-License-Identifier: GPL-2.0-or-later
#
# The lines of C files, either without or with nothing but their comments:
#
#     awk -v show=code -f build-aux/c-lines.awk FILE...        FILE:LINE:TEXT, for c-declarations.awk
#     awk -v show=comments -f build-aux/c-lines.awk FILE...    and for the checks that read words
#
# Strings and character constants are emptied, so that no brace and no word of theirs is seen.
# No preprocessing: the code of every #if and #else is shown.

# the text behind the string or character constant that QUOTE has opened
function after_constant(text, quote) {
	while (text != "") {
		if (substr(text, 1, 1) == quote)
			return substr(text, 2)
		text = substr(text, substr(text, 1, 1) == "\\" ? 3 : 2)
	}
	return ""
}

# split TEXT into the globals code and comment; in_comment lasts from line to line
function split_line(text,    at, sign) {
	code = comment = ""
	while (text != "") {
		if (in_comment) {
			at = index(text, "*/")
			in_comment = !at
			comment = comment (at ? substr(text, 1, at - 1) " " : text)
			text = at ? substr(text, at + 2) : ""
		} else if (match(text, /\/\*|\/\/|["\047]/)) {
			sign = substr(text, RSTART, RLENGTH)
			code = code substr(text, 1, RSTART - 1)
			text = substr(text, RSTART + RLENGTH)
			if (sign == "/*") {
				in_comment = 1
				code = code " "
			} else if (sign == "//") {
				comment = comment text
				text = ""
			} else {
				code = code sign sign
				text = after_constant(text, sign)
			}
		} else {
			code = code text
			text = ""
		}
	}
}

FNR == 1 { in_comment = 0 }
{
	split_line($0)
	print FILENAME ":" FNR ":" (show == "comments" ? comment : code)
}
