package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What this plugin keeps with a build: the images it built and uploaded, the templates it rendered, each as the plain
 * data that its step returned. The last of each kind reaches later build steps as environment variables.
 */
public final class ImageFactoryAction extends InvisibleAction implements EnvironmentContributingAction {
    private final List<Map<String, Object>> packerRuns = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> builtImages = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> uploadedImages = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> renderedTemplates = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;

    /** The one of this build, made when first asked for. */
    static ImageFactoryAction of(Run<?, ?> run) {
        synchronized (run) {
            ImageFactoryAction action = run.getAction(ImageFactoryAction.class);
            if (action == null) {
                action = new ImageFactoryAction();
                run.addAction(action);
            }
            action.run = run;
            return action;
        }
    }

    /** Keeps what became of a run of Packer, also of one that failed, as packerBuild returns it. */
    public void packerRan(Map<String, Object> result) throws IOException {
        packerRuns.add(result);
        run.save();
    }

    public void imageBuilt(Map<String, Object> image) throws IOException {
        builtImages.add(image);
        run.save();
    }

    public void imageUploaded(Map<String, Object> image) throws IOException {
        uploadedImages.add(image);
        run.save();
    }

    public void templateRendered(Map<String, Object> template) throws IOException {
        renderedTemplates.add(template);
        run.save();
    }

    /** What became of each run of Packer so far, the newest last. */
    public List<Map<String, Object>> packerRuns() {
        return List.copyOf(packerRuns);
    }

    /** The images this build uploaded so far, as glanceUpload returned them, the newest last. */
    public List<Map<String, Object>> uploadedImages() {
        return List.copyOf(uploadedImages);
    }

    /** The version of Packer that made an image of this build, if Packer made it. */
    public Optional<String> packerVersion(String sha256) {
        return builtImages.stream()
                .filter(image -> sha256.equals(image.get("sha256")) && image.get("packerVersion") != null)
                .map(image -> image.get("packerVersion").toString())
                .findFirst();
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars env) {
        putLast(env, builtImages, "IMAGE_FILE", "path");
        putLast(env, builtImages, "IMAGE_SHA256", "sha256");
        putLast(env, uploadedImages, "IMAGE_ID", "id");
        putLast(env, uploadedImages, "IMAGE_NAME", "name");
        putLast(env, renderedTemplates, "HEAT_TEMPLATE", "output");
    }

    private static void putLast(EnvVars env, List<Map<String, Object>> data, String variable, String key) {
        if (!data.isEmpty()) {
            env.put(variable, String.valueOf(data.get(data.size() - 1).get(key)));
        }
    }
}
