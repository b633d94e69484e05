package hudson.security;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

public abstract class ACL {
    public static final Authentication SYSTEM2 =
            new AnonymousAuthenticationToken("SYSTEM", "SYSTEM", AuthorityUtils.createAuthorityList("authenticated"));

    public static ACLContext as2(Authentication auth) {
        return new ACLContext();
    }
}
