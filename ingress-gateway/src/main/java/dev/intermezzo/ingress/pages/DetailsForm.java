package dev.intermezzo.ingress.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The choice of a method and the details that are missing for it. */
record DetailsForm(
        String address,
        OrderSummary order,
        List<Choice> methods,
        List<DetailField> fields,
        Action.@Nullable Post back,
        int errors) {}
