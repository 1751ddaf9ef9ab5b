package com.sipstack.asterisk.benchmarks.endtoend;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Processor time by stage as bars, ours above and the reference loops below, in SVG. */
final class ResultPlot {
    private static final int WIDTH = 860;
    private static final int NAME_WIDTH = 330;
    private static final int BAR_WIDTH = 440;
    private static final int LINE = 22;
    private static final int TOP = 48;

    private ResultPlot() {}

    static String of(EndToEndResult result) {
        Map<String, Double> ours = new LinkedHashMap<>(result.cpu());
        Map<String, Double> bare = new LinkedHashMap<>();
        result.references().forEach(loop -> bare.put(loop.title(), result.cpuOf(loop)));
        double most = Math.max(
                ours.values().stream().mapToDouble(d -> d).max().orElse(1),
                bare.values().stream().mapToDouble(d -> d).max().orElse(0));
        StringBuilder svg = new StringBuilder();
        int height = TOP + LINE * (ours.size() + bare.size() + 1);
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n",
                WIDTH, height));
        svg.append(format("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, height));
        svg.append(format(
                "<text x=\"10\" y=\"24\" font-size=\"15\">Processor seconds for 1,000 calls: %s, %d PBXs, %d calls</text>%n",
                result.database(), result.pbxs(), result.calls()));
        int line = bars(svg, ours, most, 0, "#3465a4");
        bars(svg, bare, most, line, "#b0b0b0");
        return svg.append("</svg>\n").toString();
    }

    private static int bars(StringBuilder svg, Map<String, Double> bars, double most, int firstLine, String colour) {
        int line = firstLine;
        for (Map.Entry<String, Double> bar : bars.entrySet()) {
            int y = TOP + line++ * LINE;
            double width = BAR_WIDTH * bar.getValue() / most;
            svg.append(format(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                            + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/>"
                            + "<text x=\"%.1f\" y=\"%d\">%.2f</text>%n",
                    NAME_WIDTH - 8,
                    y + 13,
                    bar.getKey(),
                    NAME_WIDTH,
                    y,
                    width,
                    colour,
                    NAME_WIDTH + width + 6,
                    y + 13,
                    bar.getValue()));
        }
        return line;
    }

    private static String format(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }
}
