/** All that Jenkins sees, and the only package that imports Jenkins' own classes. */
package io.jenkins.plugins.imagefactory.jenkins;
