/** What is looked at to find a secret that a step knows: a cloud that repeats secrets, and what each step is made to do. */
package io.jenkins.plugins.imagefactory.leak;
