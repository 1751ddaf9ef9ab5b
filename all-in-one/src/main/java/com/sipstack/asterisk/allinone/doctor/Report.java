package com.sipstack.asterisk.allinone.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;

/**
 * What was found, for people and for programs.
 *
 * @param findings by area
 */
record Report(List<Finding> findings) {
    Report {
        findings = List.copyOf(findings);
    }

    /** That of the worst finding. */
    int exitCode() {
        return findings.stream()
                .mapToInt(finding -> finding.severity().exitCode())
                .max()
                .orElse(0);
    }

    /** @param isColored whether a terminal shows it that has colours */
    void print(PrintWriter out, boolean isColored) {
        Area area = null;
        for (Finding finding : findings) {
            if (finding.area() != area) {
                area = finding.area();
                out.println();
                out.println(painted("1", area.title(), isColored));
            }
            print(finding, out, isColored);
        }
        out.println();
        out.println(count(Severity.ERROR, "error") + ", " + count(Severity.WARNING, "warning"));
    }

    private static void print(Finding finding, PrintWriter out, boolean isColored) {
        Severity severity = finding.severity();
        boolean isFaint = severity == Severity.NOT_CHECKED;
        String text = isFaint ? painted(severity.color(), finding.text(), isColored) : finding.text();
        out.println("  " + painted(severity.color(), severity.mark(), isColored) + " " + text);
        finding.remedy().lines().forEach(line -> out.println(line.isEmpty() ? "" : "      " + line));
    }

    private static String painted(String color, String text, boolean isColored) {
        return isColored ? "\u001b[" + color + "m" + text + "\u001b[0m" : text;
    }

    private String count(Severity severity, String name) {
        long count = count(severity);
        return count + " " + name + (count == 1 ? "" : "s");
    }

    private long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    ObjectNode toJson() {
        ObjectNode report = new ObjectMapper().createObjectNode();
        report.put("errors", count(Severity.ERROR)).put("warnings", count(Severity.WARNING));
        ArrayNode array = report.putArray("findings");
        for (Finding finding : findings) {
            array.addObject()
                    .put("area", finding.area().id())
                    .put("severity", finding.severity().id())
                    .put("text", finding.text())
                    .put("remedy", finding.remedy());
        }
        return report;
    }
}
