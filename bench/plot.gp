# SPDX-License-Identifier: GPL-2.0-or-later
# Draws the bars of one scenario, for summarise.py: gnuplot -e "data='FILE'; name='NAME'; tools=N" plot.gp
set terminal svg size 1000,480 font 'sans,12' background '#ffffff'
set title name noenhanced
set ylabel 'times the floor (without one: times cp), logarithmic'
set logscale y
set style data histogram
set style histogram clustered gap 2
set style fill solid 0.8 border -1
set key outside right noenhanced
set xtics noenhanced
set grid y
set datafile missing '?'
plot 1 notitle with lines lc rgb 'black', \
	for [i=2:tools + 1] data using i:xtic(1) title columnheader(i)
