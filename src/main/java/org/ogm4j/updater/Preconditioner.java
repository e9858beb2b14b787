package org.ogm4j.updater;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.updater.noise.Span;

/**
 * What each of DL4J's adaptive updaters does, written as {@code step = a / divisor}: the average a
 * of gradients that it moves along, and what it divides that by.
 *
 * @param kind which updater
 * @param momentum b1 of the running mean m that the average is made of; 0 for the gradient itself
 */
record Preconditioner(Kind kind, double momentum) {

    enum Kind {
        ADAM,
        ADA_MAX,
        AMS_GRAD,
        NADAM,
        RMS_PROP,
        ADA_GRAD,
        ADA_DELTA
    }

    /** For an updater of DL4J; null for any other. */
    static Preconditioner of(IUpdater updater) {
        if (updater instanceof Adam adam) {
            return new Preconditioner(Kind.ADAM, adam.getBeta1());
        } else if (updater instanceof AdaMax adaMax) {
            return new Preconditioner(Kind.ADA_MAX, adaMax.getBeta1());
        } else if (updater instanceof AMSGrad amsGrad) {
            return new Preconditioner(Kind.AMS_GRAD, amsGrad.getBeta1());
        } else if (updater instanceof Nadam nadam) {
            return new Preconditioner(Kind.NADAM, nadam.getBeta1());
        } else if (updater instanceof RmsProp) {
            return new Preconditioner(Kind.RMS_PROP, 0);
        } else if (updater instanceof AdaGrad) {
            return new Preconditioner(Kind.ADA_GRAD, 0);
        }
        return updater instanceof AdaDelta ? new Preconditioner(Kind.ADA_DELTA, 0) : null;
    }

    /**
     * The weight of Var(m) in the variance of the average.
     *
     * @param t the step, counted from 1
     */
    double weightOfMean(double t) {
        double corrected = 1 - Math.pow(momentum, t);
        return switch (kind) {
            case ADAM, ADA_MAX, AMS_GRAD -> 1 / (corrected * corrected);
            case NADAM -> momentum * momentum / (corrected * corrected);
            default -> 0;
        };
    }

    /**
     * The weight of Var(g) beside it. Nadam moves along {@code b1 m + (1 - b1) g}, in which g is
     * also a part of m: the two overlap.
     *
     * @param t the step, counted from 1
     */
    double weightOfGradient(double t) {
        double corrected = 1 - Math.pow(momentum, t);
        return switch (kind) {
            case ADAM, ADA_MAX, AMS_GRAD -> 0;
            case NADAM ->
                    (1 - momentum) * (1 - momentum) * (1 + 2 * momentum) / (corrected * corrected);
            default -> 1;
        };
    }

    /**
     * The divisor, learning rate included, after the updater has made its step.
     *
     * @param updater the updater
     * @param state its state, component after component
     * @param part which parameters
     * @param step the step that it made of them
     * @param rate its learning rate
     * @param t the step, counted from 1
     * @param result where to write
     * @param spare as long, to be written over
     */
    void divisor(
            IUpdater updater,
            INDArray state,
            Span part,
            INDArray step,
            double rate,
            double t,
            INDArray result,
            INDArray spare) {
        int n = (int) (state.length() / updater.stateSize(1));
        int last = (int) updater.stateSize(1) - 1;
        result.assign(component(state, n, last, part));
        switch (kind) {
            case ADA_MAX -> result.divi(rate);
            case ADAM -> root(result, ((Adam) updater).getEpsilon(), rate * root2(updater, t));
            case AMS_GRAD ->
                    root(result, ((AMSGrad) updater).getEpsilon(), rate * root2(updater, t));
            case NADAM -> root(result, ((Nadam) updater).getEpsilon(), rate);
            case RMS_PROP -> root(result, ((RmsProp) updater).getEpsilon(), rate);
            case ADA_GRAD -> root(result, ((AdaGrad) updater).getEpsilon(), rate);
            default ->
                    adaDelta((AdaDelta) updater, component(state, n, 0, part), step, result, spare);
        }
    }

    private static void root(INDArray result, double epsilon, double rate) {
        Transforms.sqrt(result, false).addi(epsilon).divi(rate);
    }

    private static double root2(IUpdater updater, double t) {
        double beta2 =
                updater instanceof Adam adam ? adam.getBeta2() : ((AMSGrad) updater).getBeta2();
        return Math.sqrt(1 - Math.pow(beta2, t));
    }

    /** The running mean of squared steps has the latest step in it, which it divided without. */
    private static void adaDelta(
            AdaDelta updater, INDArray msg, INDArray step, INDArray result, INDArray spare) {
        double rho = updater.getRho();
        result.subi(step.muli(step, spare).muli(1 - rho)).divi(rho).addi(updater.getEpsilon());
        result.rdivi(spare.assign(msg).addi(updater.getEpsilon()));
        Transforms.sqrt(result, false);
    }

    private static INDArray component(INDArray state, int n, int index, Span part) {
        return new Span(index * n + part.from(), index * n + part.to(), false).view(state);
    }
}
