/** Keystone: who logs in where and to what, out of parameters, clouds.yaml or an openrc; the session that comes of it. Knows http. */
package io.jenkins.plugins.imagefactory.openstack.login;
