#!/usr/bin/env bash
#
# CenterLossOutputLayer: the larger the batch, the less its centers move.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# Wen et al. (ECCV 2016, equation 4) move the center of a class by alpha times the sum of its
# distances to the class's features, over 1 + n for n examples of the class. That is about alpha times
# the mean distance, whatever the batch. The layer computes it, but DL4J then divides it by the batch
# size, as it does with gradients: with alpha = 0.5 and features of 1, centers at 0 move by 0.002, not
# 0.5, in a batch of 300 examples of three classes.
#
# Output seen:
#   batch of   3: the center moves by 0.08333; equation 4: 0.25000
#   batch of  30: the center moves by 0.01515; equation 4: 0.45455
#   batch of 300: the center moves by 0.00165; equation 4: 0.49505
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
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    static final double ALPHA = 0.5;

    public static void main(String[] args) {
        boolean asFound = true;
        for (int perClass : new int[] {1, 10, 100}) {
            int batch = 3 * perClass;
            double moved = moved(batch);
            double paper = ALPHA * perClass / (1 + perClass);
            System.out.printf("batch of %3d: the center moves by %.5f; equation 4: %.5f%n", batch, moved, paper);
            asFound &= Math.abs(moved - paper / batch) < 1e-9;
        }
        System.exit(asFound ? 0 : 1);
    }

    static double moved(int batch) {
        ComputationGraph net = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1).dataType(DataType.DOUBLE).updater(new Sgd(0.1)).graphBuilder().addInputs("x")
                .addLayer("out", new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(5).nOut(3).alpha(ALPHA).lambda(0.1).activation(Activation.SOFTMAX).build(), "x")
                .setOutputs("out").build());
        net.init();
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, batch, 3);
        for (int i = 0; i < batch; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        net.fit(new MultiDataSet(Nd4j.ones(DataType.DOUBLE, batch, 5), labels));
        return net.getParam("out_cL").getDouble(0, 0);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
