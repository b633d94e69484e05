#!/bin/bash
# Installs what the tests need, then builds and tests everything. Arguments go to Maven: ./test.sh -Dit.test=OpenStackIT
# Where Jenkins' own artifacts are in Maven's local repository, builds and tests against them, too.
set -euo pipefail
cd "$(dirname "$0")"

src/test/scripts/install-packages openstack clients heat packer qemu base-disk guestfs dib cloud-init shellcheck curl \
    jinja2 ansible
mvn -B -ntp verify "$@"
if mvn -B -o -q -Pjenkins dependency:resolve "$@" >/dev/null 2>&1; then
    echo "Jenkins' artifacts are here: testing against real Jenkins, too"
    src/test/scripts/install-packages browser
    mvn -B -o -Pjenkins verify "$@"
else
    echo "Jenkins' artifacts are not in the local Maven repository: tested against the declared API alone"
fi
