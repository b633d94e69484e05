#!/bin/bash
# Builds a bootable image with Packer, uploads it to a Glance that this script starts, shares it with two projects and
# renders its Heat template: docs/examples/quickstart/Jenkinsfile. Everything lands in target/demo.
#
#   demo.sh                                without Jenkins
#   demo.sh --jenkins WAR [PLUGINS_DIR]    in that Jenkins, with those plugins; until Ctrl-C, or the build's end with --once
set -euo pipefail
war=
arguments=()
if [[ ${1-} == --jenkins ]]; then
    [[ -f ${2-} ]] || { echo "demo.sh: --jenkins needs a jenkins.war" >&2; exit 1; }
    war=$(realpath "$2")
    shift 2
    for argument in "$@"; do
        [[ $argument == --* ]] && arguments+=("$argument") || arguments+=("$(realpath "$argument")")
    done
fi
cd "$(dirname "$0")"

src/test/scripts/install-packages openstack packer qemu base-disk
echo "Compiling …"
mvn -B -ntp -q package dependency:build-classpath -DskipTests -Dspotless.check.skip -Dspotbugs.skip \
    -Dmdep.outputFile=target/demo.classpath
demo() {
    exec java -XX:+EnableDynamicAgentLoading -Xshare:off \
        -classpath "target/test-classes:target/classes:$(<target/demo.classpath)" \
        "io.jenkins.plugins.imagefactory.demo.$1" "${@:2}"
}
if [[ -z $war ]]; then
    demo Demo
else
    demo JenkinsDemo "$war" "${arguments[@]}"
fi
