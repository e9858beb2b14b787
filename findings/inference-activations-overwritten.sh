#!/usr/bin/env bash
#
# ComputationGraph.feedForward for inference returns a layer's activations after the next layer has written over them.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# A dense layer with the identity is followed by an ActivationLayer with ReLU. feedForward(x, true)
# gives what the dense layer puts out, negative numbers included. feedForward(x, false), the call
# for features, plots and probes, gives the ReLU of it under the dense layer's name: the activation
# layer works in place. Features for a linear probe, a t-SNE or a distillation loss are then others
# than those that were asked for.
#
# Output seen:
#   training:  smallest output of the dense layer -3.141
#   inference: smallest output of the dense layer 0.000
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
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    public static void main(String[] args) {
        ComputationGraph net = new ComputationGraph(new NeuralNetConfiguration.Builder().seed(1).dataType(DataType.DOUBLE)
                .graphBuilder().addInputs("x")
                .addLayer("dense", new DenseLayer.Builder().nIn(3).nOut(3).activation(Activation.IDENTITY).build(), "x")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "dense")
                .addLayer("out", new OutputLayer.Builder(LossFunction.MSE).nIn(3).nOut(1).activation(Activation.IDENTITY).build(), "relu")
                .setOutputs("out").build());
        net.init();
        INDArray x = Nd4j.create(new double[][] {{1, -2, 3}, {-1, 2, -3}});
        double training = net.feedForward(x, true).get("dense").minNumber().doubleValue();
        double inference = net.feedForward(x, false).get("dense").minNumber().doubleValue();
        System.out.printf("training:  smallest output of the dense layer %.3f%n", training);
        System.out.printf("inference: smallest output of the dense layer %.3f%n", inference);
        System.exit(training < -3 && inference == 0 ? 0 : 1);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
