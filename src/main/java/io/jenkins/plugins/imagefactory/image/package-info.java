/** Disk image files: their format, their header, their digests. Knows no other package of this plugin. */
package io.jenkins.plugins.imagefactory.image;
