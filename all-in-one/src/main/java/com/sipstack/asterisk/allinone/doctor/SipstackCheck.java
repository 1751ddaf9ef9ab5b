package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets.Service;
import com.sipstack.asterisk.allinone.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;

/** Asks SIPSTACK's API whether it is there, whether we may trust it, and whether it takes our key. */
final class SipstackCheck implements Check {
    private static final Pattern KEY = Pattern.compile(
            "sk_[A-Za-z0-9]{20,}|sk_t[0-4]_[0-9a-fA-F]{32}_[0-9a-fA-F]{64}|sk_t[0-4]_c[0-9]+_[A-Za-z0-9]{20,}");
    private static final Duration SOON = Duration.ofDays(14);

    private final Service target;
    private final Clock clock;

    SipstackCheck(Service target, Clock clock) {
        this.target = target;
        this.clock = clock;
    }

    @Override
    public Area area() {
        return Area.SIPSTACK;
    }

    @Override
    public void run(Findings out) {
        HttpUrl url = HttpUrl.parse(target.url());
        if (url == null) {
            out.error(
                    "'" + target.url() + "' is no address",
                    "Set API_URL to one such as https://api-us1.sipstack.com/v1.");
            return;
        }
        if (!KEY.matcher(target.key()).matches()) {
            out.warning(
                    "API_KEY has not the form of a key",
                    "Keys begin with sk_ and go on with 20 letters and digits or more.");
        }
        try (ApiProbe probe = ApiProbe.open(url, target)) {
            ask(url, probe, out);
        } catch (IOException e) {
            tellFault(url, e, out);
        }
    }

    private void ask(HttpUrl url, ApiProbe probe, Findings out) throws IOException {
        int status = probe.health(true);
        tellWay(url, probe, out);
        if (status >= 500) {
            out.error(
                    url + " is not well: HTTP " + status,
                    "Nothing is lost: documents wait for it, for 48 hours at most.");
        } else {
            tellKey(probe, status, out);
        }
    }

    private void tellWay(HttpUrl url, ApiProbe probe, Findings out) {
        String addresses = String.join(", ", probe.addresses());
        out.ok(url + " answers" + (addresses.isEmpty() ? "" : ", at " + addresses)
                + target.proxy().map(proxy -> ", by way of " + proxy).orElse(""));
        probe.certificate().ifPresent(certificate -> tellCertificate(certificate, out));
        if (!url.isHttps() && !url.host().matches("localhost|127\\..*|::1")) {
            out.warning(
                    "the key and all calls travel in plain text", "Set API_URL to an address that begins with https.");
        }
    }

    private void tellCertificate(X509Certificate certificate, Findings out) {
        Duration left =
                Duration.between(clock.instant(), certificate.getNotAfter().toInstant());
        if (left.compareTo(SOON) < 0) {
            out.warning(
                    "the certificate is good for " + Ages.of(left) + " more",
                    "Whoever runs the API, or the proxy that opens its traffic, has to renew it.");
        } else {
            out.ok("the certificate is trusted, for " + Ages.of(left) + " more");
        }
    }

    private static void tellKey(ApiProbe probe, int status, Findings out) throws IOException {
        KeyVerdict verdict = KeyVerdict.of(probe, status);
        switch (verdict) {
            case ACCEPTED -> out.ok("the key is accepted");
            case REFUSED ->
                out.error(
                        "the key is refused",
                        "Set API_KEY to a key of this region (REGION) that is active. Until then documents wait.");
            case UNKNOWN ->
                out.note(
                        "whether the key is accepted cannot be told without shipping a call",
                        "The first call tells: a refused key stands in the log, and documents wait until it is mended.");
        }
    }

    private void tellFault(HttpUrl url, IOException fault, Findings out) {
        String text = url + ": " + Reason.of(fault);
        if (fault instanceof UnknownHostException && target.proxy().isPresent()) {
            out.error(
                    "the proxy " + target.proxy().get() + " has no address",
                    "Check HTTPS_PROXY, and this machine's DNS (resolv.conf).");
        } else if (fault instanceof UnknownHostException) {
            out.error(url.host() + " has no address", "Check REGION or API_URL, and this machine's DNS (resolv.conf).");
        } else if (fault instanceof SSLException) {
            out.error(
                    text,
                    "The certificate is not trusted. Where a proxy opens TLS, API_CA_FILE names its certificate; and this machine's"
                            + " clock must be right.");
        } else if (fault instanceof InterruptedIOException) {
            out.error(
                    url + " does not answer in time",
                    "Does a firewall let port " + url.port() + " out? HTTPS_PROXY names a proxy.");
        } else {
            out.error(text, "Does a firewall let port " + url.port() + " out? HTTPS_PROXY names a proxy.");
        }
    }
}
