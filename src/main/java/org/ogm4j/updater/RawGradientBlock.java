package org.ogm4j.updater;

import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.regularization.Regularization.ApplyStep;

/** A block of parameters whose updater gets the gradient once before L1 and L2 are added to it. */
final class RawGradientBlock extends UpdaterBlock {

    private final RawGradientReader reader;

    /** The same block, with its updater and views. */
    RawGradientBlock(UpdaterBlock block, RawGradientReader reader) {
        super(
                block.getParamOffsetStart(),
                block.getParamOffsetEnd(),
                block.getUpdaterViewOffsetStart(),
                block.getUpdaterViewOffsetEnd(),
                block.getLayersAndVariablesInBlock());
        this.reader = reader;
        setUpdaterView(block.getUpdaterView());
        setGradientView(block.getGradientView());
        setGradientUpdater(block.getGradientUpdater());
    }

    @Override
    protected void applyRegularizationAllVariables(
            ApplyStep applyStep,
            int iteration,
            int epoch,
            boolean externalGradient,
            INDArray fullNetworkGradientView,
            INDArray fullNetworkParamsArray) {
        if (applyStep == ApplyStep.BEFORE_UPDATER) {
            INDArray flat = fullNetworkGradientView.reshape(fullNetworkGradientView.length());
            INDArray gradient =
                    externalGradient
                            ? flat.get(
                                    NDArrayIndex.interval(
                                            getParamOffsetStart(), getParamOffsetEnd()))
                            : flat;
            reader.readRaw(gradient, iteration, epoch);
        }
        super.applyRegularizationAllVariables(
                applyStep,
                iteration,
                epoch,
                externalGradient,
                fullNetworkGradientView,
                fullNetworkParamsArray);
    }
}
