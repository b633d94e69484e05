/** What an operation finds around it, and what a build keeps of it and shows. Knows clouds, results and masking. */
package io.jenkins.plugins.imagefactory.jenkins.run;
