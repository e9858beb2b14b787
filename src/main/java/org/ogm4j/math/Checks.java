package org.ogm4j.math;

/**
 * Checks of values that users give. Each returns its argument, and is written so that NaN fails.
 */
public final class Checks {

    private Checks() {}

    /**
     * Refuses what is not positive and finite.
     *
     * @param value the value to check
     * @param name what the message calls it
     * @throws IllegalArgumentException if the value is zero, negative, NaN or infinite
     */
    public static void requirePositive(double value, String name) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
        }
    }

    /**
     * Refuses what is no share of a whole.
     *
     * @param value the value to check
     * @param name what the message calls it
     * @throws IllegalArgumentException if the value is NaN, at most 0 or above 1
     */
    public static void requireShare(double value, String name) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    name + " must be above 0 and at most 1, got " + value);
        }
    }

    /**
     * Returns the value if it is at least 0 and finite.
     *
     * @param value the value to check
     * @param name what the message calls it
     * @return the value
     * @throws IllegalArgumentException if the value is negative, NaN or infinite
     */
    public static double requireNotNegative(double value, String name) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    name + " must be at least 0 and finite, got " + value);
        }
        return value;
    }
}
