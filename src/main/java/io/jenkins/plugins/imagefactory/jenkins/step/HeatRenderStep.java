package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.remoting.VirtualChannel;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.heat.RenderRequest;
import io.jenkins.plugins.imagefactory.heat.RenderedTemplate;
import io.jenkins.plugins.imagefactory.heat.StackTemplate;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.parameter.TextParameters;
import io.jenkins.plugins.imagefactory.jenkins.result.PipelineShape;
import io.jenkins.plugins.imagefactory.jenkins.result.RenderedTemplates;
import io.jenkins.plugins.imagefactory.jenkins.result.UploadedImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Heat;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.agents.ControllerToAgentFileCallable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code heatRender}: renders Jinja2 templates of Heat templates as Ansible would, checks and archives them. */
public final class HeatRenderStep extends OperationStep {
    private static final long serialVersionUID = 1L;
    private static final String SUBJECT = "heat";
    private static final String THE_CLOUD = "cloud";

    private final String template;
    private Map<String, Object> vars = new LinkedHashMap<>();
    private List<String> varsFiles = new ArrayList<>();
    private String output;
    private String validate;
    private boolean archive = true;
    private boolean allowSecrets;

    /** @param template a file, a glob or a directory of the workspace */
    @DataBoundConstructor
    public HeatRenderStep(String template) {
        this.template = Util.fixNull(template).trim();
    }

    public String getTemplate() {
        return template;
    }

    public Map<String, Object> getVars() {
        return vars;
    }

    /** Variables of the templates, over all others. Values may be maps and lists. */
    @DataBoundSetter
    public void setVars(Object vars) {
        this.vars = TextParameters.map(vars);
    }

    public List<String> getVarsFiles() {
        return varsFiles;
    }

    /** YAML or JSON files with variables, later ones over earlier ones, all of them under what the build knows. */
    @DataBoundSetter
    public void setVarsFiles(List<String> varsFiles) {
        this.varsFiles = new ArrayList<>(Util.fixNull(varsFiles));
    }

    public String getOutput() {
        return output;
    }

    /** Directory for the rendered templates. Default: {@code target/heat}. */
    @DataBoundSetter
    public void setOutput(String output) {
        this.output = Util.fixEmptyAndTrim(output);
    }

    public String getValidate() {
        return validate;
    }

    /**
     * Cloud whose Heat checks the rendered templates: its name, or {@code cloud} for the one of the block around, or else the
     * only one. Default: none.
     */
    @DataBoundSetter
    public void setValidate(String validate) {
        this.validate = Util.fixEmptyAndTrim(validate);
    }

    public boolean isArchive() {
        return archive;
    }

    /** Whether to archive the rendered templates with the build. Default: true. */
    @DataBoundSetter
    public void setArchive(boolean archive) {
        this.archive = archive;
    }

    public boolean isAllowSecrets() {
        return allowSecrets;
    }

    /**
     * Whether a rendered file may hold what the console masks; only the agent's user reads it then, and it is not archived.
     * Default: false.
     */
    @DataBoundSetter
    public void setAllowSecrets(boolean allowSecrets) {
        this.allowSecrets = allowSecrets;
    }

    @Override
    String takenFromWorkspace() {
        return template;
    }

    @Override
    protected RenderedTemplates run(BuildContext build) throws IOException, InterruptedException {
        String wanted =
                build.parameters().required(template, "heatRender needs 'template': a file, a glob or a directory");
        RenderRequest request = new RenderRequest(
                wanted,
                build.parameters().expand(output),
                varsFiles.stream().map(build.parameters()::expand).toList(),
                knownTo(build),
                expanded(build),
                build.masking().withoutSecrets(build.node().env()),
                validate != null);
        List<RenderedTemplate> templates = build.node().workspace().act(new Rendering(request));
        Set<String> secret = withSecrets(build, templates);
        build.node().workspace().act(new Writing(templates, secret));
        Map<String, String> files = new LinkedHashMap<>();
        for (RenderedTemplate rendered : templates) {
            rendered.warnings().forEach(warning -> build.console().log(SUBJECT, "Warning: " + warning));
            build.console().log(SUBJECT, "Rendered " + rendered.template() + " to " + rendered.output());
            if (archive && secret.contains(rendered.output())) {
                build.console().log(SUBJECT, rendered.output() + " holds a secret: not archived");
            } else if (archive) {
                files.put(rendered.output(), rendered.output());
            }
        }
        if (validate != null) {
            validate(build, templates);
        }
        build.record().archive(files);
        RenderedTemplates result = RenderedTemplates.of(templates);
        for (RenderedTemplates.Template rendered : result.templates()) {
            build.record().templateRendered(rendered, files.containsKey(rendered.output()));
        }
        return result;
    }

    /** Which outputs hold what the console masks, if they may. */
    private Set<String> withSecrets(BuildContext build, List<RenderedTemplate> templates) throws AbortException {
        Set<String> secret = new HashSet<>();
        for (RenderedTemplate rendered : templates) {
            int line = build.masking().lineWithSecret(rendered.text());
            StepParameters.require(
                    line == 0 || allowSecrets,
                    rendered.template() + " renders a value that the console masks, in line " + line + " of "
                            + rendered.output()
                            + ": make it a parameter of the stack, or set allowSecrets: true, and the file is not archived");
            if (line > 0) {
                secret.add(rendered.output());
            }
        }
        return secret;
    }

    private void validate(BuildContext build, List<RenderedTemplate> templates)
            throws IOException, InterruptedException {
        String name = build.parameters().expand(validate);
        Session session = build.clouds().login(new CloudChoice(name.equals(THE_CLOUD) ? null : name, null, null));
        Heat heat = Heat.of(session);
        for (RenderedTemplate rendered : templates) {
            StackTemplate stack = rendered.stack();
            if (stack != null) {
                Map<String, String> parameters = validated(heat, rendered.output(), stack);
                build.console()
                        .log(
                                SUBJECT,
                                "Heat in " + session.place() + " takes " + rendered.output() + ", with parameters "
                                        + described(parameters));
            }
        }
    }

    private static Map<String, String> validated(Heat heat, String output, StackTemplate stack) throws AbortException {
        try {
            return heat.validate(stack.template(), stack.files(), stack.environment());
        } catch (OpenStackException e) {
            throw new AbortException("Heat does not take " + output + ": " + e.getMessage());
        }
    }

    private static String described(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? "none"
                : parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + " (" + parameter.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }

    /** What this build knows: where it is, and the images that it uploaded. */
    private static Map<String, Object> knownTo(BuildContext build) {
        Map<String, Object> known = new LinkedHashMap<>();
        putEnv(known, "build_number", build.node().env(), "BUILD_NUMBER");
        putEnv(known, "build_url", build.node().env(), "BUILD_URL");
        putEnv(known, "job_name", build.node().env(), "JOB_NAME");
        putEnv(known, "git_commit", build.node().env(), "GIT_COMMIT");
        List<UploadedImage> images = build.record().uploadedImages();
        known.put("images", images.stream().map(PipelineShape::of).collect(Collectors.toCollection(ArrayList::new)));
        if (!images.isEmpty()) {
            UploadedImage last = images.get(images.size() - 1);
            known.put("image", PipelineShape.of(last));
            known.put("result_img_name", last.image().name());
        }
        build.record().imageId().ifPresent(id -> known.put("result_img_id", id));
        return known;
    }

    private static void putEnv(Map<String, Object> known, String variable, EnvVars env, String key) {
        if (env.get(key) != null) {
            known.put(variable, env.get(key));
        }
    }

    private Map<String, Object> expanded(BuildContext build) {
        Map<String, Object> expanded = new LinkedHashMap<>();
        vars.forEach((name, value) -> expanded.put(
                name, value instanceof String text ? build.parameters().expand(text) : value));
        return expanded;
    }

    private static final class Rendering implements ControllerToAgentFileCallable<List<RenderedTemplate>> {
        private static final long serialVersionUID = 1L;

        private final RenderRequest request;

        Rendering(RenderRequest request) {
            this.request = request;
        }

        @Override
        public List<RenderedTemplate> invoke(File workspace, VirtualChannel channel) throws IOException {
            return new ArrayList<>(request.render(workspace.toPath()));
        }
    }

    private static final class Writing implements ControllerToAgentFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        private final ArrayList<RenderedTemplate> templates;
        private final HashSet<String> secret;

        Writing(List<RenderedTemplate> templates, Set<String> secret) {
            this.templates = new ArrayList<>(templates);
            this.secret = new HashSet<>(secret);
        }

        @Override
        public Void invoke(File workspace, VirtualChannel channel) throws IOException {
            for (RenderedTemplate rendered : templates) {
                rendered.write(workspace.toPath(), secret.contains(rendered.output()));
            }
            return null;
        }
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super("heatRender");
        }

        @POST
        public ListBoxModel doFillValidateItems(@AncestorInPath Item item, @QueryParameter String validate) {
            ListBoxModel options = OpenStackClouds.get().options(item, validate);
            options.set(0, new ListBoxModel.Option(Messages.HeatRenderStep_NoValidation(), ""));
            return options;
        }

        @Override
        public String getDisplayName() {
            return Messages.HeatRenderStep_DisplayName();
        }
    }
}
