/** Heat: rendering template trees and checking the templates. Knows {@code jinja} only. */
package io.jenkins.plugins.imagefactory.heat;
