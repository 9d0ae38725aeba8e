package dev.intermezzo.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModuleEdgesTest {
    @Test
    void every_class_belongs_to_a_module() {
        assertThat(Production.CLASSES)
                .isNotEmpty()
                .allSatisfy(
                        type -> assertThat(Module.of(type)).as(type.getName()).isPresent());
    }

    @ParameterizedTest
    @EnumSource(Module.class)
    void a_module_is_read_as_a_whole_before_it_is_judged(Module module) {
        assertThat(Production.CLASSES).filteredOn(module::holds).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(Module.class)
    void a_module_depends_only_on_modules_it_may_use(Module module) {
        classes()
                .that()
                .resideInAPackage(module.packages())
                .should(useOnlyWhatItMay(module))
                .check(Production.CLASSES);
    }

    @ParameterizedTest
    @EnumSource(Module.class)
    void packages_inside_a_module_form_no_cycle(Module module) {
        SlicesRuleDefinition.slices()
                .assignedFrom(packagesOf(module))
                .should()
                .beFreeOfCycles()
                .check(Production.CLASSES);
    }

    private static ArchCondition<JavaClass> useOnlyWhatItMay(Module module) {
        return new ArchCondition<>("use only what " + module + " may") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    Optional<Module> other = Module.of(dependency.getTargetClass());
                    if (other.isPresent() && !module.mayUse(other.get())) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** One slice for each package, the module's own root included. */
    private static SliceAssignment packagesOf(Module module) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return module.holds(type) && !Production.isGenerated(type)
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of " + module;
            }
        };
    }
}
