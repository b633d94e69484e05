/** The steps of Pipelines, one a file: its parameters, its operation, its descriptor. Knows all rooms below jenkins but freestyle. */
package io.jenkins.plugins.imagefactory.jenkins.step;
