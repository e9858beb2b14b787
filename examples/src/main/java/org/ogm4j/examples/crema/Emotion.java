package org.ogm4j.examples.crema;

/**
 * What the actors of CREMA-D play. The order is that of the classes 0 to 5 in the published code.
 *
 * @see <a href="https://github.com/GeWu-Lab/OGM-GE_CVPR2022">CramedDataset.py of the code published
 *     with OGM-GE</a>
 */
public enum Emotion {
    NEU(0),
    HAP(1),
    SAD(2),
    FEA(3),
    DIS(4),
    ANG(5);

    /** How many classes there are. */
    public static final int CLASSES = values().length;

    private final int label;

    Emotion(int label) {
        this.label = label;
    }

    /** The class, 0 to 5. */
    public int label() {
        return label;
    }

    /** Whether there is an emotion of this name. */
    static boolean isName(String name) {
        for (Emotion emotion : values()) {
            if (emotion.name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
