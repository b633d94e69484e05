/** Packer on a node: which one, how it is run, followed, ended, and what it leaves. */
package io.jenkins.plugins.imagefactory.jenkins.packer;
