package org.ogm4j.updater.noise;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.ogm4j.host.Numbers;

/**
 * Part of a block of parameters.
 *
 * @param from the first one, counted from the start of the block
 * @param to one after the last
 * @param kernel whether it is, or lies in, a weight of four dimensions
 */
public record Span(int from, int to, boolean kernel) {

    /** So short that some arrays of it fit into a core's cache. */
    private static final int CHUNK = 1 << 12;

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

    /** The same part of an array of the block, into the start of another. */
    public void read(INDArray array, double[] numbers) {
        Numbers.read(array, from, numbers, length());
    }

    /** Back again. */
    public void write(INDArray array, double[] numbers) {
        Numbers.write(array, from, numbers, length());
    }

    public int length() {
        return to - from;
    }
}
