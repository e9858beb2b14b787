package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Partition;
import org.ogm4j.study.data.Parts;
import org.ogm4j.study.data.kind.CsvColumns;
import org.ogm4j.study.data.kind.ImageFolder;
import org.ogm4j.study.data.kind.ModalityDescription;
import org.ogm4j.study.data.kind.TextSource;
import org.ogm4j.study.data.kind.TextTokens;
import org.ogm4j.study.data.kind.WavFolder;

/** Networks train on what is loaded: sequences with masks, and examples that lack a modality. */
class TrainsTest {

    private static final int EXAMPLES = 24;

    @TempDir Path folder;

    private void write() throws IOException {
        StringBuilder labels = new StringBuilder("id,class\n");
        StringBuilder numbers = new StringBuilder("id,p,q\n");
        StringBuilder texts = new StringBuilder("id,text\n");
        for (int i = 0; i < EXAMPLES; i++) {
            int y = i % 2;
            labels.append("e%d,%s%n".formatted(i, y == 0 ? "no" : "yes"));
            numbers.append(i % 5 == 1 ? "e%d,,%n".formatted(i) : "e%d,%d,%d%n".formatted(i, y, i));
            texts.append(
                    "e%d,%s%n".formatted(i, "word ".repeat(1 + i % 4) + (y == 0 ? "no" : "yes")));
            SmallFiles.wav(
                    folder.resolve("sound/e" + i + ".wav"), 8000, 800 + 100 * i, 2000 + 9000 * y);
            SmallFiles.image(folder.resolve("film/e" + i + ".png"), 6, 8 * 3, i);
        }
        Files.delete(folder.resolve("film/e3.png"));
        SmallFiles.text(folder.resolve("labels.csv"), labels.toString());
        SmallFiles.text(folder.resolve("numbers.csv"), numbers.toString());
        SmallFiles.text(folder.resolve("texts.csv"), texts.toString());
    }

    private MultimodalData load(ImageFolder.Layout layout) throws IOException {
        write();
        List<ModalityDescription> modalities =
                List.of(
                        WavFolder.of("sound", "sound", 8000, 256, 160)
                                .with(WavFolder.Layout.SEQUENCE),
                        new ImageFolder(
                                "film", "film", 8, 6, 1, 3, layout, null, null, null, true, null),
                        new CsvColumns(
                                "numbers",
                                List.of("numbers.csv"),
                                null,
                                null,
                                "id",
                                null,
                                null,
                                null,
                                null,
                                true),
                        new TextTokens(
                                "text", TextSource.column("texts.csv", "id", "text"), 20, 3, null));
        return new FileData(CsvLabels.of("labels.csv", "id", "class", null), modalities, null)
                .load(folder);
    }

    private static ComputationGraphConfiguration network(MultimodalData data, boolean volume) {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs(data.names())
                .setInputTypes(data.inputTypes())
                .addLayer("a", new LSTM.Builder().nOut(6).build(), "sound")
                .addLayer("a pooled", new GlobalPoolingLayer.Builder().build(), "a")
                .addLayer(
                        "b",
                        volume
                                ? new Convolution3D.Builder(3, 3, 3).nOut(4).build()
                                : new ConvolutionLayer.Builder(3, 3).nOut(4).build(),
                        "film")
                .addLayer(
                        "b dense",
                        volume
                                ? new GlobalPoolingLayer.Builder().build()
                                : new DenseLayer.Builder().nOut(6).build(),
                        "b")
                .addLayer("c", new DenseLayer.Builder().nOut(6).build(), "numbers")
                .addLayer("d", new EmbeddingSequenceLayer.Builder().nOut(6).build(), "text")
                .addLayer("d pooled", new GlobalPoolingLayer.Builder().build(), "d")
                .addVertex("merge", new MergeVertex(), "a pooled", "b dense", "c", "d pooled")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "merge")
                .setOutputs("out")
                .build();
    }

    @Test
    void plainNetworksLearn() throws IOException {
        for (ImageFolder.Layout layout :
                List.of(ImageFolder.Layout.CHANNELS, ImageFolder.Layout.VOLUME)) {
            MultimodalData data = load(layout);
            Parts parts = data.parts(Partition.bySeed(data, 0, 0.25, 1));
            ComputationGraph graph =
                    new ComputationGraph(network(data, layout == ImageFolder.Layout.VOLUME));
            graph.init();

            graph.fit(parts.training(5, 1), 12);

            assertEquals(12, graph.getEpochCount());
            assertTrue(Double.isFinite(graph.score()));
            assertEquals(1, graph.evaluate(parts.trainingInOrder(7)).accuracy());
        }
    }

    @Test
    void soDoModulatedOnes() throws IOException {
        MultimodalData data = load(ImageFolder.Layout.CHANNELS);
        Parts parts = data.parts(Partition.bySeed(data, 0, 0.25, 1));
        ComputationGraph graph =
                new ComputationGraph(
                        ModulatedOptimizer.builder().build().modulate(network(data, false)));
        graph.init();

        graph.fit(parts.training(5, 1), 12);

        assertTrue(Double.isFinite(graph.score()));
        assertTrue(graph.evaluate(parts.trainingInOrder(7)).accuracy() > 0.9);
    }
}
