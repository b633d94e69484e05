/** What a job's page shows of its builds' images. */
package io.jenkins.plugins.imagefactory.jenkins.job;
