package io.jenkins.plugins.imagefactory.heat;

/** How messages name a place in a text. */
@FunctionalInterface
interface TextPlaces {
    /** The place's name, at the beginning of a message; line and column count from 1. */
    String at(int line, int column);

    /** The places of a file that people wrote. */
    static TextPlaces of(String file) {
        return (line, column) -> file + " line " + line + " column " + column;
    }
}
