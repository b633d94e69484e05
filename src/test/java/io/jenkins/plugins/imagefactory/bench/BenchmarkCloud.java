package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;

/** The cloud that is measured, as those who are measured see it. */
record BenchmarkCloud(OpenStack openStack, String token) {
    static BenchmarkCloud of(OpenStack openStack) {
        return new BenchmarkCloud(openStack, openStack.token(User.BUILDER, Project.FACTORY));
    }

    ClientOptions options() {
        return options(openStack.authUrl());
    }

    ClientOptions options(URI authUrl) {
        return ClientOptions.none()
                .with("auth_url", authUrl.toString())
                .with("region_name", OpenStack.REGION)
                .with("username", User.BUILDER.name())
                .withDomain("user_domain", User.BUILDER.domain())
                .with("password", User.BUILDER.password())
                .withProject(Project.FACTORY.name(), "default");
    }

    /** As clients of OpenStack read them. */
    Map<String, String> environment() throws IOException {
        return options().environment();
    }

    String openrc() throws IOException {
        StringBuilder openrc = new StringBuilder();
        environment()
                .forEach((name, value) -> openrc.append(name)
                        .append("='")
                        .append(value.replace("'", "'\\''"))
                        .append("'\n"));
        return openrc.toString();
    }

    /** Creates an image without data and returns its address. */
    String newImage() throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        request(
                "POST",
                openStack.glanceUrl() + "/v2/images",
                "{\"id\": \"" + id + "\", \"name\": \"bench\", \"disk_format\": \"raw\","
                        + " \"container_format\": \"bare\", \"visibility\": \"shared\"}");
        return openStack.glanceUrl() + "/v2/images/" + id;
    }

    void delete(String image) throws IOException, InterruptedException {
        request("DELETE", image, null);
    }

    void deleteAll() throws IOException, InterruptedException {
        for (var image : openStack.images()) {
            delete(openStack.glanceUrl() + "/v2/images/" + image.path("id").asText());
        }
    }

    private void request(String method, String address, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status >= 400) {
            throw new IllegalStateException(method + " " + address + " answered " + status);
        }
    }
}
