/** The operations of the steps as build steps of freestyle jobs. Knows the steps. */
package io.jenkins.plugins.imagefactory.jenkins.freestyle;
