/** The configured clouds, and opening them to builds and forms: the only room that sees their credentials. Knows the logins. */
package io.jenkins.plugins.imagefactory.jenkins.cloud;
