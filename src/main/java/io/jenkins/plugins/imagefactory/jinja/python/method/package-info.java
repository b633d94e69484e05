/**
 * What Python's values can do: operators that make new ones, attributes, methods and formatting. Knows the values.
 */
package io.jenkins.plugins.imagefactory.jinja.python.method;
