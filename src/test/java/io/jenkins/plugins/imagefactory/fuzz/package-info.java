/**
 * Fuzzing, by <a href="https://github.com/CodeIntelligenceTesting/jazzer">Jazzer</a>: a class {@code …Target} for each thing that reads
 * what strangers write, with a method {@code fuzzerTestOneInput(byte[])}, named in {@link FuzzTarget}.
 */
package io.jenkins.plugins.imagefactory.fuzz;
