/** What is done with the files of a node, on the node itself. Knows disk images. */
package io.jenkins.plugins.imagefactory.jenkins.node;
