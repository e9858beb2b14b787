package org.ogm4j.study.network;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.study.network.layer.ConvBlocks;
import org.ogm4j.study.network.layer.ConvBlocks.Kernel;
import org.ogm4j.study.network.layer.Grid;

/**
 * ResNet-18 encoders, without their classifier: a 7 x 7 convolution and max pooling, then four
 * stages of two basic blocks with 64, 128, 256 and 512 channels, then the mean over all places.
 *
 * <p>A basic block is {@code relu(x + norm(conv(relu(norm(conv(x))))))}, both convolutions 3 x 3;
 * where the shape changes, x passes through a 1 x 1 convolution with batch norm.
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">He, Zhang, Ren, Sun: Deep Residual Learning for
 *     Image Recognition, CVPR 2016, table 1</a>
 */
public final class ResNet18 {

    private static final int[] STAGE_CHANNELS = {64, 128, 256, 512};

    /** Channels of the last map. */
    static final int WIDTH = STAGE_CHANNELS[STAGE_CHANNELS.length - 1];

    private static final InputType AUDIO = InputType.convolutional(257, 188, 1);
    private static final InputType VISUAL = InputType.convolutional(224, 224, 3);

    private ResNet18() {}

    /**
     * An audio-visual pair at the size used in publications: spectrograms [m, 1, 257, 188] and
     * colour images [m, 3, 224, 224], one encoder each, concatenated into a softmax layer; SGD with
     * momentum 0.9 and learning rate 1e-3, L2 1e-4.
     *
     * @param classes how many, at least 2
     * @param seed of the initial weights
     */
    public static ComputationGraphConfiguration pair(int classes, long seed) {
        GraphBuilder graph =
                new NeuralNetConfiguration.Builder()
                        .seed(seed)
                        .updater(new Nesterovs(1e-3, 0.9))
                        .l2(1e-4)
                        .weightInit(WeightInit.RELU)
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .setInputTypes(AUDIO, VISUAL);
        List<Branch> both =
                List.of(
                        new Branch("audio", AUDIO, false, new EncoderSize(EncoderKind.RESNET18)),
                        new Branch("visual", VISUAL, false, new EncoderSize(EncoderKind.RESNET18)));
        both.forEach(branch -> Encoders.build(graph, branch, EncoderEnd.FEATURES, 0));
        FeatureFusion.concat(graph, both, Answer.classes(classes));
        return graph.build();
    }

    /**
     * Adds an encoder to a graph, without the mean over places.
     *
     * @param input the vertex it reads, [m, c, h, w]
     * @return the vertex that puts out the last map, [m, 512, h/32, w/32]
     */
    static String map(GraphBuilder graph, String input) {
        String end =
                ConvBlocks.convNorm(
                        graph, input + "-stem", input, new Kernel(64, 7, 2), Activation.RELU);
        graph.addLayer(
                input + "-pool",
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(3, 3)
                        .stride(2, 2)
                        .convolutionMode(ConvolutionMode.Same)
                        .build(),
                end);
        end = input + "-pool";
        int channels = 64;
        for (int stage = 0; stage < STAGE_CHANNELS.length; stage++) {
            for (int block = 0; block < 2; block++) {
                String name = "%s-%d%s".formatted(input, stage + 1, block == 0 ? "a" : "b");
                int stride = stage > 0 && block == 0 ? 2 : 1;
                end = basicBlock(graph, name, end, channels, STAGE_CHANNELS[stage], stride);
                channels = STAGE_CHANNELS[stage];
            }
        }
        return end;
    }

    /** The places of the last map: stem, pooling and three of the stages step two at a time. */
    static Grid map(Grid input) {
        return input.strided(2).strided(2).strided(2).strided(2).strided(2);
    }

    private static String basicBlock(
            GraphBuilder graph, String name, String from, int in, int out, int stride) {
        String first =
                ConvBlocks.convNorm(
                        graph, name + "1", from, new Kernel(out, 3, stride), Activation.RELU);
        String second =
                ConvBlocks.convNorm(
                        graph, name + "2", first, new Kernel(out, 3, 1), Activation.IDENTITY);
        String shortcut =
                in == out && stride == 1
                        ? from
                        : ConvBlocks.convNorm(
                                graph,
                                name + "s",
                                from,
                                new Kernel(out, 1, stride),
                                Activation.IDENTITY);
        graph.addVertex(
                name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), shortcut, second);
        graph.addLayer(name + "-relu", new ActivationLayer(Activation.RELU), name + "-sum");
        return name + "-relu";
    }
}
