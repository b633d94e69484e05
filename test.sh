#!/bin/bash
# Installs what the tests need, then builds and tests everything. Arguments go to Maven: ./test.sh -Dit.test=OpenStackIT
# Where Jenkins' own artifacts are in Maven's local repository, builds and tests against them, too.
set -euo pipefail
cd "$(dirname "$0")"

src/test/scripts/install-packages openstack clients heat cinder packer qemu base-disk guestfs dib cloud-init shellcheck curl \
    jinja2 jinja2-tests ansible faketime
rm -rf target/*-reports src/jenkins/target/*-reports
declared_api="the declared API of Jenkins $(sed -n 's|.*<jenkins.version>\(.*\)</jenkins.version>.*|\1|p' pom.xml)"
jenkins=$declared_api
result=0
mvn -B -ntp verify "$@" || result=$?
if ! mvn -B -o -q -f src/jenkins/pom.xml validate dependency:resolve "$@" >/dev/null 2>&1; then
    echo "Left out: the tests that start a real Jenkins: its artifacts are not in the local Maven repository, or Maven is older than 3.9.6"
elif [[ $result != 0 ]]; then
    echo "Left out: the tests that start a real Jenkins: the build against the declared API failed"
else
    src/test/scripts/install-packages browser
    jenkins="$declared_api and Jenkins itself"
    mvn -B -o -f src/jenkins/pom.xml verify "$@" || result=$?
fi
src/test/scripts/summarize-tests "$result" "$SECONDS" "$jenkins" \
    target/surefire-reports target/failsafe-reports src/jenkins/target/surefire-reports src/jenkins/target/failsafe-reports
exit "$result"
