#!/bin/bash
# Measures this plugin and its peers side by side in one run, and writes what came of it into docs/benchmarks.md:
#
#   bench.sh            every section but the last two
#   bench.sh glance     big files, to a Glance that this script starts
#   bench.sh build      many small images in a build, and from Packer's end to an image
#   bench.sh share      one image shared with many projects
#   bench.sh heat       rendering of Heat templates
#   bench.sh sink       a huge file sent to a server that takes all
#   bench.sh growth     time and memory of what gets larger: images, members, properties, logs, templates, builds
#   bench.sh soak       an hour of uploads, builds and stacks with random faults: does anything leak
#   bench.sh fuzz       measures nothing: looks for what breaks the readers of images, templates, logins and answers, ten minutes each
#
# JAVA_TOOL_OPTIONS=-Dbench.sinkBytes=107374182400 makes it 100 GiB, -Dfuzz.seconds=86400 a day, -Dsoak.minutes=5 five minutes.
set -euo pipefail
cd "$(dirname "$0")"

sections=("$@")
[ $# -gt 0 ] || sections=(glance build share heat sink growth)
src/test/scripts/install-packages openstack clients heat packer curl time jinja2 ansible
mvn -B -ntp -q package dependency:build-classpath -DskipTests -Dspotless.check.skip -Dspotbugs.skip \
    -Dmdep.outputFile=target/bench.classpath
for section in "${sections[@]}"; do
    case $section in
        glance) main=bench.GlanceBenchmark ;;
        build) main=bench.BuildBenchmark ;;
        share) main=bench.SharingBenchmark ;;
        heat) main=bench.HeatBenchmark ;;
        sink) main=bench.SinkBenchmark ;;
        growth) main=bench.GrowthBenchmark ;;
        soak) main=soak.Soaking ;;
        fuzz) main=fuzz.Fuzzing ;;
        *)
            echo "bench.sh: there is no section '$section'; there are: glance, build, share, heat, sink, growth, soak, fuzz" >&2
            exit 1
            ;;
    esac
    java -classpath "target/test-classes:target/classes:$(<target/bench.classpath)" \
        "io.jenkins.plugins.imagefactory.$main" docs/benchmarks.md
done
