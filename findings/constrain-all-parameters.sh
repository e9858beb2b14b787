#!/usr/bin/env bash
#
# NeuralNetConfiguration.Builder.constrainAllParameters has no effect.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# Its documentation says that the constraints are applied to all parameters of all layers after every
# step. They are dropped while the configuration is built. constrainWeights on the same builder works,
# and so does constrainAllParameters on a layer's builder.
#
# Output seen:
#   smallest weight after a step, all constrained to be at least 0:
#   constrainAllParameters, network -0.798
#   constrainWeights, network       0.000
#   constrainAllParameters, layer   0.000
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
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    public static void main(String[] args) {
        NonNegativeConstraint positive = new NonNegativeConstraint();
        double all = smallestWeight(builder().constrainAllParameters(positive), layer());
        double weights = smallestWeight(builder().constrainWeights(positive), layer());
        double onLayer = smallestWeight(builder(), layer().constrainAllParameters(positive));
        System.out.printf("smallest weight after a step, all constrained to be at least 0:%n");
        System.out.printf("constrainAllParameters, network %.3f%n", all);
        System.out.printf("constrainWeights, network       %.3f%n", weights);
        System.out.printf("constrainAllParameters, layer   %.3f%n", onLayer);
        System.exit(all < 0 && weights >= 0 && onLayer >= 0 ? 0 : 1);
    }

    static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder().seed(1).updater(new Sgd(0.1));
    }

    static DenseLayer.Builder layer() {
        return new DenseLayer.Builder().nIn(5).nOut(4);
    }

    static double smallestWeight(NeuralNetConfiguration.Builder builder, DenseLayer.Builder layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(builder.list()
                .layer(layer.build())
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(1)
                        .activation(Activation.IDENTITY).build())
                .build());
        net.init();
        net.fit(Nd4j.rand(8, 5), Nd4j.rand(8, 1));
        return net.getParam("0_W").minNumber().doubleValue();
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
