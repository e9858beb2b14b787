#!/usr/bin/env bash
#
# A one-dimensional pooling layer with padding fails in every forward pass.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# Subsampling1DLayer runs as one of two dimensions with a width of 1. Its kernel is 1 along the width, but
# the padding counts for both dimensions, so the result is wider than 1 and does not fit its shape. The
# network is built, and its output type is the right one; output fails. ConvolutionMode.Same pads as
# well and works.
#
# Output seen:
#   without padding: 2 4 6
#   Same: 1 3 5 6
#   padding 1: output type of length 4, ND4JIllegalStateException
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
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
    public static void main(String[] args) {
        String plain = run("without padding", builder().build());
        String same = run("Same", builder().convolutionMode(ConvolutionMode.Same).build());
        String padded = run("padding 1", builder().padding(1).build());
        System.exit(plain.equals("2 4 6") && same.equals("1 3 5 6") && padded.equals("output type of length 4, ND4JIllegalStateException") ? 0 : 1);
    }

    static Subsampling1DLayer.Builder builder() {
        return new Subsampling1DLayer.Builder(PoolingType.MAX).kernelSize(3).stride(2);
    }

    static String run(String name, Subsampling1DLayer layer) {
        InputType input = InputType.recurrent(1, 7);
        String text;
        try {
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().list().layer(layer).setInputType(input).build());
            net.init();
            StringBuilder numbers = new StringBuilder();
            for (double number : net.output(Nd4j.arange(7).castTo(DataType.FLOAT).reshape(1, 1, 7)).reshape(-1).toDoubleVector()) {
                numbers.append(numbers.length() == 0 ? "" : " ").append((int) number);
            }
            text = numbers.toString();
        } catch (RuntimeException e) {
            long length = ((InputType.InputTypeRecurrent) layer.getOutputType(0, input)).getTimeSeriesLength();
            text = "output type of length " + length + ", " + e.getClass().getSimpleName();
        }
        System.out.println(name + ": " + text);
        return text;
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
