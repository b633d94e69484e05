/** QEMU on a node: its process, the SSH login to its guest, what a build keeps of a boot. */
package io.jenkins.plugins.imagefactory.jenkins.qemu;
