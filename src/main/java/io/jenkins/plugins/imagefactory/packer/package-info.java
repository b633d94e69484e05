/** Packer: its command line, its output, its result. Knows {@code image} only. */
package io.jenkins.plugins.imagefactory.packer;
