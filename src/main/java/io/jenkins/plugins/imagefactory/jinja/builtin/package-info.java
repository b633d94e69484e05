/**
 * The filters, tests and functions of Jinja2, after its
 * <a href="https://jinja.palletsprojects.com/en/3.1.x/templates/#builtin-filters">Template Designer Documentation</a>. Knows
 * Python's values, JSON and the evaluation that calls it; nobody knows it but the engine and Ansible's part.
 */
package io.jenkins.plugins.imagefactory.jinja.builtin;
