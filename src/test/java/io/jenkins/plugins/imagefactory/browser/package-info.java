/**
 * The plugin's forms in a real Jenkins, as people use them: in headless Chromium, by the words that they read there. Only
 * with {@code src/jenkins/pom.xml}.
 */
package io.jenkins.plugins.imagefactory.browser;
