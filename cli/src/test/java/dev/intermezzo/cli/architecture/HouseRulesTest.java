package dev.intermezzo.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.intermezzo.cli.merchants.SandboxDestinations;
import dev.intermezzo.runtime.http.AddressPolicy;
import java.net.HttpURLConnection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    private static final String[] MONEY = {
        Production.ROOT + ".partners.money..",
        Production.ROOT + ".partners.mozarto..",
        Production.ROOT + ".partners.mozello..",
        Production.ROOT + ".orchestrator.payment..",
        Production.ROOT + ".orchestrator.codec..",
    };

    /** Where a thread may wait by sleeping: nothing there serves a payment. */
    private static final Set<String> SLEEPERS = Set.of(
            Production.ROOT + ".cli.bench.Beat",
            Production.ROOT + ".cli.bench.FailoverRun",
            Production.ROOT + ".cli.chaos.ChaosRun",
            Production.ROOT + ".cli.chaos.RefundTraffic",
            Production.ROOT + ".cli.chaos.Strikes",
            Production.ROOT + ".cli.demo.AuditorsWord",
            Production.ROOT + ".cli.demo.CompilerQuiet",
            Production.ROOT + ".cli.demo.Patience",
            Production.ROOT + ".cli.fleet.Fleet",
            Production.ROOT + ".cli.stage.StageGroup",
            Production.ROOT + ".cli.stage.StartChecks",
            Production.ROOT + ".cli.up.StageProcesses",
            Production.ROOT + ".ingress.http.Listening",
            Production.ROOT + ".runtime.kafka.TopicAdmin");

    private static final Set<String> FLOATING = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    @Test
    void no_name_hides_what_a_class_is_for() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Common")
                .orShould()
                .haveSimpleNameStartingWith("Common")
                .check(Production.CLASSES);
    }

    @Test
    void money_is_never_a_floating_point_number() {
        classes()
                .that()
                .resideInAnyPackage(MONEY)
                .should(nameNoFloatingNumber())
                .check(Production.CLASSES);
    }

    @Test
    void only_the_command_writes_to_the_terminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage(Module.CLI.packages())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(Production.CLASSES);
    }

    @Test
    void nothing_that_serves_a_payment_sleeps() {
        Set<String> sleepers = Production.CLASSES.stream()
                .filter(type -> !Module.SANDBOX.holds(type))
                .filter(type -> type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                                && call.getTarget().getName().equals("sleep")))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(sleepers).isEqualTo(new TreeSet<>(SLEEPERS));
    }

    @Test
    void only_the_guarded_client_calls_addresses() {
        noClasses()
                .that()
                .resideOutsideOfPackages(Module.RUNTIME.root() + ".http", Module.SANDBOX.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hc..", "java.net.http..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(HttpURLConnection.class)
                .check(Production.CLASSES);
    }

    @Test
    void only_the_doctor_calls_addresses_of_our_own_network() {
        noClasses()
                .that()
                .resideOutsideOfPackage(Module.CLI.root() + ".doctor")
                .should()
                .callMethod(AddressPolicy.class, "operatorsOwn")
                .check(Production.CLASSES);
    }

    @Test
    void only_simulated_partners_have_destinations_that_need_not_wait() {
        noClasses()
                .that()
                .resideOutsideOfPackage(Module.CLI.root() + ".up")
                .and()
                .doNotBelongToAnyOf(SandboxDestinations.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(SandboxDestinations.class)
                .check(Production.CLASSES);
    }

    @Test
    void logs_are_written_through_one_interface() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.apache.logging..", "org.apache.commons.logging..")
                .check(Production.CLASSES);
    }

    @Test
    void nothing_is_null_that_does_not_say_so() {
        Set<String> unmarked = Production.CLASSES.stream()
                .filter(type -> !Production.isGenerated(type))
                .map(JavaClass::getPackage)
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked).isEmpty();
    }

    private static ArchCondition<JavaClass> nameNoFloatingNumber() {
        return new ArchCondition<>("name no floating-point number") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaField field : type.getFields()) {
                    report(events, field.getRawType(), field.getFullName());
                }
                for (JavaCodeUnit code : type.getCodeUnits()) {
                    Stream.concat(code.getRawParameterTypes().stream(), Stream.of(code.getRawReturnType()))
                            .forEach(named -> report(events, named, code.getFullName()));
                }
            }
        };
    }

    private static void report(ConditionEvents events, JavaClass named, String where) {
        if (FLOATING.contains(named.getBaseComponentType().getName())) {
            events.add(SimpleConditionEvent.violated(where, where + " names " + named.getName()));
        }
    }
}
