package dev.intermezzo.cli.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Every class that is shipped, read once for all rules. */
final class Production {
    /** All modules' packages begin with it. */
    static final String ROOT = "dev.intermezzo";

    /** Imported with what they refer to, tests left out. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private Production() {}

    /** Generated from Avro schemas and page templates: their style is their generator's. */
    static boolean isGenerated(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".schemas.avro")
                || type.getPackageName().startsWith("gg.jte.generated");
    }
}
