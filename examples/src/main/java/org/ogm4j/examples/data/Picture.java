package org.ogm4j.examples.data;

/** A written digit. */
public final class Picture {

    /** Rows and columns. */
    public static final int SIZE = 28;

    private final int digit;
    private final float[] pixels;

    /**
     * @param digit what is written, 0 to 9
     * @param pixels row by row, from 0 (background) to 1 (ink)
     */
    public Picture(int digit, float[] pixels) {
        this.digit = digit;
        this.pixels = pixels;
    }

    /** What is written, 0 to 9. */
    public int digit() {
        return digit;
    }

    /** Row by row, from 0 (background) to 1 (ink); not a copy. */
    public float[] pixels() {
        return pixels;
    }
}
