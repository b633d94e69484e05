#!/bin/bash
# Installs what the tests need, then builds and tests everything. Arguments go to Maven: ./test.sh -Dit.test=OpenStackIT
set -euo pipefail
cd "$(dirname "$0")"

src/test/scripts/install-packages openstack packer qemu base-disk jinja2
mvn -B -ntp verify "$@"
