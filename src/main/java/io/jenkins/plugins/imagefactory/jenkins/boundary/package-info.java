/** The one way out of an operation: failures in one sentence, and nothing secret. Knows what is around an operation. */
package io.jenkins.plugins.imagefactory.jenkins.boundary;
