#!/usr/bin/env bash
#
# Smile's median of an even count of numbers is the larger one of the two in the middle.
#
# Versions: Smile 3.1.1 (smile-base) and Hipparchus 3.1, Linux x86-64, Java 17.
#
# The median of 1 and 9 is 5, the mean of both; MathEx.median answers 9, as the partial sort that it uses
# leaves it at the middle place, and its documentation says nothing of this. So the median of ten folds is
# the sixth, always too good where larger is better. The median deviation, mad, is made of such medians
# twice.
#
# Output seen:
#   1 9: median 9.000, Hipparchus 5.000
#   0.70 to 0.79 in ten folds: median 0.7500, Hipparchus 0.7450
#   1 2 3 10: median deviation 2.000, by Hipparchus' medians 1.000
#   1 2 3: median 2.000, Hipparchus 2.000
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
    <dependency>
      <groupId>com.github.haifengl</groupId><artifactId>smile-base</artifactId><version>3.1.1</version>
      <exclusions><exclusion><groupId>org.bytedeco</groupId><artifactId>*</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>org.hipparchus</groupId><artifactId>hipparchus-stat</artifactId><version>3.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.12</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import org.hipparchus.stat.descriptive.rank.Median;
import smile.math.MathEx;

public class Finding {
    public static void main(String[] args) {
        double two = show("1 9", 1, 9);
        double ten = show("0.70 to 0.79 in ten folds", .70, .71, .72, .73, .74, .75, .76, .77, .78, .79);
        double[] numbers = {1, 2, 3, 10};
        double middle = new Median().evaluate(numbers);
        double[] away = new double[4];
        for (int i = 0; i < 4; i++) {
            away[i] = Math.abs(numbers[i] - middle);
        }
        double deviation = MathEx.mad(numbers.clone());
        System.out.printf("1 2 3 10: median deviation %.4g, by Hipparchus' medians %.4g%n", deviation, new Median().evaluate(away));
        double three = show("1 2 3", 1, 2, 3);
        System.exit(two == 9 && ten == .75 && deviation == 2 && three == 2 ? 0 : 1);
    }

    static double show(String name, double... numbers) {
        double other = new Median().evaluate(numbers);
        double median = MathEx.median(numbers.clone());
        System.out.printf("%s: median %.4g, Hipparchus %.4g%n", name, median, other);
        return median;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
