#!/usr/bin/env bash
#
# TransferLearning.GraphBuilder turns a network of double into one of float.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# An edit that changes nothing gives a ComputationGraph whose parameters are rounded to float, and
# whose configuration says FLOAT. FineTuneConfiguration cannot ask for another type. The builder for
# MultiLayerNetwork keeps the type.
#
# Output seen:
#   ComputationGraph:  DOUBLE -> FLOAT, configuration FLOAT
#   MultiLayerNetwork: DOUBLE -> DOUBLE
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
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    public static void main(String[] args) {
        FineTuneConfiguration fineTune =
                new FineTuneConfiguration.Builder().updater(new Sgd(0.01)).build();

        ComputationGraph graph = new ComputationGraph(builder().graphBuilder().addInputs("x")
                .addLayer("hidden", hidden(), "x").addLayer("out", output(), "hidden")
                .setOutputs("out").build());
        graph.init();
        ComputationGraph editedGraph =
                new TransferLearning.GraphBuilder(graph).fineTuneConfiguration(fineTune).build();

        MultiLayerNetwork stack = new MultiLayerNetwork(
                builder().list().layer(hidden()).layer(output()).build());
        stack.init();
        MultiLayerNetwork editedStack =
                new TransferLearning.Builder(stack).fineTuneConfiguration(fineTune).build();

        System.out.println("ComputationGraph:  " + graph.params().dataType() + " -> "
                + editedGraph.params().dataType() + ", configuration "
                + editedGraph.getConfiguration().getDataType());
        System.out.println("MultiLayerNetwork: " + stack.params().dataType() + " -> "
                + editedStack.params().dataType());
        System.exit(editedGraph.params().dataType() == DataType.FLOAT
                && editedStack.params().dataType() == DataType.DOUBLE ? 0 : 1);
    }

    static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder().seed(1).dataType(DataType.DOUBLE).updater(new Sgd(0.1));
    }

    static DenseLayer hidden() {
        return new DenseLayer.Builder().nIn(5).nOut(4).build();
    }

    static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(1).activation(Activation.IDENTITY).build();
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
