/** Calls to OpenStack's services: one transport with its trust, proxy, limits and retries, and the one error. Knows nobody. */
package io.jenkins.plugins.imagefactory.openstack.http;
