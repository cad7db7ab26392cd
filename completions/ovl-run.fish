# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of ovl-run for fish. The command and its arguments are completed as they are without
# ovl-run.

# Prints the command line of the command; fails while options are typed.
function __ovl_run_command
    set -l words (commandline -opc) (commandline -ct)
    argparse -s copy-up= copy-up-min= method= report= require agent= check 'print-profile=?' h/help V/version \
        -- $words[2..] 2>/dev/null
    and set -q argv[1]
    and not string match -q -- '-*' $argv[1]
    and string join ' ' -- $argv
end

function __ovl_run_options
    not __ovl_run_command >/dev/null
end

complete -c ovl-run -x -n 'not __ovl_run_options' -a '(complete -C (__ovl_run_command))'
complete -c ovl-run -n __ovl_run_options -l copy-up -x -a "auto\t'those of --copy-up-min' always\t'of any size' never\t'leave them on their layer'" -d 'Copy up files on a lower layer'
complete -c ovl-run -n __ovl_run_options -l copy-up-min -x -d 'Smallest file that auto copies up'
complete -c ovl-run -n __ovl_run_options -l method -x -a "auto\t'the first that is possible' seccomp\t'a filter' preload\t'a library in the programs'" -d 'How to help'
complete -c ovl-run -n __ovl_run_options -l report -r -F -d 'Write a line of JSON about each file that was to be copied up'
complete -c ovl-run -n __ovl_run_options -l require -d 'Do not run the command where it cannot be helped'
complete -c ovl-run -n __ovl_run_options -l agent -r -F -d 'Help containers whose runtimes connect to a socket'
complete -c ovl-run -n __ovl_run_options -l check -d 'Print whether the command would be helped, and why not'
complete -c ovl-run -n __ovl_run_options -l print-profile -F -d 'Print a seccomp profile for --agent'
complete -c ovl-run -n __ovl_run_options -s h -l help -d 'Show a summary of the options and exit'
complete -c ovl-run -n __ovl_run_options -s V -l version -d 'Show the version and exit'
