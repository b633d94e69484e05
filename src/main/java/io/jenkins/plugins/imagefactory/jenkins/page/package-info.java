/** What the page of a build shows of what the build keeps. */
package io.jenkins.plugins.imagefactory.jenkins.page;
