package io.jenkins.plugins.imagefactory.jinja.guard;

/** A line of a template, from 1. */
public record Place(String template, int line) {}
