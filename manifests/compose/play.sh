#!/bin/sh
# Lays down the channel events of a recorded PBX, as cel_custom writes them. The file keeps its name and place when it is there already
set -eu
[ -f /pbx/cel.csv ] || { zcat /corpus/cel-custom/Master.csv.gz > /pbx/cel.tmp && mv /pbx/cel.tmp /pbx/cel.csv; }
