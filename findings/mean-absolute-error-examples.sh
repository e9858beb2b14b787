#!/usr/bin/env bash
#
# scoreExamples with the mean absolute error answers a sum.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# score(data) is the loss of a batch and scoreExamples(data, false) the loss of each example, so for
# one example they are the same number. With MEAN_ABSOLUTE_ERROR they differ by the number of
# outputs: score divides by it, and so does the gradient, but scoreExamples does not.
#
# Output seen:
#   MSE, one example, five outputs: score 1.0, scoreExamples 1.0
#   MEAN_ABSOLUTE_PERCENTAGE_ERROR, one example, five outputs: score 100.0, scoreExamples 100.0
#   MEAN_ABSOLUTE_ERROR, one example, five outputs: score 1.0, scoreExamples 5.0
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
    <dependency><groupId>org.deeplearning4j</groupId><artifactId>deeplearning4j-nn</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    public static void main(String[] args) {
        boolean asFound = ratio(LossFunction.MSE) == 1;
        asFound &= ratio(LossFunction.MEAN_ABSOLUTE_PERCENTAGE_ERROR) == 1;
        asFound &= ratio(LossFunction.MEAN_ABSOLUTE_ERROR) == 5;
        System.exit(asFound ? 0 : 1);
    }

    static double ratio(LossFunction loss) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().list()
                .layer(new OutputLayer.Builder(loss).nIn(2).nOut(5).activation(Activation.IDENTITY).weightInit(WeightInit.ONES).build()).build());
        net.init();
        DataSet example = new DataSet(Nd4j.ones(1, 2), Nd4j.ones(1, 5));
        double whole = net.score(example);
        double alone = net.scoreExamples(example, false).getDouble(0);
        System.out.printf("%s, one example, five outputs: score %.1f, scoreExamples %.1f%n", loss, whole, alone);
        return alone / whole;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
