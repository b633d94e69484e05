#!/bin/sh
# The gold standard, and what each provider wants; Packer tells for which it builds.
set -eu
echo "image-factory: this is $OS $VERSION for $PACKER_BUILD_NAME" > /etc/image-factory-release
case $PACKER_BUILD_NAME in
    azure) echo "install the Azure agent here" ;;
    vmware | aws) echo "install open-vm-tools or the SSM agent here" ;;
esac
passwd -l root
