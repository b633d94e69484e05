package io.jenkins.plugins.imagefactory.image.boot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** By what QEMU runs a guest's processor. */
public enum Accelerator {
    /** KVM where it works, else TCG. */
    AUTO("kvm:tcg"),
    /** The hardware's help. */
    KVM("kvm"),
    /** Emulation: many times slower, and works everywhere. */
    TCG("tcg");

    private final String qemuName;

    Accelerator(String qemuName) {
        this.qemuName = qemuName;
    }

    /** The accelerator of that name; {@link IllegalArgumentException} with a sentence if there is none such. */
    public static Accelerator of(String parameter) {
        return Arrays.stream(values())
                .filter(accelerator -> accelerator.parameter().equals(parameter))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "accelerator is '" + parameter + "', but must be one of " + parameters()));
    }

    public static List<String> parameters() {
        return Arrays.stream(values()).map(Accelerator::parameter).toList();
    }

    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What QEMU takes after {@code accel=}. */
    String qemuName() {
        return qemuName;
    }
}
