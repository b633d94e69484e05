/** What goes wrong around a step and is nobody's fault: clocks that jump, servers behind a balancer, directories that are cleaned away. */
package io.jenkins.plugins.imagefactory.surroundings;
