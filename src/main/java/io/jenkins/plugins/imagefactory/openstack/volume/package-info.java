/** Cinder: volumes that become images. Knows image, since Glance holds what comes of them, and openstack4j. */
package io.jenkins.plugins.imagefactory.openstack.volume;
