package org.ogm4j.study.network.layer;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ConvolutionUtils;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.convolution.Convolution;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A {@link LeanConvolution} of a running network. */
@SuppressWarnings("overrides") // a varargs method inherited as one with an array
final class LeanConvolutionLayer extends ConvolutionLayer {

    private static final long serialVersionUID = 1L;

    /** How many numbers of columns are made at a time: a megabyte of float32. */
    private static final long COLUMNS = 1 << 18;

    private transient INDArray error;

    LeanConvolutionLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(
            INDArray epsilon, LayerWorkspaceMgr workspaces) {
        error = epsilon.castTo(dataType);
        try {
            return ((LeanConvolution) layerConf()).inputGradient()
                    ? super.backpropGradient(epsilon, workspaces)
                    : ofParameters(workspaces);
        } finally {
            error = null;
        }
    }

    /**
     * Where the backward pass takes the derivative of the activation. The identity's depends on the
     * shape alone, so anything of that shape does.
     */
    @Override
    protected Pair<INDArray, INDArray> preOutput4d(
            boolean training, boolean forBackprop, LayerWorkspaceMgr workspaces) {
        return layerConf().getActivationFn() instanceof ActivationIdentity
                ? new Pair<>(error, preOutput == null ? null : i2d)
                : super.preOutput4d(training, forBackprop, workspaces);
    }

    private Pair<Gradient, INDArray> ofParameters(LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray z = channelsFirst(preOutput4d(true, true, workspaces).getFirst());
        INDArray delta =
                inOrder(layerConf().getActivationFn().backprop(z, channelsFirst(error)).getFirst());
        Gradient gradient = new DefaultGradient();
        if (hasBias()) {
            INDArray bias = gradientViews.get(ConvolutionParamInitializer.BIAS_KEY);
            bias.assign(delta.sum(0, 2, 3));
            gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, bias);
        }
        INDArray weights = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
        addUp(inOrder(channelsFirst(input.castTo(dataType))), delta, weights, workspaces);
        gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weights, 'c');
        weightNoiseParams.clear();
        if (layerConf().getIDropout() != null) {
            layerConf().getIDropout().clear();
        }
        return new Pair<>(gradient, null);
    }

    /** [m, c, h, w]. */
    private INDArray channelsFirst(INDArray array) {
        return layerConf().getCnn2dDataFormat() == CNN2DFormat.NCHW
                ? array
                : array.permute(0, 3, 1, 2);
    }

    /** The same, or a copy, without gaps in memory. */
    private static INDArray inOrder(INDArray array) {
        return Shape.hasDefaultStridesForShape(array) ? array : array.dup('c');
    }

    /**
     * Sums {@code delta columns^T} over examples.
     *
     * @param x [m, c, h, w]
     * @param delta [m, o, h', w']
     * @param gradient takes the sum, [o, c, kh, kw]
     */
    private void addUp(
            INDArray x, INDArray delta, INDArray gradient, LayerWorkspaceMgr workspaces) {
        long out = gradient.size(0);
        long kernel = gradient.length() / out;
        long places = delta.size(2) * delta.size(3);
        long examples = Math.max(1, Math.min(x.size(0), COLUMNS / (kernel * places)));
        INDArray columns =
                scratch(
                        workspaces,
                        examples,
                        gradient.size(1),
                        gradient.size(2),
                        gradient.size(3),
                        delta.size(2),
                        delta.size(3));
        INDArray products = scratch(workspaces, examples, out, kernel);
        gradient.assign(0);
        for (long from = 0; from < x.size(0); from += examples) {
            long count = Math.min(examples, x.size(0) - from);
            INDArray these = part(columns, 0, count);
            INDArray product = part(products, 0, count);
            fill(these, part(x, from, count), delta);
            Nd4j.exec(
                    new Mmul(
                            part(delta, from, count).reshape('c', count, out, places),
                            these.reshape('c', count, kernel, places),
                            product,
                            MMulTranspose.builder().transposeB(true).build()));
            gradient.addi(product.sum(0).reshape(gradient.shape()));
        }
    }

    private INDArray scratch(LayerWorkspaceMgr workspaces, long... shape) {
        return workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, shape, 'c');
    }

    private static INDArray part(INDArray array, long from, long count) {
        return count == array.size(0)
                ? array
                : array.get(NDArrayIndex.interval(from, from + count));
    }

    private void fill(INDArray columns, INDArray x, INDArray delta) {
        int[] kernel = layerConf().getKernelSize();
        int[] stride = layerConf().getStride();
        int[] dilation = layerConf().getDilation();
        boolean same = convolutionMode == ConvolutionMode.Same;
        int[] padding =
                same
                        ? ConvolutionUtils.getSameModeTopLeftPadding(
                                sides(delta), sides(x), kernel, stride, dilation)
                        : layerConf().getPadding();
        Convolution.im2col(
                x,
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                padding[0],
                padding[1],
                dilation[0],
                dilation[1],
                same,
                columns);
    }

    private static int[] sides(INDArray maps) {
        return new int[] {Math.toIntExact(maps.size(2)), Math.toIntExact(maps.size(3))};
    }
}
