#!/bin/bash
# Builds a bootable image with Packer, uploads it to a Glance that this script starts, shares it with two projects and
# renders its Heat template: docs/examples/quickstart/Jenkinsfile, run on this machine. Everything lands in target/demo.
set -euo pipefail
cd "$(dirname "$0")"

src/test/scripts/install-packages openstack packer qemu base-disk
echo "Compiling …"
mvn -B -ntp -q test-compile -Dspotless.check.skip
mvn -B -ntp -q exec:exec@demo
