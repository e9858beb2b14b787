package org.ogm4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;

/** A Keras model of two inputs, balanced: the guide's recipe. */
@DisabledOnOs(
        value = OS.MAC,
        architectures = "aarch64",
        disabledReason = "no HDF5 is published for it")
class KerasImportTest {

    private static final ModulatedOptimizer OPTIMIZER = ModulatedOptimizer.builder().build();

    /** What NumPy answers to 0.1, 0.2, ...: src/main/resources/keras/write_h5.py prints it. */
    private static final double[] ANSWER = {0.3700707, 0.41989815, 0.21003114};

    @Test
    void answersAsKerasDoes() throws Exception {
        INDArray answer = imported(true).outputSingle(counting(5), counting(6));
        assertArrayEquals(ANSWER, answer.toDoubleMatrix()[0], 1e-6);
    }

    /**
     * The importer reads the rate of a Dropout layer nowhere, and gives every layer a rate of 0.
     */
    @Test
    void everyLayerKeepsAllAndTheRateOfADropoutIsLost() throws Exception {
        ComputationGraph network = imported(true);
        for (String name : new String[] {"audio_fc", "audio_drop", "visual_fc", "out"}) {
            assertEquals(new Dropout(1), layer(network, name).getIDropout(), name);
        }
    }

    /** A softmax layer in front of a loss layer is split as an output layer is. */
    @Test
    void asImportedItIsScoredByItsHead() throws Exception {
        ModulatedOptimizer head = ModulatedOptimizer.builder().score(ScoreSource.head()).build();
        String description = head.describe(imported(true).getConfiguration());
        assertTrue(description.contains("rows of out.W for concat[0], b/2"), description);
        assertTrue(description.contains("rows of out.W for concat[1], b/2"), description);
        ComputationGraph edited = withOutputLayer(imported(true));
        layer(edited, "audio_drop").setIDropout(null);
        ComputationGraph expected = head.modulate(edited);
        ComputationGraph actual = head.modulate(imported(true));
        expected.fit(batch(1));
        actual.fit(batch(1));
        Map<String, ModalityStep> scores =
                ModulatedOptimizer.lastModulation(actual).orElseThrow().modalities();
        ModulatedOptimizer.lastModulation(expected)
                .orElseThrow()
                .modalities()
                .forEach(
                        (name, step) ->
                                assertEquals(step.score(), scores.get(name).score(), 1e-6, name));
        assertBalanced(imported(true));
    }

    @Test
    void withTheHeadReplacedItIsScoredByTheHead() throws Exception {
        ComputationGraph network = withOutputLayer(imported(true));
        INDArray answer = network.outputSingle(counting(5), counting(6));
        assertArrayEquals(ANSWER, answer.toDoubleMatrix()[0], 1e-6);
        String description = OPTIMIZER.describe(network.getConfiguration());
        assertTrue(description.contains("rows of out.W for concat[0], b/2"), description);
        assertTrue(description.contains("rows of out.W for concat[1], b/2"), description);
        assertBalanced(network);
    }

    /** A model that was not compiled ends in a layer without a loss. */
    @Test
    void withoutItsTrainingConfigurationItTrainsOnceTheHeadIsReplaced() throws Exception {
        ComputationGraph network = imported(false);
        assertThrows(DL4JException.class, () -> network.fit(batch(1)));
        assertBalanced(withOutputLayer(imported(false)));
    }

    private static ComputationGraph imported(boolean withTraining) throws Exception {
        Path file = Path.of(KerasImportTest.class.getResource("/keras/two-inputs.h5").toURI());
        return KerasModelImport.importKerasModelAndWeights(file.toString(), withTraining);
    }

    /** Axis 1, the dropout that was meant, and an output layer in place of a layer and its loss. */
    private static ComputationGraph withOutputLayer(ComputationGraph network) {
        INDArray weights = network.getParam("out_W");
        INDArray biases = network.getParam("out_b");
        TransferLearning.GraphBuilder edit =
                new TransferLearning.GraphBuilder(network)
                        .fineTuneConfiguration(
                                new FineTuneConfiguration.Builder()
                                        .updater(new Nesterovs(0.1, 0.9))
                                        .build());
        if (network.getConfiguration().getVertices().containsKey("out_loss")) {
            edit.removeVertexAndConnections("out_loss");
        }
        ComputationGraph edited =
                edit.removeVertexKeepConnections("out")
                        .addLayer(
                                "out",
                                new OutputLayer.Builder(LossFunction.MCXENT)
                                        .nIn(16)
                                        .nOut(3)
                                        .activation(Activation.SOFTMAX)
                                        .build(),
                                "concat")
                        .setOutputs("out")
                        .build();
        edited.setParam("out_W", weights);
        edited.setParam("out_b", biases);
        concatenation(edited).setMergeAxis(1);
        for (GraphVertex vertex : edited.getConfiguration().getVertices().values()) {
            if (vertex instanceof LayerVertex layer) {
                layer.getLayerConf().getLayer().setIDropout(null);
            }
        }
        layer(edited, "audio_drop").setIDropout(new Dropout(0.5));
        return edited;
    }

    /** Trains, with the modality that leads held back, and learns. */
    private static void assertBalanced(ComputationGraph network) {
        ComputationGraph modulated = OPTIMIZER.modulate(network);
        double before = modulated.score(batch(1));
        for (int step = 0; step < 20; step++) {
            modulated.fit(batch(step));
        }
        assertTrue(modulated.score(batch(1)) < before, before + " to " + modulated.score(batch(1)));
        Map<String, ModalityStep> seen =
                ModulatedOptimizer.lastModulation(modulated).orElseThrow().modalities();
        assertNotEquals(seen.get("audio").coefficient(), seen.get("visual").coefficient());
        assertEquals(
                1, Math.max(seen.get("audio").coefficient(), seen.get("visual").coefficient()));
    }

    /** Classes that visual features tell better than audio ones. */
    private static MultiDataSet batch(long seed) {
        Random random = new Random(seed);
        INDArray audio = Nd4j.create(DataType.FLOAT, 12, 5);
        INDArray visual = Nd4j.create(DataType.FLOAT, 12, 6);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 12, 3);
        for (int i = 0; i < 12; i++) {
            int truth = random.nextInt(3);
            labels.putScalar(i, truth, 1);
            for (int j = 0; j < 6; j++) {
                visual.putScalar(i, j, random.nextGaussian() + (j % 3 == truth ? 2 : 0));
                if (j < 5) {
                    audio.putScalar(i, j, random.nextGaussian() + (j % 3 == truth ? 0.5 : 0));
                }
            }
        }
        return new MultiDataSet(new INDArray[] {audio, visual}, new INDArray[] {labels});
    }

    private static INDArray counting(int features) {
        INDArray row = Nd4j.create(DataType.FLOAT, 1, features);
        for (int i = 0; i < features; i++) {
            row.putScalar(0, i, (i + 1) / 10.0);
        }
        return row;
    }

    private static MergeVertex concatenation(ComputationGraph network) {
        return (MergeVertex) network.getConfiguration().getVertices().get("concat");
    }

    private static Layer layer(ComputationGraph network, String vertex) {
        return ((LayerVertex) network.getConfiguration().getVertices().get(vertex))
                .getLayerConf()
                .getLayer();
    }
}
