# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of ovl-stat for fish. Operands are files, as fish completes them by itself, but the
# second one of --matrix is a directory.

# Prints the operands of --matrix before the cursor; fails without that option.
function __ovl_stat_matrix
    set -l words (commandline -opc)
    argparse h/help V/version json map matrix -- $words[2..] 2>/dev/null
    and set -q _flag_matrix
    and string join \n -- $argv
end

complete -c ovl-stat -n 'test (count (__ovl_stat_matrix)) -gt 0' -f
complete -c ovl-stat -n 'test (count (__ovl_stat_matrix)) -eq 1' -a '(__fish_complete_directories)'
complete -c ovl-stat -l json -d 'Print one JSON object per line for each file'
complete -c ovl-stat -l map -d 'Draw which bytes files share'
complete -c ovl-stat -l matrix -d 'Show by which methods a file could be copied into a directory'
complete -c ovl-stat -s h -l help -d 'Show a summary of the options and exit'
complete -c ovl-stat -s V -l version -d 'Show the version and exit'
