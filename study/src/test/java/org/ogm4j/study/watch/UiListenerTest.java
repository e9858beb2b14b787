package org.ogm4j.study.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.impl.CollectionStatsStorageRouter;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.ogm4j.ModalityEvaluationListener;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.study.Nets;
import org.ogm4j.study.StudyData;
import org.ogm4j.study.watch.page.StepUpdate;

/** The page in DL4J's UI, from a server of DL4J's that runs. */
class UiListenerTest {

    private static final String NAME = "OGM & <b>GE</b>";

    private final StatsStorage storage = new InMemoryStatsStorage();
    private VertxUIServer server;

    @BeforeEach
    void start() {
        server = VertxUIServer.getInstance(0, false, null); // on a free port
        server.attach(storage);
    }

    @AfterEach
    void stop() throws Exception {
        VertxUIServer.stopInstance();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.getAddress() + path)).build(),
                        BodyHandlers.ofString());
    }

    private JsonNode curves(String session) throws IOException, InterruptedException {
        String query = "?session=" + URLEncoder.encode(session, StandardCharsets.UTF_8);
        HttpResponse<String> data = get("/ogm4j/data" + query);
        assertEquals(200, data.statusCode(), data.body());
        JsonNode json = new ObjectMapper().readTree(data.body());
        assertEquals(session, json.get("session").asText());
        return json.get("curves");
    }

    private static ComputationGraph net() {
        ModulatedOptimizer.Builder options =
                ModulatedOptimizer.builder().unimodal(UnimodalSignal.sum(1));
        ComputationGraph net =
                new ComputationGraph(options.build().modulate(Nets.concat(3, "sound", "image")));
        net.init();
        return net;
    }

    private static MultiDataSetIterator batches() {
        return StudyData.crossValidated(Nets.examples(72, 2, 7), 6, 3).split(1, 0).trainingOnce(0);
    }

    /** Beside DL4J's own page, which it leaves as it is. */
    @Test
    void thePageAndItsNumbersAreThoseOfTheTraining() throws Exception {
        assertEquals(404, get("/ogm4j").statusCode());
        assertTrue(get("/ogm4j").body().contains("Nothing is stored yet"));
        ComputationGraph net = net();
        List<Modulation> seen = new ArrayList<>();
        UiListener ui = new UiListener(storage, NAME, 1);
        net.setListeners(
                new StatsListener(storage, 1),
                ui,
                new ModulationListener(seen::add),
                new ModalityEvaluationListener(batches(), 1, ui::evaluated));

        net.fit(batches(), 3);

        JsonNode curves = curves(NAME);
        for (Modulation step : seen) {
            String i = step.iteration() + "";
            step.modalities()
                    .forEach(
                            (name, m) -> {
                                Map<String, Double> wanted =
                                        Map.of(
                                                "score", m.score(),
                                                "loss", m.loss(),
                                                "ratio", m.ratio(),
                                                "coefficient", m.coefficient(),
                                                "signal_cosine", m.signals().cosine());
                                wanted.forEach(
                                        (kind, value) ->
                                                assertEquals(
                                                        value,
                                                        curves.get(kind)
                                                                .get(name)
                                                                .get(i)
                                                                .asDouble(),
                                                        1e-12,
                                                        kind));
                            });
        }
        assertEquals(12, curves.get("training").get("loss").size());
        assertEquals(3, curves.get("validation").get("fused").size());
        HttpResponse<String> page = get("/ogm4j");
        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("content-type").orElseThrow().startsWith("text/html"));
        String body = page.body();
        assertTrue(body.contains("OGM &amp; &lt;b&gt;GE&lt;/b&gt;: step 11, epoch 2."), body);
        assertFalse(body.contains(NAME));
        assertFalse(body.contains("http://") && body.contains("src="), "nothing from elsewhere");
        assertEquals(curves.size() - 2, body.split("<figure>", -1).length - 1);
        assertEquals(200, get("/train/overview").statusCode());
        JsonNode own = new ObjectMapper().readTree(get("/train/overview/data").body());
        assertEquals(12, own.get("scoresIter").size());
    }

    @Test
    void stepsThatComeAgainTakeThePlaceOfThoseBefore() throws Exception {
        ComputationGraph net = net();
        net.setListeners(new UiListener(storage, "first", 1));
        net.fit(batches(), 2);
        net.getConfiguration().setIterationCount(4);
        net.getConfiguration().setEpochCount(1);
        net.setListeners(new UiListener(storage, "first", 2));
        net.fit(batches());

        JsonNode loss = curves("first").get("training").get("loss");
        assertEquals("[0, 1, 2, 3, 4, 6]", names(loss));
        assertEquals(404, get("/ogm4j?session=second").statusCode());
        assertTrue(get("/ogm4j?session=%3Ci%3E").body().contains("of &lt;i&gt;"));
    }

    private static String names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names.toString();
    }

    /** Without a name it is the training that was heard of last; long curves are thinned. */
    @Test
    void theLatestTrainingAndLongCurves() throws Exception {
        for (int step = 0; step < 2100; step++) {
            storage.putUpdate(new StepUpdate("long", 1000 + step, step, 0, Map.of("score/a", 0.5)));
        }
        storage.putUpdate(new StepUpdate("other", 10, 0, 0, Map.of("score/a", 0.5)));
        storage.putStaticInfo(new StepUpdate("long", 1, 0, 0, Map.of()));
        storage.putStaticInfo(new StepUpdate("other", 1, 0, 0, Map.of()));

        JsonNode json = new ObjectMapper().readTree(get("/ogm4j/data").body());
        assertEquals("[\"long\",\"other\"]", json.get("sessions").toString());
        JsonNode score = json.get("curves").get("score").get("a");
        assertEquals(421, score.size());
        assertTrue(score.has("2099") && score.has("0") && !score.has("1"));
        server.detach(storage);
        assertEquals(404, get("/ogm4j/data").statusCode());
    }

    /** As a storage in a file, and a router to another machine, send them. */
    @Test
    void updatesAreReadBackAsTheyWereWritten() {
        StepUpdate written =
                new StepUpdate(NAME, 7, 8, 9, Map.of("score/u", 0.25, "ratio/ü", 1e-300));
        StepUpdate read = new StepUpdate();
        read.decode(written.encode());
        assertEquals(NAME, read.getSessionID());
        assertEquals(7, read.getTimeStamp());
        assertEquals(List.of(written.encode().length), List.of(read.encodingLengthBytes()));
        storage.putUpdate(read);
        assertEquals(1, storage.getNumUpdateRecordsFor(NAME, "ogm4j", "training"));
    }

    /** Each update has a millisecond of its own. */
    @Test
    void noStepIsLost() {
        List<Persistable> updates = new ArrayList<>();
        StatsStorageRouter all =
                new CollectionStatsStorageRouter(new ArrayList<>(), new ArrayList<>(), updates);
        ComputationGraph net = net();
        net.setListeners(new UiListener(all, "a", 1));
        net.fit(batches(), 2);
        assertEquals(
                1 + 8, updates.stream().map(update -> update.getTimeStamp()).distinct().count());
    }

    @Test
    void aStorageThatFailsDoesNotEndTheTraining() {
        ComputationGraph net = net();
        net.setListeners(
                new UiListener(new CollectionStatsStorageRouter(null, null, null), "a", 1));
        net.fit(batches());
        assertEquals(4, net.getIterationCount());
    }
}
