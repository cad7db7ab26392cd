#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Scripts that use rare options: cp -al, -l --parents --remove-destination, and --target-directory.
# needs: time

load ../../fixtures/common
load ../../fixtures/real

# scene: creates a tree in data.
scene() {
	mkdir -p data/sub/deep data/empty && echo one >data/one && echo two >data/sub/two &&
		file_make data/sub/deep/large 300K && ln data/sub/two data/sub/deep/second &&
		ln -s ../one data/sub/link && ln -s nowhere data/dangling && mkfifo data/fifo &&
		chmod 4750 data/one && chmod 500 data/sub/deep/large && chmod 700 data/empty && old data
}

# snapshots: makes snapshots with changes in between; an unchanged file is a hard link in all of
# them. Without --relative in its options rsync ignores the directories above.
snapshots() {
	printf '%s\t%s\n' config_version 1.2 snapshot_root "$PWD/made/" cmd_cp "$(type -P cp)" \
		cmd_rsync "$(type -P rsync)" rsync_long_args '--delete --numeric-ids' link_dest 0 \
		lockfile "$PWD/lock" retain $'alpha\t3' retain $'beta\t2' \
		backup "$PWD/data/"$'\there/' >conf && scene && rsnapshot -c conf alpha &&
		echo three >data/three && old data && rsnapshot -c conf alpha &&
		rm data/one && mkdir data/one && old data && rsnapshot -c conf alpha &&
		rsnapshot -c conf beta && rsnapshot -c conf alpha
}

# patches: creates, forks, pops, compares and pushes patches.
patches() {
	export QUILT_PATCHES=patches QUILT_NO_DIFF_TIMESTAMPS=1
	quilt() { command quilt --quiltrc - "$@"; }
	scene && rm data/fifo data/dangling && mv data made/ && cd made/data &&
		quilt new first && quilt add one sub/two sub/new && echo 1 | tee -a one >sub/new &&
		echo 2 >>sub/two && quilt refresh && quilt snapshot && quilt fork second &&
		quilt add sub/deep/second && echo 3 | tee -a one >>sub/deep/second &&
		quilt diff --snapshot >../diff && quilt refresh --backup && echo 4 >>one &&
		quilt revert one && quilt new third && quilt add one && echo 6 >>one && quilt refresh &&
		quilt pop -R -a && cp -al . ../popped && quilt push -a
}

@test "rsnapshot makes the same snapshots" {
	requires rsnapshot rsync getfattr
	made_alike snapshots
}

@test "quilt makes the same patches and files" {
	requires quilt getfattr
	made_alike patches
}
