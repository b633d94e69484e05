/** An OpenStack cloud, a room for each of its services over those of the login and of HTTP. Knows disk images and workspaces. */
package io.jenkins.plugins.imagefactory.openstack;
