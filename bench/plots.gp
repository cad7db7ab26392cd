# SPDX-License-Identifier: GPL-2.0-or-later
# For bench/plots: gnuplot -e "name='copies'; dir='docs/plots'; machine='TEXT'" plots.gp
# The colours are seen on white and on black; that of letters is set by the style that bench/plots adds.
set terminal svg size 1000,470 font 'sans,13' noenhanced
set datafile separator ','
set border lc rgb '#808080'
set grid lc rgb '#808080' lw 0.4
set logscale xy
set key left top reverse Left
set format y '%g'
set label 1 machine at screen 0.5, 0.02 center font 'sans,11'

of(tool) = sprintf("< awk -F , '$2 == \"%s\"' '%s/%s.csv'", tool, dir, name)

if (name eq 'copies') {
	tools = 'rsync uutils cp busybox ovl-cp+loop ovl-cp'
	words = 'rsync|uutils cp|GNU cp|BusyBox cp|ovl-cp, one call each|ovl-cp --fan-out, one call'
	colours = '#b07d2b #8e7cc3 #e0662f #d4a017 #2ca58d #3b8fd6'
	set multiplot layout 1,2 margins 0.07, 0.98, 0.16, 0.9 spacing 0.1 \
		title 'Copies of a file of 2 MiB, from the lower layer (ext4) to the upper one (xfs)'
	set xlabel 'copies'
	set xrange [0.8:1400]
	set ylabel 'seconds, until all is on the disk' offset 1
	plot for [i=1:6] of(word(tools, i)) using 1:4 with linespoints lw 2 pt i ps 0.7 \
		lc rgb word(colours, i) title system(sprintf("echo '%s' | cut -d '|' -f %d", words, i))
	set ylabel 'MiB that the upper layer grew by' offset 0
	unset key
	unset label 1
	set label 2 'rsync, uutils, GNU cp, BusyBox' at 60, 260 right
	set label 3 'ovl-cp, both' at 60, 3.2
	plot for [i=1:6] of(word(tools, i)) using 1:7 with linespoints lw 2 pt i ps 0.7 \
		lc rgb word(colours, i) notitle
	unset multiplot
} else {
	colours = '#d4a017 #e0662f #8e7cc3 #3b8fd6'
	copies = '1 2 5 10'
	variant(i) = i == 1 ? '' : '+'.word(copies, i)
	set multiplot layout 1,2 margins 0.07, 0.98, 0.16, 0.9 spacing 0.1 \
		title 'What a copy-up costs: from the lower layer (ext4) to the upper one (xfs)'
	set xlabel 'size of the file'
	set xtics ('64 KiB' 64, '256 KiB' 256, '1 MiB' 1024, '4 MiB' 4096, '16 MiB' 16384, '64 MiB' 65536)
	set xrange [50:80000]
	set ylabel 'seconds' offset 1
	plot for [i=1:4] of('cp'.variant(i)) using 1:4 with linespoints dt 2 lw 2 pt 6 ps 0.6 \
			lc rgb word(colours, i) title word(copies, i).' × cp', \
		for [i=1:4] of('ovl-cp'.variant(i)) using 1:4 with linespoints lw 2 pt 7 ps 0.6 \
			lc rgb word(colours, i) title word(copies, i).' × ovl-cp --copy-up=always'
	unset key
	unset label 1
	unset logscale y
	set offsets 0, 0, 0.7, 0
	set yrange [0:*]
	set ylabel 'copies from which on the copy-up has paid' offset -0.5
	plot dir.'/break-even.csv' using 1:2 every ::1 with linespoints lw 2 pt 7 ps 0.7 lc rgb '#3b8fd6', \
		'' using 1:2:(sprintf('%.1f', $2)) every ::1 with labels offset 0,1
	unset multiplot
}
