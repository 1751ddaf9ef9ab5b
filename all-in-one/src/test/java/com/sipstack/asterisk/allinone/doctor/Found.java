package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** What a check found, to be held against what it should have found. */
record Found(List<Finding> findings) {
    static Found by(Check check) throws Exception {
        Findings out = new Findings(check.area(), Secrets.of(List.of()));
        check.run(out);
        return new Found(out.all());
    }

    static Found by(Check check, Map<String, String> secrets) throws Exception {
        Findings out = new Findings(check.area(), Secrets.of(List.of(secrets)));
        check.run(out);
        return new Found(out.all());
    }

    /** There is a finding of this severity whose text has this in it. */
    Finding has(Severity severity, String text) {
        List<Finding> matching = findings.stream()
                .filter(finding ->
                        finding.severity() == severity && finding.text().contains(text))
                .toList();
        assertThat(matching).as("%s '%s' among %s", severity, text, findings).hasSize(1);
        return matching.get(0);
    }

    Found hasNothingWorseThan(Severity worst) {
        assertThat(findings).isNotEmpty().allMatch(finding -> finding.severity().compareTo(worst) <= 0);
        return this;
    }

    Found hasNothingAbout(String text) {
        assertThat(findings).noneMatch(finding -> finding.text().contains(text));
        return this;
    }
}
