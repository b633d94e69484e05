package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.List;

/** Ansible's {@code urlsplit} and its tests of addresses, by Python's urllib, which takes almost everything for one. */
final class UrlFilters {
    private static final int HIGHEST_PORT = 65_535;

    private UrlFilters() {}

    static void define(Functions filters) {
        filters.define("urlsplit(value, query='', alias='urlsplit')", (f, a) -> split(a[0], a[1]));
    }

    static void defineTests(Functions tests) {
        tests.define("uri(value, schemes=None)", (f, a) -> isUri(a[0], a[1]))
                .define("url(value, schemes=None)", (f, a) -> isUri(a[0], a[1]) && isUrl(a[0]))
                .define("urn(value)", (f, a) -> isUri(a[0], List.of("urn")));
    }

    /** An address in its parts, none of them decoded. */
    private record Parts(String scheme, String netloc, String path, String query, String fragment) {
        static Parts of(String address) {
            String rest = address.replace("\t", "").replace("\r", "").replace("\n", "");
            int start = 0;
            while (start < rest.length() && rest.charAt(start) <= ' ') {
                start++;
            }
            rest = rest.substring(start);
            String scheme = "";
            int colon = rest.indexOf(':');
            if (colon > 0 && isScheme(rest.substring(0, colon))) {
                scheme = PythonText.lower(rest.substring(0, colon));
                rest = rest.substring(colon + 1);
            }
            String netloc = "";
            if (rest.startsWith("//")) {
                int end = 2;
                while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
                    end++;
                }
                netloc = rest.substring(2, end);
                rest = rest.substring(end);
                if (netloc.contains("[") != netloc.contains("]")) {
                    throw new TemplateException("'" + address + "' has an address with half of a pair of brackets");
                }
            }
            String fragment = after(rest, '#');
            rest = before(rest, '#');
            return new Parts(scheme, netloc, before(rest, '?'), after(rest, '?'), fragment);
        }

        private static boolean isScheme(String text) {
            return text.matches("[A-Za-z][A-Za-z0-9+.-]*");
        }

        private static String before(String text, char mark) {
            int at = text.indexOf(mark);
            return at < 0 ? text : text.substring(0, at);
        }

        private static String after(String text, char mark) {
            int at = text.indexOf(mark);
            return at < 0 ? "" : text.substring(at + 1);
        }

        private String host() {
            return netloc.substring(netloc.lastIndexOf('@') + 1);
        }

        Object username() {
            int at = netloc.lastIndexOf('@');
            return at < 0 ? null : before(netloc.substring(0, at), ':');
        }

        Object password() {
            int at = netloc.lastIndexOf('@');
            return at < 0 || netloc.substring(0, at).indexOf(':') < 0 ? null : after(netloc.substring(0, at), ':');
        }

        Object hostname() {
            String host = host();
            int bracket = host.indexOf('[');
            String name = bracket < 0 ? before(host, ':') : before(host.substring(bracket + 1), ']');
            int zone = name.indexOf('%');
            String lower = zone < 0
                    ? PythonText.lower(name)
                    : PythonText.lower(name.substring(0, zone)) + name.substring(zone);
            return lower.isEmpty() ? null : lower;
        }

        Object port() {
            String host = host();
            int bracket = host.indexOf('[');
            String port = after(bracket < 0 ? host : after(host, ']'), ':');
            if (port.isEmpty()) {
                return null;
            }
            if (!port.matches("[0-9]{1,9}") || Integer.parseInt(port) > HIGHEST_PORT) {
                throw new TemplateException("'" + port + "' is no port of an address");
            }
            return Long.valueOf(port);
        }
    }

    private static Object split(Object value, Object query) {
        Undefined.fail(value);
        if (!Types.isString(value)) {
            throw new TemplateException("urlsplit needs a string, not a " + Types.name(value));
        }
        Parts parts = Parts.of(value.toString());
        Dict split = new Dict();
        split.put("fragment", parts.fragment);
        split.put("hostname", parts.hostname());
        split.put("netloc", parts.netloc);
        split.put("password", parts.password());
        split.put("path", parts.path);
        split.put("port", parts.port());
        split.put("query", parts.query);
        split.put("scheme", parts.scheme);
        split.put("username", parts.username());
        if (!Operators.truth(query)) {
            return split;
        }
        if (!split.has(query)) {
            throw new TemplateException(
                    "an address has no part " + PythonRepr.repr(query),
                    Suggestion.nearest(PythonRepr.str(query), split.names()));
        }
        return split.get(query);
    }

    private static boolean isUri(Object value, Object schemes) {
        if (value instanceof Undefined) {
            return false;
        }
        if (!Types.isString(value)) {
            return !Operators.truth(value) && !Operators.truth(schemes);
        }
        try {
            String scheme = Parts.of(value.toString()).scheme;
            return !Operators.truth(schemes) || Operators.contains(schemes, scheme);
        } catch (TemplateException e) {
            return false;
        }
    }

    private static boolean isUrl(Object value) {
        if (!Types.isString(value)) {
            return false;
        }
        Parts parts = Parts.of(value.toString());
        return !parts.netloc.isEmpty() || parts.scheme.equals("file");
    }
}
