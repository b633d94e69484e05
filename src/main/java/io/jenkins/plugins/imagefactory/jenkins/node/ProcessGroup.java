package io.jenkins.plugins.imagefactory.jenkins.node;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * The processes of one run of a program, reached through the build's launcher, wherever that runs them.
 *
 * @param file holds the group's id; written by the script that started it
 * @param cookie by which Jenkins finds the processes in their environment
 */
public record ProcessGroup(FilePath file, String cookie) {
    private static final String COOKIE = "IMAGE_FACTORY_COOKIE";
    private static final String FOR_EACH =
            "ps -A -o pgid= -o stat= -o pid= -o args= | while read -r pgid stat pid args; do"
                    + " case $stat in Z*) continue;; esac; [ \"$pgid\" = \"$group\" ] || continue;";

    /** The group's id: that in its file, or where that was cleaned away, that of the newest leader of a group with this mark. */
    private static final String GROUP =
            "group=$(cat \"$0\") || group=$(for found in $(grep -lzxF -- '%s' /proc/[0-9]*/environ); do pid=${found#/proc/};"
                    + " pid=${pid%%/environ}; [ \"$pid\" = $$ ] || [ \"$(ps -o pgid= -p \"$pid\" | tr -d ' ')\" != \"$pid\" ] ||"
                    + " echo \"$pid\"; done | sort -n | tail -n 1); [ -n \"$group\" ] || exit 0; ";

    /** Its first argument is the variable; it may be marked itself. */
    private static final String KILL_MARKED = "for found in $(grep -lzxF -- \"$0\" /proc/[0-9]*/environ); do"
            + " pid=${found#/proc/}; pid=${pid%/environ}; [ \"$pid\" = $$ ] || kill -s KILL \"$pid\"; done 2>/dev/null";

    /** The variables that mark the processes. */
    public Map<String, String> mark() {
        return mark(cookie);
    }

    /** The variables that mark processes by that cookie. */
    public static Map<String, String> mark(String cookie) {
        return Map.of(COOKIE, cookie);
    }

    /** @param name such as {@code INT} */
    public void signal(BuildNode node, String name) throws IOException, InterruptedException {
        shell(node, "kill -s " + name + " -- -\"$group\"");
    }

    /**
     * @param name such as {@code INT}
     * @param spared a part of the command lines of those that get no signal, while those that sudo runs get it, too; null
     *     if the group gets it as a whole
     */
    public void signal(BuildNode node, String name, @CheckForNull String spared)
            throws IOException, InterruptedException {
        if (spared == null) {
            signal(node, name);
        } else {
            shell(
                    node,
                    FOR_EACH + " case $args in *" + spared + "*) continue;; esac; kill -s " + name
                            + " \"$pid\" || sudo -n kill -s " + name + " \"$pid\" </dev/null; done");
        }
    }

    /**
     * Whether the group of that id is this one: ids are given again, and are others in a container. Only Linux tells; elsewhere
     * the answer is no.
     */
    public boolean isMarked(BuildNode node) throws IOException, InterruptedException {
        String marked = "tr '\\0' '\\n' </proc/\"$group\"/environ | grep -qx '" + COOKIE + "=" + cookie + "'";
        return node.launcher().isUnix()
                && shell(node, marked + " && echo yes").strip().equals("yes");
    }

    /** Ends every process, also those that have left the group, as Jenkins does. */
    public void kill(BuildNode node) throws IOException, InterruptedException {
        if (node.launcher().isUnix()) {
            signal(node, "KILL");
        }
        killMarked(node);
    }

    /** Ends every process that it marked, where the id of the group may have been given again. */
    public void killMarked(BuildNode node) throws IOException, InterruptedException {
        killMarked(node, cookie);
    }

    /** Ends every process that is marked so, wherever it is: as Jenkins does, and on Linux those, too, that do not listen. */
    public static void killMarked(BuildNode node, String cookie) throws IOException, InterruptedException {
        node.launcher().kill(mark(cookie));
        if (node.launcher().isUnix()) {
            List<String> killing = List.of("/bin/sh", "-c", KILL_MARKED, COOKIE + "=" + cookie);
            NodeProgram.run(node, killing, OutputStream.nullOutputStream());
        }
    }

    /** The processes of the group that are still there, as {@code id command}. */
    public List<String> survivors(BuildNode node) throws IOException, InterruptedException {
        if (!node.launcher().isUnix()) {
            return List.of();
        }
        return shell(node, FOR_EACH + " echo \"$pid $args\"; done").lines().toList();
    }

    /** Does nothing where the id of the group has been given to somebody else in the meantime, as far as Linux tells. */
    private String shell(BuildNode node, String script) throws IOException, InterruptedException {
        String ours = GROUP.formatted(COOKIE + "=" + cookie)
                + "marks=$(tr '\\0' '\\n' </proc/\"$group\"/environ);"
                + " [ -z \"$marks\" ] || echo \"$marks\" | grep -qxF '" + COOKIE + "=" + cookie + "' || exit 0; ";
        KeptOutput output = new KeptOutput();
        String guarded = "{ " + ours + script + "; } 2>/dev/null";
        NodeProgram.run(node, List.of("/bin/sh", "-c", guarded, file.getRemote()), output);
        return output.text();
    }
}
