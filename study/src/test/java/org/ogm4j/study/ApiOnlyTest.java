package org.ogm4j.study;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The study does what any user can do: it uses the library's API, and nothing below it. */
@AnalyzeClasses(packages = "org.ogm4j.study", importOptions = ImportOption.DoNotIncludeTests.class)
class ApiOnlyTest {

    /** Whatever the library's packages below its API are called. */
    @ArchTest
    static final ArchRule THE_STUDY_USES_THE_API_ALONE =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.ogm4j..")
                                    .and(
                                            resideOutsideOfPackages(
                                                    "org.ogm4j", "org.ogm4j.study..")));

    @ArchTest
    static final ArchRule STATISTICS_AND_DRAWINGS_KNOW_NOTHING_OF_STUDIES =
            noClasses()
                    .that()
                    .resideInAnyPackage("org.ogm4j.study.stats..", "org.ogm4j.study.html..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.ogm4j.study",
                            "org.ogm4j.study.run..",
                            "org.ogm4j.study.table..",
                            "org.ogm4j.study.report..");

    /** The other classes of the API are values and functions, which runs are made of. */
    @ArchTest
    static final ArchRule FEW_OF_THE_API_KNOW_HOW_RUNS_ARE_MADE =
            noClasses()
                    .that()
                    .resideInAPackage("org.ogm4j.study")
                    .and()
                    .haveNameNotMatching(
                            "org.ogm4j.study.(Study|StudyData|StudyResult|Trial)(\\$.*)?")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.ogm4j.study.run..");

    /** Watching is for any training: it needs no study. */
    @ArchTest
    static final ArchRule WATCHING_KNOWS_NOTHING_OF_STUDIES =
            noClasses()
                    .that()
                    .resideInAPackage("org.ogm4j.study.watch..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.ogm4j.study",
                            "org.ogm4j.study.run..",
                            "org.ogm4j.study.measure..",
                            "org.ogm4j.study.report..");
}
