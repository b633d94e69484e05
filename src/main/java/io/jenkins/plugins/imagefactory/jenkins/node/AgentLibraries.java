package io.jenkins.plugins.imagefactory.jenkins.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.FilePath;
import hudson.remoting.Channel;
import io.jenkins.plugins.imagefactory.openstack.image.ImageDataUpload;
import java.io.IOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.HttpRequest;

/** The libraries that an agent sends and receives images with. */
public final class AgentLibraries {
    private static final Logger LOGGER = Logger.getLogger(AgentLibraries.class.getName());

    /** One class of each. */
    private static final List<Class<?>> OF_TRANSFERS =
            List.of(ImageDataUpload.class, HttpClient.class, HttpRequest.class, ObjectMapper.class);

    private static final Set<Channel> HAVE_THEM =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    private AgentLibraries() {}

    /**
     * Sends them as a whole to an agent that has not had them since it connected: it would ask for their classes one by one, a
     * thousand of them, and wait for each. Without them it does that.
     *
     * @param workspace on the agent
     */
    public static void sendTo(FilePath workspace) throws InterruptedException {
        if (!(workspace.getChannel() instanceof Channel channel) || !HAVE_THEM.add(channel)) {
            return;
        }
        Map<ClassLoader, Set<URL>> jars = new LinkedHashMap<>();
        for (Class<?> one : OF_TRANSFERS) {
            CodeSource source = one.getProtectionDomain().getCodeSource();
            if (source != null && source.getLocation().getPath().endsWith(".jar")) {
                jars.computeIfAbsent(one.getClassLoader(), loader -> new LinkedHashSet<>())
                        .add(source.getLocation());
            }
        }
        try {
            for (Map.Entry<ClassLoader, Set<URL>> ofLoader : jars.entrySet()) {
                channel.preloadJar(ofLoader.getKey(), ofLoader.getValue().toArray(new URL[0]));
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "libraries cannot be sent to " + channel, e);
        }
    }
}
