package org.ogm4j.examples.compare;

import java.util.List;
import java.util.stream.Collectors;
import org.ogm4j.examples.compare.html.Html;
import org.ogm4j.examples.compare.html.Page;

/**
 * The comparison as one HTML file: what came out first, then every setting, then how it was made.
 */
final class HtmlReport {

    private HtmlReport() {}

    /** The file's content. */
    static String of(List<RunRecord> runs, Origin origin) {
        List<Comparative> settings = Comparative.of(runs);
        String formats =
                runs.stream().map(RunRecord::format).distinct().collect(Collectors.joining(", "));
        String title = "Methods compared on " + (formats.isEmpty() ? "nothing yet" : formats);
        StringBuilder body = new StringBuilder("<h1>%s</h1>%n".formatted(Html.escape(title)));
        body.append(MakingOf.line(runs, origin));
        if (!runs.isEmpty()) {
            body.append(new Overview(settings).html());
            for (int i = 0; i < settings.size(); i++) {
                body.append(section(settings.get(i), "s" + i));
            }
        }
        return Page.of(title, body + MakingOf.section(runs, origin));
    }

    private static String section(Comparative setting, String id) {
        SettingCharts charts = new SettingCharts(setting, id);
        return """
        <section id="%s"><h2>%s, %s</h2>
        <p>Sound at %s.</p>
        %s%s<h3>Curves over seeds</h3>
        <p class="muted">Lines are means over seeds, bands ± one standard deviation. "Best" is the method with the largest
        mean difference to plain here: of many, the best looks better than it is. What a modality "contributes" is the
        answer of its share of the joint head; the network of one modality answers with a head of its own.</p>
        %s%s</section>
        """
                .formatted(
                        id,
                        Html.escape(setting.setting().format()),
                        Html.escape(setting.setting().imbalance()),
                        Html.escape(setting.setting().noiseInWords()),
                        SettingTables.main(setting),
                        SettingTables.others(setting),
                        charts.html(),
                        charts.others());
    }
}
