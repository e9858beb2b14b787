package org.ogm4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which: data flows score, rule, noise, graph. */
@AnalyzeClasses(
        packages = "org.ogm4j",
        importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {

    @ArchTest
    static final ArchRule RULES_ARE_PURE =
            noClasses()
                    .that()
                    .resideInAnyPackage("org.ogm4j.rule..", "org.ogm4j.noise..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..");

    @ArchTest
    static final ArchRule ONLY_THE_FACADE_KNOWS_THE_GRAPH =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "org.ogm4j.score..", "org.ogm4j.rule..", "org.ogm4j.noise..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.ogm4j.graph..");

    @ArchTest
    static final ArchRule STEPS_DO_NOT_KNOW_ONE_ANOTHER =
            noClasses()
                    .that()
                    .resideInAPackage("org.ogm4j.score..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.ogm4j.rule..", "org.ogm4j.noise..");

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL =
            classes()
                    .that()
                    .areTopLevelClasses()
                    .and()
                    .areNotInterfaces()
                    .and()
                    .doNotHaveModifier(JavaModifier.ABSTRACT)
                    .should()
                    .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static void usersNameAtMostTenTypes(JavaClasses library) {
        long named =
                library.stream()
                        .filter(type -> type.getPackageName().equals("org.ogm4j"))
                        .filter(JavaClass::isTopLevelClass)
                        .count();
        assertTrue(named > 0 && named <= 10, "types in org.ogm4j: " + named);
    }
}
