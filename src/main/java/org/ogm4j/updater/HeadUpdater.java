package org.ogm4j.updater;

import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.AdamVariant.Norm;
import org.ogm4j.updater.noise.Span;

/**
 * An updater of a head that remembers, for each modality and class, how strongly the last step's
 * gradient pulls: {@code || eta [dL/dW^u]_{., c} ||_2}, as it is or divided by the length of that
 * step's features. It changes nothing. From it comes the p of the Adam variant.
 *
 * <p>State: that of the updater inside, then for each modality one number per class. It is repeated
 * for each parameter of the head, as DL4J counts state by parameter.
 */
public final class HeadUpdater extends UpdaterDecorator {

    private static final long serialVersionUID = 2L;

    private final String head;

    @SuppressWarnings("serial") // List.copyOf makes one that can be serialised
    private final List<String> modalities;

    private final int classes;
    private final int parameters;
    private final Norm norm;

    /**
     * Decorates the updater of a head.
     *
     * @param wrapped the updater inside
     * @param head the head's name; part of equality, so that its parameters are in a block of their
     *     own
     * @param modalities the modalities that read from it
     * @param classes the number of its outputs
     * @param parameters how many parameters of the head have this updater, W the first of them
     * @param norm whether the gradient is divided by the length of the features
     */
    public HeadUpdater(
            @JsonProperty(value = "wrapped", required = true) IUpdater wrapped,
            @JsonProperty(value = "head", required = true) String head,
            @JsonProperty(value = "modalities", required = true) List<String> modalities,
            @JsonProperty(value = "classes", required = true) int classes,
            @JsonProperty(value = "parameters", required = true) int parameters,
            @JsonProperty(value = "norm", required = true) Norm norm) {
        super(wrapped);
        this.head = Objects.requireNonNull(head, "head");
        this.modalities = List.copyOf(modalities);
        this.classes = classes;
        this.parameters = parameters;
        this.norm = Objects.requireNonNull(norm, "norm");
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

    Norm norm() {
        return norm;
    }

    private int memory() {
        return modalities.size() * classes;
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
                this, wrapped().instantiate(view, initializeViewArray), memory);
    }

    @Override
    public HeadUpdater clone() {
        return new HeadUpdater(wrapped().clone(), head, modalities, classes, parameters, norm);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeadUpdater that
                && wrapped().equals(that.wrapped())
                && head.equals(that.head)
                && modalities.equals(that.modalities)
                && classes == that.classes
                && parameters == that.parameters
                && norm == that.norm;
    }

    @Override
    public int hashCode() {
        return Objects.hash(wrapped(), head, modalities, classes, parameters, norm);
    }

    @Override
    public String toString() {
        return "HeadUpdater(%s, head=%s, modalities=%s, norm=%s)"
                .formatted(wrapped(), head, modalities, norm);
    }
}
