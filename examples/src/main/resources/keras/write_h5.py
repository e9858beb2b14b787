"""Writes two-inputs.h5: what Keras 2 saves of a small model of two inputs, written without Keras.

python3 write_h5.py two-inputs.h5        needs h5py (Debian: python3-h5py) and numpy

    audio (5)  -> audio_fc  Dense 8 relu -> audio_drop Dropout 0.5 -+
                                                                    +-> concat Concatenate axis -1 -> out Dense 3 softmax
    visual (6) -> visual_fc Dense 8 relu ---------------------------+

compiled with SGD 0.1, momentum 0.9, and categorical cross-entropy.
"""
import json
import sys

import h5py
import numpy


def layer(kind, name, inputs=(), **config):
    nodes = [[[source, 0, 0, {}] for source in inputs]] if inputs else []
    config = {"name": name, "trainable": True, "dtype": "float32", **config}
    return {"class_name": kind, "name": name, "config": config, "inbound_nodes": nodes}


def source(name, size):
    return layer("InputLayer", name, batch_input_shape=[None, size], sparse=False, ragged=False)


def dense(name, units, activation, inputs):
    return layer(
        "Dense",
        name,
        inputs,
        units=units,
        activation=activation,
        use_bias=True,
        kernel_initializer={"class_name": "GlorotUniform", "config": {"seed": None}},
        bias_initializer={"class_name": "Zeros", "config": {}},
        kernel_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
    )


LAYERS = [
    source("audio", 5),
    source("visual", 6),
    dense("audio_fc", 8, "relu", ["audio"]),
    layer("Dropout", "audio_drop", ["audio_fc"], rate=0.5, noise_shape=None, seed=None),
    dense("visual_fc", 8, "relu", ["visual"]),
    layer("Concatenate", "concat", ["audio_drop", "visual_fc"], axis=-1),
    dense("out", 3, "softmax", ["concat"]),
]
MODEL = {
    "class_name": "Functional",
    "config": {
        "name": "two_inputs",
        "trainable": True,
        "layers": LAYERS,
        "input_layers": [["audio", 0, 0], ["visual", 0, 0]],
        "output_layers": [["out", 0, 0]],
    },
}
SGD = {"name": "SGD", "learning_rate": 0.1, "decay": 0.0, "momentum": 0.9, "nesterov": False}
TRAINING = {
    "loss": "categorical_crossentropy",
    "metrics": None,
    "weighted_metrics": None,
    "loss_weights": None,
    "optimizer_config": {"class_name": "SGD", "config": SGD},
}
SIZES = {"audio_fc": (5, 8), "visual_fc": (6, 8), "out": (16, 3)}


def write(path):
    random = numpy.random.RandomState(1)
    with h5py.File(path, "w", libver="latest") as file:
        file.attrs["keras_version"] = numpy.bytes_("2.9.0")
        file.attrs["backend"] = b"tensorflow"
        file.attrs["model_config"] = json.dumps(MODEL).encode()
        file.attrs["training_config"] = json.dumps(TRAINING).encode()
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = [numpy.bytes_(entry["name"]) for entry in LAYERS]
        for entry in LAYERS:
            name = entry["name"]
            group = weights.create_group(name)
            names = [f"{name}/{part}:0" for part in ("kernel", "bias")] if name in SIZES else []
            group.attrs["weight_names"] = numpy.array([n.encode() for n in names], dtype="S32")
            if names:
                rows, columns = SIZES[name]
                limit = (6 / (rows + columns)) ** 0.5
                kernel = random.uniform(-limit, limit, (rows, columns)).astype("float32")
                group.create_dataset(names[0], data=kernel)
                group.create_dataset(names[1], data=numpy.zeros(columns, "float32"))


def answer(path):
    """What the model says to features 0.1, 0.2, ... for both inputs."""
    with h5py.File(path) as file:

        def part(name, features):
            group = file["model_weights"][name][name]
            return features @ group["kernel:0"][:].astype(float) + group["bias:0"][:]

        audio = numpy.maximum(part("audio_fc", numpy.arange(1, 6) / 10), 0)
        visual = numpy.maximum(part("visual_fc", numpy.arange(1, 7) / 10), 0)
        logits = part("out", numpy.concatenate([audio, visual]))
        return numpy.exp(logits) / numpy.exp(logits).sum()


write(sys.argv[1])
print(answer(sys.argv[1]))
