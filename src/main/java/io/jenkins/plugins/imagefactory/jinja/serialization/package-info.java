/**
 * YAML and JSON as Ansible reads and writes them. Knows Python's values.
 */
package io.jenkins.plugins.imagefactory.jinja.serialization;
