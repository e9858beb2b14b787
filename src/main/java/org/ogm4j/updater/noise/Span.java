package org.ogm4j.updater.noise;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Part of a block of parameters.
 *
 * @param from the first one, counted from the start of the block
 * @param to one after the last
 * @param kernel whether it is, or lies in, a weight of four dimensions
 */
public record Span(int from, int to, boolean kernel) {

    /**
     * So long that the cost of an operation is that of its numbers, and short enough for a cache.
     */
    private static final int CHUNK = 1 << 16;

    /** The parameters of a block, one by one. */
    public static List<Span> of(UpdaterBlock block) {
        List<Span> tensors = new ArrayList<>();
        for (UpdaterBlock.ParamState param : block.getLayersAndVariablesInBlock()) {
            INDArray array = param.getLayer().paramTable(false).get(param.getParamName());
            tensors.add(
                    new Span(
                            param.getParamOffsetStart() - block.getParamOffsetStart(),
                            param.getParamOffsetEnd() - block.getParamOffsetStart(),
                            array.rank() == 4));
        }
        return tensors;
    }

    /** Cuts into pieces of which temporary arrays are small. */
    public List<Span> chunks() {
        List<Span> chunks = new ArrayList<>();
        for (int start = from; start < to; start += CHUNK) {
            chunks.add(new Span(start, Math.min(to, start + CHUNK), kernel));
        }
        return chunks;
    }

    public INDArray view(INDArray array) {
        return array.get(NDArrayIndex.interval(from, to));
    }

    public int length() {
        return to - from;
    }
}
