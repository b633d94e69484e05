package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.DiskImageBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceDownloadBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlancePruneBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceShareBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUpdateBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUploadBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatRenderBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatStackBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatStackDeleteBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.ImageBootBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.ImageConvertBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.OpenStackBuildWrapper;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.PackerBuildBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.PackerValidateBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.VolumeUploadBuilder;
import io.jenkins.plugins.imagefactory.jenkins.packer.PackerInstallation;
import io.jenkins.plugins.imagefactory.jenkins.step.DiskImageBuildStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceDownloadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlancePruneStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceShareStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUpdateStep;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatRenderStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackDeleteStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackStep;
import io.jenkins.plugins.imagefactory.jenkins.step.ImageBootStep;
import io.jenkins.plugins.imagefactory.jenkins.step.ImageConvertStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerValidateStep;
import io.jenkins.plugins.imagefactory.jenkins.step.VolumeUploadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.WithOpenStackStep;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.junit.jupiter.api.Test;

/** The forms of a real Jenkins give back what they were given. */
@WithJenkinsConfiguredWithCode
class FormsJenkinsTest {

    @Test
    @ConfiguredWithCode("clouds.yaml")
    void cloudsAreReadFromCodeExportedAndReadAgain(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        OpenStackCloud cloud = OpenStackClouds.get().getClouds().get(0);

        assertThat(cloud)
                .usingRecursiveComparison()
                .isEqualTo(cloud("mycloud", "https://cloud.example.com:5000/v3", "mycloud-builder"));
        String exported =
                Util.toYamlString(Util.getUnclassifiedRoot(new ConfigurationContext(ConfiguratorRegistry.get()))
                        .get("openStackClouds"));
        OpenStackClouds.get().setClouds(List.of());
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(
                        new ByteArrayInputStream(("unclassified:\n  openStackClouds:\n" + exported.indent(4))
                                .getBytes(StandardCharsets.UTF_8))));
        assertThat(OpenStackClouds.get().getClouds())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(cloud);
    }

    @Test
    void theExampleInTheDocumentationIsReadAndExportedWithoutItsSecrets(JenkinsConfiguredWithCodeRule jenkins)
            throws Exception {
        String yaml = Files.readString(Path.of("docs/examples/jcasc/jenkins.yaml"))
                .replace("${MYCLOUD_SECRET}", "s3cret-4711")
                .replace("${MYCLOUD_PASSWORD}", "passw0rd-4711")
                .replace("${MYCLOUD_CA}", "the CA");
        Path file = Files.writeString(Files.createTempFile("jenkins", ".yaml"), yaml);
        io.jenkins.plugins.casc.ConfigurationAsCode.get().configure(file.toString());

        assertThat(OpenStackClouds.get().getClouds())
                .extracting(OpenStackCloud::getName)
                .containsExactly("mycloud", "lab");
        OpenStackCloud cloud = OpenStackClouds.get().getClouds().get(0);
        assertThat(cloud.getResponseTimeout()).isEqualTo(120);
        assertThat(cloud.getUserDomain()).isEqualTo("Default");
        assertThat(cloud.getCaCertificate()).isEqualTo("the CA");
        assertThat(cloud.getHorizonUrl()).isEqualTo("https://cloud.example.com/dashboard");
        PackerInstallation.DescriptorImpl packer =
                jenkins.jenkins.getDescriptorByType(PackerInstallation.DescriptorImpl.class);
        assertThat(packer.getInstallations())
                .extracting(PackerInstallation::getName)
                .containsExactly("1.11");
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        io.jenkins.plugins.casc.ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains("openStackPassword:", "user: \"builder\"", "openStackApplicationCredential:")
                .contains("skipTlsVerification: true", "horizonUrl: \"https://cloud.example.com/dashboard\"")
                .doesNotContain("4711");
    }

    @Test
    void theExampleInTheDocumentationHasEveryFieldOfACloud(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        String yaml = Files.readString(Path.of("docs/examples/jcasc/jenkins.yaml"));

        assertThat(new DescribableModel<>(OpenStackCloud.class).getParameters())
                .hasSizeGreaterThan(10)
                .allSatisfy(field -> assertThat(yaml).containsPattern("(?m)^      [- ] " + field.getName() + ": "));
    }

    @Test
    @ConfiguredWithCode("clouds.yaml")
    void theGlobalFormKeepsTheClouds(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        List<OpenStackCloud> before = OpenStackClouds.get().getClouds();

        jenkins.configRoundtrip();

        assertThat(OpenStackClouds.get().getClouds())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(before);
    }

    @Test
    @ConfiguredWithCode("clouds.yaml")
    void theFormsOfFreestyleBuildStepsKeepEveryField(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        PackerBuildStep packer = new PackerBuildStep("image.json");
        packer.setVars(Map.of("base", "a=b c"));
        packer.setVarFiles(List.of("one.json", "two.json"));
        packer.setOnly(List.of("qemu"));
        packer.setForce(true);
        packer.setSecretVars(Map.of("password", "the-password"));
        packer.setOnError("abort");
        packer.setParallelBuilds(2);
        packer.setTimestampUi(true);
        packer.setInit(false);
        packer.setDebugLog(true);
        packer.setLogDir("logs");
        packer.setImages("*.qcow2");
        packer.setChecksums(false);
        packer.setSilenceTimeout(600);
        packer.setAbortGrace(30);
        PackerValidateStep check = new PackerValidateStep("image.pkr.hcl");
        check.setVarFiles(List.of("one.pkrvars.hcl"));
        check.setFormat(false);
        packer.setArchiveImages(false);
        GlanceUploadStep upload = new GlanceUploadStep("*.qcow2");
        upload.setName("my image");
        upload.setCloud("mycloud");
        upload.setDiskFormat("qcow2");
        upload.setMinDisk(3);
        upload.setTags(List.of("a", "b"));
        upload.setProperties(Map.of("os_distro", "debian"));
        upload.setProtected(true);
        upload.setVisibility("private");
        GlanceShareStep share = new GlanceShareStep("my image", List.of("dev", "prod"));
        share.setAccept(false);
        share.setExact(true);
        GlanceUpdateStep update = new GlanceUpdateStep("my image");
        update.setProtected(false);
        update.setKeepProperties(List.of("os_distro"));
        update.setMinDisk(5);
        GlanceDownloadStep download = new GlanceDownloadStep("my image");
        download.setFile("disk.qcow2");
        download.setRetries(7);
        GlancePruneStep prune = new GlancePruneStep();
        prune.setName("my*");
        prune.setKeep(9);
        prune.setDryRun(true);
        HeatRenderStep render = new HeatRenderStep("*.j2");
        render.setVars(Map.of("flavor", "m1.small"));
        render.setOutput("out");
        ImageConvertStep convert = new ImageConvertStep("*.qcow2", "vmdk");
        convert.setOutput("out/disk.vmdk");
        convert.setCompress(true);
        convert.setOptions(Map.of("adapter_type", "lsilogic"));
        job.getBuildersList().add(new ImageConvertBuilder(convert));
        DiskImageBuildStep dib = new DiskImageBuildStep(List.of("vm", "debian-minimal"));
        dib.setOutput("out/agent");
        dib.setRelease("bookworm");
        dib.setTypes(List.of("qcow2", "raw"));
        dib.setSize(4);
        dib.setElementsPath(List.of("elements"));
        dib.setEnv(Map.of("DIB_LOCAL_IMAGE", "base.qcow2"));
        dib.setOptions(List.of("-p", "vim"));
        dib.setArchiveImages(false);
        dib.setSilenceTimeout(60);
        job.getBuildersList().add(new DiskImageBuildBuilder(dib));
        ImageBootStep boot = new ImageBootStep("*.qcow2");
        boot.setExpect("login: $");
        boot.setSshUser("debian");
        boot.setScript("#!/bin/sh\ntrue");
        boot.setUserData("#cloud-config\nhostname: web");
        boot.setMemory(2048);
        boot.setCpus(2);
        boot.setAccelerator("tcg");
        boot.setTimeout(60);
        job.getBuildersList().add(new ImageBootBuilder(boot));
        VolumeUploadStep volume = new VolumeUploadStep("my volume");
        volume.setCloud("mycloud");
        volume.setName("of a volume");
        volume.setDiskFormat("qcow2");
        volume.setForce(true);
        volume.setVisibility("private");
        volume.setTimeout(60);
        job.getBuildersList().add(new VolumeUploadBuilder(volume));
        HeatStackStep stack = new HeatStackStep("stack/web.yaml");
        stack.setName("web");
        stack.setParameters(Map.of("size", "3"));
        stack.setSecretParameters(Map.of("password", "secret-text"));
        stack.setEnvironment("env.yaml");
        stack.setFiles(Map.of("motd", "texts/motd.txt"));
        stack.setTags(List.of("nightly"));
        stack.setTimeout(60);
        stack.setKeepOnFailure(true);
        stack.setIfExists("update");
        stack.setDryRun(true);
        stack.setCloud("mycloud");
        job.getBuildersList().add(new HeatStackBuilder(stack));
        HeatStackDeleteStep deletion = new HeatStackDeleteStep("web");
        deletion.setCloud("mycloud");
        job.getBuildersList().add(new HeatStackDeleteBuilder(deletion));
        job.getBuildersList().add(new PackerBuildBuilder(packer));
        job.getBuildersList().add(new PackerValidateBuilder(check));
        job.getBuildersList().add(new GlanceUploadBuilder(upload));
        job.getBuildersList().add(new GlanceShareBuilder(share));
        job.getBuildersList().add(new HeatRenderBuilder(render));
        job.getBuildersList().add(new GlanceUpdateBuilder(update));
        job.getBuildersList().add(new GlanceDownloadBuilder(download));
        job.getBuildersList().add(new GlancePruneBuilder(prune));

        WithOpenStackStep login = new WithOpenStackStep();
        login.setCloud("mycloud");
        login.setProject("dev");
        login.setToken(true);
        job.getBuildWrappersList().add(new OpenStackBuildWrapper(login));

        jenkins.configRoundtrip(job);

        assertThat(job.getBuildWrappersList().get(OpenStackBuildWrapper.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(login);
        assertThat(job.getBuildersList().get(HeatStackBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(stack);
        assertThat(job.getBuildersList().get(HeatStackDeleteBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(deletion);
        assertThat(job.getBuildersList().get(VolumeUploadBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(volume);
        assertThat(job.getBuildersList().get(ImageBootBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(boot);
        assertThat(job.getBuildersList().get(PackerBuildBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(packer);
        assertThat(job.getBuildersList().get(ImageConvertBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(convert);
        assertThat(job.getBuildersList().get(DiskImageBuildBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(dib);
        assertThat(job.getBuildersList().get(PackerValidateBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(check);
        assertThat(job.getBuildersList().get(GlanceUploadBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(upload);
        assertThat(job.getBuildersList().get(GlanceShareBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(share);
        assertThat(job.getBuildersList().get(GlanceUpdateBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(update);
        assertThat(job.getBuildersList().get(GlanceDownloadBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(download);
        assertThat(job.getBuildersList().get(GlancePruneBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(prune);
        assertThat(job.getBuildersList().get(HeatRenderBuilder.class).getStep())
                .usingRecursiveComparison()
                .isEqualTo(render);
    }

    private static OpenStackCloud cloud(String name, String authUrl, String credentialsId) {
        OpenStackCloud cloud = new OpenStackCloud(name, authUrl, credentialsId);
        cloud.setProject("factory");
        cloud.setRegion("RegionOne");
        return cloud;
    }
}
