#!/usr/bin/env bash
#
# Evaluation.f1() of several classes leaves out the classes that the network never answers.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (nd4j-api, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# The macro-averaged F1 is the mean of the F1 of all classes, where a class that is never answered
# counts 0. Evaluation averages over the classes for which precision and recall can be divided, so a
# network that has given up a class, as happens where a modality starves, is rewarded for it. A line
# of stats() says so, f1() does not. accuracy(), recall() and the F1 of the class itself are right.
#
# Output seen:
#   class 0: F1 0.800
#   class 1: F1 0.800
#   class 2: F1 0.000
#   mean of the three 0.533, f1() 0.800, accuracy 0.667
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
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-api</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
    public static void main(String[] args) {
        int[] truth = {0, 0, 1, 1, 2, 2};
        int[] answer = {0, 0, 1, 1, 0, 1};
        INDArray labels = Nd4j.zeros(6, 3);
        INDArray predictions = Nd4j.zeros(6, 3);
        for (int i = 0; i < 6; i++) {
            labels.putScalar(i, truth[i], 1);
            predictions.putScalar(i, answer[i], 1);
        }
        Evaluation evaluation = new Evaluation(3);
        evaluation.eval(labels, predictions);
        double mean = 0;
        for (int c = 0; c < 3; c++) {
            System.out.printf("class %d: F1 %.3f%n", c, evaluation.f1(c));
            mean += evaluation.f1(c) / 3;
        }
        System.out.printf("mean of the three %.3f, f1() %.3f, accuracy %.3f%n", mean, evaluation.f1(), evaluation.accuracy());
        System.exit(evaluation.f1(2) == 0 && Math.abs(evaluation.f1() - 0.8) < 1e-9 ? 0 : 1);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
