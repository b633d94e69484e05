package io.jenkins.plugins.imagefactory.heat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeatTemplateCheckTest {
    private static final String HEAD = "heat_template_version: 2018-08-31\n";
    private static final String SERVER = "resources: {server: {type: OS::Nova::Server}}\n";

    @Test
    void aWholeTemplateHasNothingWrong() throws RenderException {
        assertThat(findings("""
                heat_template_version: 2018-08-31
                description: a server with a volume
                parameter_groups:
                  - {label: all, parameters: [image, size, zones, public]}
                parameters:
                  image: {type: string, default: web, constraints: [{custom_constraint: glance.image}]}
                  size: {type: number, default: 10, constraints: [{range: {min: 1, max: 100}}, {modulo: {step: 5, offset: 0}}]}
                  zones: {type: comma_delimited_list, default: 'a,b', constraints: [{length: {max: 2}}]}
                  public: {type: boolean, default: true}
                  tags: {type: json, default: {}}
                conditions:
                  wanted: {equals: [{get_param: public}, true]}
                resources:
                  server:
                    type: OS::Nova::Server
                    condition: wanted
                    properties:
                      image: {get_param: image}
                      metadata: {get_param: [tags, first]}
                      name: {list_join: ['-', [{get_param: 'OS::stack_name'}, web]]}
                      networks: {if: [wanted, [{network: public}], []]}
                      condition: the property of a resource
                  volume:
                    type: OS::Cinder::Volume
                    depends_on: [server]
                    properties:
                      size: {get_param: size}
                      zones:
                        repeat:
                          for_each: {<%zone%>: {get_param: zones}}
                          template: {name: {get_resource: <%zone%>}}
                outputs:
                  address: {value: {get_attr: [server, first_address]}, condition: wanted}
                  id: {value: {get_resource: volume}}
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{get_resource: servr}     | get_resource names 'servr', but there is no such resource; did you mean 'server'?",
                "{get_param: flavour}      | get_param names 'flavour', but there is no such parameter; did you mean 'flavor'?",
                "{get_attr: [nothing, x]}  | get_attr names 'nothing', but there is no such resource",
                "{if: [unknown, 1, 2]}     | if names 'unknown', but there is no such condition",
                "[{a: [{get_param: none}]}]| get_param names 'none', but there is no such parameter",
            })
    void aReferenceToWhatIsNotThereIsAnError(String value, String expected) throws RenderException {
        assertThat(findings(HEAD + SERVER + "parameters: {flavor: {type: string}}\n" + "outputs:\n  a: {value: " + value
                        + "}\n  b: {value: {get_param: flavor}}\n"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.sentence()).isEqualTo(expected);
                    assertThat(finding.error()).isTrue();
                    assertThat(finding.line()).isEqualTo(5);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"depends_on: other", "depends_on: [server, other]", "condition: other"})
    void aResourceDependsOnWhatIsThere(String line) throws RenderException {
        assertThat(findings(HEAD + "resources:\n  server: {type: A}\n  volume:\n    type: B\n    " + line + "\n"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line()).isEqualTo(6);
                    assertThat(finding.sentence()).contains("names 'other'");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{default: a}                                     | has no type",
                "{type: text}                                     | there is no type 'text' in Heat templates",
                "{type: strng}                                    | there is no type 'strng' in Heat templates; did you mean 'string'?",
                "{type: number, default: many}                    | its default is no number",
                "{type: boolean, default: perhaps}                | its default is no boolean",
                "{type: string, defualt: a}                       | there is no key 'defualt' in Heat templates; did you mean 'default'?",
                "{type: number, default: 5, constraints: [{range: {min: 6}}]} | its default 5 is below the min 6",
                "{type: number, default: 5, constraints: [{range: {max: 4}}]} | its default 5 is above the max 4",
                "{type: number, constraints: [{range: {min: 2, max: 1}}]}     | its range has a min above its max",
                "{type: number, constraints: [{range: {}}]}                   | its range has neither a min nor a max",
                "{type: string, default: abc, constraints: [{length: {max: 2}}]} | its default's length 3 is above the max 2",
                "{type: string, default: c, constraints: [{allowed_values: [a, b]}]} | its default 'c' is none of the allowed_values [a, b]",
                "{type: number, default: 3.0, constraints: [{allowed_values: [1, 2]}]} | its default '3.0' is none of the allowed_values [1, 2]",
                "{type: comma_delimited_list, default: 'a,c', constraints: [{allowed_values: [a, b]}]} | its default 'c' is none of the allowed_values [a, b]",
                "{type: string, default: A1, constraints: [{allowed_pattern: '[a-z]+'}]} | its default 'A1' does not match the allowed_pattern [a-z]+",
                "{type: number, default: 7, constraints: [{modulo: {step: 5, offset: 1}}]} | its default 7 is no multiple of 5 plus 1",
                "{type: string, constraints: {length: {max: 2}}}  | its constraints must be a list",
                "{type: string, constraints: [{size: 1}]}         | a constraint is one of length, range, modulo, allowed_values, allowed_pattern, custom_constraint",
            })
    void aParameterIsOfItsTypeAndMeetsItsConstraints(String definition, String expected) throws RenderException {
        assertThat(findings(HEAD + SERVER + "parameters:\n  p: " + definition
                        + "\noutputs: {o: {value: {get_param: p}}}\n"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.sentence()).isEqualTo("parameter 'p': " + expected);
                    assertThat(finding.line()).isEqualTo(4);
                });
    }

    @Test
    void unknownVersionsSectionsAndKeysAreErrors() throws RenderException {
        assertThat(findings("heat_template_version: 2018-08-30\nresource: {}\nresources:\n"
                        + "  a: {type: A, propertys: {}}\n  b: {properties: {}}\noutputs: {o: {descr: x}}\n"))
                .extracting(
                        finding -> finding.line() + ": " + finding.sentence().replaceFirst(" there are .*", ""))
                .containsExactly(
                        "1: heat_template_version '2018-08-30' is unknown;",
                        "2: there is no section 'resource' in Heat templates; did you mean 'resources'?",
                        "4: resource 'a': there is no key 'propertys' in Heat templates; did you mean 'properties'?",
                        "5: resource 'b' has no 'type'",
                        "6: output 'o' has no 'value'",
                        "6: output 'o': there is no key 'descr' in Heat templates");
    }

    @Test
    void conditionsCameWithNewton() throws RenderException {
        assertThat(findings("heat_template_version: 2016-04-08\nconditions: {}\n" + SERVER))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .isEqualTo("there are no 'conditions' before heat_template_version 2016-10-14"));
        assertThat(findings("heat_template_version: newton\nconditions: {}\n" + SERVER))
                .isEmpty();
    }

    @Test
    void aParameterThatNobodyUsesIsAWarning() throws RenderException {
        assertThat(findings(HEAD + SERVER + "parameters: {p: {type: string}}\n"))
                .containsExactly(new Finding(false, 3, 14, "parameter 'p' is never used"));
    }

    private static List<Finding> findings(String template) throws RenderException {
        return HeatTemplateCheck.of(
                new StrictYaml(template, TextPlaces.of("t")).documents().get(0));
    }
}
