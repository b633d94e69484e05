/** A node as operations reach it: paths of its workspace, its programs, what is done with its files there. Knows disk images. */
package io.jenkins.plugins.imagefactory.jenkins.node;
