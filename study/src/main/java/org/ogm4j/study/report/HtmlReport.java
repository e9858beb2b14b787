package org.ogm4j.study.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ogm4j.study.html.Html;
import org.ogm4j.study.html.Page;
import org.ogm4j.study.run.RunRecord;

/**
 * The comparison as one HTML file: what came out first, then every set of data, then how it was
 * made.
 */
public final class HtmlReport {

    private HtmlReport() {}

    /**
     * The file's content.
     *
     * @param baseline the method that others are compared with
     * @param shown the method that is shown beside it, or null
     * @param notes what to say of each set of data, by its name
     */
    public static String of(
            List<RunRecord> runs,
            String baseline,
            String shown,
            Map<String, String> notes,
            Origin origin) {
        List<Comparative> settings = Comparative.of(runs, baseline, shown, notes);
        String data = settings.stream().map(Comparative::data).collect(Collectors.joining("; "));
        String title = "Methods compared on " + (data.isEmpty() ? "nothing yet" : data);
        StringBuilder body = new StringBuilder("<h1>%s</h1>%n".formatted(Html.escape(title)));
        body.append(MakingOf.line(runs, origin));
        if (!runs.isEmpty()) {
            body.append(contents(settings));
            body.append(new Overview(settings).html());
            for (int i = 0; i < settings.size(); i++) {
                body.append(section(settings.get(i), "s" + i));
            }
        }
        return Page.of(title, body + MakingOf.section(runs, origin));
    }

    /** Links to several sets of data; one needs none. */
    private static String contents(List<Comparative> settings) {
        if (settings.size() < 2) {
            return "";
        }
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < settings.size(); i++) {
            links.append(
                    "<a href=\"#s%d\">%s</a>%n".formatted(i, Html.escape(settings.get(i).data())));
        }
        return "<nav aria-label=\"data\">%n%s</nav>%n".formatted(links);
    }

    private static String section(Comparative setting, String id) {
        SettingCharts charts = new SettingCharts(setting, id);
        return """
        <section id="%s"><h2>%s</h2>
        <p>%s</p>
        %s%s<h3>Curves over runs</h3>
        <p class="muted">Lines are means over seeds and folds, bands ± one standard deviation. "Best" is the method with the
        largest mean difference to %s here: of many, the best looks better than it is. What a modality "contributes" is the
        answer of its share of the joint head; the network of one modality answers with a head of its own.</p>
        %s%s</section>
        """
                .formatted(
                        id,
                        Html.escape(setting.data()),
                        Html.escape(setting.note()),
                        SettingTables.main(setting),
                        SettingTables.others(setting),
                        Html.escape(setting.baseline()),
                        charts.html(),
                        charts.others());
    }
}
