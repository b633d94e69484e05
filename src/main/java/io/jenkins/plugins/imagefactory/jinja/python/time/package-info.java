/**
 * Python's dates, times and their differences, and how {@code strftime} writes and {@code strptime} reads them. Knows the values.
 */
package io.jenkins.plugins.imagefactory.jinja.python.time;
