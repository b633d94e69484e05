/**
 * A Jinja2 template engine over plain data (maps, lists, strings, numbers, booleans, null), with the settings, filters and
 * tests of Ansible's {@code template} module. The language is the one of the
 * <a href="https://jinja.palletsprojects.com/en/3.1.x/templates/">Jinja2 Template Designer Documentation</a>. Knows no other
 * package of this plugin.
 */
package io.jenkins.plugins.imagefactory.jinja;
