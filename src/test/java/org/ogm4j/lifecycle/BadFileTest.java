package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Nets;

/** Files that are broken, too new, or not what they claim to be. */
class BadFileTest {

    private static final String LOADED = "org.ogm4j.test.loaded";

    private static final String JSON =
            ModulatedOptimizer.builder().build().modulate(Nets.dense(new Adam(0.1))).toJson();

    /** A class that says when it is loaded, as code in a hostile file would do worse. */
    static final class Hostile {

        static {
            System.setProperty(LOADED, "yes");
        }

        private Hostile() {}
    }

    /** A cut file is refused by the zip format, whatever is in it. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.9})
    void aFileThatWasCutShort(double part, @TempDir Path folder) throws IOException {
        ComputationGraph graph =
                Nets.init(ModulatedOptimizer.builder().build().modulate(Nets.dense(new Adam(0.1))));
        graph.fit(Nets.batch(4, 1));
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(graph, file, true);
        byte[] whole = Files.readAllBytes(file.toPath());
        Files.write(file.toPath(), Arrays.copyOf(whole, (int) (part * whole.length)));
        assertThrows(IOException.class, () -> ModelSerializer.restoreComputationGraph(file, true));
    }

    @Test
    void jsonThatWasCutShort() {
        RuntimeException thrown = refused(JSON.substring(0, JSON.length() / 2));
        assertTrue(thrown.getMessage().contains("Unexpected end-of-input"), thrown.getMessage());
    }

    /** Whatever is missing in our part of the JSON is named. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "modalities",
                "gates",
                "rule",
                "noise",
                "readouts",
                "name",
                "output",
                "head",
                "slices",
                "vertex",
                "plan",
                "gate",
                "underlying",
                "wrapped",
                "modality",
                "adam"
            })
    void jsonThatLacksSomething(String property) {
        assertRefused(
                JSON.replace("\"" + property + "\" : ", "\"lost\" : "),
                "Missing required creator property '" + property + "'");
    }

    @Test
    void jsonWithNumbersOutOfRange() {
        assertRefused(
                JSON.replace("\"estimate\" : ", "\"lost\" : "), "estimate must be given, got null");
        assertRefused(
                JSON.replace("\"alpha\" : 0.8", "\"alpha\" : -1"),
                "alpha must be positive and finite, got -1.0");
        assertRefused(
                JSON.replace("\"scale\" : 1.0", "\"scale\" : \"NaN\""),
                "scale must be at least 0 and finite, got NaN");
        assertRefused(
                JSON.replaceAll("\"gates\" : \\[[^]]*]", "\"gates\" : [ ]"),
                "gates must be at least 1, got none");
    }

    /** Jackson skips what it does not know; another version says that it must not. */
    @ParameterizedTest
    @CsvSource({"5, a newer", "3, an older", "0, an older"})
    void aNetworkOfAnotherVersion(int other, String age) {
        String version = "\"version\" : 4";
        assertTrue(JSON.contains(version), JSON);
        assertRefused(
                JSON.replace(version, "\"version\" : " + other),
                "version of the modulation must be 4, got %d: the network was written by %s version"
                                .formatted(other, age)
                        + " of this library; read it with that one, strip it there, and modulate it"
                        + " again here");
    }

    /** The classes in files of the first format had other names. */
    @Test
    void aNetworkOfTheFirstFormat() {
        assertRefused(
                JSON.replace("org.ogm4j.gate.GatedVertex", "org.ogm4j.graph.GatedVertex"),
                "Could not resolve type id 'org.ogm4j.graph.GatedVertex'");
    }

    @Test
    void aPropertyThatIsNotKnownInAVersionThatIs() {
        String version = "\"version\" : 4";
        assertEquals(
                ComputationGraphConfiguration.fromJson(JSON),
                ComputationGraphConfiguration.fromJson(
                        JSON.replace(version, version + ", \"colour\" : \"blue\"")));
    }

    /** Scores come from a head or from zero-out; nothing else is taken for one of them. */
    @Test
    void aScoreFromSomewhereUnknown() {
        assertRefused(JSON.replace("\"from\" : \"head\"", "\"from\" : \"elsewhere\""), "elsewhere");
        assertRefused(JSON.replace("\"from\" : \"head\"", "\"form\" : \"head\""), "from");
    }

    /** A rule is made of what its record says, and checks it. */
    @Test
    void aRuleWithoutItsNumbers() {
        String cvpr = "org.ogm4j.CoefficientRule$Cvpr2022";
        assertRefused(
                JSON.replace(cvpr, "org.ogm4j.BalanceRule$Agm")
                        .replace("\"alpha\" : 0.8", "\"beta\" : 1"),
                "alpha must be positive and at most 70, got 0.0");
        assertRefused(
                JSON.replace(cvpr, "org.ogm4j.BalanceRule$None"),
                "rule must be a CoefficientRule where p acts, got None[]");
        assertRefused(
                JSON.replace(cvpr, "org.ogm4j.BalanceRule$WeakestFirst"),
                "part must be above 0 and at most 1, got 0.0");
        assertRefused(
                JSON.replace(cvpr, "org.ogm4j.BalanceRule$InverseEntropy"),
                "floor must be above 0 and at most 1, got 0.0");
        // the interface itself is a rule by name, and cannot be made
        refused(JSON.replace(cvpr, "org.ogm4j.BalanceRule"));
    }

    /** A class that is no rule is not even loaded. */
    @ParameterizedTest
    @CsvSource({
        "org.ogm4j.lifecycle.BadFileTest$Hostile, is none",
        "java.util.ArrayList, is none",
        "java.util.ArrayList<java.lang.String>, is not on the class path",
        "not.There, is not on the class path",
        "'', is not on the class path"
    })
    void aRuleThatIsNone(String name, String expected) {
        System.clearProperty(LOADED);
        assertRefused(
                JSON.replace("org.ogm4j.CoefficientRule$Cvpr2022", name),
                "rule must be of a class that implements BalanceRule, got " + name);
        assertRefused(JSON.replace("org.ogm4j.CoefficientRule$Cvpr2022", name), expected);
        assertNull(System.getProperty(LOADED), "its code ran");
    }

    /** Updaters and vertices are DL4J's own types: its JSON takes no class but theirs. */
    @Test
    void anUpdaterOrAVertexThatIsNone() {
        String probed =
                ModulatedOptimizer.builder()
                        .score(ScoreSource.probe())
                        .build()
                        .modulate(Nets.sum())
                        .toJson();
        for (String json : new String[] {JSON, probed}) {
            for (String type :
                    new String[] {
                        "org.ogm4j.updater.ModulatedUpdater",
                        "org.ogm4j.updater.HeadUpdater",
                        "org.ogm4j.gate.GatedVertex",
                        "org.ogm4j.gate.GatedLayerVertex",
                        "org.ogm4j.probe.ProbeVertex"
                    }) {
                if (json.contains(type)) {
                    assertRefused(
                            json.replace(type, "java.util.ArrayList"),
                            "Could not resolve type id 'java.util.ArrayList' as a subtype of"
                                    + " `org.");
                }
            }
        }
    }

    private static RuntimeException refused(String json) {
        assertNotEquals(JSON, json);
        return assertThrows(
                RuntimeException.class, () -> ComputationGraphConfiguration.fromJson(json));
    }

    private static void assertRefused(String json, String expected) {
        RuntimeException thrown = refused(json);
        assertTrue(thrown.getMessage().contains(expected), thrown.getMessage());
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertFalse(cause instanceof NullPointerException, thrown.getMessage());
        }
    }
}
