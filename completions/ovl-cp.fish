# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of ovl-cp for fish. Operands are files, as fish completes them by itself.

complete -c ovl-cp -l copy-up -x -a "auto\t'when it pays' always\t'whenever it makes clones possible' never\t'leave the source on its layer'" -d 'Copy up a source that lies on a lower layer'
complete -c ovl-cp -l copy-up-min -x -d 'Smallest source that auto copies up'
complete -c ovl-cp -l debug -d 'Explain how each file is copied'
complete -c ovl-cp -l dests-from -r -F -d 'With --fan-out, read destinations from a file, one a line'
complete -c ovl-cp -l dests0-from -r -F -d 'Likewise, each ended by a NUL byte'
complete -c ovl-cp -l fan-out -d 'Copy one source to every destination'
complete -c ovl-cp -s f -l force -d 'Remove a destination that cannot be opened, and try again'
complete -c ovl-cp -s i -l interactive -d 'Ask before overwriting'
complete -c ovl-cp -s n -l no-clobber -d 'Leave existing files alone'
complete -c ovl-cp -s p -d 'Keep mode, ownership and timestamps'
complete -c ovl-cp -l preserve -f -a "(__fish_append , mode ownership timestamps)" -d 'Keep these attributes'
complete -c ovl-cp -s u -d 'Overwrite only older files'
complete -c ovl-cp -l update -f -a "all\t'the default' older\t'those older than the source' none\t'leave them alone' none-fail\t'fail'" -d 'Which existing files to overwrite'
complete -c ovl-cp -l reflink -f -a "auto\t'where possible' always\t'or fail' never\t'write every byte anew'" -d 'Share data'
complete -c ovl-cp -l remove-destination -d 'Remove each existing destination file first'
complete -c ovl-cp -s t -l target-directory -x -a '(__fish_complete_directories)' -d 'Copy every source into a directory'
complete -c ovl-cp -s T -l no-target-directory -d 'Treat the destination as a file'
complete -c ovl-cp -s v -l verbose -d 'Say what is done'
complete -c ovl-cp -l help -d 'Show a summary of the options and exit'
complete -c ovl-cp -l version -d 'Show the version and exit'
