package org.ogm4j.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Examples show what users can do, so they use what users may: the API, and nothing below it. */
@AnalyzeClasses(packages = "org.ogm4j.examples")
class ApiOnlyTest {

    @ArchTest
    static final ArchRule EXAMPLES_USE_THE_API_ALONE =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.ogm4j.gate..",
                            "org.ogm4j.host..",
                            "org.ogm4j.math..",
                            "org.ogm4j.plan..",
                            "org.ogm4j.probe..",
                            "org.ogm4j.report..",
                            "org.ogm4j.rewrite..",
                            "org.ogm4j.score..",
                            "org.ogm4j.tokens..",
                            "org.ogm4j.trace..",
                            "org.ogm4j.updater..");

    /** The results command reads files of before by {@code table}. */
    @ArchTest
    static final ArchRule EXAMPLES_USE_THE_STUDY_AS_USERS_DO =
            noClasses()
                    .that()
                    .haveSimpleNameNotEndingWith("Test")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.ogm4j.study.answer..",
                            "org.ogm4j.study.baseline..",
                            "org.ogm4j.study.html..",
                            "org.ogm4j.study.measure..",
                            "org.ogm4j.study.method..",
                            "org.ogm4j.study.report..",
                            "org.ogm4j.study.run..",
                            "org.ogm4j.study.split..",
                            "org.ogm4j.study.store..",
                            "org.ogm4j.study.tensorboard..");
}
