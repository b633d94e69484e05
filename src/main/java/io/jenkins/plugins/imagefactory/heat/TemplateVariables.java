package io.jenkins.plugins.imagefactory.heat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Ansible's template module tells a template of itself, over all other variables.
 *
 * @see <a href="https://docs.ansible.com/ansible/latest/collections/ansible/builtin/template_module.html">template module</a>
 */
final class TemplateVariables {
    private static final String MANAGED = "Ansible managed";
    /** Asked for once: where names are not configured well, that takes seconds. */
    private static final String HOST = host();

    private TemplateVariables() {}

    /**
     * @param path how the template is named
     * @param destination what is written, null for nothing
     */
    static Map<String, Object> of(String path, Path file, @CheckForNull String destination) throws IOException {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("template_host", HOST);
        variables.put("template_path", path);
        variables.put(
                "template_mtime",
                LocalDateTime.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneId.systemDefault())
                        .truncatedTo(ChronoUnit.MICROS));
        variables.put("template_uid", owner(file));
        variables.put("template_run_date", LocalDateTime.now().truncatedTo(ChronoUnit.MICROS));
        variables.put("template_destpath", destination);
        variables.put("template_fullpath", file.toString());
        variables.put("ansible_managed", MANAGED);
        return variables;
    }

    private static String owner(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("owner")
                ? Files.getOwner(file).getName()
                : System.getProperty("user.name");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
