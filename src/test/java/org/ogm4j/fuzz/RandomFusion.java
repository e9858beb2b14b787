package org.ogm4j.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Adds a fusion of all encoders and the output behind it. */
final class RandomFusion {

    private static final int WIDTH = RandomEncoder.WIDTH;

    private final Draw draw;
    private final GraphBuilder graph;
    private final String name;
    private final List<String> ends;

    RandomFusion(Draw draw, GraphBuilder graph, String name, List<String> ends) {
        this.draw = draw;
        this.graph = graph;
        this.name = name;
        this.ends = ends;
    }

    /** Of vectors. */
    String ofVectors() {
        return switch (draw.kind(
                "concat",
                "hidden",
                "sumOfHeads",
                "elementWise",
                "film",
                "gated",
                "gatedBehind",
                "normed",
                "subset",
                "rescaled")) {
            case "hidden" -> {
                merge(name + "-merge", ends);
                graph.addLayer(name, dense(5, Activation.TANH), name + "-merge");
                yield output(name, 5);
            }
            case "sumOfHeads" -> sumOfHeads();
            case "elementWise" -> {
                graph.addVertex(name, elementWise(), ends.toArray(String[]::new));
                yield output(name, WIDTH);
            }
            case "film" -> modulatedByTheSecond(Activation.IDENTITY);
            case "gated" -> modulatedByTheSecond(Activation.SIGMOID);
            case "gatedBehind" -> gatedBehindAnother();
            case "normed" -> {
                merge(name + "-merge", ends);
                graph.addLayer(name + "-norm", new BatchNormalization(), name + "-merge");
                graph.addLayer(name + "-hidden", dense(5, Activation.TANH), name + "-norm");
                graph.addLayer(name, new DropoutLayer(0.7), name + "-hidden");
                yield output(name, 5);
            }
            case "subset" -> {
                merge(name + "-merge", ends);
                graph.addVertex(name, new SubsetVertex(1, 2 * WIDTH - 1), name + "-merge");
                yield output(name, 2 * WIDTH - 1);
            }
            case "rescaled" -> {
                merge(name + "-merge", ends);
                graph.addVertex(
                        name,
                        draw.oneIn(2) ? new L2NormalizeVertex() : new ScaleVertex(2),
                        name + "-merge");
                yield output(name, WIDTH * ends.size());
            }
            default -> {
                MergeVertex merge = new MergeVertex();
                if (draw.kind("axis1", "axis1", "axisLast").equals("axisLast")) {
                    merge.setMergeAxis(-1);
                }
                graph.addVertex(name, merge, ends.toArray(String[]::new));
                yield output(name, WIDTH * ends.size());
            }
        };
    }

    /** Of sequences, with labels for every step. */
    String ofSteps() {
        switch (draw.kind("concatSteps", "sumSteps", "mergedLstm")) {
            case "sumSteps" -> {
                graph.addVertex(name, elementWise(), ends.toArray(String[]::new));
                return stepsOutput(WIDTH);
            }
            case "mergedLstm" -> {
                merge(name + "-merge", ends);
                graph.addLayer(name, lstm(WIDTH * ends.size()), name + "-merge");
                return stepsOutput(WIDTH);
            }
            default -> {
                merge(name, ends);
                return stepsOutput(WIDTH * ends.size());
            }
        }
    }

    /** Of sequences, with one label per example. */
    String ofSequences() {
        String mixed = name + "-mixed";
        switch (draw.kind("jointAttention", "crossAttention", "jointLstm", "wideLstm")) {
            case "jointAttention" -> {
                graph.addVertex(name + "-joint", Fusions.joined(), ends.toArray(String[]::new));
                graph.addLayer(mixed, Fusions.attention(), name + "-joint");
            }
            case "crossAttention" -> {
                List<String> others = ends.subList(1, ends.size());
                graph.addVertex(name + "-keys", Fusions.joined(), others.toArray(String[]::new));
                graph.addVertex(
                        mixed, Fusions.cross(), ends.get(0), name + "-keys", name + "-keys");
            }
            case "jointLstm" -> {
                graph.addVertex(name + "-joint", Fusions.joined(), ends.toArray(String[]::new));
                graph.addLayer(mixed, lstm(WIDTH), name + "-joint");
            }
            default -> {
                merge(name + "-merge", ends);
                graph.addLayer(mixed, lstm(WIDTH * ends.size()), name + "-merge");
            }
        }
        graph.addLayer(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), mixed);
        return output(name, WIDTH);
    }

    /** An output of the first modality alone. */
    String auxiliary() {
        return output(ends.get(0), WIDTH);
    }

    private String sumOfHeads() {
        List<String> heads = new ArrayList<>();
        for (String end : ends) {
            heads.add(name + end);
            graph.addLayer(name + end, dense(Nets.CLASSES, Activation.IDENTITY), end);
        }
        graph.addVertex(
                name,
                new ElementWiseVertex(draw.oneIn(4) ? Op.Average : Op.Add),
                heads.toArray(String[]::new));
        graph.addLayer(name + "-out", Nets.loss(), name);
        return name + "-out";
    }

    /** The first modality times a layer on the second; the others are concatenated. */
    private String modulatedByTheSecond(Activation activation) {
        graph.addLayer(name + "-factor", dense(WIDTH, activation), ends.get(1));
        graph.addVertex(
                name + "-product",
                new ElementWiseVertex(Op.Product),
                ends.get(0),
                name + "-factor");
        List<String> parts = new ArrayList<>(ends.subList(1, ends.size()));
        parts.add(name + "-product");
        merge(name, parts);
        return output(name, WIDTH * ends.size());
    }

    /** The same, with vertices without parameters between the layer and the product. */
    private String gatedBehindAnother() {
        graph.addLayer(name + "-maker", dense(WIDTH, Activation.IDENTITY), ends.get(1));
        String factor = name + "-factor";
        switch (draw.kind("factorActivation", "factorDropout", "factorScale", "factorReshape")) {
            case "factorActivation" ->
                    graph.addLayer(
                            factor, new ActivationLayer(Activation.SIGMOID), name + "-maker");
            case "factorDropout" -> graph.addLayer(factor, new DropoutLayer(0.7), name + "-maker");
            case "factorScale" -> graph.addVertex(factor, new ScaleVertex(2), name + "-maker");
            default -> graph.addVertex(factor, new ReshapeVertex(-1, WIDTH), name + "-maker");
        }
        graph.addVertex(name + "-product", new ElementWiseVertex(Op.Product), ends.get(0), factor);
        List<String> parts = new ArrayList<>(ends.subList(1, ends.size()));
        parts.add(name + "-product");
        merge(name, parts);
        return output(name, WIDTH * ends.size());
    }

    private String output(String from, int width) {
        if (draw.oneIn(4)) {
            return kerasOutput(from, width);
        }
        OutputLayer output =
                switch (draw.kind("softmax", "sparse", "weighted", "sigmoid", "regression")) {
                    case "sparse" -> output(new LossSparseMCXENT(), Activation.SOFTMAX);
                    case "weighted" -> output(weighted(), Activation.SOFTMAX);
                    case "sigmoid" -> output(new LossBinaryXENT(), Activation.SIGMOID);
                    case "regression" -> output(new LossMSE(), Activation.IDENTITY);
                    default -> Nets.output();
                };
        output.setNIn(width);
        graph.addLayer(name + "-out", Dressing.of(draw, output), from);
        return name + "-out";
    }

    /** As Keras import has it: the loss layer reads what another layer makes predictions of. */
    private String kerasOutput(String from, int width) {
        boolean softmax = draw.kind("kerasSoftmax", "kerasSigmoid").equals("kerasSoftmax");
        Activation activation = softmax ? Activation.SOFTMAX : Activation.SIGMOID;
        boolean apart = draw.kind("kerasOne", "kerasApart").equals("kerasApart");
        DenseLayer head =
                new DenseLayer.Builder()
                        .nIn(width)
                        .nOut(Nets.CLASSES)
                        .activation(apart ? Activation.IDENTITY : activation)
                        .build();
        graph.addLayer(name + "-head", Dressing.of(draw, head), from);
        String end = name + "-head";
        if (apart) {
            graph.addLayer(name + "-predictions", new ActivationLayer(activation), end);
            end = name + "-predictions";
        }
        graph.addLayer(
                name + "-out",
                new LossLayer.Builder(softmax ? LossFunction.MCXENT : LossFunction.XENT)
                        .activation(Activation.IDENTITY)
                        .build(),
                end);
        return name + "-out";
    }

    private static ILossFunction weighted() {
        return new LossMCXENT(Nd4j.createFromArray(1.0, 3.0, 0.5).reshape(1, Nets.CLASSES));
    }

    private static OutputLayer output(ILossFunction loss, Activation activation) {
        return new OutputLayer.Builder(loss).nOut(Nets.CLASSES).activation(activation).build();
    }

    private String stepsOutput(int width) {
        graph.addLayer(
                name + "-out",
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(width)
                        .nOut(Nets.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build(),
                name);
        return name + "-out";
    }

    private void merge(String merge, List<String> parts) {
        graph.addVertex(merge, new MergeVertex(), parts.toArray(String[]::new));
    }

    private ElementWiseVertex elementWise() {
        return new ElementWiseVertex(
                switch (draw.kind("sum", "average", "product", "max")) {
                    case "sum" -> Op.Add;
                    case "average" -> Op.Average;
                    case "product" -> Op.Product;
                    default -> Op.Max;
                });
    }

    private Layer dense(int out, Activation activation) {
        return Dressing.of(draw, new DenseLayer.Builder().nOut(out).activation(activation).build());
    }

    private Layer lstm(int in) {
        Layer lstm = Dressing.of(draw, new LSTM.Builder().nIn(in).nOut(WIDTH).build());
        return draw.oneIn(4) && draw.kind("bidirectionalFusion") != null
                ? new Bidirectional(Bidirectional.Mode.ADD, lstm)
                : lstm;
    }
}
