package io.jenkins.plugins.imagefactory.jenkins.stack;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.heat.StackSource;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.jenkins.result.LaunchedStack;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedStack;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedWork;
import io.jenkins.plugins.imagefactory.openstack.compute.ServerConsole;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.orchestration.IfStackExists;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stack;
import io.jenkins.plugins.imagefactory.openstack.orchestration.StackAction;
import io.jenkins.plugins.imagefactory.openstack.orchestration.StackEvent;
import io.jenkins.plugins.imagefactory.openstack.orchestration.StackLaunch;
import io.jenkins.plugins.imagefactory.openstack.orchestration.StackRequest;
import io.jenkins.plugins.imagefactory.openstack.orchestration.StackResource;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stacks;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.agents.ControllerToAgentFileCallable;

/** Stacks as a build launches and deletes them: what Heat does stands in the console while it does it. */
public final class StackLaunching {
    private static final String SUBJECT = "heat";
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final int LINES_OF_A_CONSOLE = 40;
    private static final int MOST_CONSOLES = 5;

    private final BuildContext build;
    private final Session session;
    private final CloudChoice choice;
    private final Stacks stacks;

    /**
     * What to launch.
     *
     * @param secrets values of parameters that are masked already
     */
    public record Wish(
            String name,
            StackSource source,
            Map<String, String> parameters,
            Map<String, String> secrets,
            List<String> tags,
            Duration timeout,
            boolean keepOnFailure) {}

    /** @param choice by which the session was opened */
    public StackLaunching(BuildContext build, Session session, CloudChoice choice) {
        this.build = build;
        this.session = session;
        this.choice = choice;
        stacks = Stacks.of(session);
    }

    /** The same as {@link #launchForBuild}, and leaves it to whoever wants it. */
    public LaunchedStack launch(Wish wish, IfStackExists ifExists) throws IOException, InterruptedException {
        LaunchedStack stack = launchForBuild(wish, ifExists);
        if (build.continuity().kept() instanceof StackLaunch.Begun begun) {
            UnfinishedWork.ended(begun.tag());
        }
        return stack;
    }

    /**
     * Launches it, or goes on with what was begun before a restart, and keeps it in the record of the build. If the build ends
     * without deleting it, that is done later.
     */
    public LaunchedStack launchForBuild(Wish wish, IfStackExists ifExists) throws IOException, InterruptedException {
        long start = System.nanoTime();
        StackRequest request = request(wish);
        StackLaunch launch = new StackLaunch(stacks, POLL, wish.keepOnFailure(), new Progress());
        Stack stack = launched(launch, request, ifExists);
        log("Stack '" + stack.name() + "' (" + stack.id() + ") is " + stack.status());
        try {
            return recorded(stack, start);
        } catch (IOException e) {
            if (build.continuity().kept() instanceof StackLaunch.Begun begun && begun.action() == StackAction.CREATE) {
                launch.discard(stack, begun, e);
            }
            throw e;
        }
    }

    private LaunchedStack recorded(Stack stack, long start) throws IOException {
        LaunchedStack launched = new LaunchedStack(
                stack.id(),
                stack.name(),
                stack.status(),
                stack.outputs(),
                stacks.resources(stack, false).stream()
                        .map(resource -> new LaunchedStack.Resource(
                                resource.name(), resource.type(), resource.id(), resource.status()))
                        .toList(),
                (System.nanoTime() - start) / 1_000_000);
        build.record().stackLaunched(launched, session.cloudName(), session.project());
        return launched;
    }

    private Stack launched(StackLaunch launch, StackRequest request, IfStackExists ifExists)
            throws IOException, InterruptedException {
        try {
            if (build.continuity().kept() instanceof StackLaunch.Begun begun) {
                log("Jenkins is back: going on with stack '" + begun.name() + "'");
                return launch.goOn(begun, request);
            }
            log("Launching stack '" + request.name() + "' in " + session.place());
            return launch.launch(request, ifExists);
        } catch (InterruptedException e) {
            if (build.continuity().kept() instanceof StackLaunch.Begun begun && begun.action() == StackAction.UPDATE) {
                log("Heat goes on with the update of stack '" + begun.name() + "' (" + begun.id()
                        + "), and nobody waits for that any more");
            }
            throw e;
        }
    }

    /** What a launch would do, a line for each resource; nothing is made. */
    public List<String> preview(Wish wish, IfStackExists ifExists) throws IOException, InterruptedException {
        return new StackLaunch(stacks, POLL, false, new Progress()).preview(request(wish), ifExists);
    }

    /**
     * Deletes the stack of that id or name, and waits until it is gone.
     *
     * @return whether there was one
     */
    public boolean delete(String idOrName) throws IOException, InterruptedException {
        Optional<Stack> found = stacks.find(idOrName);
        if (found.isEmpty()) {
            log("There is no stack '" + idOrName + "' in " + session.place() + ": nothing to delete");
            return false;
        }
        Stack stack = found.get();
        try {
            new StackLaunch(stacks, POLL, false, new Progress()).delete(stack);
        } catch (InterruptedException e) {
            log("Stack '" + stack.name() + "' (" + stack.id()
                    + ") is being deleted, and nobody waits for that any more");
            throw e;
        }
        UnfinishedWork.ended(stack.id());
        build.record().stackDeleted(stack.id());
        log("Stack '" + stack.name() + "' (" + stack.id() + ") is gone");
        return true;
    }

    private StackRequest request(Wish wish) throws IOException, InterruptedException {
        StackSource.Gathered gathered = gather(wish.source());
        Map<String, String> parameters = new LinkedHashMap<>(wish.parameters());
        build.masking().hide(gathered.hidden().stream().map(parameters::get).toList());
        build.masking().hide(gathered.hiddenValues());
        parameters.putAll(wish.secrets());
        return new StackRequest(
                wish.name(),
                gathered.stack().template(),
                gathered.stack().files(),
                gathered.stack().environment(),
                parameters,
                wish.tags(),
                wish.timeout());
    }

    private StackSource.Gathered gather(StackSource source) throws IOException, InterruptedException {
        if (source.isInline()) {
            return source.gather();
        }
        FilePath workspace = build.node().workspace();
        StepParameters.require(
                workspace != null,
                "the files of a stack are read from a workspace, so the step must stand inside a 'node'; a template alone may be"
                        + " given itself, as a text of several lines");
        return workspace.act(new Gathering(source));
    }

    private static final class Gathering implements ControllerToAgentFileCallable<StackSource.Gathered> {
        private static final long serialVersionUID = 1L;

        private final StackSource source;

        Gathering(StackSource source) {
            this.source = source;
        }

        @Override
        public StackSource.Gathered invoke(File workspace, VirtualChannel channel) throws IOException {
            return source.gather(workspace.toPath());
        }
    }

    private void log(String line) {
        build.console().log(SUBJECT, line);
    }

    /** Tells the console what happens, and keeps which stack is begun. */
    private final class Progress implements StackLaunch.Observer {
        private boolean away;

        @Override
        public void begun(StackLaunch.Begun begun) throws IOException, InterruptedException {
            build.continuity().keep(begun);
            if (begun.action() == StackAction.CREATE) {
                UnfinishedWork.begun(
                        build.run(), new UnfinishedStack(build.run(), choice, begun.name(), begun.tag(), begun.id()));
            }
        }

        @Override
        public void happened(StackEvent event) {
            away = false;
            log(event.line());
        }

        @Override
        public void unreachable(OpenStackException why) {
            if (!away) {
                log("Heat does not tell how the stack is, waiting: " + why.getMessage());
            }
            away = true;
        }

        @Override
        public void failed(Stack stack, List<StackResource> unfinished, List<StackResource> servers) {
            unfinished.forEach(resource -> log((resource.isInProgress() ? "Unfinished: " : "Failed: ") + resource.name()
                    + " (" + resource.type() + "): " + resource.status() + ": " + resource.reason()));
            servers.stream().limit(MOST_CONSOLES).forEach(this::showConsole);
            if (servers.size() > MOST_CONSOLES) {
                log("The consoles of " + (servers.size() - MOST_CONSOLES) + " more servers are not shown");
            }
        }

        /** The page of the build shows it, too. */
        @Override
        public void staying(Stack stack) {
            try {
                build.record()
                        .stackLaunched(
                                new LaunchedStack(
                                        stack.id(), stack.name(), stack.status(), stack.outputs(), List.of(), 0),
                                session.cloudName(),
                                session.project());
            } catch (IOException e) {
                log("Stack '" + stack.name() + "' cannot be shown on the build's page: " + e.getMessage());
            }
        }

        @Override
        public void settled(StackLaunch.Begun begun) {
            UnfinishedWork.ended(begun.tag());
        }

        private void showConsole(StackResource server) {
            try {
                List<String> lines = new ServerConsole(session).lastLines(server.id(), LINES_OF_A_CONSOLE);
                log("The console of server " + server.name() + " (" + server.id() + ") ends with:");
                lines.forEach(line -> log("  " + line));
            } catch (OpenStackException e) {
                log("The console of server " + server.name() + " (" + server.id() + ") cannot be read: "
                        + e.getMessage());
            }
        }

        @Override
        public void deleting(Stack stack) {
            log("Deleting stack '" + stack.name() + "' (" + stack.id() + ")");
        }
    }
}
