package org.ogm4j.study.data.kind;

import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Modality;

/** Which numbers share a mean and a deviation, both measured on the training part. */
public enum Standardize {
    /** Numbers stay as they are. */
    @JsonProperty("none")
    NONE,
    /** All numbers of the modality. */
    @JsonProperty("all")
    ALL,
    /** Those of one feature: a column, a channel, a frequency. */
    @JsonProperty("feature")
    FEATURE,
    /** Red, green and blue of images, with the mean and deviation of ImageNet's. */
    @JsonProperty("imagenet")
    IMAGENET;

    /**
     * What is measured; nothing of ImageNet, whose numbers are known. As {@link Modality#load}
     * wants it, with the axis of features.
     */
    public Fit fit(int axis) {
        return switch (this) {
            case NONE, IMAGENET -> Fit.NONE;
            case ALL -> Modality.standardized();
            case FEATURE -> Modality.standardizedAlong(axis);
        };
    }
}
