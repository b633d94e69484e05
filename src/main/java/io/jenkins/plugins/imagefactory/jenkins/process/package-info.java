/** Programs that run for long on a node: started, followed, logged, ended, and taken up again after a restart. */
package io.jenkins.plugins.imagefactory.jenkins.process;
