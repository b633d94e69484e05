#!/bin/sh
set -eu
echo "image-factory: this is img1" > /etc/image-factory-release
passwd -l root
