package io.jenkins.plugins.imagefactory.packer;

/** The language of a template, which Packer knows by its name. */
public enum TemplateSyntax {
    /** One file, the only language before Packer 1.5. */
    JSON,
    /** {@code .pkr.hcl} or {@code .pkr.json} files, or a directory of them. */
    HCL2;

    public static TemplateSyntax of(String template, boolean directory) {
        return directory || template.endsWith(".pkr.hcl") || template.endsWith(".pkr.json") ? HCL2 : JSON;
    }
}
