/** What operations return, a record each, and the one place that makes it plain for Pipelines. Knows no other room of Jenkins'. */
package io.jenkins.plugins.imagefactory.jenkins.result;
