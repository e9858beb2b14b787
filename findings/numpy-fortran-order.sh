#!/usr/bin/env bash
#
# Nd4j.createFromNpyFile reads a Fortran-ordered array as if it were in C order.
#
# Versions: DeepLearning4J and ND4J 1.0.0-M2.1 (nd4j-api, nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# numpy.save keeps the memory order of an array and says so in the file: fortran_order True for a
# transposed matrix, for example. ND4J reads shape and numbers and passes over the order. The array
# has the right shape and every number once, each in the wrong place, and nothing is said. A feature
# matrix that was transposed before it was saved is scrambled over examples and columns.
#
# Output seen:
#   in the file: [[0, 1, 2], [3, 4, 5]], fortran_order True
#   as read:     [[0, 3, 1], [4, 2, 5]]
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
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-api</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
    public static void main(String[] args) throws Exception {
        // as numpy.save writes numpy.asfortranarray([[0, 1, 2], [3, 4, 5]], dtype='float32')
        String header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }";
        byte[] padded = (header + " ".repeat(128 - 10 - 1 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) padded.length, 0});
        file.write(padded);
        ByteBuffer columns = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : new float[] {0, 3, 1, 4, 2, 5}) {
            columns.putFloat(value);
        }
        file.write(columns.array());
        Path path = Path.of("fortran.npy");
        Files.write(path, file.toByteArray());

        INDArray read = Nd4j.createFromNpyFile(path.toFile());
        System.out.println("in the file: [[0, 1, 2], [3, 4, 5]], fortran_order True");
        System.out.printf("as read:     [[%.0f, %.0f, %.0f], [%.0f, %.0f, %.0f]]%n",
                read.getDouble(0, 0), read.getDouble(0, 1), read.getDouble(0, 2),
                read.getDouble(1, 0), read.getDouble(1, 1), read.getDouble(1, 2));
        System.exit(read.getDouble(0, 1) == 3 && read.getDouble(1, 0) == 4 ? 0 : 1);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
