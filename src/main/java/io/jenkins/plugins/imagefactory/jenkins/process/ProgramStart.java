package io.jenkins.plugins.imagefactory.jenkins.process;

import java.util.List;
import java.util.Map;

/**
 * How a program is started.
 *
 * @param directory of this run
 * @param logFile relative to the workspace, see {@link RunLogs#nameFor}
 * @param version of the program, as results tell it
 * @param command an argument list
 * @param variables over the step's own environment
 */
public record ProgramStart(
        RunDirectory directory, String logFile, String version, List<String> command, Map<String, String> variables) {}
