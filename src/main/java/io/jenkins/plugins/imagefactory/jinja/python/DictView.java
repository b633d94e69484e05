package io.jenkins.plugins.imagefactory.jinja.python;

import java.util.List;

/** What a dict's keys(), values() or items() gives; it follows the dict. */
public record DictView(Kind kind, Dict dict) {
    public enum Kind {
        KEYS("dict_keys"),
        VALUES("dict_values"),
        ITEMS("dict_items");

        final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    List<Object> elements() {
        return switch (kind) {
            case KEYS -> dict.keys();
            case VALUES -> dict.values();
            case ITEMS -> dict.items();
        };
    }
}
