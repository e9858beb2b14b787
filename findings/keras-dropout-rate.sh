#!/usr/bin/env bash
#
# Keras import: Dropout drops nothing, and GaussianDropout(r) becomes GaussianDropout(1 - r).
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, deeplearning4j-modelimport, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# Keras 2 writes {"class_name": "Dropout", "config": {"rate": 0.5}}. The importer asks for "dropout",
# which recurrent layers have, so the imported layer keeps every value with probability 1. There is
# no warning: the model trains on without the dropout that it was trained with. GaussianDropout reads
# "rate", but subtracts it from 1 as if DL4J's parameter were the share that is kept. It is the rate,
# so that the noise has a deviation of sqrt((1 - r) / r) in place of sqrt(r / (1 - r)).
#
# Output seen:
#   Dropout(rate=0.25):         Keras keeps 0.75 of the values; imported, 1.00
#   GaussianDropout(rate=0.25): Keras' noise has deviation 0.58; imported, 1.73
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
    <dependency>
      <groupId>org.deeplearning4j</groupId><artifactId>deeplearning4j-modelimport</artifactId><version>1.0.0-M2.1</version>
      <exclusions><exclusion><groupId>org.bytedeco</groupId><artifactId>hdf5-platform</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>org.bytedeco</groupId><artifactId>hdf5</artifactId><version>1.12.1-1.5.7</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
    public static void main(String[] args) throws Exception {
        double keeps = ((Dropout) imported("Dropout").getIDropout()).getP();
        double noise = deviation((GaussianDropout) imported("GaussianDropout").getIDropout());
        double keras = Math.sqrt(0.25 / 0.75);
        System.out.printf("Dropout(rate=0.25):         Keras keeps 0.75 of the values; imported, %.2f%n", keeps);
        System.out.printf("GaussianDropout(rate=0.25): Keras' noise has deviation %.2f; imported, %.2f%n", keras, noise);
        System.exit(keeps == 1 && Math.abs(noise - 1 / keras) < 0.05 ? 0 : 1);
    }

    static double deviation(GaussianDropout dropout) {
        INDArray ones = Nd4j.ones(DataType.FLOAT, 300, 300);
        INDArray out = dropout.applyDropout(ones, ones.dup(), 0, 0, LayerWorkspaceMgr.noWorkspaces());
        return out.stdNumber().doubleValue();
    }

    static Layer imported(String kind) throws Exception {
        String json = """
                {"class_name": "Sequential", "keras_version": "2.9.0", "backend": "tensorflow", "config": {"name": "m", "layers": [
                  {"class_name": "Dense", "config": {"name": "a", "trainable": true, "batch_input_shape": [null, 4], "dtype": "float32",
                    "units": 8, "activation": "relu", "use_bias": true,
                    "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}},
                    "bias_initializer": {"class_name": "Zeros", "config": {}},
                    "kernel_regularizer": null, "bias_regularizer": null, "activity_regularizer": null,
                    "kernel_constraint": null, "bias_constraint": null}},
                  {"class_name": "KIND", "config": {"name": "b", "trainable": true, "dtype": "float32",
                    "rate": 0.25, "noise_shape": null, "seed": null}}]}}
                """.replace("KIND", kind);
        Path file = Files.writeString(Path.of("model.json"), json);
        MultiLayerConfiguration conf =
                KerasModelImport.importKerasSequentialConfiguration(file.toString(), false);
        return conf.getConf(1).getLayer();
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
