/**
 * The tree of a template, each node of which evaluates itself, and what surrounds it: frames, loops, macros, blocks, imports.
 * Knows the syntax that a template is written in and Python's values; the functions that are there without being set it is given.
 */
package io.jenkins.plugins.imagefactory.jinja.evaluation;
