package io.jenkins.plugins.imagefactory.jenkins.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** A Jenkins without the plugin durable-task runs programs in the foreground. */
class OptionalDependencyTest {
    private static final String DURABLE_TASK = "org.jenkinsci.plugins.durabletask.";

    @Test
    void onlyTheDurableProcessNeedsDurableTask() {
        ClassLoader without = new WithoutDurableTask();

        for (Class<?> type : new Class<?>[] {ProgramRun.class, ProgramBuilding.class, ProgramWatch.class}) {
            assertThatCode(() -> Class.forName(type.getName(), true, without).getDeclaredMethods())
                    .as(type.getSimpleName())
                    .doesNotThrowAnyException();
        }
        assertThat(catchThrowable(() -> Class.forName(DurableProcess.class.getName(), true, without)
                        .getDeclaredFields()))
                .isInstanceOf(NoClassDefFoundError.class);
    }

    /** Defines this plugin's classes itself, so that they are linked against what it finds. */
    private static final class WithoutDurableTask extends ClassLoader {
        WithoutDurableTask() {
            super(OptionalDependencyTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(DURABLE_TASK)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(ProgramRun.class.getPackageName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
