/** Heat: rendering template trees and checking the templates. Knows {@code jinja} and {@code workspace}. */
package io.jenkins.plugins.imagefactory.heat;
