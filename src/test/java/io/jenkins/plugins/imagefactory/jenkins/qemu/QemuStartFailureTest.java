package io.jenkins.plugins.imagefactory.jenkins.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What QEMU 7.2 said on machines where KVM does not do. */
class QemuStartFailureTest {
    private static final String NO_PERMISSION = """
            Could not access KVM kernel module: Permission denied
            qemu-system-x86_64: failed to initialize kvm: Permission denied
            """;

    @Test
    void aKvmThatStopsTheGuestInItsBootLoaderIsTold() {
        assertThat(QemuStartFailure.in("""
                qemu-system-x86_64: warning: host doesn't support requested feature: CPUID.01H:ECX.pni [bit 0]
                KVM internal error. Suberror: 1
                extra data[0]: 0x0000000000000001
                """)).hasValueSatisfying(failure -> {
            assertThat(failure.reason()).isEqualTo(QemuStartFailure.Reason.KVM);
            assertThat(failure).hasMessage("KVM internal error. Suberror: 1");
        });
    }

    @Test
    void aKvmThatMakesQemuAbortIsTold() {
        assertThat(QemuStartFailure.in(
                        "qemu-system-x86_64: ../../target/i386/kvm/kvm.c:3183: kvm_buf_set_msrs: Assertion"
                                + " `ret == cpu->kvm_msr_buf->nmsrs' failed."))
                .isPresent();
    }

    @Test
    void aKvmThatMayNotBeUsedIsToldUnlessQemuWentOnWithoutIt() {
        assertThat(QemuStartFailure.in(NO_PERMISSION)).isPresent();
        assertThat(QemuStartFailure.in(NO_PERMISSION + "qemu-system-x86_64: falling back to tcg\n"))
                .isEmpty();
    }

    @Test
    void aPortThatIsTakenIsTold() {
        assertThat(QemuStartFailure.in(
                        "qemu-system-x86_64: -nic user,hostfwd=tcp:127.0.0.1:20022-:22: Could not set up host"
                                + " forwarding rule 'tcp:127.0.0.1:20022-:22'"))
                .hasValueSatisfying(
                        failure -> assertThat(failure.reason()).isEqualTo(QemuStartFailure.Reason.PORT_TAKEN));
    }

    @Test
    void warningsAreNoFailure() {
        assertThat(QemuStartFailure.in("qemu-system-x86_64: warning: TCG doesn't support requested feature"))
                .isEmpty();
    }
}
