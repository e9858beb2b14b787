package org.ogm4j.examples.start;

import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Made-up data: a shape in noise, and four words that name it, or now and then another one. */
final class MadeUpShapes {

    private static final List<String> SHAPES = List.of("line", "square", "cross");

    /** What numbers in captions stand for. */
    static final List<String> WORDS = List.of("line", "square", "cross", "a", "the", "big", "dark");

    private MadeUpShapes() {}

    /** Captions [examples, 1, 4], images [examples, 1, 9, 9] and labels [examples, 3]. */
    static MultiDataSet batch(int examples, long seed) {
        Random random = new Random(seed);
        INDArray text = Nd4j.create(examples, 1, 4);
        INDArray image = Nd4j.create(examples, 1, 9, 9);
        INDArray labels = Nd4j.zeros(examples, SHAPES.size());
        for (int i = 0; i < examples; i++) {
            int shape = random.nextInt(SHAPES.size());
            labels.putScalar(i, shape, 1);
            int named = random.nextInt(10) < 7 ? shape : random.nextInt(SHAPES.size());
            for (int word = 0; word < 4; word++) {
                int filler = SHAPES.size() + random.nextInt(WORDS.size() - SHAPES.size());
                text.putScalar(i, 0, word, word == 2 ? named : filler);
            }
            draw(image, i, shape, random);
        }
        return new MultiDataSet(new INDArray[] {text, image}, new INDArray[] {labels});
    }

    private static void draw(INDArray image, int example, int shape, Random random) {
        int size = 2 + random.nextInt(2);
        for (int y = -4; y <= 4; y++) {
            for (int x = -4; x <= 4; x++) {
                int far = Math.max(Math.abs(x), Math.abs(y));
                boolean ink =
                        switch (shape) {
                            case 0 -> y == 0 && far <= size;
                            case 1 -> far == size;
                            default -> (x == 0 || y == 0) && far <= size;
                        };
                double value = (ink ? 1 : 0) + random.nextGaussian();
                image.putScalar(new int[] {example, 0, y + 4, x + 4}, value);
            }
        }
    }
}
