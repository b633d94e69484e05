/** The paths of a workspace, and what lies outside of it. Knows no other package of this plugin. */
package io.jenkins.plugins.imagefactory.workspace;
