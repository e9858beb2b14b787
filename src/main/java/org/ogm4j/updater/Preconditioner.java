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
import org.ogm4j.host.Numbers;
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
            double[] step,
            double rate,
            double t,
            double[] result,
            double[] spare) {
        int last = (int) updater.stateSize(1) - 1;
        read(state, updater, last, part, result);
        switch (kind) {
            case ADA_MAX -> divide(result, part.length(), rate);
            case ADAM ->
                    root(result, part, ((Adam) updater).getEpsilon(), rate * root2(updater, t));
            case AMS_GRAD ->
                    root(result, part, ((AMSGrad) updater).getEpsilon(), rate * root2(updater, t));
            case NADAM -> root(result, part, ((Nadam) updater).getEpsilon(), rate);
            case RMS_PROP -> root(result, part, ((RmsProp) updater).getEpsilon(), rate);
            case ADA_GRAD -> root(result, part, ((AdaGrad) updater).getEpsilon(), rate);
            default -> {
                read(state, updater, 0, part, spare);
                adaDelta((AdaDelta) updater, spare, step, result, part.length());
            }
        }
    }

    private static void divide(double[] result, int length, double rate) {
        for (int i = 0; i < length; i++) {
            result[i] /= rate;
        }
    }

    private static void root(double[] result, Span part, double epsilon, double rate) {
        for (int i = 0; i < part.length(); i++) {
            result[i] = (Math.sqrt(result[i]) + epsilon) / rate;
        }
    }

    private static double root2(IUpdater updater, double t) {
        double beta2 =
                updater instanceof Adam adam ? adam.getBeta2() : ((AMSGrad) updater).getBeta2();
        return Math.sqrt(1 - Math.pow(beta2, t));
    }

    /** The running mean of squared steps has the latest step in it, which it divided without. */
    private static void adaDelta(
            AdaDelta updater, double[] msg, double[] step, double[] result, int length) {
        double rho = updater.getRho();
        double epsilon = updater.getEpsilon();
        for (int i = 0; i < length; i++) {
            double before = (result[i] - (1 - rho) * step[i] * step[i]) / rho;
            result[i] = Math.sqrt((msg[i] + epsilon) / (before + epsilon));
        }
    }

    private static void read(
            INDArray state, IUpdater updater, int component, Span part, double[] numbers) {
        long n = state.length() / updater.stateSize(1);
        Numbers.read(state, component * n + part.from(), numbers, part.length());
    }
}
