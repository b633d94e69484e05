/** What several steps read of their parameters: files of the workspace, lists and maps. Knows what is around an operation. */
package io.jenkins.plugins.imagefactory.jenkins.parameter;
