#!/usr/bin/env bash
#
# jHDF reads 0 where an HDF5 file says that a number is missing.
#
# Versions: jHDF 0.9.4, Linux x86-64, Java 17; the file was written by h5py 3.7.0.
#
# Chunks of a dataset that were never written have its fill value: NaN for features that are missing,
# say, or -1 for clips without a label. jHDF answers 0 for them, which is a valid feature and a valid
# class. getFillValue of the dataset knows the right value. Of a dataset without any chunk getData is
# null, though it has a shape.
#
# Output seen:
#   features, fill value NaN: [[1.0, 2.0], [3.0, 4.0], [0.0, 0.0], [0.0, 0.0]]
#   labels, fill value -1: [0, 1, 0, 0]
#   weights, fill value 1.0, shape [2]: null
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
    <dependency><groupId>io.jhdf</groupId><artifactId>jhdf</artifactId><version>0.9.4</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.16</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

public class Finding {
    // h5py: features of shape (4, 2) and labels of shape (4,), in chunks of two rows, the first chunk written only;
    // weights of shape (2,), nothing written
    static final String FILE = "H4sIAAAAAAACA+2ZzU7CQBDHd7fFbEiMcIJ4sfHkkTcAEzCc1KAHj2BSPxIORjByo0d9E48+Qo8efRTfAHe7s21ZKehFEvj/UpjM"
            + "Rzul7DY7s6/d9slueb/MNFIyn1VYnhnBDh2d6JPkJF9Ivglr54mvTvYqXd+Nu+x1Ojp65mDzNHwjAwa2kW7n+FzLK9KPSH6I+bib"
            + "cDB+egxHVh8OrsOh0p7D+9u78Sgdp41f5uVsx5zDrW4yc2EMNCyZvQ1X99TI15HV4IB8AatJVpuSv6Tmg/YLj3Hjj6fmOjKxW5uk"
            + "GeQJb1LKUogsZf9f/oeL07M2V79Kkh54y+PtvH/fWx5n5/XXlkxw/b7jC953lRXnxU6AKBh/AAAAAABgM/hZj5gVNufz9Yif1h+m"
            + "vqhIltYfi+oOW2vn6w5ty+oOEdezpWZumTlZ8xOJmuqrpQ71iVr5XgQAAAAANpOiPposiP8s6J+hbwYAAABsLqv6J+5+2t/3b5N+"
            + "hLN/GzVzfRS7RHH6KA9reR7fp/2ENwAiAAA=";

    public static void main(String[] args) throws Exception {
        Path path = Path.of("fill.h5");
        Files.write(path, new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(FILE))).readAllBytes());
        try (HdfFile file = new HdfFile(path)) {
            Dataset features = file.getDatasetByPath("features");
            Dataset labels = file.getDatasetByPath("labels");
            Dataset weights = file.getDatasetByPath("weights");
            float[][] numbers = (float[][]) features.getData();
            int[] classes = (int[]) labels.getData();
            System.out.printf("features, fill value %s: %s%n", features.getFillValue(), Arrays.deepToString(numbers));
            System.out.printf("labels, fill value %s: %s%n", labels.getFillValue(), Arrays.toString(classes));
            System.out.printf("weights, fill value %s, shape %s: %s%n", weights.getFillValue(),
                    Arrays.toString(weights.getDimensions()), weights.getData());
            System.exit(numbers[2][0] == 0 && classes[2] == 0 && weights.getData() == null ? 0 : 1);
        }
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
