package io.jenkins.plugins.imagefactory.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.imagefactory.";
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/imagefactory");
    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(location -> location.contains("io/jenkins/plugins/imagefactory"))
            .importUrl(DiskImage.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void dependenciesPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("jenkins")
                .definedBy(ROOT + "jenkins..")
                .layer("packer")
                .definedBy(ROOT + "packer..")
                .layer("openstack")
                .definedBy(ROOT + "openstack..")
                .layer("heat")
                .definedBy(ROOT + "heat..")
                .layer("jinja")
                .definedBy(ROOT + "jinja..")
                .layer("workspace")
                .definedBy(ROOT + "workspace..")
                .layer("image")
                .definedBy(ROOT + "image..")
                .whereLayer("jenkins")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("packer")
                .mayOnlyBeAccessedByLayers("jenkins")
                .whereLayer("openstack")
                .mayOnlyBeAccessedByLayers("jenkins")
                .whereLayer("heat")
                .mayOnlyBeAccessedByLayers("jenkins")
                .whereLayer("jinja")
                .mayOnlyBeAccessedByLayers("heat")
                .whereLayer("workspace")
                .mayOnlyBeAccessedByLayers("jenkins", "heat", "image", "openstack")
                .whereLayer("image")
                .mayOnlyBeAccessedByLayers("jenkins", "packer", "openstack")
                .check(PLUGIN);
    }

    @Test
    void onlyTheJenkinsPackageKnowsJenkins() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "jenkins..")
                .and()
                .resideInAPackage("io.jenkins.plugins.imagefactory..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees..")
                .check(PLUGIN);
    }

    @Test
    void theTemplateEngineReachesNoObjectsByReflection() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "jinja..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke.MethodHandles.Lookup")
                .check(PLUGIN);
    }

    @Test
    void theTemplateEngineNeedsTheJdkReadersOfYamlAndJsonAndHashesOfPasswordsOnly() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "jinja..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        ROOT + "jinja..",
                        "java..",
                        "edu.umd.cs.findbugs.annotations..",
                        "org.yaml.snakeyaml..",
                        "com.fasterxml.jackson.core..",
                        "org.apache.commons.codec.digest",
                        "org.springframework.security.crypto.bcrypt")
                .check(PLUGIN);
    }

    @Test
    void theRoomsOfTheTemplateEngineLookDownOnly() {
        String jinja = ROOT + "jinja";
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("face")
                .definedBy(jinja)
                .layer("ansible")
                .definedBy(jinja + ".ansible")
                .layer("builtin")
                .definedBy(jinja + ".builtin")
                .layer("parser")
                .definedBy(jinja + ".parser")
                .layer("evaluation")
                .definedBy(jinja + ".evaluation")
                .layer("syntax")
                .definedBy(jinja + ".syntax")
                .layer("serialization")
                .definedBy(jinja + ".serialization")
                .layer("python")
                .definedBy(jinja + ".python..")
                .layer("guard")
                .definedBy(jinja + ".guard")
                .whereLayer("face")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("ansible")
                .mayOnlyBeAccessedByLayers("face")
                .whereLayer("builtin")
                .mayOnlyBeAccessedByLayers("face", "ansible")
                .whereLayer("parser")
                .mayOnlyBeAccessedByLayers("face")
                .whereLayer("evaluation")
                .mayOnlyBeAccessedByLayers("face", "parser", "builtin", "ansible")
                .whereLayer("syntax")
                .mayOnlyBeAccessedByLayers("face", "parser", "evaluation")
                .whereLayer("serialization")
                .mayOnlyBeAccessedByLayers("builtin", "ansible")
                .whereLayer("guard")
                .mayOnlyBeAccessedByLayers(
                        "face", "ansible", "builtin", "parser", "evaluation", "syntax", "serialization", "python")
                .check(PLUGIN);
    }

    @Test
    void theRoomsOfACloudLookDownOnly() {
        String openstack = ROOT + "openstack.";
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("volume")
                .definedBy(openstack + "volume")
                .layer("orchestration")
                .definedBy(openstack + "orchestration")
                .layer("image")
                .definedBy(openstack + "image")
                .layer("login")
                .definedBy(openstack + "login")
                .layer("http")
                .definedBy(openstack + "http")
                .whereLayer("volume")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("orchestration")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("image")
                .mayOnlyBeAccessedByLayers("volume")
                .whereLayer("login")
                .mayOnlyBeAccessedByLayers("image", "volume", "orchestration")
                .check(PLUGIN);
    }

    @Test
    void resultsKnowNoOtherRoomOfJenkins() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "jenkins.result")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..")
                .orShould()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + "jenkins..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + "jenkins.result"))))
                .check(PLUGIN);
    }

    @Test
    void theMaskedRecordOfABuildAloneArchivesAndFingerprints() {
        noClasses()
                .that()
                .doNotHaveSimpleName("BuildRecord")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jenkins.model.ArtifactManager")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + "jenkins.run.Fingerprints")
                .check(PLUGIN);
    }

    @Test
    void oneClassAloneGivesResultsToPipelines() {
        noClasses()
                .that()
                .doNotHaveSimpleName("OperationExecution")
                .should()
                .callMethod("org.jenkinsci.plugins.workflow.steps.StepContext", "onSuccess", Object.class.getName())
                .check(PLUGIN);
    }

    @Test
    void theTreeOfTheArchitectureShowsEveryRoom() throws IOException {
        String block = Files.readString(Path.of("docs/architecture.md")).split("```")[1];
        List<String> shown = new ArrayList<>();
        List<String> path = new ArrayList<>();
        for (String line : block.strip().lines().skip(1).toList()) {
            int level = (line.length() - line.stripLeading().length()) / 2;
            path = new ArrayList<>(path.subList(0, level - 1));
            path.add(line.strip().split("/ ")[0]);
            shown.add(String.join("/", path));
        }
        List<String> rooms;
        try (Stream<Path> folders = Files.walk(SOURCES)) {
            rooms = folders.filter(Files::isDirectory)
                    .filter(folder -> !folder.equals(SOURCES) && folder.toFile().list().length > 0)
                    .map(folder -> SOURCES.relativize(folder).toString())
                    .toList();
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(rooms);
    }

    @Test
    void noRoomKnowsOneThatKnowsIt() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(PLUGIN);
    }

    @Test
    void aRoomHasAtMost25FilesAndAFileAtMost500Lines() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Map<Path, List<Path>> rooms = files.filter(
                            file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .collect(Collectors.groupingBy(Path::getParent));
            assertThat(rooms).allSatisfy((room, ofRoom) -> assertThat(ofRoom).hasSizeLessThanOrEqualTo(25));
            for (Path file : rooms.values().stream().flatMap(List::stream).toList()) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(500);
            }
        }
    }

    @Test
    void everyRoomSaysWhatLivesThere() throws IOException {
        try (Stream<Path> folders = Files.walk(SOURCES)) {
            assertThat(folders.filter(Files::isDirectory).filter(folder -> !folder.equals(SOURCES)))
                    .filteredOn(folder -> folder.toFile().list((in, name) -> name.endsWith(".java")).length > 0)
                    .allSatisfy(folder ->
                            assertThat(folder.resolve("package-info.java")).exists());
        }
    }

    @Test
    void noClassIsADumpingGround() {
        noClasses()
                .that()
                .resideInAPackage("io.jenkins.plugins.imagefactory..")
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .check(PLUGIN);
    }
}
