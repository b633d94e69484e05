/** Heat's stacks as a build launches and deletes them. Knows what is around an operation, results and OpenStack. */
package io.jenkins.plugins.imagefactory.jenkins.stack;
