package io.jenkins.plugins.imagefactory.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import hudson.security.AccessControlled;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.verb.POST;

/** What a browser can call by its name. */
class FormMethodsTest {
    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(location -> location.contains("io/jenkins/plugins/imagefactory"))
            .importUrl(DiskImage.class.getProtectionDomain().getCodeSource().getLocation());

    private static List<JavaMethod> formMethods() {
        return PLUGIN.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().matches("do[A-Z].*"))
                .toList();
    }

    @Test
    void everyFormMethodTakesPostsOnly() {
        assertThat(formMethods())
                .hasSizeGreaterThan(50)
                .allSatisfy(method -> assertThat(method.isAnnotatedWith(POST.class))
                        .as(method.getFullName())
                        .isTrue());
    }

    @Test
    void everyFormMethodAsksForAPermission() {
        assertThat(formMethods())
                .allSatisfy(method -> assertThat(asksForAPermission(method))
                        .as(method.getFullName())
                        .isTrue());
    }

    /** Itself, or by a method of the plugin that it calls. */
    private static boolean asksForAPermission(JavaMethod form) {
        Set<JavaMethod> seen = new HashSet<>();
        Deque<JavaMethod> open = new ArrayDeque<>(List.of(form));
        while (!open.isEmpty()) {
            JavaMethod method = open.pop();
            if (!seen.add(method)) {
                continue;
            }
            for (JavaMethodCall call : method.getMethodCallsFromSelf()) {
                MethodCallTarget target = call.getTarget();
                if (target.getOwner().isAssignableTo(AccessControlled.class)
                        && target.getName().matches("(check|has)(Any)?Permission")) {
                    return true;
                }
                target.resolveMember()
                        .filter(callee -> PLUGIN.contain(callee.getOwner().getName()))
                        .ifPresent(open::push);
            }
        }
        return false;
    }
}
