#!/bin/sh
set -eu
echo "image-factory: this is the web bundle" > /etc/image-factory-release
passwd -l root
sync
