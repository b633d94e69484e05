/**
 * Python's {@code re} on Java's regular expressions, under a rendering's clock. Knows the values.
 */
package io.jenkins.plugins.imagefactory.jinja.python.regex;
