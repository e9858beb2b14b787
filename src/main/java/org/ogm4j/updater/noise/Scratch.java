package org.ogm4j.updater.noise;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A temporary array that is made once and lives outside of DL4J's workspaces. */
public final class Scratch {

    private INDArray array;

    /**
     * Lends the array.
     *
     * @return [length], with whatever it held before
     */
    @SuppressWarnings("try") // the scope is opened for its effect
    public INDArray lend(DataType type, int length) {
        if (array == null || array.length() < length || array.dataType() != type) {
            try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                array = Nd4j.createUninitialized(type, length);
            }
        }
        return array.length() == length ? array : array.get(NDArrayIndex.interval(0, length));
    }
}
