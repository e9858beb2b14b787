package org.ogm4j.fuzz;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;

/** Adds the encoder of one modality, which outputs vectors or sequences of {@link #WIDTH}. */
final class RandomEncoder {

    /** The width of every encoder's end. */
    static final int WIDTH = 4;

    private final Draw draw;
    private final GraphBuilder graph;
    private final String name;
    private int vertices;
    private String end;

    private RandomEncoder(Draw draw, GraphBuilder graph, String name) {
        this.draw = draw;
        this.graph = graph;
        this.name = name;
        end = name;
    }

    /** The name of the last vertex. */
    static String add(Draw draw, GraphBuilder graph, String name, Input input, boolean sequences) {
        RandomEncoder encoder = new RandomEncoder(draw, graph, name);
        switch (input) {
            case VECTOR -> encoder.vector();
            case SEQUENCE -> encoder.sequence(Input.SIZE, sequences);
            case TOKENS -> encoder.tokens(sequences);
            case IMAGE -> encoder.image();
            case SEQUENCE_LAST -> {
                draw.kind("NWC");
                encoder.sequenceLast();
            }
            case IMAGE_LAST -> {
                draw.kind("NHWC");
                encoder.imageLast();
            }
            default -> throw new AssertionError();
        }
        return encoder.end;
    }

    private void vector() {
        switch (draw.kind("dense", "frozen", "residual", "batchNorm", "scaled")) {
            case "dense" -> layer(dense(Input.SIZE));
            case "frozen" -> {
                layer(new FrozenLayer(dense(Input.SIZE)));
                layer(dense(WIDTH));
            }
            case "residual" -> {
                layer(dense(Input.SIZE));
                String before = end;
                layer(dense(WIDTH));
                vertex(new ElementWiseVertex(ElementWiseVertex.Op.Add), before, end);
            }
            case "batchNorm" -> {
                layer(dense(Input.SIZE));
                layer(new BatchNormalization.Builder().nIn(WIDTH).nOut(WIDTH).build());
            }
            default -> {
                layer(dense(Input.SIZE));
                layer(new ElementWiseMultiplicationLayer.Builder().nIn(WIDTH).nOut(WIDTH).build());
            }
        }
        switch (draw.kind("bare", "l2Normalize", "scale", "shift", "bare")) {
            case "l2Normalize" -> vertex(new L2NormalizeVertex(), end);
            case "scale" -> vertex(new ScaleVertex(0.5), end);
            case "shift" -> vertex(new ShiftVertex(0.5), end);
            default -> {}
        }
    }

    private void tokens(boolean sequences) {
        layer(new EmbeddingSequenceLayer.Builder().nIn(Input.VOCABULARY).nOut(WIDTH).build());
        sequence(WIDTH, sequences);
    }

    private void sequence(int size, boolean staysSequence) {
        Layer recurrent = recurrent(size);
        String pooling =
                staysSequence
                        ? draw.kind("staysSequence")
                        : draw.kind("lastStepVertex", "lastStepLayer", "meanSteps", "maxSteps");
        boolean wraps =
                recurrent instanceof BaseRecurrentLayer || recurrent instanceof Bidirectional;
        layer(pooling.equals("lastStepLayer") && wraps ? new LastTimeStep(recurrent) : recurrent);
        switch (pooling) {
            case "lastStepLayer" -> {
                if (!wraps) {
                    vertex(new LastTimeStepVertex(name), end);
                }
            }
            case "lastStepVertex" -> vertex(new LastTimeStepVertex(name), end);
            case "meanSteps" -> layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
            case "maxSteps" -> layer(new GlobalPoolingLayer.Builder(PoolingType.MAX).build());
            default -> {}
        }
        if (!staysSequence && !draw.oneIn(4)) {
            layer(dense(WIDTH));
        }
    }

    /** A layer that outputs a sequence. */
    private Layer recurrent(int size) {
        return switch (draw.kind(
                "lstm",
                "simpleRnn",
                "bidirectional",
                "conv1d",
                "maskZero",
                "timeDistributed",
                "maskLayer",
                "selfAttention")) {
            case "simpleRnn" -> simpleRnn(size, WIDTH);
            case "bidirectional" ->
                    draw.oneIn(2)
                            ? new Bidirectional(Bidirectional.Mode.ADD, rnn(size, WIDTH))
                            : new Bidirectional(Bidirectional.Mode.CONCAT, rnn(size, WIDTH / 2));
            case "conv1d" -> convolution1d(size);
            case "maskZero" -> new MaskZeroLayer(rnn(size, WIDTH), 0);
            case "timeDistributed" -> {
                layer(rnn(size, WIDTH));
                yield new TimeDistributed(dense(WIDTH));
            }
            case "maskLayer" -> {
                layer(rnn(size, WIDTH));
                layer(new MaskLayer());
                yield rnn(WIDTH, WIDTH);
            }
            case "selfAttention" -> selfAttention(size);
            default -> lstm(size, WIDTH);
        };
    }

    private Layer convolution1d(int size) {
        return Dressing.of(
                draw,
                new Convolution1DLayer.Builder(2)
                        .nIn(size)
                        .nOut(WIDTH)
                        .convolutionMode(ConvolutionMode.Same)
                        .build());
    }

    private static Layer selfAttention(int size) {
        return new SelfAttentionLayer.Builder()
                .nIn(size)
                .nOut(WIDTH)
                .nHeads(2)
                .projectInput(true)
                .build();
    }

    private void image() {
        layer(
                switch (draw.kind("convolution", "depthwise", "separable")) {
                    case "depthwise" ->
                            new DepthwiseConvolution2D.Builder(2, 2).depthMultiplier(2).build();
                    case "separable" ->
                            new SeparableConvolution2D.Builder(2, 2).nOut(WIDTH).build();
                    default ->
                            Dressing.of(
                                    draw, new ConvolutionLayer.Builder(2, 2).nOut(WIDTH).build());
                });
        switch (draw.kind("noNorm", "imageNorm", "responseNorm")) {
            case "imageNorm" -> layer(new BatchNormalization());
            case "responseNorm" -> layer(new LocalResponseNormalization());
            default -> {}
        }
        switch (draw.kind("subsampling", "globalPooling", "flat")) {
            case "subsampling" -> {
                layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build());
                layer(dense(0));
            }
            case "globalPooling" -> layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
            default -> layer(dense(0));
        }
    }

    /** Of layers that DL4J can train on steps with the features last. */
    private void sequenceLast() {
        Layer recurrent = rnn(Input.SIZE, WIDTH);
        switch (draw.kind("lastStepNwc", "meanStepsNwc", "flatNwc")) {
            case "lastStepNwc" -> layer(new LastTimeStep(recurrent));
            case "meanStepsNwc" -> {
                layer(recurrent);
                layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(1).build());
                layer(dense(WIDTH)); // DL4J would join pooled steps on the axis of steps
            }
            default -> {
                layer(recurrent);
                vertex(new ReshapeVertex(-1, Input.STEPS * WIDTH), end);
                layer(dense(Input.STEPS * WIDTH));
            }
        }
    }

    private void imageLast() {
        layer(
                Dressing.of(
                        draw,
                        new ConvolutionLayer.Builder(2, 2)
                                .nOut(WIDTH)
                                .dataFormat(CNN2DFormat.NHWC)
                                .build()));
        switch (draw.kind("subsamplingNhwc", "globalPoolingNhwc", "flatNhwc")) {
            case "subsamplingNhwc" -> {
                layer(
                        new SubsamplingLayer.Builder()
                                .kernelSize(2, 2)
                                .stride(2, 2)
                                .dataFormat(CNN2DFormat.NHWC)
                                .build());
                layer(dense(0));
            }
            case "globalPoolingNhwc" ->
                    layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
            default -> layer(dense(0));
        }
    }

    private Layer dense(int size) {
        return Dressing.of(draw, new DenseLayer.Builder().nIn(size).nOut(WIDTH).build());
    }

    /** More often the one that takes less time. */
    private Layer rnn(int size, int out) {
        return draw.oneIn(4) ? lstm(size, out) : simpleRnn(size, out);
    }

    private Layer simpleRnn(int size, int out) {
        return Dressing.of(draw, new SimpleRnn.Builder().nIn(size).nOut(out).build());
    }

    private Layer lstm(int size, int out) {
        return Dressing.of(draw, new LSTM.Builder().nIn(size).nOut(out).build());
    }

    private void layer(Layer layer) {
        String next = name + "-" + vertices++;
        graph.addLayer(next, layer, end);
        end = next;
    }

    private void vertex(GraphVertex vertex, String... inputs) {
        String next = name + "-" + vertices++;
        graph.addVertex(next, vertex, inputs);
        end = next;
    }
}
