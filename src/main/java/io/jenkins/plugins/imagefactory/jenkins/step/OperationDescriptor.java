package io.jenkins.plugins.imagefactory.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudCredentials;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudMenu;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.form.CheckedForm;
import io.jenkins.plugins.imagefactory.jenkins.form.FieldCheck;
import io.jenkins.plugins.imagefactory.jenkins.form.FormText;
import io.jenkins.plugins.imagefactory.openstack.http.ResourceId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.BindInterceptor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What the descriptors of this plugin's steps have in common. */
public abstract class OperationDescriptor extends CheckedForm {
    /** Of images, as Glance names them. */
    static final List<String> VISIBILITIES = List.of("private", "shared", "community", "public");

    private static final int FEWEST_ROWS = 2;

    private final String functionName;

    OperationDescriptor(String functionName) {
        this.functionName = functionName;
    }

    @Override
    public String getFunctionName() {
        return functionName;
    }

    /** Of an operation on files of a node. */
    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, FilePath.class, Launcher.class, TaskListener.class, EnvVars.class);
    }

    /** The text that a form shows for a list or a map. */
    public String formText(Object parameter) {
        return FormText.of(parameter);
    }

    /** How many lines a form shows of such a text: all, two at least. */
    public int formRows(@CheckForNull String text) {
        return Math.max(FEWEST_ROWS, (int) Util.fixNull(text).lines().count());
    }

    /** The configured clouds, for those who may configure the job; always the current value, and the only cloud. */
    @POST
    public ListBoxModel doFillCloudItems(@AncestorInPath Item item, @QueryParameter String cloud) {
        return OpenStackClouds.get().options(item, cloud);
    }

    /** The credentials that work, for those who may choose them; always the current value. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        return CloudCredentials.options(item, credentialsId);
    }

    /** The projects in which the login of the form's cloud works. */
    @POST
    public ComboBoxModel doFillProjectItems(
            @AncestorInPath Item item, @QueryParameter String cloud, @QueryParameter String credentialsId) {
        return new ComboBoxModel(projects(item, cloud, credentialsId).entries());
    }

    /** The newest images of the form's project. */
    @POST
    public ComboBoxModel doFillImageItems(
            @AncestorInPath Item item,
            @QueryParameter String cloud,
            @QueryParameter String project,
            @QueryParameter String credentialsId) {
        return new ComboBoxModel(images(item, cloud, project, credentialsId).entries());
    }

    /** Credentials that are a clouds.yaml may know clouds that are not configured. */
    @POST
    public FormValidation doCheckCloud(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String credentialsId) {
        return FieldCheck.optional(
                item,
                value,
                () -> OpenStackClouds.get().has(value) || Util.fixEmptyAndTrim(credentialsId) != null
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.OperationDescriptor_UnknownCloud(value)));
    }

    @POST
    public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.credentials(item, value);
    }

    /** Says why the cloud that somebody has chosen offers no projects, and that its login does not work in this one. */
    @POST
    public FormValidation doCheckProject(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String cloud,
            @QueryParameter String credentialsId) {
        return FieldCheck.optional(item, said(value, cloud, credentialsId), () -> {
            CloudMenu projects = projects(item, cloud, credentialsId);
            if (projects.problem() != null) {
                return FormValidation.warning(projects.problem());
            }
            return Util.fixEmptyAndTrim(value) == null || offers(projects, value.trim())
                    ? FormValidation.ok()
                    : FormValidation.warning(
                            Messages.OperationDescriptor_UnknownProject(value, String.join(", ", projects.entries())));
        });
    }

    /** Says why the project that somebody has chosen offers no images. */
    @POST
    public FormValidation doCheckImage(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String cloud,
            @QueryParameter String project,
            @QueryParameter String credentialsId) {
        if (Util.fixEmptyAndTrim(value) == null) {
            return FieldCheck.required(item, value);
        }
        return FieldCheck.optional(item, said(cloud, project, credentialsId), () -> {
            String problem = images(item, cloud, project, credentialsId).problem();
            return problem == null ? FormValidation.ok() : FormValidation.warning(problem);
        });
    }

    /** Nothing if only builds know which cloud that is. */
    static CloudMenu projects(Item item, String cloud, String credentialsId) {
        return FieldCheck.holdsVariable(said(cloud, credentialsId))
                ? CloudMenu.NOTHING
                : CloudMenu.ofProjects(item, Util.fixEmptyAndTrim(cloud), Util.fixEmptyAndTrim(credentialsId));
    }

    /** Whether the login works in a project of that name; an id may be the one of any project. */
    static boolean offers(CloudMenu projects, String project) {
        return projects.entries().contains(project) || ResourceId.isId(project);
    }

    private static CloudMenu images(Item item, String cloud, String project, String credentialsId) {
        return FieldCheck.holdsVariable(said(cloud, project, credentialsId))
                ? CloudMenu.NOTHING
                : CloudMenu.ofImages(
                        item,
                        new CloudChoice(
                                Util.fixEmptyAndTrim(cloud),
                                Util.fixEmptyAndTrim(project),
                                Util.fixEmptyAndTrim(credentialsId)));
    }

    /** All that stands in some fields. */
    static String said(String... fields) {
        return Stream.of(fields).map(Util::fixNull).collect(Collectors.joining());
    }

    @Override
    public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        BindInterceptor before = request.setBindInterceptor(new FormText());
        try {
            Step step = super.newInstance(request, form);
            // The snippet generator shows what is thrown; a job that is saved around this step would be broken by it.
            if (before == BindInterceptor.NOOP) {
                FormText.requireReadable(step, form);
            }
            return step;
        } finally {
            request.setBindInterceptor(before);
        }
    }

    /**
     * A drop-down of texts that are their own values, after one for the empty value. Who may not read the form sees its
     * current value only.
     */
    static ListBoxModel options(Item item, String current, String empty, Collection<String> values) {
        ListBoxModel options = new ListBoxModel();
        options.add(empty, "");
        options.addAll(options(item, current, values));
        return options;
    }

    /** The same without the empty value. */
    static ListBoxModel options(Item item, String current, Collection<String> values) {
        ListBoxModel options = new ListBoxModel();
        if (FieldCheck.mayRead(item)) {
            values.forEach(options::add);
        } else if (Util.fixEmptyAndTrim(current) != null) {
            options.add(current);
        }
        return options;
    }
}
