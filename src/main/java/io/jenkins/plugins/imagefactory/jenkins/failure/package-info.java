/** What a build keeps and shows of operations that failed. Knows nobody. */
package io.jenkins.plugins.imagefactory.jenkins.failure;
