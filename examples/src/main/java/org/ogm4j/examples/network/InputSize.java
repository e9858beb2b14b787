package org.ogm4j.examples.network;

import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * The size of an input [m, channels, rows, columns].
 *
 * @param channels at least 1
 * @param rows at least 1
 * @param columns at least 1
 */
public record InputSize(int channels, int rows, int columns) {

    /** Checks the numbers. */
    public InputSize {
        if (channels < 1 || rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "channels, rows and columns must be at least 1, got %d, %d and %d"
                            .formatted(channels, rows, columns));
        }
    }

    InputType type() {
        return InputType.convolutional(rows, columns, channels);
    }
}
