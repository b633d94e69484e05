/** Heat: what validates a template. Knows login. */
package io.jenkins.plugins.imagefactory.openstack.orchestration;
