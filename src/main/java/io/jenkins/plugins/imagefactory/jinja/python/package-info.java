/**
 * Python's values as templates see them: their types, truth, order, text and calls. Knows what ends a template.
 */
package io.jenkins.plugins.imagefactory.jinja.python;
