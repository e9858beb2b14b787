package org.ogm4j.study.watch.page;

import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.ui.api.HttpMethod;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.api.UIModule;
import org.deeplearning4j.ui.i18n.I18NResource;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.ogm4j.study.html.Curve;
import org.ogm4j.study.html.CurveChart;
import org.ogm4j.study.html.Html;
import org.ogm4j.study.html.Ink;
import org.ogm4j.study.html.Page;

/**
 * Modulation as a page of DL4J's training UI, at {@code /ogm4j}: scores, losses, ratios,
 * coefficients and all else that a {@link org.ogm4j.study.watch.UiListener} has stored, as curves.
 * It is drawn anew every ten seconds. {@code /ogm4j/data} has the same numbers as JSON. Both take
 * {@code ?session=NAME}; without it they show the training that was heard of last.
 *
 * <p>DL4J's {@code UIServer} finds this class itself, when {@code deeplearning4j-ui} is on the
 * class path.
 *
 * <p>Example: {@code UIServer.getInstance().attach(storage)}, then open {@code
 * http://localhost:9000/ogm4j}.
 *
 * @since 0.1.0
 */
public final class ModulationModule implements UIModule {

    private static final Ink[] INKS = {
        Ink.FIRST, Ink.SECOND, Ink.REFERENCE, Ink.PLAIN, Ink.HELPS, Ink.HURTS
    };

    /** In this order. */
    private static final Map<String, String> CAPTIONS = new LinkedHashMap<>();

    /** Left out where they do not act. */
    private static final Set<String> SELDOM = Set.of("moment_coefficient", "drop_rate");

    static {
        CAPTIONS.put("score", "Score: how well each modality alone predicts the labels");
        CAPTIONS.put("loss", "Loss of each modality alone");
        CAPTIONS.put("ratio", "Ratio: above 1 a modality leads");
        CAPTIONS.put("coefficient", "Coefficient k");
        CAPTIONS.put("joint_signal", "Size of the joint error signal");
        CAPTIONS.put("unimodal_signal", "Size of the modality's own error signal");
        CAPTIONS.put("signal_cosine", "Cosine of the two: below 0 they conflict");
        CAPTIONS.put("validation", "Validation");
        CAPTIONS.put("training", "Training");
        CAPTIONS.put("gradient", "Norm of the gradient of what an input alone reaches");
        CAPTIONS.put("moment_coefficient", "Factor p on the first moment");
        CAPTIONS.put("drop_rate", "Rate q of dropped features");
    }

    private final List<StatsStorage> storages = new CopyOnWriteArrayList<>();
    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public List<String> getCallbackTypeIDs() {
        return List.of(); // what is stored is read when the page is asked for
    }

    @Override
    public List<Route> getRoutes() {
        return List.of(
                new Route(
                        "/ogm4j",
                        HttpMethod.GET,
                        (none, asked) -> answer(asked, "text/html", this::page)),
                new Route(
                        "/ogm4j/data",
                        HttpMethod.GET,
                        (none, asked) -> answer(asked, "application/json", this::data)));
    }

    /** Drawing takes longer than the server's own thread may be kept. */
    private void answer(
            RoutingContext asked,
            String type,
            BiFunction<String, Map<String, StatsStorage>, String> body) {
        Map<String, StatsStorage> sessions = sessions();
        String session = session(asked, sessions);
        asked.response()
                .setStatusCode(sessions.containsKey(session) ? 200 : 404)
                .putHeader("content-type", type + "; charset=utf-8")
                .putHeader("refresh", "10");
        asked.vertx()
                .<String>executeBlocking(
                        made -> made.complete(body.apply(session, sessions)),
                        made -> {
                            if (made.succeeded()) {
                                asked.response().end(made.result());
                            } else {
                                asked.fail(made.cause());
                            }
                        });
    }

    private String page(String session, Map<String, StatsStorage> sessions) {
        StringBuilder body =
                new StringBuilder("<h1>Modulation</h1>\n<nav><a href='/'>Training</a>");
        for (String each : sessions.keySet()) {
            body.append(
                    "<a href='?session=%s'>%s</a>"
                            .formatted(
                                    URLEncoder.encode(each, StandardCharsets.UTF_8),
                                    Html.escape(each)));
        }
        body.append("</nav>\n");
        if (sessions.containsKey(session)) {
            addCharts(body, session, training(session, sessions));
        } else {
            body.append("<p>Nothing is stored %s.</p>%n".formatted(of(session)));
        }
        return Page.of("Modulation", body.toString());
    }

    private String data(String session, Map<String, StatsStorage> sessions) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("sessions", sessions.keySet());
        if (sessions.containsKey(session)) {
            data.put("session", session);
            data.put("curves", training(session, sessions).curves());
        }
        try {
            return mapper.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String of(String session) {
        return session.isEmpty()
                ? "yet: give the network a UiListener for a storage that is attached"
                : "of " + Html.escape(session);
    }

    /** Those with steps of ours, and where they are. */
    private Map<String, StatsStorage> sessions() {
        Map<String, StatsStorage> sessions = new TreeMap<>();
        for (StatsStorage storage : storages) {
            for (String session : storage.listSessionIDs()) {
                if (latest(session, storage) > 0) {
                    sessions.put(session, storage);
                }
            }
        }
        return sessions;
    }

    private static long latest(String session, StatsStorage storage) {
        Persistable latest = storage.getLatestUpdate(session, StepUpdate.TYPE, StepUpdate.WORKER);
        return latest == null ? 0 : latest.getTimeStamp();
    }

    /** The one that is asked for, or that was heard of last; empty if there is none. */
    private static String session(RoutingContext asked, Map<String, StatsStorage> sessions) {
        String last = "";
        for (Map.Entry<String, StatsStorage> each : sessions.entrySet()) {
            boolean later =
                    last.isEmpty()
                            || latest(each.getKey(), each.getValue())
                                    > latest(last, sessions.get(last));
            last = later ? each.getKey() : last;
        }
        String named = asked.request().getParam("session");
        return named == null ? last : named;
    }

    private static Training training(String session, Map<String, StatsStorage> sessions) {
        return new Training(
                sessions.get(session)
                        .getAllUpdatesAfter(session, StepUpdate.TYPE, StepUpdate.WORKER, 0));
    }

    private static void addCharts(StringBuilder body, String session, Training training) {
        body.append(
                "<p class='muted'>%s: step %d, epoch %d.</p>%n<div class='charts'>%n"
                        .formatted(
                                Html.escape(session), training.lastStep(), training.lastEpoch()));
        var curves = training.curves();
        for (Map.Entry<String, String> kind : CAPTIONS.entrySet()) {
            var own = curves.get(kind.getKey());
            if (own != null) {
                body.append(chart(kind.getKey(), kind.getValue(), own));
            }
        }
        body.append("</div>\n");
    }

    private static String chart(
            String kind, String caption, Map<String, NavigableMap<Integer, Double>> curves) {
        List<Curve> lines = new ArrayList<>();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, NavigableMap<Integer, Double>> curve : curves.entrySet()) {
            List<Curve.Place> places = new ArrayList<>();
            for (Map.Entry<Integer, Double> step : curve.getValue().entrySet()) {
                double value = step.getValue();
                places.add(new Curve.Place(step.getKey(), value, value, value));
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            Ink ink = INKS[lines.size() % INKS.length];
            lines.add(new Curve(curve.getKey(), ink, lines.size() % 2 == 1, places));
        }
        if (high == low && SELDOM.contains(kind)) {
            return "";
        }
        CurveChart chart = new CurveChart("training step", kind.replace('_', ' '));
        if (high > low) {
            double edge = (high - low) / 20;
            chart.between(low - edge, high + edge);
        }
        if (kind.equals("ratio") || kind.equals("signal_cosine")) {
            chart.marking(kind.equals("ratio") ? 1 : 0);
        }
        return Html.figure(chart.svg(kind, caption, lines), caption);
    }

    @Override
    public void reportStorageEvents(Collection<StatsStorageEvent> events) {
        // none is asked for
    }

    @Override
    public void onAttach(StatsStorage storage) {
        storages.add(storage);
    }

    @Override
    public void onDetach(StatsStorage storage) {
        storages.remove(storage);
    }

    @Override
    public List<I18NResource> getInternationalizationResources() {
        return List.of();
    }
}
