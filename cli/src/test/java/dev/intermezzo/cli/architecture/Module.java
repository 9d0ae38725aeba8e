package dev.intermezzo.cli.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The modules and what each may depend on. */
enum Module {
    SCHEMAS("schemas"),
    PARTNERS("partners"),
    RUNTIME("runtime"),
    INGRESS_GATEWAY("ingress"),
    PAYMENT_ORCHESTRATOR("orchestrator"),
    NOTIFIER("notifier"),
    SIMULATOR("simulator"),
    SANDBOX("sandbox"),
    FUZZING("fuzzing"),
    CLI("cli");

    private final String root;

    Module(String name) {
        this.root = Production.ROOT + "." + name;
    }

    /** Besides itself. Services never depend on each other: topics are their only contract. */
    private Set<Module> mayUse() {
        return switch (this) {
            case SCHEMAS, PARTNERS, FUZZING -> Set.of();
            // Never partners: the simulators are an independent reading of the partners' documents.
            case RUNTIME, SANDBOX -> Set.of(SCHEMAS);
            case INGRESS_GATEWAY, PAYMENT_ORCHESTRATOR, NOTIFIER -> Set.of(SCHEMAS, PARTNERS, RUNTIME);
            // Only tests use what makes hostile inputs.
            case CLI -> EnumSet.complementOf(EnumSet.of(CLI, FUZZING));
            // No service: it runs their decisions, and nothing runs it but the command.
            case SIMULATOR -> Set.of(SCHEMAS, PARTNERS, RUNTIME, PAYMENT_ORCHESTRATOR, NOTIFIER);
        };
    }

    /** The package that holds all others of the module. */
    String root() {
        return root;
    }

    /** The module's packages, as ArchUnit writes them. */
    String packages() {
        return root + "..";
    }

    boolean mayUse(Module other) {
        return other == this || mayUse().contains(other);
    }

    boolean holds(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** Whose class this is; empty for classes that are not ours. */
    static Optional<Module> of(JavaClass type) {
        return Arrays.stream(values()).filter(module -> module.holds(type)).findFirst();
    }
}
