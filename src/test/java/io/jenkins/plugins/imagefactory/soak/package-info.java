/** Long runs: uploads, builds and stacks with random faults and aborts, and what the process has before and after. */
package io.jenkins.plugins.imagefactory.soak;
