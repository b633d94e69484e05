/** Cinder: volumes that become images. Knows image, since Glance holds what comes of them. */
package io.jenkins.plugins.imagefactory.openstack.volume;
