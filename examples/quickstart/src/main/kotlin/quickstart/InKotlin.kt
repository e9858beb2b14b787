@file:JvmName("InKotlin")

package quickstart

import org.deeplearning4j.nn.conf.NeuralNetConfiguration
import org.deeplearning4j.nn.conf.graph.MergeVertex
import org.deeplearning4j.nn.conf.inputs.InputType
import org.deeplearning4j.nn.conf.layers.DenseLayer
import org.deeplearning4j.nn.conf.layers.OutputLayer
import org.deeplearning4j.nn.graph.ComputationGraph
import org.nd4j.linalg.activations.Activation
import org.nd4j.linalg.learning.config.Nesterovs
import org.ogm4j.ModulatedOptimizer

/** The same as InJava. */
fun main() {
    val ogm = ModulatedOptimizer.builder().alpha(0.8).epochs(0, 9).build()
    val net = ComputationGraph(ogm.modulate(network()))
    net.init()

    println("before\n" + ModulatedOptimizer.evaluate(net, MadeUp.data(1000, 2)))
    net.fit(MadeUp.data(640, 1), 20) // the modulation ends after ten epochs
    println("after\n" + ModulatedOptimizer.evaluate(net, MadeUp.data(1000, 2)))
}

private fun network() =
    NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(Nesterovs(0.01, 0.9))
        .activation(Activation.RELU)
        .graphBuilder()
        .addInputs("sound", "picture")
        .addLayer("sound_fc", DenseLayer.Builder().nOut(32).build(), "sound")
        .addLayer("picture_fc", DenseLayer.Builder().nOut(32).build(), "picture")
        .addVertex("fusion", MergeVertex(), "sound_fc", "picture_fc")
        .addLayer("head", OutputLayer.Builder().nOut(6).activation(Activation.SOFTMAX).build(), "fusion")
        .setOutputs("head")
        .setInputTypes(InputType.feedForward(MadeUp.SOUND.toLong()), InputType.feedForward(MadeUp.PICTURE.toLong()))
        .build()
