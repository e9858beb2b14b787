#!/usr/bin/env bash
#
# The CTC loss of ND4J cannot be called: its method does not pass on which label is the blank.
#
# Versions: ND4J 1.0.0-M2.1 (nd4j-native), CPU backend, Linux x86-64, Java 17.
#
# Nd4j.loss().ctcLoss has no argument for the number of the blank, and calls the operation without one, which
# then fails for any input. The operation itself is right when it gets the number. Here a label and the blank
# have probabilities in three steps: all sequences but the one of blanks only and the one with a blank
# between two labels are read as the label.
#
# Output seen:
#   ctc_loss: 1 int args expected, but 0 received
#   Nd4j.loss().ctcLoss: RuntimeException
#   the operation with blank 0: 0.1625, by hand 0.1625
#   the operation with blank 1: 0.4308, by hand 0.4308
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
    <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

public class Finding {
    static final float[][] STEPS = {{.6f, .4f}, {.3f, .7f}, {.5f, .5f}};
    static final INDArray LOGS = Transforms.log(Nd4j.create(STEPS).reshape(1, 3, 2));
    static final INDArray ONE = Nd4j.createFromArray(1);
    static final INDArray THREE = Nd4j.createFromArray(3);

    public static void main(String[] args) {
        boolean asFound = fails();
        asFound &= operation(0) < 1e-4;
        asFound &= operation(1) < 1e-4;
        System.exit(asFound ? 0 : 1);
    }

    static boolean fails() {
        String text = "no error";
        try {
            Nd4j.loss().ctcLoss(Nd4j.createFromArray(new int[][] {{1}}), LOGS, ONE, THREE);
        } catch (RuntimeException e) {
            text = e.getClass().getSimpleName();
        }
        System.out.println("Nd4j.loss().ctcLoss: " + text);
        return text.equals("RuntimeException");
    }

    static double operation(int blank) {
        int label = 1 - blank;
        double loss = Nd4j.exec(DynamicCustomOp.builder("ctc_loss").addInputs(Nd4j.createFromArray(new int[][] {{label}}), LOGS, ONE, THREE)
                .addIntegerArguments(blank).build())[0].getDouble(0);
        double blanks = STEPS[0][blank] * STEPS[1][blank] * STEPS[2][blank];
        double twice = STEPS[0][label] * STEPS[1][blank] * STEPS[2][label];
        double hand = -Math.log(1 - blanks - twice);
        System.out.printf("the operation with blank %d: %.4f, by hand %.4f%n", blank, loss, hand);
        return Math.abs(loss - hand);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
