#!/usr/bin/env bash
#
# The sound level of TarsosDSP falls by 3 dB with every doubling of the frame.
#
# Versions: TarsosDSP 2.4 as com.github.axet packs it, Linux x86-64, Java 17.
#
# The level of a steady tone does not depend on how much of it is looked at: a sine of amplitude 0.5
# has -9.03 dB. SilenceDetector and AudioEvent.getdBSPL divide the root of the energy by the number of
# samples, where the energy should be divided first. The level is 30 dB too low for 1000 samples, and
# a threshold for silence found with one size of frames, or one sample rate, means another loudness
# with the next. getRMS is right.
#
# Output seen:
#   1000 samples: level -39.03 dB, from getRMS -9.03 dB
#   2000 samples: level -42.04 dB, from getRMS -9.03 dB
#   4000 samples: level -45.05 dB, from getRMS -9.03 dB
#   is silence at -40 dB: false, true, true
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
    <dependency><groupId>com.github.axet</groupId><artifactId>TarsosDSP</artifactId><version>2.4</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import be.tarsos.dsp.AudioEvent;
import be.tarsos.dsp.SilenceDetector;
import be.tarsos.dsp.io.TarsosDSPAudioFormat;

public class Finding {
    public static void main(String[] args) {
        double[] levels = new double[3];
        StringBuilder silence = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            int length = 1000 << i;
            float[] tone = new float[length];
            for (int j = 0; j < length; j++) {
                tone[j] = (float) (0.5 * Math.sin(2 * Math.PI * 1000 * j / 16000));
            }
            AudioEvent event = new AudioEvent(new TarsosDSPAudioFormat(16000, 16, 1, true, false));
            event.setFloatBuffer(tone);
            levels[i] = event.getdBSPL();
            SilenceDetector detector = new SilenceDetector(-40, false);
            detector.process(event);
            silence.append(i == 0 ? "" : ", ").append(detector.isSilence(tone));
            System.out.printf("%d samples: level %.2f dB, from getRMS %.2f dB%n", length, detector.currentSPL(), 20 * Math.log10(event.getRMS()));
        }
        System.out.println("is silence at -40 dB: " + silence);
        System.exit(Math.abs(levels[0] + 39.03) < 0.2 && Math.abs(levels[2] + 45.05) < 0.2 ? 0 : 1);
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
