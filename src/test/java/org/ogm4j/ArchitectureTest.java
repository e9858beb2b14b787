package org.ogm4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The packages of the library, and who may depend on whom: see docs/architecture.md. */
@AnalyzeClasses(packages = "org.ogm4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.ogm4j";
    private static final Path MAP = Path.of("docs/architecture.md");
    private static final int MOST_CLASSES = 15;

    /** What users name stands in one package, however much that is. */
    private static final int MOST_TYPES_OF_THE_API = 20;

    /** The types of the API that look down into the library; all others are values. */
    private static final Set<String> FACADE =
            Set.of(
                    "org.ogm4j.Balance",
                    "org.ogm4j.ModulatedOptimizer",
                    "org.ogm4j.ModulationListener",
                    "org.ogm4j.ModalityEvaluationListener");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.ogm4j.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule MATH_KNOWS_NO_HOST =
            noClasses()
                    .that()
                    .resideInAPackage("org.ogm4j.math..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.slf4j..");

    @ArchTest
    static final ArchRule ONLY_THE_HOST_PACKAGE_REFLECTS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.ogm4j.host..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.reflect..");

    @ArchTest
    static final ArchRule ONLY_SOME_PACKAGES_RUN_IN_THE_GRAPH =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "org.ogm4j.gate..",
                            "org.ogm4j.presence..",
                            "org.ogm4j.probe..",
                            "org.ogm4j.teacher..")
                    .should()
                    .beAssignableTo(org.deeplearning4j.nn.graph.vertex.GraphVertex.class);

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

    /** The arrows that are there are those of the map, no more and no fewer. */
    @ArchTest
    static void arrowsAreThoseOfTheMap(JavaClasses library) throws IOException {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass type : topLevel(library)) {
            Set<String> own = arrows.computeIfAbsent(packageOf(type), name -> new TreeSet<>());
            for (JavaClass other : dependencies(type)) {
                if (!packageOf(other).equals(packageOf(type)) && !packageOf(other).isEmpty()) {
                    own.add(packageOf(other));
                }
            }
        }
        arrows.remove("");
        assertEquals(arrowsOfTheMap(), arrows);
    }

    /**
     * What users name is values, which know the arithmetic at most, and a facade above all else.
     */
    @ArchTest
    static void valuesLookNowhereAndNobodyLooksUp(JavaClasses library) {
        for (JavaClass type : topLevel(library)) {
            boolean facade = FACADE.contains(type.getName());
            for (JavaClass other : dependencies(type)) {
                String arrow = type.getName() + " -> " + other.getName();
                assertTrue(facade || !FACADE.contains(other.getName()), arrow);
                boolean value = packageOf(type).isEmpty() && !facade;
                assertTrue(!value || Set.of("", "math").contains(packageOf(other)), arrow);
            }
        }
    }

    /** No two files of different packages depend on one another, however far around. */
    @ArchTest
    static void filesOfDifferentPackagesHaveNoCycles(JavaClasses library) {
        for (JavaClass type : topLevel(library)) {
            for (JavaClass other : reachableFrom(type)) {
                boolean cycle =
                        !packageOf(other).equals(packageOf(type))
                                && reachableFrom(other).contains(type);
                assertTrue(!cycle, type.getName() + " <-> " + other.getName());
            }
        }
    }

    @ArchTest
    static void packagesAreSmall(JavaClasses library) {
        Map<String, Long> sizes =
                topLevel(library).stream()
                        .collect(
                                Collectors.groupingBy(
                                        ArchitectureTest::packageOf, Collectors.counting()));
        sizes.forEach(
                (name, size) ->
                        assertTrue(
                                size <= (name.isEmpty() ? MOST_TYPES_OF_THE_API : MOST_CLASSES),
                                "\"%s\": %d".formatted(name, size)));
        assertTrue(sizes.size() > 10, sizes.toString());
    }

    private static List<JavaClass> topLevel(JavaClasses library) {
        return library.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    /** The top-level classes of the library that a class and those inside it depend on. */
    private static Set<JavaClass> dependencies(JavaClass type) {
        return type.getPackage().getClasses().stream()
                .filter(own -> outermost(own).equals(type))
                .flatMap(own -> own.getDirectDependenciesFromSelf().stream())
                .map(dependency -> outermost(dependency.getTargetClass().getBaseComponentType()))
                .filter(other -> other.getName().startsWith(ROOT + ".") && !other.equals(type))
                .collect(Collectors.toSet());
    }

    private static Set<JavaClass> reachableFrom(JavaClass start) {
        Set<JavaClass> reached = new HashSet<>();
        Deque<JavaClass> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            for (JavaClass next : dependencies(open.pop())) {
                if (reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    /** Behind the root: "" for the API, "updater.noise". */
    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    /** Lines like "gate -> host math" of the map; "-> nothing" for none. */
    private static Map<String, Set<String>> arrowsOfTheMap() throws IOException {
        Map<String, Set<String>> arrows = new TreeMap<>();
        Matcher lines =
                Pattern.compile("(?m)^([a-z.]+) +-> ([a-z. ]+)$").matcher(Files.readString(MAP));
        while (lines.find()) {
            Set<String> targets = new TreeSet<>(List.of(lines.group(2).trim().split(" +")));
            targets.remove("nothing");
            arrows.put(lines.group(1), targets);
        }
        return arrows;
    }
}
