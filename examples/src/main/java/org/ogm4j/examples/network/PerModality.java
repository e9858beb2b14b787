package org.ogm4j.examples.network;

/**
 * One number for each modality; NaN where the network does not read it.
 *
 * @param audio of the sound
 * @param visual of the image
 */
public record PerModality(double audio, double visual) {

    /** That of one modality. */
    public double of(Modality modality) {
        return modality == Modality.AUDIO ? audio : visual;
    }
}
