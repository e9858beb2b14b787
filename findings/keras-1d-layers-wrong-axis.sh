#!/usr/bin/env bash
#
# Keras import: UpSampling1D, ZeroPadding1D and Cropping1D act on features, not on time.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-modelimport, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# Keras has sequences as [time, features]; the three layers repeat, pad or cut time steps. The
# imported layers repeat, pad or cut features, behind a Conv1D as behind the input, and nothing is
# said as long as shapes fit further on: global pooling or a dense layer sized by the import takes
# any. Conv1D and MaxPooling1D, with the same order of axes, are right. UpSampling2D does the same
# where it stands on the input, rows and columns becoming columns and channels; behind a Conv2D it
# is right.
#
# Output seen:
#   layer                    Keras         imported
#   Conv1D                   [6, 5]        [6, 5]
#   MaxPooling1D             [3, 5]        [3, 5]
#   UpSampling1D             [12, 5]       [6, 10]
#   ZeroPadding1D            [9, 5]        [6, 8]
#   Cropping1D               [3, 5]        [6, 2]
#   UpSampling2D on input    [12, 16, 3]   [6, 16, 6]
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
    <dependency><groupId>org.deeplearning4j</groupId><artifactId>deeplearning4j-modelimport</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
    static final String NONE = "\"kernel_regularizer\": null, \"bias_regularizer\": null, \"activity_regularizer\": null,"
            + " \"kernel_constraint\": null, \"bias_constraint\": null, \"use_bias\": true, \"kernel_initializer\":"
            + " {\"class_name\": \"GlorotUniform\", \"config\": {\"seed\": null}},"
            + " \"bias_initializer\": {\"class_name\": \"Zeros\", \"config\": {}}";
    static final String CONV = layer("Conv1D", "conv", "x", "\"filters\": 5, \"kernel_size\": [3], \"strides\": [1],"
            + " \"padding\": \"same\", \"data_format\": \"channels_last\", \"dilation_rate\": [1], \"activation\": \"relu\", " + NONE);
    static boolean asFound = true;

    public static void main(String[] args) throws Exception {
        System.out.printf("%-25s%-14s%s%n", "layer", "Keras", "imported");
        show("Conv1D", "[6, 5]", "[6, 5]", "6, 3", CONV, "conv");
        behindConv("MaxPooling1D", "[3, 5]", "[3, 5]", "\"pool_size\": [2], \"strides\": [2], \"padding\": \"valid\", \"data_format\": \"channels_last\"");
        behindConv("UpSampling1D", "[12, 5]", "[6, 10]", "\"size\": 2");
        behindConv("ZeroPadding1D", "[9, 5]", "[6, 8]", "\"padding\": [1, 2]");
        behindConv("Cropping1D", "[3, 5]", "[6, 2]", "\"cropping\": [1, 2]");
        show("UpSampling2D on input", "[12, 16, 3]", "[6, 16, 6]", "6, 8, 3",
                layer("UpSampling2D", "up", "x", "\"size\": [2, 2], \"data_format\": \"channels_last\", \"interpolation\": \"nearest\""), "up");
        System.exit(asFound ? 0 : 1);
    }

    static void behindConv(String name, String keras, String found, String config) throws Exception {
        show(name, keras, found, "6, 3", CONV + ", " + layer(name, "last", "conv", config), "last");
    }

    static void show(String name, String keras, String found, String input, String layers, String output) throws Exception {
        String model = "{\"class_name\": \"Functional\", \"config\": {\"name\": \"model\", \"layers\": [{\"class_name\": \"InputLayer\","
                + " \"name\": \"x\", \"config\": {\"batch_input_shape\": [null, " + input + "], \"dtype\": \"float32\", \"name\": \"x\"},"
                + " \"inbound_nodes\": []}, " + layers + "], \"input_layers\": [[\"x\", 0, 0]], \"output_layers\": [[\"" + output + "\", 0, 0]]},"
                + " \"keras_version\": \"2.4.0\", \"backend\": \"tensorflow\"}";
        Path file = Files.createTempFile("model", ".json");
        Files.writeString(file, model);
        ComputationGraph net = new ComputationGraph(KerasModelImport.importKerasModelConfiguration(file.toString(), false));
        net.init();
        long[] shape = Arrays.stream(("2, " + input).split(", ")).mapToLong(Long::parseLong).toArray();
        long[] result = net.output(Nd4j.ones(shape))[0].shape();
        String got = Arrays.toString(Arrays.copyOfRange(result, 1, result.length));
        System.out.printf("%-25s%-14s%s%n", name, keras, got);
        asFound &= got.equals(found);
    }

    static String layer(String type, String name, String input, String config) {
        return "{\"class_name\": \"" + type + "\", \"name\": \"" + name + "\", \"config\": {\"name\": \"" + name
                + "\", \"trainable\": true, \"dtype\": \"float32\", " + config + "}, \"inbound_nodes\": [[[\"" + input + "\", 0, 0, {}]]]}";
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
