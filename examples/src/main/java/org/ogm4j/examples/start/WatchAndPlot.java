package org.ogm4j.examples.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.nd4j.linalg.activations.Activation;
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
        XYChart chart = new XYChart(800, 400);
        chart.setTitle("Who leads: ratio by step");
        ratios.forEach((name, values) -> chart.addSeries(name, values));
        Files.createDirectories(file.getParent());
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
        System.out.println("Written: " + file);
    }

    /** The listener is called after every modulated step, and changes nothing. */
    static Map<String, List<Double>> ratios(int steps) {
        Map<String, List<Double>> ratios =
                new TreeMap<>(Map.of("lidar", new ArrayList<>(), "camera", new ArrayList<>()));
        ComputationGraph net =
                new ComputationGraph(ModulatedOptimizer.builder().build().modulate(network()));
        net.init();
        net.addListeners(
                new ModulationListener(
                        step ->
                                step.modalities()
                                        .forEach((name, m) -> ratios.get(name).add(m.ratio()))));
        MadeUp data = new MadeUp(4).modality(12, 1.2).modality(12, 0.5);
        for (int step = 0; step < steps; step++) {
            net.fit(data.batch(64, step));
        }
        return ratios;
    }

    private static ComputationGraphConfiguration network() {
        OutputLayer head = new OutputLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build();
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("lidar", "camera")
                .addLayer("lidar_fc", new DenseLayer.Builder().nOut(16).build(), "lidar")
                .addLayer("camera_fc", new DenseLayer.Builder().nOut(16).build(), "camera")
                .addVertex("fusion", new MergeVertex(), "lidar_fc", "camera_fc")
                .addLayer("head", head, "fusion")
                .setOutputs("head")
                .setInputTypes(InputType.feedForward(12), InputType.feedForward(12))
                .build();
    }
}
