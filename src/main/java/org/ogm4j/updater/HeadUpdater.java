package org.ogm4j.updater;

import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.updater.noise.Span;

/**
 * An updater of a head that remembers, for each modality and class, the size of the last step's
 * gradient: {@code || eta [dL/dW^u]_{., c} ||_2}. It changes nothing. From it comes the p of the
 * Adam variant.
 *
 * <p>State: that of the updater inside, then for each modality one number per class, and two that
 * say what p has taken from the first moments so far. It is repeated for each parameter of the
 * head, as DL4J counts state by parameter.
 */
public final class HeadUpdater extends UpdaterDecorator {

    private static final long serialVersionUID = 1L;

    /** Beside one number per class. */
    private static final int EXTRA = 2;

    private final String head;

    @SuppressWarnings("serial") // List.copyOf makes one that can be serialised
    private final List<String> modalities;

    private final int classes;
    private final int parameters;

    /**
     * Decorates the updater of a head.
     *
     * @param wrapped the updater inside
     * @param head the head's name; part of equality, so that its parameters are in a block of their
     *     own
     * @param modalities the modalities that read from it
     * @param classes the number of its outputs
     * @param parameters how many parameters of the head have this updater, W the first of them
     */
    public HeadUpdater(
            @JsonProperty(value = "wrapped", required = true) IUpdater wrapped,
            @JsonProperty(value = "head", required = true) String head,
            @JsonProperty(value = "modalities", required = true) List<String> modalities,
            @JsonProperty(value = "classes", required = true) int classes,
            @JsonProperty(value = "parameters", required = true) int parameters) {
        super(wrapped);
        this.head = Objects.requireNonNull(head, "head");
        this.modalities = List.copyOf(modalities);
        this.classes = classes;
        this.parameters = parameters;
    }

    String head() {
        return head;
    }

    List<String> modalities() {
        return modalities;
    }

    int classes() {
        return classes;
    }

    private int memory() {
        return modalities.size() * (classes + EXTRA);
    }

    @Override
    public long stateSize(long numParams) {
        return wrapped().stateSize(numParams) + memory();
    }

    @Override
    public HeadGradientUpdater instantiate(INDArray viewArray, boolean initializeViewArray) {
        INDArray flat = viewArray.reshape(viewArray.length());
        int all = (int) flat.length();
        int inside = all - parameters * memory();
        INDArray memory = new Span(inside, all, false).view(flat);
        if (initializeViewArray) {
            memory.assign(0);
        }
        INDArray view = inside == 0 ? null : new Span(0, inside, false).view(flat);
        return new HeadGradientUpdater(
                this, wrapped().instantiate(view, initializeViewArray), memory, classes + EXTRA);
    }

    @Override
    public HeadUpdater clone() {
        return new HeadUpdater(wrapped().clone(), head, modalities, classes, parameters);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeadUpdater that
                && wrapped().equals(that.wrapped())
                && head.equals(that.head)
                && modalities.equals(that.modalities)
                && classes == that.classes
                && parameters == that.parameters;
    }

    @Override
    public int hashCode() {
        return Objects.hash(wrapped(), head, modalities, classes, parameters);
    }

    @Override
    public String toString() {
        return "HeadUpdater(%s, head=%s, modalities=%s)".formatted(wrapped(), head, modalities);
    }
}
