/**
 * The face of a Jinja2 template engine over plain data (maps, lists, strings, numbers, booleans, null), with the settings,
 * filters and tests of Ansible's {@code template} module. The language is the one of the
 * <a href="https://jinja.palletsprojects.com/en/3.1.x/templates/">Jinja2 Template Designer Documentation</a>. Knows all rooms
 * below it and no other package of this plugin; what stops a template ({@code TemplateException}, {@code Limits}) stands in the
 * lowest of them, because all throw it.
 */
package io.jenkins.plugins.imagefactory.jinja;
