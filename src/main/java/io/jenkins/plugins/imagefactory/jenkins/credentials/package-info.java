/** The kinds of credentials by which people log in to OpenStack, as Jenkins' credentials store keeps them. */
package io.jenkins.plugins.imagefactory.jenkins.credentials;
