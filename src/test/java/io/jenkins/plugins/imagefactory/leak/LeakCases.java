package io.jenkins.plugins.imagefactory.leak;

import io.jenkins.plugins.imagefactory.leak.EchoingCloud.Manner;
import io.jenkins.plugins.imagefactory.leak.LeakCase.Login;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every step with every secret that it can know. */
public final class LeakCases {
    static final String MASKED_ECHO = EchoingCloud.ECHO + "****";

    /** A value that the block around masks. */
    private static final String MASKED_VALUE = "\"" + EchoingCloud.ECHO + "${env.OS_PASSWORD}\"";

    private static final String ALL_OF_THE_LOGIN =
            "{{env `OS_PASSWORD`}}{{env `OS_APPLICATION_CREDENTIAL_SECRET`}}{{env `OS_TOKEN`}}";

    private static final String TEMPLATE = "'heat_template_version: 2018-08-31\\nresources: {}\\n#'";

    /** What services are asked. */
    private static final Map<String, String> SERVICES = new TreeMap<>(Map.ofEntries(
            Map.entry("glanceDownload", "glanceDownload image: 'it'"),
            Map.entry("glancePrune", "glancePrune name: 'it*', keep: 0"),
            Map.entry("glanceShare", "glanceShare image: 'it', projects: ['dev']"),
            Map.entry("glanceUpdate", "glanceUpdate image: 'it', properties: [os_distro: 'debian']"),
            Map.entry(
                    "glanceUpload",
                    "writeFile file: 'disk.raw', text: 'raw bytes'\ndef r = glanceUpload file: 'disk.raw', name: 'it'\necho \"$r\""),
            Map.entry("heatRender", """
                    writeFile file: 's.yaml.j2', text: 'heat_template_version: 2021-04-16\\nparameters: {a: {type: string}}\\n'
                    heatRender template: 's.yaml.j2', validate: 'cloud'"""),
            Map.entry("heatStack", "def r = heatStack template: " + TEMPLATE + ", name: 'it'\necho \"$r\""),
            Map.entry("heatStackDelete", "heatStack template: " + TEMPLATE + ", name: 'it'\nheatStackDelete 'it'"),
            Map.entry("withHeatStack", "withHeatStack(template: " + TEMPLATE + ", name: 'it') { sh 'env' }"),
            Map.entry("volumeUpload", "def r = volumeUpload 'it'\necho \"$r\"")));

    /** Those whose requests on behalf of data are others than all their requests. */
    private static final Set<String> WITH_DATA = Set.of("glanceDownload", "glanceShare", "glanceUpload");

    private record Program(String step, String script, boolean fails, String shown) {}

    /** Programs that know the login and print it, or name a file by it. */
    private static final List<Program> PROGRAMS = List.of(
            new Program("diskImageBuild", """
                    writeFile file: 'elements/telling/element-provides', text: 'operating-system'
                    writeFile file: 'elements/telling/root.d/10-tell', text: '''#!/bin/sh
                    echo "the element says echo:$OS_PASSWORD$OS_APPLICATION_CREDENTIAL_SECRET$OS_TOKEN"
                    exit 3'''
                    sh 'chmod +x elements/telling/root.d/10-tell'
                    diskImageBuild elements: ['telling'], elementsPath: ['elements'], options: ['-n'],
                        cloud: 'testcloud', env: [DIB_NO_TMPFS: '1']
                    """, true, "the element says " + MASKED_ECHO),
            new Program("packerBuild", """
                    writeFile file: 't.json', text: '''{"variables": {"p": "%s"},
                        "builders": [{"type": "file", "content": "x", "target": "/proc/echo:{{user `p`}}/x"}]}'''
                    packerBuild template: 't.json', cloud: 'testcloud', validate: false, debugLog: true
                    """.formatted(ALL_OF_THE_LOGIN), true, "/proc/" + MASKED_ECHO),
            new Program("packerBuild", """
                    writeFile file: 't.json', text: '''{"variables": {"p": "%s"},
                        "builders": [{"type": "file", "content": "raw", "target": "out/echo:{{user `p`}}.img"}]}'''
                    packerBuild template: 't.json', cloud: 'testcloud', validate: false, images: 'out/*.img'
                    """.formatted(ALL_OF_THE_LOGIN), false, "Archiving out/" + MASKED_ECHO + ".img"),
            new Program("packerValidate", """
                    writeFile file: 't.json', text: '''{"variables": {"p": "%s"},
                        "builders": [{"type": "null", "communicator": "none"}],
                        "provisioners": [{"type": "shell", "script": "/nowhere/echo:{{user `p`}}"}]}'''
                    packerValidate template: 't.json', cloud: 'testcloud'
                    """.formatted(ALL_OF_THE_LOGIN), true, "/nowhere/" + MASKED_ECHO),
            new Program(
                    "withOpenStack",
                    "withOpenStack {"
                            + " sh 'echo \"the block says echo:$OS_PASSWORD$OS_APPLICATION_CREDENTIAL_SECRET$OS_TOKEN\"' }",
                    false,
                    "the block says " + MASKED_ECHO));

    /** Each step with a parameter that holds a value which the block around masks, and that it repeats. */
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("diskImageBuild", "diskImageBuild elements: [%s]"),
            Map.entry("glanceDownload", "glanceDownload image: 'it', file: \"../\" + %s"),
            Map.entry("glancePrune", "glancePrune name: %s, tag: 'x'"),
            Map.entry("glanceShare", "glanceShare image: 'it', projects: [%s]"),
            Map.entry("glanceUpdate", "glanceUpdate image: 'it', visibility: %s"),
            Map.entry("glanceUpload", "glanceUpload file: %s"),
            Map.entry("heatRender", "heatRender template: %s"),
            Map.entry("heatStack", "heatStack template: %s"),
            Map.entry("heatStackDelete", "heatStackDelete %s"),
            Map.entry("imageBoot", "imageBoot file: %s"),
            Map.entry("imageConvert", "imageConvert file: %s, format: 'raw'"),
            Map.entry("packerBuild", "packerBuild template: %s"),
            Map.entry("packerValidate", "packerValidate template: %s"),
            Map.entry("volumeUpload", "volumeUpload volume: 'it', diskFormat: %s"),
            Map.entry("withHeatStack", "withHeatStack(template: %s) { echo 'in' }"),
            Map.entry("withOpenStack", "withOpenStack(cloud: %s) { echo 'in' }"));

    /** Stand for the halves of a line of the secret in a script that joins them. */
    public static final String HALF = "HALF_%d";

    /**
     * Parameters by which a step comes to know another secret than the login's, each with a script that repeats it. They need
     * a store of credentials: {@code own} there is one of the kind that the parameter takes.
     */
    private static final Map<String, OwnSecret> OWN_SECRETS = new TreeMap<>(Map.of(
            "glanceShare.acceptCredentialsId",
            new OwnSecret(
                    "glanceShare image: 'it', projects: ['dev'], acceptCredentialsId: 'own'",
                    Manner.REFUSES_DATA,
                    true,
                    MASKED_ECHO),
            "imageBoot.sshCredentialsId",
            new OwnSecret("""
                    imageBoot file: 'disk.qcow2', sshUser: 'root', sshCredentialsId: 'own', accelerator: 'tcg', memory: 256,
                        userData: readFile('user-data'),
                        script: '''printf '%s%s%s\\\\n' echo: HALF_1 HALF_2 | tee /dev/ttyS0; sleep 1'''
                    """, Manner.OBLIGES, false, MASKED_ECHO),
            "packerBuild.secretVars",
            new OwnSecret("""
                    writeFile file: 't.json', text: '''{"variables": {"p": ""},
                        "builders": [{"type": "file", "content": "x", "target": "/proc/echo:{{user `p`}}/x"}]}'''
                    packerBuild template: 't.json', secretVars: [p: 'own'], validate: false, debugLog: true
                    """, Manner.OBLIGES, true, "/proc/" + MASKED_ECHO),
            "heatStack.secretParameters",
            new OwnSecret(
                    "heatStack template: 'heat_template_version: 2018-08-31\\nparameters: {p: {type: string}}\\n#',"
                            + " name: 'it', secretParameters: [p: 'own']",
                    Manner.REFUSES_DATA,
                    true,
                    MASKED_ECHO),
            "withHeatStack.secretParameters",
            new OwnSecret(
                    "withHeatStack(template: 'heat_template_version: 2018-08-31\\nparameters: {p: {type: string}}\\n#',"
                            + " name: 'it', secretParameters: [p: 'own']) { echo 'in' }",
                    Manner.REFUSES_DATA,
                    true,
                    MASKED_ECHO),
            "packerValidate.secretVars",
            new OwnSecret("""
                    writeFile file: 't.json', text: '''{"variables": {"p": ""},
                        "builders": [{"type": "null", "communicator": "none"}],
                        "provisioners": [{"type": "shell", "script": "/nowhere/echo:{{user `p`}}"}]}'''
                    packerValidate template: 't.json', secretVars: [p: 'own']
                    """, Manner.OBLIGES, true, "/nowhere/" + MASKED_ECHO)));

    private record OwnSecret(String script, Manner manner, boolean fails, String shown) {}

    private static final Set<String> TAKE_ANY_VALUE =
            Set.of("glancePrune", "glanceShare", "glanceUpdate", "heatStackDelete");

    private LeakCases() {}

    /** All steps that have cases. */
    public static Set<String> steps() {
        return new TreeSet<>(PARAMETERS.keySet());
    }

    /** Those of them that have cases with the login to a cloud. */
    public static Set<String> stepsThatLogIn() {
        Set<String> steps = new TreeSet<>(SERVICES.keySet());
        PROGRAMS.forEach(program -> steps.add(program.step()));
        return steps;
    }

    /** The parameters of {@link #withOwnSecrets}, as {@code step.parameter}. */
    static Set<String> parametersWithOwnSecrets() {
        return OWN_SECRETS.keySet();
    }

    /** The cases of steps that know a secret of credentials of their own. */
    public static Stream<LeakCase> withOwnSecrets() {
        return OWN_SECRETS.entrySet().stream()
                .map(own -> new LeakCase(
                        own.getKey(),
                        Login.PASSWORD,
                        own.getValue().manner(),
                        own.getValue().script(),
                        own.getValue().fails(),
                        own.getValue().shown()));
    }

    /** Every case that needs no store of credentials. */
    public static Stream<LeakCase> all() {
        List<LeakCase> cases = new ArrayList<>();
        for (Login login : Login.values()) {
            SERVICES.forEach((step, script) -> {
                for (Manner manner : manners(step, login)) {
                    cases.add(new LeakCase(step, login, manner, script, manner != Manner.OBLIGES, MASKED_ECHO));
                }
            });
            PROGRAMS.forEach(program -> {
                for (Manner manner : manners(program.step(), login)) {
                    boolean runs = manner == Manner.OBLIGES;
                    cases.add(new LeakCase(
                            program.step(),
                            login,
                            manner,
                            program.script(),
                            !runs || program.fails(),
                            runs ? program.shown() : MASKED_ECHO));
                }
            });
        }
        new TreeMap<>(PARAMETERS)
                .forEach((step, call) -> cases.add(new LeakCase(
                        step,
                        Login.PASSWORD,
                        Manner.OBLIGES,
                        "withOpenStack { " + call.formatted(MASKED_VALUE) + " }",
                        !TAKE_ANY_VALUE.contains(step),
                        MASKED_ECHO)));
        return cases.stream();
    }

    private static Set<Manner> manners(String step, Login login) {
        Set<Manner> manners = EnumSet.of(Manner.REFUSES_THE_LOGIN, Manner.OBLIGES);
        if (login != Login.APPLICATION_CREDENTIAL) {
            manners.add(Manner.REFUSES_TO_LIST_PROJECTS);
        }
        if (SERVICES.containsKey(step)) {
            manners.add(Manner.REFUSES_REQUESTS);
        }
        boolean acceptsElsewhere = login != Login.APPLICATION_CREDENTIAL;
        if (WITH_DATA.contains(step) && (acceptsElsewhere || !step.equals("glanceShare"))) {
            manners.add(Manner.REFUSES_DATA);
        }
        return manners;
    }
}
