package org.ogm4j.examples.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ModulationListener;

/** Draws how far each modality leads, step by step. */
public final class WatchAndPlot {

    private WatchAndPlot() {}

    /**
     * Writes a picture.
     *
     * @param args where to; default: target/ratios.png
     * @throws IOException if it cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args.length > 0 ? args[0] : "target/ratios.png").toAbsolutePath();
        Map<String, List<Double>> ratios = ratios(150);
        ratios.forEach(
                (name, r) ->
                        System.out.printf(
                                "%s: ratio %.2f at first, %.2f at last%n",
                                name, r.get(0), r.get(r.size() - 1)));
        XYChart chart =
                new XYChartBuilder()
                        .width(800)
                        .height(400)
                        .title("Who leads")
                        .xAxisTitle("step")
                        .yAxisTitle("ratio")
                        .build();
        ratios.forEach((name, values) -> chart.addSeries(name, values));
        Files.createDirectories(file.getParent());
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
        System.out.println("Written: " + file);
    }

    /** The listener is called after every modulated step, and changes nothing. */
    static Map<String, List<Double>> ratios(int steps) {
        Map<String, List<Double>> ratios = new TreeMap<>();
        ComputationGraph net =
                new ComputationGraph(ModulatedOptimizer.builder().build().modulate(network()));
        net.init();
        net.addListeners(
                new ModulationListener(
                        step ->
                                step.modalities()
                                        .forEach(
                                                (name, m) ->
                                                        ratios.computeIfAbsent(
                                                                        name,
                                                                        n -> new ArrayList<>())
                                                                .add(m.ratio()))));
        Random random = new Random(1);
        for (int step = 0; step < steps; step++) {
            net.fit(batch(64, random));
        }
        return ratios;
    }

    private static ComputationGraphConfiguration network() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("lidar", "camera")
                .addLayer("lidar_fc", new DenseLayer.Builder().nOut(16).build(), "lidar")
                .addLayer("camera_fc", new DenseLayer.Builder().nOut(16).build(), "camera")
                .addVertex("fusion", new MergeVertex(), "lidar_fc", "camera_fc")
                .addLayer(
                        "head",
                        new OutputLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build(),
                        "fusion")
                .setOutputs("head")
                .setInputTypes(InputType.feedForward(12), InputType.feedForward(12))
                .build();
    }

    /** Made-up examples of four classes, which the lidar tells apart better. */
    private static MultiDataSet batch(int examples, Random random) {
        INDArray lidar = Nd4j.create(examples, 12);
        INDArray camera = Nd4j.create(examples, 12);
        INDArray labels = Nd4j.zeros(examples, 4);
        for (int i = 0; i < examples; i++) {
            int truth = random.nextInt(4);
            labels.putScalar(i, truth, 1);
            for (int j = 0; j < 12; j++) {
                lidar.putScalar(i, j, random.nextGaussian() + (j % 4 == truth ? 1.2 : 0));
                camera.putScalar(i, j, random.nextGaussian() + (j % 4 == truth ? 0.5 : 0));
            }
        }
        return new MultiDataSet(new INDArray[] {lidar, camera}, new INDArray[] {labels});
    }
}
