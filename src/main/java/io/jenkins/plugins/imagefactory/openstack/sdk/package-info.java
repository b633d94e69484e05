/** openstack4j on this plugin's transport and with its login. Knows login. */
package io.jenkins.plugins.imagefactory.openstack.sdk;
