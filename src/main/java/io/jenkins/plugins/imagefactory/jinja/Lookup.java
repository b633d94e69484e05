package io.jenkins.plugins.imagefactory.jinja;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** A source of values outside the variables, as Ansible's {@code lookup('env', 'HOME')}. */
@FunctionalInterface
public interface Lookup {
    /** The value for a term (a variable's name, a file's path…), or null when there is none. */
    @CheckForNull
    String find(String term);
}
