package org.ogm4j.study.html;

/** One HTML file that needs no other. */
public final class Page {

    private static final String STYLE =
            """
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--text);
             font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
            main{max-width:1360px;margin:0 auto;padding:1rem clamp(.8rem,3vw,2rem) 4rem}
            h1{font-size:1.7rem;line-height:1.2;margin:.6rem 0}
            h2{font-size:1.3rem;margin:2.6rem 0 .4rem;padding-top:.8rem;border-top:1px solid var(--grid)}
            h3{font-size:1.05rem;margin:1.6rem 0 .3rem}
            p,ul{max-width:75ch}
            .muted,figcaption,caption{color:var(--muted);font-size:.9rem}
            .lead{font-size:1.12rem}
            .warning{border-left:4px solid var(--hurts);padding:.2rem .8rem;background:var(--raised)}
            .charts{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,350px),1fr))}
            .small{grid-template-columns:repeat(auto-fill,minmax(min(100%,230px),1fr))}
            figure{overflow-x:auto;margin:0;padding:.6rem;background:var(--raised);border-radius:8px;min-width:0;max-width:480px}
            figcaption{margin-top:.2rem}
            svg{display:block;width:100%;height:auto}
            svg text{font-family:inherit!important}
            .scroll{container-type:inline-size;overflow-x:auto;margin:1rem 0;border:1px solid var(--grid);border-radius:8px}
            .scroll:focus-visible,summary:focus-visible{outline:2px solid var(--first)}
            table{border-collapse:collapse;width:100%;font-size:.88rem;font-variant-numeric:tabular-nums}
            caption{text-align:left;padding:.5rem 0}
            caption span{display:block;position:sticky;left:0;padding:0 .5rem;width:100cqw}
            th,td{padding:.3rem .5rem;text-align:right;white-space:nowrap;border-top:1px solid var(--grid)}
            th{font-weight:600}
            th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit;
             text-decoration:underline dotted;text-underline-offset:.2em}
            th[aria-sort=ascending] button::after{content:" \\2191"}
            th[aria-sort=descending] button::after{content:" \\2193"}
            button:focus-visible,a:focus-visible{outline:2px solid var(--first)}
            .hint{font-size:.9rem;color:var(--muted);margin:.8rem 0 -.6rem}
            .verdicts td:nth-child(2),.verdicts th:nth-child(2){text-align:left}
            th:first-child{text-align:left;position:sticky;left:0;background:var(--paper)}
            thead th{vertical-align:bottom}
            .words td,.words th{text-align:left;white-space:normal;vertical-align:top;min-width:9rem}
            .helps td:nth-child(2){color:var(--helps);font-weight:600}
            .hurts td:nth-child(2){color:var(--hurts);font-weight:600}
            .reference{color:var(--muted)}
            @media (max-width:640px){
             .words tr,.words td,.words th{display:block}
             .words thead{display:none}
             .words td{border:0;padding-top:0}
             .words td::before{content:attr(data-title) ": ";color:var(--muted)}
            }
            pre{overflow-x:auto;padding:.8rem;background:var(--raised);border-radius:8px;white-space:pre-wrap;
             overflow-wrap:anywhere}
            details{margin:1rem 0}
            summary{cursor:pointer;font-weight:600}
            nav a{margin-right:1rem}
            a{color:var(--first)}
            """;

    /**
     * Sorts tables by the column whose title is pressed, and says where a table scrolls. Without it
     * everything can be read all the same.
     */
    private static final String SCRIPT =
            """
            const numeric = cell => parseFloat(cell.textContent.replace(/[^0-9.+-]*/, ''));
            // cells without a number are last both ways
            const compare = (a, b, sign) => isNaN(a) - isNaN(b) || sign * (a - b) || 0;
            document.querySelectorAll('table').forEach(table => {
              const body = table.tBodies[0], titles = [...table.tHead.rows[0].cells];
              titles.forEach((title, column) => {
                const button = document.createElement('button');
                button.type = 'button';
                button.textContent = title.textContent;
                title.replaceChildren(button);
                button.onclick = () => {
                  const up = title.getAttribute('aria-sort') === 'descending';
                  titles.forEach(other => other.removeAttribute('aria-sort'));
                  title.setAttribute('aria-sort', up ? 'ascending' : 'descending');
                  const rows = [...body.rows], cell = row => row.cells[column];
                  const sign = up ? 1 : -1;
                  const numbers = column ? rows.some(row => !isNaN(numeric(cell(row)))) : false;
                  rows.sort(numbers ? (a, b) => compare(numeric(cell(a)), numeric(cell(b)), sign)
                    : (a, b) => sign * cell(a).textContent.localeCompare(cell(b).textContent));
                  body.append(...rows);
                };
              });
            });
            const hints = () => document.querySelectorAll('.scroll').forEach(box => {
              box.previousElementSibling.hidden = box.clientWidth >= box.scrollWidth;
            });
            addEventListener('resize', hints);
            document.querySelectorAll('details').forEach(each => each.addEventListener('toggle', hints));
            hints();
            """;

    private Page() {}

    /**
     * The file.
     *
     * @param title is escaped
     * @param body goes in as it is
     */
    public static String of(String title, String body) {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <link rel="icon" href="data:,">
        <title>%s</title>
        <style>
        %s%s</style>
        </head>
        <body><main>
        %s</main>
        <script>
        %s</script></body>
        </html>
        """
                .formatted(Html.escape(title), Ink.css(), STYLE, body, SCRIPT);
    }
}
