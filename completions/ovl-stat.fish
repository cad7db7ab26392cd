# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of ovl-stat for fish. Operands are files, as fish completes them by itself.

complete -c ovl-stat -l json -d 'Print one JSON object per line for each file'
complete -c ovl-stat -l map -d 'Draw which bytes files share'
complete -c ovl-stat -l matrix -d 'Show by which methods a file could be copied into a directory'
complete -c ovl-stat -l help -d 'Show a summary of the options and exit'
complete -c ovl-stat -l version -d 'Show the version and exit'
