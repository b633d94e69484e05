/**
 * What ends a template: its errors, with their place and what was meant, and the budgets of a rendering. Knows nobody.
 */
package io.jenkins.plugins.imagefactory.jinja.guard;
