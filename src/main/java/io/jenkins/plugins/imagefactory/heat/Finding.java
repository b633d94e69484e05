package io.jenkins.plugins.imagefactory.heat;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Something that is wrong in a Heat template.
 *
 * @param error whether Heat would refuse the template for it
 * @param line from 1
 * @param column from 1
 * @param sentence without the place
 */
record Finding(boolean error, int line, int column, String sentence) {
    static Finding error(Node place, String sentence) {
        return at(true, place.getStartMark(), sentence);
    }

    static Finding warning(Node place, String sentence) {
        return at(false, place.getStartMark(), sentence);
    }

    private static Finding at(boolean error, Mark mark, String sentence) {
        return new Finding(error, mark.getLine() + 1, mark.getColumn() + 1, sentence);
    }
}
