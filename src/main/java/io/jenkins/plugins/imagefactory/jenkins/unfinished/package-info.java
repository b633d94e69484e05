/** What builds have on its way in clouds, and what deletes it if its build does not go on. Knows clouds, and OpenStack. */
package io.jenkins.plugins.imagefactory.jenkins.unfinished;
