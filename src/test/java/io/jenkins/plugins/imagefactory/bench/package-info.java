/** What {@code ./bench.sh} measures: this plugin and its peers, side by side in one run. */
package io.jenkins.plugins.imagefactory.bench;
