package io.jenkins.plugins.imagefactory.jenkins.cloud;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.login.Project;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the form of a job offers of a cloud, asked with the credentials of the job for those who may configure it. Answers
 * are good for half a minute, failures too, because a form asks for each of its fields.
 *
 * @param entries empty if there are none, or if the cloud cannot be asked
 * @param problem one sentence; null if there is none
 */
public record CloudMenu(List<String> entries, @CheckForNull String problem) {
    /** Of nobody. */
    public static final CloudMenu NOTHING = new CloudMenu(List.of(), null);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int MOST_MENUS = 500;
    private static final int MOST_IMAGES = 100;
    private static final int MOST_AT_ONCE = 8;
    private static final Executor WORKERS = new ThreadPoolExecutor(
            0,
            MOST_AT_ONCE,
            FRESH.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadFactoryBuilder()
                    .setNameFormat("Menu of an OpenStack cloud %d")
                    .setDaemon(true)
                    .build());
    private static final Cache<Question, CloudMenu> MENUS = CacheBuilder.newBuilder()
            .expireAfterWrite(FRESH)
            .maximumSize(MOST_MENUS)
            .build();

    private enum Kind {
        PROJECTS {
            @Override
            List<String> ask(OpenedCloud cloud, CloudMask mask) throws IOException {
                Session session = new Session(cloud.http(), cloud.details().inNoProject(), mask);
                return session.projects().stream()
                        .map(Project::name)
                        .distinct()
                        .sorted()
                        .toList();
            }
        },
        IMAGES {
            @Override
            List<String> ask(OpenedCloud cloud, CloudMask mask) throws IOException {
                return Glance.of(cloud.login(mask)).newest(MOST_IMAGES).stream()
                        .map(Image::name)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
            }
        };

        abstract List<String> ask(OpenedCloud cloud, CloudMask mask) throws IOException;
    }

    private record Question(Kind kind, String job, CloudChoice choice) {}

    /**
     * The names of the projects that the login of the chosen cloud may work in.
     *
     * @param item null outside of any job
     */
    public static CloudMenu ofProjects(@CheckForNull Item item, String cloud, String credentialsId) {
        return of(Kind.PROJECTS, item, new CloudChoice(cloud, null, credentialsId));
    }

    /** The names of the newest images of the chosen project, newest first. */
    public static CloudMenu ofImages(Item item, CloudChoice choice) {
        return of(Kind.IMAGES, item, choice);
    }

    private static CloudMenu of(Kind kind, Item item, CloudChoice choice) {
        if (!OpenStackClouds.mayConfigure(item)) {
            return NOTHING;
        }
        Question question = new Question(kind, item == null ? null : item.getFullName(), choice);
        try {
            return MENUS.get(question, () -> soon(new FutureTask<>(() -> ask(kind, item, choice))));
        } catch (ExecutionException e) {
            Thread.currentThread().interrupt();
            return NOTHING;
        }
    }

    /** Logging in and listing may take several calls, each of which has the whole time. */
    private static CloudMenu soon(FutureTask<List<String>> asking) throws InterruptedException {
        try {
            WORKERS.execute(asking);
            return new CloudMenu(asking.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), null);
        } catch (RejectedExecutionException e) {
            return new CloudMenu(List.of(), Messages.CloudMenu_TooMany());
        } catch (TimeoutException e) {
            return new CloudMenu(List.of(), Messages.CloudMenu_TooSlow(PATIENCE.toSeconds()));
        } catch (ExecutionException e) {
            return new CloudMenu(List.of(), String.valueOf(e.getCause().getMessage()));
        } finally {
            asking.cancel(true);
        }
    }

    private static List<String> ask(Kind kind, Item item, CloudChoice choice) throws IOException, InterruptedException {
        OpenedCloud cloud = OpenStackClouds.get().open(item, choice, PATIENCE);
        CloudMask mask = new CloudMask(cloud);
        try {
            return kind.ask(cloud, mask).stream().map(mask::text).toList();
        } catch (OpenStackException e) {
            throw new OpenStackException(mask.text(e.getMessage()));
        } finally {
            cloud.http().close();
        }
    }

    /** Forgets all answers: the configuration has changed. */
    static void forget() {
        MENUS.invalidateAll();
    }
}
