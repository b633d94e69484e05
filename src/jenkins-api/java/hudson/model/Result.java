package hudson.model;

public final class Result {
    Result() {}
}
