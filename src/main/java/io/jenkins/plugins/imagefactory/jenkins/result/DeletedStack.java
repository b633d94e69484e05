package io.jenkins.plugins.imagefactory.jenkins.result;

/**
 * A stack that is gone.
 *
 * @param existed whether there was one
 */
public record DeletedStack(boolean existed) implements OperationResult {}
