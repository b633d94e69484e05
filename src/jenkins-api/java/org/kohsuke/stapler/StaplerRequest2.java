package org.kohsuke.stapler;

import net.sf.json.JSONObject;

public interface StaplerRequest2 {
    BindInterceptor setBindInterceptor(BindInterceptor bindListener);

    void bindJSON(Object bean, JSONObject src);
}
