package org.ogm4j.examples.spark;

import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.AdaptiveThresholdAlgorithm;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.repartitioner.NoOpRepartitioner;
import org.deeplearning4j.spark.parameterserver.training.SharedTrainingMaster;
import org.nd4j.parameterserver.distributed.conf.VoidConfiguration;
import org.nd4j.parameterserver.distributed.v2.enums.MeshBuildMode;
import org.nd4j.parameterserver.distributed.v2.transport.PortSupplier;
import org.nd4j.parameterserver.distributed.v2.transport.impl.EnvironmentVarPortSupplier;
import org.nd4j.parameterserver.distributed.v2.transport.impl.StaticPortSupplier;
import org.ogm4j.spark.DriverCounters;

/** How the workers come to one network. All of it is DL4J's. */
enum Distribution {
    /**
     * Every worker trains on its own for some steps, then parameters and updater state are
     * averaged.
     */
    AVERAGING {
        @Override
        TrainingMaster<?, ?> master(DriverCounters counters, Settings settings) {
            return new ParameterAveragingTrainingMaster.Builder(
                            settings.workers(), settings.batch())
                    .batchSizePerWorker(settings.batch())
                    .averagingFrequency(settings.averageEvery())
                    .saveUpdater(true)
                    .rngSeed(settings.seed())
                    .rddTrainingApproach(RDDTrainingApproach.Direct)
                    // the data is in as many partitions as there are workers: no shuffle
                    .repartionData(Repartition.NumPartitionsWorkersDiffers)
                    .trainingHooks(counters)
                    .build();
        }
    },

    /** Every worker sends its steps, compressed by a threshold, to all others as it goes. */
    SHARING {
        @Override
        TrainingMaster<?, ?> master(DriverCounters counters, Settings settings) {
            VoidConfiguration network =
                    VoidConfiguration.builder()
                            .portSupplier(port())
                            .controllerAddress("127.0.0.1")
                            .meshBuildMode(MeshBuildMode.PLAIN)
                            .build();
            return new SharedTrainingMaster.Builder(
                            network, settings.workers(), null, settings.batch())
                    .thresholdAlgorithm(new AdaptiveThresholdAlgorithm(1e-3))
                    .batchSizePerWorker(settings.batch())
                    .workersPerNode(settings.workersPerNode())
                    .rngSeed(settings.seed())
                    .rddTrainingApproach(RDDTrainingApproach.Direct)
                    .repartitioner(new NoOpRepartitioner())
                    .build();
        }
    };

    /** The environment variable with the UDP port of a process. */
    static final String PORT_VARIABLE = "OGM4J_UDP_PORT";

    private static final int DEFAULT_PORT = 40500;

    /** Asked again in every process: each needs a port of its own if they share a machine. */
    private static PortSupplier port() {
        return System.getenv(PORT_VARIABLE) == null
                ? new StaticPortSupplier(DEFAULT_PORT)
                : new EnvironmentVarPortSupplier(PORT_VARIABLE);
    }

    abstract TrainingMaster<?, ?> master(DriverCounters counters, Settings settings);

    /**
     * What both need to know.
     *
     * @param workers how many workers
     * @param workersPerNode how many of them are threads of one process
     * @param batch examples per worker and step
     * @param averageEvery steps between two averagings
     * @param seed of the order of the data
     */
    record Settings(int workers, int workersPerNode, int batch, int averageEvery, long seed) {}
}
