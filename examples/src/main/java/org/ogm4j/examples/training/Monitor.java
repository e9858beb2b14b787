package org.ogm4j.examples.training;

import org.ogm4j.examples.network.Accuracy;

/** Is told how training goes on. */
public interface Monitor {

    /** An epoch of so many steps begins. */
    Epoch start(String task, int steps);

    /** An epoch has ended. */
    void validated(String task, Accuracy accuracy);

    /** Is told of each step of an epoch, and closed behind the last. */
    interface Epoch extends AutoCloseable {

        /** One step has been taken. */
        void step(TrainingStep step);

        @Override
        void close();
    }
}
