package quickstart;

import java.util.Random;
import org.deeplearning4j.datasets.iterator.JointMultiDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Made-up examples of six classes. Sound says clearly which one it is, a picture less so. */
final class MadeUp {

    static final int SOUND = 24;
    static final int PICTURE = 48;

    private MadeUp() {}

    /** In batches of 32: features [m, 24] and [m, 48], labels [m, 6]. Equal seeds, equal examples. */
    static MultiDataSetIterator data(int examples, long seed) {
        Random random = new Random(seed);
        float[][] labels = new float[examples][6];
        for (float[] label : labels) {
            label[random.nextInt(6)] = 1;
        }
        return new JointMultiDataSetIterator(
                0, // labels are those of the first
                modality(labels, SOUND, 1, random),
                modality(labels, PICTURE, 0.5f, random));
    }

    /** Noise of standard deviation 1, and a signal in the columns of the true class. */
    private static ViewIterator modality(
            float[][] labels, int columns, float signal, Random random) {
        float[][] features = new float[labels.length][columns];
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < columns; j++) {
                features[i][j] = (float) random.nextGaussian() + signal * labels[i][j % 6];
            }
        }
        return new ViewIterator(new DataSet(Nd4j.create(features), Nd4j.create(labels)), 32);
    }
}
