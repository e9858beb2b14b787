package org.ogm4j.study.html;

/** Text that may stand in HTML. */
public final class Html {

    private Html() {}

    /** The text with everything that HTML would read as markup, quotes included, escaped. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * A drawing with its caption under it.
     *
     * @param svg goes in as it is
     * @param caption is escaped
     */
    public static String figure(String svg, String caption) {
        return "<figure>%s<figcaption>%s</figcaption></figure>%n".formatted(svg, escape(caption));
    }
}
