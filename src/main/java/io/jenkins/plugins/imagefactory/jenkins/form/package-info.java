/** What the forms of steps say of their fields while they are filled in, and how fields are shown. Knows the clouds. */
package io.jenkins.plugins.imagefactory.jenkins.form;
