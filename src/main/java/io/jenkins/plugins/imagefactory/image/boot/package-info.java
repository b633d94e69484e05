/** Booting an image in QEMU: the command line, the cloud-init seed, the serial console, the screen, the report. */
package io.jenkins.plugins.imagefactory.image.boot;
