/** The boundary that keeps the secrets of an operation from all who may read what comes of it. Knows Jenkins' own masks only. */
package io.jenkins.plugins.imagefactory.jenkins.masking;
