#!/bin/sh
# Runs in the image while Packer builds it.
set -eu

echo "Installing $IMAGE_NAME $IMAGE_VERSION"
echo "image-factory: this is $IMAGE_NAME $IMAGE_VERSION" > /etc/image-factory-release

# Nobody shall log in to the image with the password that Packer used.
passwd -l root
