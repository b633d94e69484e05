/** An OpenStack cloud: Keystone sessions, Glance, and the HTTP beneath them. Knows {@code image} only. */
package io.jenkins.plugins.imagefactory.openstack;
