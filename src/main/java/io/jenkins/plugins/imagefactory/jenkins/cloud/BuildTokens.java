package io.jenkins.plugins.imagefactory.jenkins.cloud;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.openstack.login.CloudLogin;
import io.jenkins.plugins.imagefactory.openstack.login.SharedToken;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens of the builds that run: all steps of a build log in once, to each cloud and project and as each identity. */
final class BuildTokens {
    private static final LoadingCache<Run<?, ?>, Map<CloudLogin, SharedToken>> TOKENS =
            CacheBuilder.newBuilder().weakKeys().build(CacheLoader.from(() -> new ConcurrentHashMap<>()));

    private BuildTokens() {}

    static SharedToken of(Run<?, ?> run, CloudLogin login) {
        return TOKENS.getUnchecked(run).computeIfAbsent(login, some -> new SharedToken());
    }
}
