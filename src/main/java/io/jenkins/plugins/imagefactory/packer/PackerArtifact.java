package io.jenkins.plugins.imagefactory.packer;

import java.util.List;

/**
 * What a build or one of its post-processors made.
 *
 * @param build name of the build
 * @param description Packer's words
 * @param id of an image in a cloud; null for files
 * @param files single files that Packer named
 * @param directory a directory whose files Packer made; null if it named files or none
 */
public record PackerArtifact(String build, String description, String id, List<String> files, String directory) {}
