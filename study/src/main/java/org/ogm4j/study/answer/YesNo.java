package org.ogm4j.study.answer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Answers of yes or no: yes is what is above a half. All columns are counted together. */
public final class YesNo implements Tally {

    private final Confusion both = new Confusion();

    @Override
    public void add(INDArray truth, INDArray answer) {
        double[] own = truth.dup('c').data().asDouble();
        double[] said = answer.dup('c').data().asDouble();
        for (int i = 0; i < own.length; i++) {
            both.add(own[i] > 0.5 ? 1 : 0, said[i] > 0.5 ? 1 : 0);
        }
    }

    @Override
    public double first() {
        return both.first();
    }

    @Override
    public double second() {
        return both.second();
    }
}
