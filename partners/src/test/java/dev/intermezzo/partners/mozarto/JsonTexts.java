package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary JSON in which a partner's field names turn up at every level with values of every type. */
final class JsonTexts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonTexts() {}

    static Arbitrary<String> objects(String... names) {
        return object(value(3, names), names).map(JsonTexts::write);
    }

    private static Arbitrary<Object> value(int depth, String... names) {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12).map(text -> (Object) text),
                Arbitraries.of(
                                "Approved",
                                "DECLINED",
                                "success",
                                "error",
                                "https://pay.example/x",
                                "10.00",
                                "Something went wrong",
                                "PSP_TIMEOUT")
                        .map(text -> (Object) text),
                Arbitraries.bigDecimals().ofScale(3).map(number -> (Object) number),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.of(true, false).map(flag -> (Object) flag));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<Object> inner = value(depth - 1, names);
        return Arbitraries.oneOf(
                scalar, object(inner, names), inner.list().ofMaxSize(3).map(list -> (Object) List.copyOf(list)));
    }

    private static Arbitrary<Object> object(Arbitrary<Object> values, String... names) {
        return Arbitraries.maps(Arbitraries.of(names), values).ofMaxSize(6).map(map -> (Object) map);
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
