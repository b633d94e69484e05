/**
 * Runs Jenkinsfiles on this machine, for the tests and the demo: declarative and scripted, with the plugin's real steps
 * bound as Jenkins' structs plugin binds them, and small stand-ins for the steps of other plugins. No Jenkins.
 */
package io.jenkins.plugins.imagefactory.runner;
