/** Glance: images created, sent, verified, named, shared, pruned and received. Knows login, and what a disk image is. */
package io.jenkins.plugins.imagefactory.openstack.image;
