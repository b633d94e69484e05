package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.image.boot.Accelerator;
import io.jenkins.plugins.imagefactory.jenkins.form.FieldCheck;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeImage;
import io.jenkins.plugins.imagefactory.jenkins.parameter.FileParameter;
import io.jenkins.plugins.imagefactory.jenkins.qemu.ImageBooting;
import io.jenkins.plugins.imagefactory.jenkins.qemu.SshCredentials;
import io.jenkins.plugins.imagefactory.jenkins.result.BootedImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code imageBoot}: boots an image in QEMU without changing it, and checks what its console shows and a script says. */
public final class ImageBootStep extends OperationStep {
    private static final long serialVersionUID = 1L;

    private final String file;
    private String expect;
    private String userData;
    private String script;
    private String sshUser;
    private String sshCredentialsId;
    private int memory = DescriptorImpl.MEMORY;
    private int cpus = 1;
    private String accelerator = Accelerator.AUTO.parameter();
    private int timeout = DescriptorImpl.TIMEOUT;

    /** @param file in the workspace: a path or an Ant glob that matches one file */
    @DataBoundConstructor
    public ImageBootStep(String file) {
        this.file = Util.fixNull(file).trim();
    }

    public String getFile() {
        return file;
    }

    public String getExpect() {
        return expect;
    }

    /** Regular expression that a line of the serial console must hold. Default: {@code login:}, and none with SSH. */
    @DataBoundSetter
    public void setExpect(String expect) {
        this.expect = Util.fixEmptyAndTrim(expect);
    }

    public String getUserData() {
        return userData;
    }

    /** User data for the image's cloud-init. Default: none. */
    @DataBoundSetter
    public void setUserData(String userData) {
        this.userData = Util.fixEmptyAndTrim(userData);
    }

    public String getScript() {
        return script;
    }

    /** Script to run in the booted image over SSH; it passes if it ends with 0. Default: none. */
    @DataBoundSetter
    public void setScript(String script) {
        this.script = Util.fixEmptyAndTrim(script);
    }

    public String getSshUser() {
        return sshUser;
    }

    /** Who must be able to log in over SSH. Default: the user of the credentials; without them nobody. */
    @DataBoundSetter
    public void setSshUser(String sshUser) {
        this.sshUser = Util.fixEmptyAndTrim(sshUser);
    }

    public String getSshCredentialsId() {
        return sshCredentialsId;
    }

    /** Id of an SSH key or a user name with password. Default: a new key, of which cloud-init is told. */
    @DataBoundSetter
    public void setSshCredentialsId(String sshCredentialsId) {
        this.sshCredentialsId = Util.fixEmptyAndTrim(sshCredentialsId);
    }

    public int getMemory() {
        return memory;
    }

    /** MiB. Default: 1024. */
    @DataBoundSetter
    public void setMemory(int memory) {
        this.memory = memory;
    }

    public int getCpus() {
        return cpus;
    }

    /** Processors. Default: 1. */
    @DataBoundSetter
    public void setCpus(int cpus) {
        this.cpus = cpus;
    }

    public String getAccelerator() {
        return accelerator;
    }

    /** {@code kvm}, {@code tcg}, or {@code auto} (the default): KVM where it works, else TCG. */
    @DataBoundSetter
    public void setAccelerator(String accelerator) {
        this.accelerator = Util.fixNull(Util.fixEmptyAndTrim(accelerator), Accelerator.AUTO.parameter());
    }

    public int getTimeout() {
        return timeout;
    }

    /** Seconds that the boot and the script may take together. Default: 600. */
    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    @Override
    String takenFromWorkspace() {
        return file;
    }

    @Override
    protected BootedImage run(BuildContext build) throws IOException, InterruptedException {
        ImageBooting.Parameters parameters = parameters(build);
        FilePath image = FileParameter.matching(build, build.parameters().expand(file), "imageBoot");
        DiskImage content = NodeImage.requireSound(image);
        return new ImageBooting(build, image, content.format(), parameters).run();
    }

    private ImageBooting.Parameters parameters(BuildContext build) throws AbortException {
        String user = build.parameters().expand(sshUser);
        boolean logsIn = user != null || sshCredentialsId != null;
        StepParameters.require(
                script == null || logsIn, "imageBoot runs 'script' over SSH, so it needs sshUser or sshCredentialsId");
        StepParameters.require(memory > 0, "memory is " + memory + ", but must be a number of MiB");
        StepParameters.require(cpus > 0, "cpus is " + cpus + ", but must be at least 1");
        StepParameters.require(timeout > 0, "timeout is " + timeout + ", but must be a number of seconds");
        return new ImageBooting.Parameters(
                expected(build.parameters().expand(expect), logsIn),
                userData,
                script,
                user,
                sshCredentialsId,
                memory,
                cpus,
                accelerator(build),
                Duration.ofSeconds(timeout));
    }

    private static Pattern expected(String expression, boolean logsIn) throws AbortException {
        if (expression == null) {
            return logsIn ? null : Pattern.compile(DescriptorImpl.EXPECT);
        }
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new AbortException("expect: '" + expression + "' is no regular expression: " + e.getDescription());
        }
    }

    private Accelerator accelerator(BuildContext build) throws AbortException {
        try {
            return Accelerator.of(build.parameters().expand(accelerator));
        } catch (IllegalArgumentException e) {
            throw (AbortException) new AbortException(e.getMessage()).initCause(e);
        }
    }

    /** QEMU may run on without the agent until its time is up, and what was tested in it is not known. */
    @Override
    boolean canBeginAgain(Serializable kept) {
        return false;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        static final String EXPECT = "login:";
        static final int MEMORY = 1024;
        static final int TIMEOUT = 600;

        public DescriptorImpl() {
            super("imageBoot");
        }

        @Override
        public String getDisplayName() {
            return Messages.ImageBootStep_DisplayName();
        }

        @POST
        public ListBoxModel doFillAcceleratorItems(@AncestorInPath Item item, @QueryParameter String accelerator) {
            return options(item, accelerator, Accelerator.parameters());
        }

        /** SSH credentials, for those who may choose them; always the current value. */
        @POST
        public ListBoxModel doFillSshCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String sshCredentialsId) {
            return SshCredentials.options(item, sshCredentialsId);
        }

        @POST
        public FormValidation doCheckExpect(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.expression(item, value);
        }

        @POST
        public FormValidation doCheckSshCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.credentials(item, value);
        }

        @POST
        public FormValidation doCheckMemory(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.positive(item, value);
        }

        @POST
        public FormValidation doCheckCpus(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.positive(item, value);
        }

        @Override
        protected boolean mayTakeForever() {
            return false;
        }
    }
}
