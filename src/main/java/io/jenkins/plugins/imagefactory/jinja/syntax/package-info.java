/**
 * A template's text as tokens, by the delimiters and white space rules of its header. Knows Python's literals.
 */
package io.jenkins.plugins.imagefactory.jinja.syntax;
