#!/usr/bin/env bash
#
# Noise on biases goes on after training.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# Weight noise is for training: WeightNoise and DropConnect leave the weights alone in output(x), as
# they should. With applyToBias true they draw noise for the biases in output(x) too, so a trained
# network answers the same question otherwise each time, and evaluation is of the noisy network.
#
# Output seen:
#   WeightNoise on weights: 100 calls of output(x), different answers: 1
#   WeightNoise on biases too: 100 calls of output(x), different answers: 100
#   DropConnect on weights: 100 calls of output(x), different answers: 1
#   DropConnect on biases too: 100 calls of output(x), different answers: 2
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
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    public static void main(String[] args) {
        boolean asFound = answers("WeightNoise on weights", new WeightNoise(new NormalDistribution(0, 1), false, true)) == 1;
        asFound &= answers("WeightNoise on biases too", new WeightNoise(new NormalDistribution(0, 1), true, true)) == 100;
        asFound &= answers("DropConnect on weights", new DropConnect(0.5, false)) == 1;
        asFound &= answers("DropConnect on biases too", new DropConnect(0.5, true)) == 2;
        System.exit(asFound ? 0 : 1);
    }

    static long answers(String name, IWeightNoise noise) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).weightNoise(noise).list()
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(2).nOut(1).biasInit(1).activation(Activation.IDENTITY).build()).build());
        net.init();
        double[] answers = new double[100];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = net.output(Nd4j.ones(1, 2)).getDouble(0);
        }
        long different = java.util.Arrays.stream(answers).distinct().count();
        System.out.printf("%s: 100 calls of output(x), different answers: %d%n", name, different);
        return different;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
