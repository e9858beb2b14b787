#!/usr/bin/env bash
#
# JavaCPP reads /proc for every array that ND4J allocates.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (deeplearning4j-nn, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# Before it allocates native memory JavaCPP 1.5.7 asks how much physical memory the process uses, to
# hold it below org.bytedeco.javacpp.maxPhysicalBytes; on Linux that is a file of /proc, opened,
# read and parsed. ND4J allocates a buffer for each array, and a training step makes many: some 50
# in a step of the smallest network, with two calls of read each.
# -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 turns the limit off, and the reading with it. The count
# is the kernel's, from /proc/self/io. In a profile of a test that trains small networks the reading
# was 18 % of all samples.
#
# Output seen:
#   default: 2005 read calls for 1000 arrays, 1062 for 10 steps of training
#   maxPhysicalBytes=0: 7 read calls for 1000 arrays, 14 for 10 steps of training
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
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

public class Finding {
    static Object kept;

    public static void main(String[] args) throws Exception {
        boolean limited = System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null;
        ComputationGraph net = new ComputationGraph(new NeuralNetConfiguration.Builder().seed(1).graphBuilder().addInputs("x")
                .addLayer("out", new OutputLayer.Builder(LossFunction.MSE).nIn(3).nOut(1).activation(Activation.IDENTITY).build(), "x")
                .setOutputs("out").build());
        net.init();
        MultiDataSet batch = new MultiDataSet(Nd4j.ones(8, 3), Nd4j.ones(8, 1));
        INDArray[] arrays = new INDArray[1000];
        kept = arrays;
        train(net, batch); // loads classes
        allocate(arrays);
        long start = reads();
        allocate(arrays);
        long allocated = reads();
        train(net, batch);
        long trained = reads();
        System.out.printf("%s: %d read calls for 1000 arrays, %d for 10 steps of training%n",
                limited ? "default" : "maxPhysicalBytes=0", allocated - start, trained - allocated);
        boolean asFound = limited
                ? allocated - start > 900 && trained - allocated > 100
                : allocated - start < 100 && trained - allocated < 50;
        System.exit(asFound ? 0 : 1);
    }

    static void allocate(INDArray[] arrays) {
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = Nd4j.create(DataType.FLOAT, 10);
        }
    }

    static void train(ComputationGraph net, MultiDataSet batch) {
        for (int i = 0; i < 10; i++) {
            net.fit(batch);
        }
    }

    static long reads() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/io"))) {
            if (line.startsWith("syscr: ")) {
                return Long.parseLong(line.substring(7));
            }
        }
        throw new IllegalStateException("no count of read calls");
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp ".:$(cat classpath)" Finding
