/** Is a disk image sound, and does it reach for other files: one inspector a format. Knows the package above it and {@code workspace}. */
package io.jenkins.plugins.imagefactory.image.inspection;
