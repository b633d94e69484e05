package io.jenkins.plugins.imagefactory.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates come from repositories that others can change: they reach data only, and end. */
class EngineSafetyTest {
    private static final Limits SMALL = new Limits(4000, 1000, 20, 4096, Duration.ofMillis(300));

    private static String render(String template, Limits limits) {
        Map<String, Object> data =
                Map.of("text", "value", "number", 7L, "list", List.of(1L, 2L), "map", Map.of("key", "value"));
        return new Engine(name -> null, Map.of(), limits).compile("t", template).render(Variables.of(data));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // published ways out of Jinja2's sandboxes and of servers that render what users write
                "{{ ''.__class__.__mro__[1].__subclasses__() }}",
                "{{ text.__class__ }}",
                "{{ text['__class__'] }}",
                "{{ text | attr('__class__') }}",
                "{{ text | attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
                "{{ text | attr(['_'*2,'class','_'*2]|join) }}",
                "{{ [text] | map(attribute='__class__') | list }}",
                "{{ [text] | map('attr', '__class__') | list }}",
                "{{ [text] | groupby('__class__') }}",
                "{{ [text] | sort(attribute='__class__') }}",
                "{{ self.__init__.__globals__.__builtins__.__import__('os').popen('id').read() }}",
                "{{ self._TemplateReference__context.cycler.__init__.__globals__.os.popen('id').read() }}",
                "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
                "{{ joiner.__init__.__globals__.os }}",
                "{{ namespace.__init__.__globals__.os }}",
                "{{ range.__class__ }}",
                "{{ dict.__base__ }}",
                "{{ config.__class__ }}",
                "{{ request.application.__globals__ }}",
                "{{ lipsum.__globals__['os'].popen('id').read() }}",
                "{{ url_for.__globals__ }}",
                "{{ get_flashed_messages.__globals__ }}",
                "{{ '{0.__class__}'.format(text) }}",
                "{{ '{0.__class__.__mro__}'.format_map({'0': text}) }}",
                "{{ '%s' | format(text.__class__) }}",
                "{% for c in [].__class__.__base__.__subclasses__() %}{{ c }}{% endfor %}",
                "{% macro m() %}{% endmacro %}{{ m.__class__ }}",
                "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
                "{% set x = text.__class__ %}{{ x }}",
                "{{ (number).__class__ }}",
                "{{ list.append.__self__ }}",
                "{{ map.items.__func__ }}",
                "{{ map.__getitem__('key') }}",
                // published ways out of jinjava
                "{{ 'a'.getClass().forName('java.lang.Runtime') }}",
                "{{ 'a'.class }}",
                "{{ text.getClass() }}",
                "{{ text.class.classLoader }}",
                "{{ ____int3rpr3t3r____.getContext() }}",
                "{{ ____int3rpr3t3r____.config.objectMapper }}",
                "{{ ''.getClass().forName('javax.script.ScriptEngineManager').newInstance() }}",
                "{{ list.iterator().next() }}",
                "{{ list.stream() }}",
                "{{ map.entrySet() }}",
                "{{ map.getOrDefault('key', 1) }}",
                "{{ number.intValue() }}",
                "{% do map.put('a', 1) %}",
                "{% include '/etc/passwd' %}",
                "{% include '../../etc/passwd' %}",
                "{% import 'os' as os %}",
                "{{ lookup('file', '/etc/passwd') }}",
                "{{ lookup('pipe', 'id') }}",
                "{{ lookup('env', 'PATH') }}",
                "{{ lookup('url', 'http://127.0.0.1/') }}",
                "{{ query('pipe', 'id') }}",
                "{{ 'id' | shell }}",
            })
    void nothingButDataIsReached(String template) {
        assertThatThrownBy(() -> render("safe\n" + template, Limits.STANDARD))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(10000000000) %}{{ i }}{% endfor %}",
                "{% for i in range(100) %}{% for j in range(100) %}{% endfor %}{% endfor %}",
                "{{ 'a' * 1000000000 }}",
                "{{ ('a' * 900) * 900 * 900 }}",
                "{{ [0] * 1000000000 }}",
                "{{ range(1000000000) | list }}",
                "{{ range(1000000000) | sum }}",
                "{{ 10 ** 10000000 }}",
                "{{ 9 ** 99999 }}",
                "{{ 2 ** 4000 * 2 ** 4000 }}",
                "{{ '%1000000000d' % 1 }}",
                "{{ '{:1000000000}'.format(1) }}",
                "{{ 'a'.center(1000000000) }}",
                "{{ 'a'.zfill(1000000000) }}",
                "{{ 'a\\n' | indent(1000000000) }}",
                "{{ 'a'.replace('', 'b' * 500) * 3 }}",
                "{% macro m(k) %}{{ m(k + 1) }}{% endmacro %}{{ m(0) }}",
                "{% set ns = namespace(s='ab') %}{% for i in range(30) %}{% set ns.s = ns.s + ns.s %}{% endfor %}{{ ns.s }}",
                "{% set l = [1] %}{% for i in range(30) %}{% do l.extend(l) %}{% endfor %}{{ l | length }}",
                "{{ ('a' * 400) | regex_search('(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)b') }}",
                "{{ ('a' * 400) | regex_replace('(.*)(.*)(.*)(.*)(.*)(.*)\\1b', '') }}",
                "{{ ('x' * 400) is search('(x+)(x+)(x+)(x+)(x+)(x+)y') }}",
                "{{ range(900) | product(range(900)) | list | length }}",
                "{{ text | b64encode * 1000 }}",
            })
    void whatWouldNotEndOrNotFitIsStopped(String template) {
        assertThatThrownBy(() -> render(template, SMALL))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("line 1");
    }

    @Test
    void deepNestingIsAnErrorAndNoOverflow() {
        String brackets = "[".repeat(20_000) + "]".repeat(20_000);
        String blocks = "{% if true %}".repeat(20_000) + "{% endif %}".repeat(20_000);

        assertThatThrownBy(() -> render("{{ " + brackets + " }}", Limits.STANDARD))
                .isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> render(blocks, Limits.STANDARD)).isInstanceOf(TemplateException.class);
    }

    @Test
    void aRenderingChangesNoDataOfTheNext() {
        Engine engine = new Engine(name -> null, Map.of(), Limits.STANDARD);
        Variables variables = Variables.of(Map.of("list", List.of(1L)));
        Template template = engine.compile("t", "{% do list.append(2) %}{{ list }}");

        assertThat(template.render(variables)).isEqualTo("[1, 2]");
        assertThat(template.render(variables)).isEqualTo("[1, 2]");
    }

    @Test
    void oneTemplateRendersInManyThreadsAtOnce() {
        Template template = new Engine(name -> null, Map.of(), Limits.STANDARD)
                .compile(
                        "t", "{% macro m(n) %}{% for i in range(n) %}{{ i }}{% endfor %}{% endmacro %}{{ m(number) }}");

        List<String> rendered = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L).parallelStream()
                .map(number -> template.render(Variables.of(Map.of("number", number))))
                .toList();

        assertThat(rendered).containsExactly("0", "01", "012", "0123", "01234", "012345", "0123456", "01234567");
    }
}
