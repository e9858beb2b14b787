package org.ogm4j.study.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Split;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Memory;
import org.ogm4j.study.data.Modality;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Partition;
import org.ogm4j.study.data.Target;
import org.ogm4j.study.data.Values;
import org.ogm4j.study.split.PartsData;

/** Which examples are for what, and the batches of a study that come of it. */
class SplitDescriptionTest {

    private static final SplitDescription NONE = SplitDescription.AUTOMATIC;

    @Test
    void threeFoldsAreTheTestOnceEachAndTheNextOneIsValidation() {
        MultimodalData data = data(30, "2", "10", "1");
        Divisions divisions = NONE.of(data);

        assertEquals(3, divisions.folds());
        Set<Integer> tested = new HashSet<>();
        for (int fold = 0; fold < 3; fold++) {
            Partition parts = divisions.checked(7, fold);
            tested.addAll(parts.test());
            assertEquals(parts.validation(), divisions.checked(7, (fold + 1) % 3).test());
            assertEquals(10, parts.training().size());
        }
        assertEquals(30, tested.size());
        assertEquals("1", data.examples().get(divisions.checked(7, 0).test().get(0)).fold());
        assertEquals("10", data.examples().get(divisions.checked(7, 2).test().get(0)).fold());
    }

    @Test
    void foldsThatSayTrainAndTestAreWhatTheyAreCalled() {
        MultimodalData two = data(40, "text_train0", "text_test0");
        Partition parts = NONE.of(two).checked(1, 0);
        assertEquals(20, parts.test().size());
        assertEquals(2, parts.validation().size());
        parts.test().forEach(i -> assertEquals("text_test0", two.examples().get(i).fold()));
        assertNotEquals(parts, NONE.of(two).checked(2, 0));

        MultimodalData three = data(30, "train", "valid", "test");
        Partition named = NONE.of(three).checked(1, 0);
        assertEquals(1, NONE.of(three).folds());
        named.validation().forEach(i -> assertEquals("valid", three.examples().get(i).fold()));
    }

    @Test
    void withoutFoldsAndWhereSharesAreGivenItIsTheSeed() {
        Partition parts = NONE.of(data(100)).checked(1, 0);
        assertEquals(List.of(72, 8, 20), sizes(parts));

        SplitDescription shares = new SplitDescription(null, null, 0.5, 0.4);
        assertEquals(List.of(30, 20, 50), sizes(shares.of(data(100, "a", "b")).checked(1, 0)));
    }

    private static List<Integer> sizes(Partition parts) {
        return List.of(parts.training().size(), parts.validation().size(), parts.test().size());
    }

    @Test
    void whatCannotBeDividedIsTold() {
        assertTrue(told(NONE, data(20, "a", "b")).contains("there must be three or more"));
        assertTrue(told(NONE, data(4)).contains("validation and test one, got"));
        SplitDescription unknown = new SplitDescription(List.of("tset"), null, null, null);
        assertTrue(told(unknown, data(20, "test", "x")).contains("did you mean \"test\"?"));
        assertTrue(told(unknown, data(20)).contains("the data have no folds"));
        assertThrows(
                IllegalArgumentException.class, () -> new SplitDescription(null, null, 1.0, null));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SplitDescription(null, List.of("a"), null, null));
    }

    private static String told(SplitDescription split, MultimodalData data) {
        return assertThrows(StudyException.class, () -> split.of(data).checked(1, 0)).getMessage();
    }

    /** Every epoch has every training example once, in an order of its own that comes again. */
    @Test
    void epochsAreOrdersOfTheTrainingPart() {
        PartsData data = NONE.of(data(30, "1", "2", "3")).inBatches(4);
        Split split = data.split(5, 0);

        List<Double> first = read(split.training(0));
        List<Double> second = read(split.training(1));
        assertNotEquals(first, second);
        assertEquals(second, read(data.split(5, 0).training(1)));
        assertNotEquals(first, read(data.split(6, 0).training(0)));
        assertEquals(new HashSet<>(first), new HashSet<>(read(split.trainingOnce(0))));
        assertEquals(10, first.size());
        assertEquals(10, read(split.test()).size());
        Set<Double> apart = new HashSet<>(first);
        apart.addAll(read(split.validation()));
        apart.addAll(read(split.test()));
        assertEquals(30, apart.size(), "no example is in two parts");
        Set<Double> some = new HashSet<>(read(split.every(2).trainingOnce(0)));
        some.addAll(read(split.without(2).trainingOnce(0)));
        assertEquals(new HashSet<>(first), some);
    }

    @Test
    void theDigestIsThatOfNumbersPartsAndBatches() {
        MultimodalData data = data(30, "1", "2", "3");
        PartsData plain = NONE.of(data).inBatches(4);
        String digest = plain.digest(1, 0);

        assertEquals(digest, NONE.of(data(30, "1", "2", "3")).inBatches(4).digest(1, 0));
        assertNotEquals(digest, plain.digest(2, 0));
        assertNotEquals(digest, plain.digest(1, 1));
        assertNotEquals(digest, NONE.of(data).inBatches(5).digest(1, 0));
        MultimodalData standardized = data(30, Modality.standardized(), "1", "2", "3");
        assertNotEquals(digest, NONE.of(standardized).inBatches(4).digest(1, 0));
    }

    private static List<Double> read(MultiDataSetIterator batches) {
        List<Double> numbers = new ArrayList<>();
        while (batches.hasNext()) {
            MultiDataSet batch = batches.next();
            for (int row = 0; row < batch.getFeatures(0).size(0); row++) {
                numbers.add(batch.getFeatures(0).getDouble(row, 0));
            }
        }
        return numbers;
    }

    private static MultimodalData data(int count, String... folds) {
        return data(count, Fit.NONE, folds);
    }

    private static MultimodalData data(int count, Fit fit, String... folds) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String fold = folds.length == 0 ? null : folds[i % folds.length];
            examples.add(new Example("e" + i, List.of((double) (i / 6 % 2)), fold, null));
        }
        List<Modality> modalities = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            modalities.add(
                    Modality.load(
                            name,
                            count,
                            i -> new Values(new float[] {i, 1}, 2),
                            fit,
                            Memory.quarterOfHeap()));
        }
        return new MultimodalData(
                new Target(Target.Kind.CLASS, List.of("no", "yes")), examples, modalities);
    }
}
