#!/usr/bin/env bash
#
# With oneDNN, ReLU inside a channels-last convolution gives a wrong gradient.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native with the classifier linux-x86_64-onednn), CPU backend, Linux x86-64, Java 17.
#
# One convolution with ReLU, mean over places, one output. The gradient of the parameters in float32
# with oneDNN is compared with that in float64, which DL4J computes without oneDNN. For NCHW, for
# tanh, and for ReLU in an ActivationLayer of its own they agree to seven digits. For NHWC with ReLU
# inside the layer they differ by more than a half, and nothing is said: training follows a
# gradient that is not that of its loss.
#
# Output seen:
#   NCHW, RELU inside: off by less than 0.00001
#   NHWC, TANH inside: off by less than 0.00001
#   NHWC, RELU in a layer of its own: off by less than 0.00001
#   NHWC, RELU inside: off by 0.72
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
    <dependency>
      <groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version>
      <exclusions><exclusion><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId></exclusion></exclusions>
    </dependency>
    <dependency>
      <groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version><classifier>linux-x86_64-onednn</classifier>
      <exclusions><exclusion><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

mkdir -p org/nd4j/nativeblas
cat > org/nd4j/nativeblas/Nd4jCpu.java <<'JAVA'
package org.nd4j.nativeblas;

public class Nd4jCpu {
    public static class Environment {
        public static Environment getInstance() {
            return new Environment();
        }

        public boolean isUseMKLDNN() {
            return true;
        }
    }
}
JAVA

cat > Finding.java <<'JAVA'
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    static INDArray gradient(DataType type, CNN2DFormat format, Activation activation, boolean inside) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder().seed(3).dataType(type).graphBuilder().addInputs("x")
                .setInputTypes(InputType.convolutional(9, 8, 2, format))
                .addLayer("convolution", new ConvolutionLayer.Builder(3, 2).nOut(4).dataFormat(format)
                        .activation(inside ? activation : Activation.IDENTITY).build(), "x");
        if (!inside) {
            graph.addLayer("activation", new ActivationLayer(activation), "convolution");
        }
        ComputationGraph net = new ComputationGraph(graph
                .addLayer("mean", new GlobalPoolingLayer.Builder().build(), inside ? "convolution" : "activation")
                .addLayer("out", new OutputLayer.Builder(LossFunction.MSE).nOut(1).activation(Activation.IDENTITY).build(), "mean")
                .setOutputs("out").build());
        net.init();
        boolean oneDnn = net.getLayer("convolution").getHelper() != null;
        if (type == DataType.FLOAT && !oneDnn) {
            throw new IllegalStateException("no oneDNN");
        }
        Nd4j.getRandom().setSeed(7);
        INDArray x = Nd4j.randn(DataType.DOUBLE, new long[] {5, 2, 9, 8});
        net.setInputs((format == CNN2DFormat.NHWC ? x.permute(0, 2, 3, 1).dup('c') : x).castTo(type));
        net.setLabels(Nd4j.ones(type, 5, 1));
        net.computeGradientAndScore();
        return net.gradient().gradient().castTo(DataType.DOUBLE).dup();
    }

    static boolean differs(CNN2DFormat format, Activation activation, boolean inside) {
        INDArray right = gradient(DataType.DOUBLE, format, activation, inside);
        double off = right.distance2(gradient(DataType.FLOAT, format, activation, inside)) / right.norm2Number().doubleValue();
        System.out.printf("%s, %s %s: off by %s%n", format, activation, inside ? "inside" : "in a layer of its own",
                off < 1e-5 ? "less than 0.00001" : String.format("%.2f", off));
        return off > 0.1;
    }

    public static void main(String[] args) {
        boolean plain = differs(CNN2DFormat.NCHW, Activation.RELU, true);
        boolean tanh = differs(CNN2DFormat.NHWC, Activation.TANH, true);
        boolean apart = differs(CNN2DFormat.NHWC, Activation.RELU, false);
        boolean relu = differs(CNN2DFormat.NHWC, Activation.RELU, true);
        System.exit(relu && !plain && !tanh && !apart ? 0 : 1);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java org/nd4j/nativeblas/Nd4jCpu.java
java -Dorg.eclipse.deeplearning4j.helpers.disable=false -cp ".:$(cat classpath)" Finding
