/** Disk image files: their format, their header, their digests. Knows {@code workspace}. */
package io.jenkins.plugins.imagefactory.image;
