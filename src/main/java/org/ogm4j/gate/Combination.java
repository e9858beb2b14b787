package org.ogm4j.gate;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.tokens.InnerProduct;

/**
 * R of {@link UnimodalSignal}: the joint error signal of an edge and the modality's own, made one.
 *
 * @param signal the kind of R, and gamma; with none and a teacher R is the sum
 * @param own e_u, of as many elements as the joint signal; null where no loss of the modality's own
 *     depends on the edge, which is the same as 0
 * @param taught e_t, what a teacher says there; null without one
 */
record Combination(UnimodalSignal signal, INDArray own, INDArray taught) {

    /** As published with MMPareto. */
    private static final double PARETO_SCALE = 1.5;

    /** Below this share of its parts a min-norm point is 0 up to rounding, and has no direction. */
    private static final double STATIONARY = 1e-6;

    /**
     * The same with something done to e_u and e_t.
     *
     * @param change what becomes of them, given in the shape of the joint signal
     */
    Combination map(UnaryOperator<INDArray> change, INDArray joint) {
        return new Combination(
                signal,
                own == null ? null : change.apply(own.reshape('c', joint.shape())),
                taught == null ? null : change.apply(taught.reshape('c', joint.shape())));
    }

    /**
     * {@code R(joint, gamma e_u + e_t)}.
     *
     * @param joint k e_j or e_j, left as it is
     * @return a new array in the current workspace
     */
    INDArray of(INDArray joint) {
        if (own == null && taught == null) {
            return joint.mul(signal.kind() == UnimodalSignal.Kind.REPLACE ? 0 : 1);
        }
        INDArray b = own(joint);
        return switch (signal.kind()) {
            case NONE, SUM -> b.addi(joint);
            case REPLACE -> b;
            case PARETO -> pareto(joint, b);
            case PROJECT -> project(joint, b);
        };
    }

    /** {@code gamma e_u + e_t}, a new array like the joint signal. */
    private INDArray own(INDArray joint) {
        INDArray b = own == null ? null : like(joint, own).mul(signal.gamma());
        if (taught == null) {
            return b;
        }
        INDArray t = like(joint, taught);
        return b == null ? t.dup() : b.addi(t);
    }

    private static INDArray like(INDArray joint, INDArray error) {
        return error.castTo(joint.dataType()).reshape('c', joint.shape());
    }

    private static INDArray pareto(INDArray a, INDArray b) {
        double aa = InnerProduct.of(a, a);
        double bb = InnerProduct.of(b, b);
        double ab = InnerProduct.of(a, b);
        if (!(ab < 0)) {
            return a.add(b).muli(PARETO_SCALE);
        }
        double weight = Math.min(1, Math.max(0, (bb - ab) / (aa + bb - 2 * ab)));
        INDArray e = a.mul(2 * weight).addi(b.mul(2 * (1 - weight)));
        double length = Math.sqrt(InnerProduct.of(e, e));
        if (!(length > STATIONARY * (Math.sqrt(aa) + Math.sqrt(bb)))) {
            return e.muli(0);
        }
        double lengthOfSum = Math.sqrt(Math.max(0, aa + bb + 2 * ab));
        return e.muli(PARETO_SCALE * Math.max(1, lengthOfSum / length));
    }

    private static INDArray project(INDArray a, INDArray b) {
        double ab = InnerProduct.of(a, b);
        double along = ab < 0 ? ab / InnerProduct.of(b, b) : 0;
        return b.mul(1 - along).addi(a);
    }
}
