package io.jenkins.plugins.imagefactory.openstack.login;

import com.fasterxml.jackson.databind.JsonNode;

/** A project as Keystone lists it. */
public record Project(String id, String name, String domainId) {
    static Project of(JsonNode json) {
        JsonNode domain = json.has("domain_id") ? json.path("domain_id") : json.at("/domain/id");
        return new Project(json.path("id").asText(), json.path("name").asText(), domain.asText());
    }
}
