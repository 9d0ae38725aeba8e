package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiCodeTest {

    @ParameterizedTest
    @EnumSource(ApiCode.class)
    void every_code_stands_in_the_document_with_its_status(ApiCode code) throws IOException {
        String section = Files.readString(Path.of("..", "docs", "codes.md"))
                .split("\n## Refusals of the merchant API\n", 2)[1]
                .split("\n## ", 2)[0];

        assertThat(section.lines())
                .anyMatch(line -> line.contains('`' + code.text() + '`') && line.contains("| " + code.status() + " |"));
    }

    @Test
    void every_code_belongs_to_a_route_or_to_no_route_at_all() {
        Set<ApiCode> routed = EnumSet.of(ApiCode.NOT_FOUND, ApiCode.METHOD_NOT_ALLOWED, ApiCode.REQUEST_REFUSED);
        Arrays.stream(ApiRoute.values()).forEach(route -> routed.addAll(route.codes()));

        assertThat(routed).containsExactlyInAnyOrder(ApiCode.values());
    }
}
