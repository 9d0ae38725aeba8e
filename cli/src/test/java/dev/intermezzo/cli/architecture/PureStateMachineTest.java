package dev.intermezzo.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The same events in the same order give the same decisions: {@code decide} knows nothing but its arguments. */
class PureStateMachineTest {
    private static final String PAYMENT = Production.ROOT + ".orchestrator.payment";

    /** Everything it needs. What is not here is a question to ask: Kafka, Avro, schemas, partners, logs, files, threads. */
    private static final String[] WHOLE_WORLD = {
        PAYMENT,
        "java.lang",
        "java.lang.annotation",
        "java.lang.invoke",
        "java.lang.runtime",
        "java.math",
        "java.nio.charset",
        "java.security",
        "java.time",
        "java.util",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
        "org.joda.money",
        "org.jspecify.annotations",
    };

    @Test
    void it_depends_on_nothing_but_money_time_and_the_language() {
        classes()
                .that()
                .resideInAPackage(PAYMENT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(WHOLE_WORLD)
                .check(Production.CLASSES);
    }

    @Test
    void it_knows_no_clock_and_no_environment() {
        knowsNoClock(PAYMENT).check(Production.CLASSES);
    }

    @Test
    void it_throws_no_dice() {
        throwsNoDice(PAYMENT).check(Production.CLASSES);
    }

    @Test
    void it_starts_no_thread_and_no_process() {
        noClasses()
                .that()
                .resideInAPackage(PAYMENT)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class, Runtime.class, ProcessBuilder.class)
                .check(Production.CLASSES);
    }

    @Test
    void it_remembers_nothing_between_calls() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(PAYMENT)
                .and()
                .areStatic()
                .should()
                .beFinal()
                .check(Production.CLASSES);
    }

    @Test
    void the_rules_would_notice_a_clock_and_dice() {
        JavaClasses planted = new ClassFileImporter().importClasses(Planted.class);
        String here = Planted.class.getPackageName();

        assertThatThrownBy(() -> knowsNoClock(here).check(planted)).hasMessageContaining("Instant.now()");
        assertThatThrownBy(() -> throwsNoDice(here).check(planted)).hasMessageContaining("java.util.Random");
    }

    private static ArchRule knowsNoClock(String packageName) {
        return noClasses()
                .that()
                .resideInAPackage(packageName)
                .should()
                .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(System.class);
    }

    private static ArchRule throwsNoDice(String packageName) {
        return noClasses()
                .that()
                .resideInAPackage(packageName)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(RandomGenerator.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random");
    }

    @SuppressWarnings("unused") // only its bytes are read
    private static final class Planted {
        Instant clock() {
            return Instant.now();
        }

        int dice() {
            return new Random().nextInt();
        }
    }
}
