/** Nova: what its servers print. Knows login and openstack4j. */
package io.jenkins.plugins.imagefactory.openstack.compute;
