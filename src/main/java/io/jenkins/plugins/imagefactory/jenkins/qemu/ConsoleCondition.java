package io.jenkins.plugins.imagefactory.jenkins.qemu;

import io.jenkins.plugins.imagefactory.image.boot.SerialConsole;

/** Holds when the console has shown what is expected. */
public record ConsoleCondition(SerialConsole console, String expected) implements Guest.Condition {
    @Override
    public boolean holds() {
        return console.found().isPresent();
    }

    @Override
    public String otherwise() {
        return "no line on its serial console matched '" + expected + "'";
    }
}
