package io.jenkins.plugins.imagefactory.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.imagefactory.";
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
    void theTemplateEngineNeedsTheJdkAndReadersOfYamlAndJsonOnly() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "jinja..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        ROOT + "jinja..", "java..", "org.yaml.snakeyaml..", "com.fasterxml.jackson.core..")
                .check(PLUGIN);
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
