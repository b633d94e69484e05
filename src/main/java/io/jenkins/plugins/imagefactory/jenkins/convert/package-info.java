/** Conversion of disk images on a node: the processes that do it, and the files between them. */
package io.jenkins.plugins.imagefactory.jenkins.convert;
