package org.ogm4j.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Examples show what users can do, so they use what users may: the API, and nothing below it. */
@AnalyzeClasses(packages = "org.ogm4j.examples")
class ApiOnlyTest {

    /** Whatever the library's packages below its API are called. */
    @ArchTest
    static final ArchRule EXAMPLES_USE_THE_API_ALONE =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.ogm4j..")
                                    .and(
                                            resideOutsideOfPackages(
                                                    "org.ogm4j",
                                                    "org.ogm4j.examples..",
                                                    "org.ogm4j.study..")));

    /**
     * Data, networks, methods by name, tables, statistics and the command line are for users; how
     * runs are made is not.
     */
    @ArchTest
    static final ArchRule EXAMPLES_USE_THE_STUDY_AS_USERS_DO =
            noClasses()
                    .that()
                    .haveSimpleNameNotEndingWith("Test")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.ogm4j.study..")
                                    .and(
                                            resideOutsideOfPackages(
                                                    "org.ogm4j.study",
                                                    "org.ogm4j.study.cli..",
                                                    "org.ogm4j.study.data..",
                                                    "org.ogm4j.study.machine..",
                                                    "org.ogm4j.study.method..",
                                                    "org.ogm4j.study.network..",
                                                    "org.ogm4j.study.stats..",
                                                    "org.ogm4j.study.table..")));
}
