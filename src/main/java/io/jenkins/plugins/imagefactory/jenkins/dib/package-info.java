/** diskimage-builder on a node. */
package io.jenkins.plugins.imagefactory.jenkins.dib;
