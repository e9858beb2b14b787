#!/usr/bin/env bash
#
# The last mel filter of TarsosDSP's MFCC takes in the whole spectrum.
#
# Versions: TarsosDSP 2.4 as com.github.axet packs it, Linux x86-64, Java 17.
#
# The centers of the filters are stored one place too early. The first limit is written over, so the
# filters begin above the lowest frequency asked for, and the place of the last center stays 0. The last
# filter then falls from 0 Hz to half of the sample rate, whatever limits were given. A tone of 6 kHz
# makes it answer though only 300 to 3000 Hz were asked for, and every coefficient has a part of it.
#
# Output seen:
#   centers of 26 filters for 300 to 3000 Hz, first and last ones: 344, 2828, 0, 8000 Hz
#   tone of 1000 Hz: filters 8, 9, 10, 25
#   tone of 6000 Hz: filters 25
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
import be.tarsos.dsp.mfcc.MFCC;

public class Finding {
    public static void main(String[] args) {
        MFCC mfcc = new MFCC(1024, 16000, 13, 26, 300, 3000);
        int[] centers = mfcc.getCenterFrequencies();
        double hertz = 16000 / 1024.0;
        System.out.printf("centers of 26 filters for 300 to 3000 Hz, first and last ones: %.0f, %.0f, %.0f, %.0f Hz%n",
                centers[0] * hertz, centers[25] * hertz, centers[26] * hertz, centers[27] * hertz);
        String inside = answering(mfcc, 1000);
        String outside = answering(mfcc, 6000);
        System.out.println("tone of 1000 Hz: filters " + inside);
        System.out.println("tone of 6000 Hz: filters " + outside);
        System.exit(centers[26] == 0 && inside.equals("8, 9, 10, 25") && outside.equals("25") ? 0 : 1);
    }

    static String answering(MFCC mfcc, double frequency) {
        float[] tone = new float[1024];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * frequency * i / 16000));
        }
        float[] energies = mfcc.melFilter(mfcc.magnitudeSpectrum(tone), mfcc.getCenterFrequencies());
        StringBuilder filters = new StringBuilder();
        for (int i = 0; i < energies.length; i++) {
            if (energies[i] > 5) {
                filters.append(filters.length() == 0 ? "" : ", ").append(i);
            }
        }
        return filters.toString();
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
