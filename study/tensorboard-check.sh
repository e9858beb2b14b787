#!/bin/sh
# Reads a study's TensorBoard files with readers that are not of this project, and compares them with
# the files of its runs.
#
#   study/tensorboard-check.sh OUT
#
# OUT is the folder of a study made with "tensorBoard": true. The npm package tfrecord takes the
# records apart and checks their CRC-32C; protobufjs reads the events, by the numbers of the fields in
# TensorFlow's event.proto and summary.proto. Fails if a checksum is wrong, a file does not begin with
# the version, or a number of a curve in OUT/runs is missing or another in the events. Passes with a
# message where Node.js or a package is missing: npm install tfrecord@0.2.0 protobufjs@8 in any folder,
# and name its node_modules in NODE_PATH.
set -eu

if [ $# -ne 1 ] || [ ! -d "$1/tensorboard" ]; then
    echo "usage: $0 OUT, with OUT/tensorboard" >&2
    exit 2
fi
if ! command -v node >/dev/null; then
    echo "skipped: no node found; install Node.js" >&2
    exit 0
fi
if ! node -e 'require("tfrecord"); require("protobufjs")' 2>/dev/null; then
    echo "skipped: no tfrecord and protobufjs found; npm install them, and set NODE_PATH" >&2
    exit 0
fi
exec node - "$1" <<'SCRIPT'
const fs = require("fs"), path = require("path"), assert = require("assert");
const { RecordReader } = require("tfrecord/lib/record_reader");
const { Event } = require("protobufjs").parse(`syntax = "proto3";
    message Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
    message Summary { message Value { string tag = 1; float simple_value = 2; } repeated Value value = 1; }`,
    { keepCase: true }).root.nested;

async function events(file) {
    const reader = await RecordReader.create(file), all = [];
    try {
        for (let data; (data = await reader.readRecord());) all.push(Event.decode(Buffer.from(data)));
    } catch (error) {
        throw new Error(`${file}: ${error.message}, in record ${all.length + 1}`);
    }
    return all;
}

async function check(out, key) {
    const folder = path.join(out, "tensorboard", key);
    const run = JSON.parse(fs.readFileSync(path.join(out, "runs", key + ".json")));
    const read = new Map();
    for (const name of fs.readdirSync(folder)) {
        const [first, ...rest] = await events(path.join(folder, name));
        assert.equal(first.file_version, "brain.Event:2", name);
        for (const event of rest)
            for (const value of event.summary.value) read.set(`${event.step} ${value.tag}`, value.simple_value);
    }
    let compared = 0;
    const same = (step, tag, wanted) => {
        if (wanted === null) return;
        assert.equal(read.get(`${step} ${tag}`), Math.fround(wanted), `${key}: ${tag} at step ${step}`);
        compared++;
    };
    for (const point of run.curve) {
        same(point.step, "training/loss", point.loss);
        for (const [kind, values] of [["score/", point.scores], ["ratio/", point.ratios],
                ["coefficient/", point.coefficients], ["", point.measured]])
            for (const name in values) same(point.step, kind + name, values[name]);
    }
    run.validation.forEach((scores, i) =>
        same(Math.floor(run.steps * (i + 1) / run.validation.length), "validation/fused", scores.fused));
    console.log(`${key}: ${read.size} numbers read, ${compared} compared`);
}

(async () => {
    const out = process.argv[2];
    for (const key of fs.readdirSync(path.join(out, "tensorboard")).sort()) await check(out, key);
})().catch(error => { console.error("error: " + error.message); process.exit(1); });
SCRIPT
