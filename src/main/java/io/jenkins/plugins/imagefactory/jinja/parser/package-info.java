/**
 * Tokens become the tree: statements, expressions and names. Knows syntax and evaluation.
 */
package io.jenkins.plugins.imagefactory.jinja.parser;
