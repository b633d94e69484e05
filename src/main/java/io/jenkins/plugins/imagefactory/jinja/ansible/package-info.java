/**
 * The filters, tests and lookups that Ansible adds, after its
 * <a href="https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_filters.html">documentation</a>. Knows what
 * Jinja2's own know, and these; nobody knows it but the engine.
 */
package io.jenkins.plugins.imagefactory.jinja.ansible;
