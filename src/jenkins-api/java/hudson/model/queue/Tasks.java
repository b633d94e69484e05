package hudson.model.queue;

import hudson.model.Queue;
import hudson.security.ACL;
import org.springframework.security.core.Authentication;

public class Tasks {
    Tasks() {}

    public static Authentication getAuthenticationOf2(Queue.Task t) {
        return ACL.SYSTEM2;
    }
}
