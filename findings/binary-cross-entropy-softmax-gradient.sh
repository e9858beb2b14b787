#!/usr/bin/env bash
#
# LossBinaryXENT with softmax computes a gradient that is not that of its score.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (nd4j-api, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# LossBinaryXENT takes any activation; with softmax its score is the binary cross-entropy of every
# output, as it should be. Its gradient is not: finite differences of the score disagree by as much
# as four fifths of the largest entry. It is exact with a sigmoid, to 1e-8. A network with two
# outputs, softmax and XENT trains, on something between the two losses, and its score is not what
# it descends.
#
# Output seen:
#   sigmoid: largest difference to finite differences 0.0000 of 0.7311
#   softmax: largest difference to finite differences 0.5257 of 0.6518
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
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

public class Finding {
    static final double STEP = 1e-6;

    public static void main(String[] args) {
        boolean asFound = difference(Activation.SIGMOID) < 1e-6;
        asFound &= difference(Activation.SOFTMAX) > 0.1;
        System.exit(asFound ? 0 : 1);
    }

    static double difference(Activation activation) {
        IActivation function = activation.getActivationFunction();
        INDArray labels = Nd4j.create(new double[][] {{1, 0, 0}, {0, 0, 1}});
        INDArray logits = Nd4j.create(new double[][] {{0.5, 1, -1}, {0.2, -0.3, 0.1}});
        INDArray gradient = new LossBinaryXENT().computeGradient(labels, logits.dup(), function, null);
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < logits.length(); i++) {
            double numeric = (score(labels, logits, i, STEP, function) - score(labels, logits, i, -STEP, function)) / (2 * STEP);
            worst = Math.max(worst, Math.abs(numeric - gradient.getDouble(i)));
            largest = Math.max(largest, Math.abs(numeric));
        }
        System.out.printf("%s: largest difference to finite differences %.4f of %.4f%n",
                activation.name().toLowerCase(), worst, largest);
        return worst;
    }

    static double score(INDArray labels, INDArray logits, int place, double step, IActivation function) {
        INDArray moved = logits.dup();
        moved.putScalar(place, moved.getDouble(place) + step);
        return new LossBinaryXENT().computeScore(labels, moved, function, null, false);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
