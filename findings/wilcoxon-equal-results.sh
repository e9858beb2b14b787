#!/usr/bin/env bash
#
# Commons Math finds two equal lists of results to differ, with p = 0.002.
#
# Versions: Commons Math 3.6.1, Commons Statistics 1.1, Linux x86-64, Java 17.
#
# The signed-rank test of Wilcoxon leaves out pairs without a difference, or shares them out. Commons
# Math keeps them and gives all of them the same sign, so ten results against the same ten have the
# smallest p that ten pairs can have. Two models are often equal in some folds of a small test set.
# Here two differences of opposite sign and eight equal pairs give 0.064 in both orders, where 1 is
# right. Commons Statistics is right, and raises an error for equal lists.
#
# Output seen:
#   Commons Math, equal lists: exact p 0.00195, normal p 0.00432
#   Commons Statistics, equal lists: an error
#   Commons Math, 8 of 10 pairs equal: exact p 0.06445, in the other order 0.06445
#   Commons Statistics, 8 of 10 pairs equal: p 1.00000
#
# Run by hand; needs bash, Maven, a JDK of 17 or later, and Maven Central. Exits 0 while this is so,
# and 1 if the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.commons</groupId><artifactId>commons-math3</artifactId><version>3.6.1</version></dependency>
    <dependency><groupId>org.apache.commons</groupId><artifactId>commons-statistics-inference</artifactId><version>1.1</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

public class Finding {
    public static void main(String[] args) {
        double[] first = {.71, .74, .69, .80, .77, .73, .75, .70, .78, .72};
        double[] second = first.clone();
        second[0] = .70;
        second[1] = .75;
        WilcoxonSignedRankTest math = new WilcoxonSignedRankTest();
        double equal = math.wilcoxonSignedRankTest(first, first, true);
        System.out.printf("Commons Math, equal lists: exact p %.5f, normal p %.5f%n", equal,
                math.wilcoxonSignedRankTest(first, first, false));
        System.out.println("Commons Statistics, equal lists: " + statistics(first, first));
        double mixed = math.wilcoxonSignedRankTest(first, second, true);
        System.out.printf("Commons Math, 8 of 10 pairs equal: exact p %.5f, in the other order %.5f%n", mixed,
                math.wilcoxonSignedRankTest(second, first, true));
        String right = statistics(first, second);
        System.out.println("Commons Statistics, 8 of 10 pairs equal: " + right);
        System.exit(equal < 0.002 && mixed < 0.07 && right.equals("p 1.00000") ? 0 : 1);
    }

    static String statistics(double[] first, double[] second) {
        try {
            return String.format("p %.5f", org.apache.commons.statistics.inference.WilcoxonSignedRankTest.withDefaults()
                    .test(first, second).getPValue());
        } catch (RuntimeException e) {
            return "an error";
        }
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
