# SPDX-License-Identifier: GPL-2.0-or-later
#
# What C files declare and define at their top level. Reads what c-lines.awk shows as code, prints
#
#     FILE:LINE:KIND:STORAGE:NAME:LENGTH
#
# KIND is function (one with a body, of LENGTH lines without its braces), prototype or object;
# STORAGE is static, extern or empty. Types are left out. The layout must be that of .clang-format:
# the brace that opens a function, or closes anything of the top level, is in the first column.

function identifier_at_end(text) {
	return match(text, /[A-Za-z_][A-Za-z0-9_]*[ \t]*$/) ? substr(text, RSTART, RLENGTH) : ""
}

function emit(kind, name, length_) {
	sub(/[ \t]+$/, "", name)
	if (name == "")
		return
	print file ":" begun ":" kind ":" \
		(text ~ /(^| )static /  ? "static" : text ~ /(^| )extern / ? "extern" : "") ":" \
		name ":" length_
}

# take KEYWORD((...)) and KEYWORD(...) out of text, whatever stands between its parentheses
function drop_calls(keyword,    at, i, depth_, c) {
	while (match(text, "(^| )" keyword "[ \t]*\\(")) {
		at = RSTART
		depth_ = 1
		for (i = RSTART + RLENGTH; i <= length(text) && depth_; i++) {
			c = substr(text, i, 1)
			depth_ += (c == "(") - (c == ")")
		}
		text = substr(text, 1, at - 1) " " substr(text, i)
	}
}

function normalize_text() {
	gsub(/[ \t]+/, " ", text)
	drop_calls("__attribute__")
	drop_calls("_Alignas")
	drop_calls("(_S|s)tatic_assert")
	sub(/^ /, "", text)
	sub(/ $/, "", text)
}

# the end of a declaration without a body
function take_declaration(    before) {
	normalize_text()
	if (text == "" || text ~ /^typedef / || text ~ /^(struct|union|enum)( [A-Za-z_0-9]+)?( \{\})?$/)
		return
	before = text
	sub(/ ?=.*/, "", before)
	if (before ~ /^[^(]*\( ?\*/) { # an object that is a pointer to a function
		sub(/^[^(]*\( ?\*[ *]*(const )?/, "", before)
		sub(/[^A-Za-z0-9_].*/, "", before)
		emit("object", before, 0)
	} else if (before ~ /\(/) {
		sub(/ ?\(.*/, "", before)
		emit("prototype", identifier_at_end(before), 0)
	} else {
		gsub(/ ?\[[^]]*\]/, "", before)
		emit("object", identifier_at_end(before), 0)
	}
}

function open_brace() {
	if (depth++)
		return
	normalize_text()
	if (text == "extern \"\"") { # the language of the linkage: what is in it is at the top
		depth = 0
		text = ""
	} else if (text ~ /\)$/ && text !~ /=/) {
		in_function = 1
		opened = line
	} else {
		text = text " {"
	}
}

function close_brace(    name) {
	if (!depth || --depth)
		return
	if (in_function) {
		name = text
		sub(/ ?\(.*/, "", name)
		emit("function", identifier_at_end(name), line > opened ? line - opened - 1 : 0)
		text = ""
		in_function = 0
	} else {
		text = text "}"
	}
}

function take_sign(sign) {
	if (sign == "{") {
		open_brace()
	} else if (sign == "}") {
		close_brace()
	} else if (!depth) { # a semicolon
		take_declaration()
		text = ""
	}
}

# what stands between two signs
function take_text(part) {
	if (depth || part ~ /^[ \t]*$/)
		return
	if (text == "")
		begun = line
	text = text (text == "" ? "" : " ") part
}

function take_line(rest,    sign) {
	while (match(rest, /[{};]/)) {
		sign = substr(rest, RSTART, 1)
		take_text(substr(rest, 1, RSTART - 1))
		rest = substr(rest, RSTART + 1)
		take_sign(sign)
	}
	take_text(rest)
}

# Branches of an #if may each open the same brace: the first column says where the top level is.
function begin_line(rest) {
	if (rest ~ /^\{/ && depth)
		depth = 0
	else if (rest ~ /^\}/ && depth)
		depth = 1
}

{
	rest = $0
	path = rest
	sub(/:.*/, "", path)
	rest = substr(rest, length(path) + 2)
	line = rest + 0
	sub(/^[0-9]+:/, "", rest)
	if (path != file) {
		file = path
		depth = in_function = in_directive = 0
		text = ""
	}
	if (in_directive || rest ~ /^[ \t]*(#|%:)/) {
		in_directive = rest ~ /\\[ \t]*$/
		next
	}
	begin_line(rest)
	take_line(rest)
}
