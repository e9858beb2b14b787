#!/usr/bin/env bash
#
# Layers made of SameDiff take only some of what is set for all layers.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# A setting of the network's builder holds for each layer that has none of its own.
# LocallyConnected1D, which is written in SameDiff, keeps its own defaults for weights, bias and
# activation. It takes half of an L2 penalty: it shrinks the weights, but the score leaves it out.
# SelfAttentionLayer and CapsuleLayer do the same with their weights. A setting on the layer itself
# is taken.
#
# Output seen:
#   Convolution1DLayer: first weight 0.250 (set: 0.250), bias 0.5 (0.5), activation SIGMOID (SIGMOID), penalty in the score 0.375, after a step the weight is 0.90 of itself
#   LocallyConnected1D: first weight -0.403 (set: 0.250), bias 0.0 (0.5), activation TANH (SIGMOID), penalty in the score 0.000, after a step the weight is 0.90 of itself
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
import java.io.OutputStream;
import java.io.PrintStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    static final PrintStream OUT = System.out;
    static double bias;
    static double first;
    static double decayed;
    static double score;

    public static void main(String[] args) {
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // SameDiff prints what it does
        run("Convolution1DLayer", new Convolution1DLayer.Builder(1).nOut(4).build());
        boolean asFound = first == 0.25 && decayed < 1 && score > 0;
        run("LocallyConnected1D", new LocallyConnected1D.Builder().kernelSize(1).nOut(4).hasBias(true).setInputSize(5).build());
        asFound &= first != 0.25 && bias == 0 && decayed < 1 && score == 0;
        System.exit(asFound ? 0 : 1);
    }

    static void run(String name, Layer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).updater(new Sgd(0.1))
                .weightInit(new ConstantDistribution(0.25)).biasInit(0.5).activation(Activation.SIGMOID).l2(1).list()
                .layer(layer)
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE).nOut(1).weightInit(WeightInit.ZERO).biasInit(0).l2(0)
                        .activation(Activation.IDENTITY).build())
                .setInputType(InputType.recurrent(3, 5)).build());
        net.init();
        first = net.getParam("0_W").getDouble(0);
        bias = net.getParam("0_b").getDouble(0);
        Layer built = net.getLayer(0).conf().getLayer();
        String activation = built instanceof LocallyConnected1D local ? local.getActivation().name()
                : ((Convolution1DLayer) built).getActivationFn().toString().toUpperCase();
        DataSet data = new DataSet(Nd4j.ones(1, 3, 5), Nd4j.zeros(1, 1, 5));
        score = net.score(data); // the error is 0, so all of it is the penalty
        net.fit(data);
        decayed = net.getParam("0_W").getDouble(0) / first;
        OUT.printf("%s: first weight %.3f (set: 0.250), bias %.1f (0.5), activation %s (SIGMOID), penalty in the score %.3f, after a step the weight is %.2f of itself%n",
                name, first, bias, activation, score, decayed);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
