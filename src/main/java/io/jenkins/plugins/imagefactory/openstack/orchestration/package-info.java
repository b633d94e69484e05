/** Heat: what validates a template, and stacks, launched, watched and deleted. Knows login and openstack4j. */
package io.jenkins.plugins.imagefactory.openstack.orchestration;
