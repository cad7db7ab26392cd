# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of ovl-cp for fish. Operands are files, as fish completes them by itself, but those of
# --dedupe-within are directories.

# Prints the value that is being typed.
function __ovl_cp_value
    commandline -ct | string replace -r -- '^--[a-z-]+=' ''
end

function __ovl_cp_directories
    __fish_complete_directories (__ovl_cp_value) ''
end

# Prints the list of attributes that is being typed, with each that is not in it at its end.
function __ovl_cp_attributes
    set -l list (string split , -- (__ovl_cp_value))[..-2]
    for word in mode ownership timestamps links context xattr all
        contains -- $word $list
        or string join , -- $list $word
    end
end

complete -c ovl-cp -n '__fish_contains_opt dedupe-within' -f -a '(__ovl_cp_directories)'
complete -c ovl-cp -s a -l archive -d 'Copy trees and keep all that can be kept'
complete -c ovl-cp -l atomic -d 'Give each file its name when it is complete'
complete -c ovl-cp -l attributes-only -d 'Copy no data, only attributes'
complete -c ovl-cp -s b -d 'Make a backup of each existing destination'
complete -c ovl-cp -l backup -f -a "none\t'make no backups' off\t'make no backups' simple\t'its name with a suffix' never\t'its name with a suffix' existing\t'numbered where there are numbered ones' nil\t'numbered where there are numbered ones' numbered\t'with a number' t\t'with a number'" -d 'Make a backup of each existing destination'
complete -c ovl-cp -l copy-contents -d 'With -R, copy the contents of special files'
complete -c ovl-cp -l copy-up -x -a "auto\t'when it pays' always\t'whenever it makes clones possible' never\t'leave the source on its layer'" -d 'Copy up a source on a lower layer'
complete -c ovl-cp -l copy-up-only -d 'Copy up each source, and copy nothing else'
complete -c ovl-cp -l copy-up-min -x -d 'Smallest source that auto copies up'
complete -c ovl-cp -s d -d 'Copy links as links, keep hard links'
complete -c ovl-cp -l debug -d 'Explain how each file is copied'
complete -c ovl-cp -l dedupe -d 'Let existing destinations that are equal share data'
complete -c ovl-cp -l dedupe-within -d 'Let equal files below directories share data'
complete -c ovl-cp -l dests-from -r -F -d 'With --fan-out or --dedupe, read destinations from a file, one per line'
complete -c ovl-cp -l dests0-from -r -F -d 'Likewise, each ended by a NUL byte'
complete -c ovl-cp -l dry-run -d 'Same as --explain'
complete -c ovl-cp -l explain -f -a "files\t'a block for each file' summary\t'the sums only'" -d 'Copy nothing, but print how each file would be copied'
complete -c ovl-cp -l fallback -x -a "silent\t'say nothing' warn\t'warn once for each reason' error\t'an error for each file'" -d 'Where data is written because it cannot be shared'
complete -c ovl-cp -l fan-out -d 'Copy one source to every destination'
complete -c ovl-cp -s f -l force -d 'Remove a destination that cannot be opened, and try again'
complete -c ovl-cp -s H -d 'Follow symbolic links that are named as source'
complete -c ovl-cp -s i -l interactive -d 'Ask before overwriting'
complete -c ovl-cp -s j -l jobs -x -a auto -d 'Copy the files of a tree, and big sources, with threads'
complete -c ovl-cp -l keep-directory-symlink -d 'Follow symbolic links to directories in the destination'
complete -c ovl-cp -s l -l link -d 'Make hard links instead of copies'
complete -c ovl-cp -s L -l dereference -d 'Follow all symbolic links in the source'
complete -c ovl-cp -s n -l no-clobber -d 'Leave existing files alone'
complete -c ovl-cp -s P -l no-dereference -d 'Copy symbolic links as links'
complete -c ovl-cp -s p -d 'Keep mode, ownership and timestamps'
complete -c ovl-cp -l preserve -f -a "(__ovl_cp_attributes)" -d 'Keep these attributes'
complete -c ovl-cp -l no-preserve -x -a "(__ovl_cp_attributes)" -d 'Do not keep these attributes'
complete -c ovl-cp -l parents -d 'Create the full path of the source under the directory'
complete -c ovl-cp -l path -d 'The same as --parents'
complete -c ovl-cp -l no-layer-bypass -d 'Do not clone from a layer to a destination outside the overlay'
complete -c ovl-cp -l progress -f -a "auto\t'on a terminal' always\t'also into a pipe' never\t'not at all'" -d 'Show how far the copying is'
complete -c ovl-cp -s R -s r -l recursive -d 'Copy directories with their contents'
complete -c ovl-cp -l reflink -f -a "auto\t'where possible' always\t'or fail' never\t'write every byte anew'" -d 'Share data'
complete -c ovl-cp -l remove-destination -d 'Remove each existing destination file first'
complete -c ovl-cp -l report -r -F -d 'Write what was done with each file to a file'
complete -c ovl-cp -l report-format -x -a "json\t'an object per line' text\t'fields separated by tabs'" -d 'Format of the report'
complete -c ovl-cp -l remember -f -a "yes\t'if unchanged' verify\t'after a comparison' no\t'do not' (__ovl_cp_directories)" -d 'Clone from copies of earlier calls'
complete -c ovl-cp -l forget -d 'Remove the records of --remember'
complete -c ovl-cp -l share -x -a "reflink\t'blocks' hardlink\t'all, as one file' reflink,hardlink\t'blocks, else all'" -d 'What several destinations share'
complete -c ovl-cp -l require -x -a "any\t'never fail' share\t'shared in any way' clone\t'cloned'" -d 'Fail where data cannot be shared'
complete -c ovl-cp -l fsync -f -a "file\t'each file' fs\t'each filesystem, once' auto\t'as the number of files says' none\t'leave it to the kernel'" -d 'Write to stable storage before the end'
complete -c ovl-cp -l verify -d 'Compare each copy with its source'
complete -c ovl-cp -l sparse -x -a "auto\t'where the source has them' always\t'also for zeros' never\t'nowhere'" -d 'Make holes'
complete -c ovl-cp -l stats -d 'Print files, bytes and time at the end'
complete -c ovl-cp -l strip-trailing-slashes -d 'Remove trailing slashes from each source'
complete -c ovl-cp -s s -l symbolic-link -d 'Make symbolic links instead of copies'
complete -c ovl-cp -s S -l suffix -x -d 'Suffix of the names of backups'
complete -c ovl-cp -s t -l target-directory -x -a '(__ovl_cp_directories)' -d 'Copy every source into a directory'
complete -c ovl-cp -s T -l no-target-directory -d 'Treat the destination as a file'
complete -c ovl-cp -s u -d 'Overwrite only older files'
complete -c ovl-cp -l update -f -a "all\t'the default' older\t'those older than the source' none\t'leave them alone' none-fail\t'fail'" -d 'Which existing files to overwrite'
complete -c ovl-cp -s v -l verbose -d 'Print what is being done'
complete -c ovl-cp -s x -l one-file-system -d 'Stay on the filesystem of the source'
complete -c ovl-cp -s Z -d 'Give new files the default context of their location'
complete -c ovl-cp -l context -f -d 'Give new files a security context'
complete -c ovl-cp -l help -d 'Show a summary of the options and exit'
complete -c ovl-cp -l version -d 'Show the version and exit'
