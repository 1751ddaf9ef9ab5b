package com.sipstack.asterisk.stubapi;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** The API behind {@code /v1}: finds the endpoint, enforces the contract, and counts. */
final class ContractApi {
    private final Map<String, Route> routes;
    private final RequestRules rules;
    private final StubRecords records;
    private final int defaultBodyLimit;

    ContractApi(Map<String, Route> routes, RequestRules rules, StubRecords records, int defaultBodyLimit) {
        this.routes = Map.copyOf(routes);
        this.rules = rules;
        this.records = records;
        this.defaultBodyLimit = defaultBodyLimit;
    }

    /** Reads a request to its end. */
    ApiRequest read(Exchange exchange) throws IOException {
        Route route = routes.get(exchange.path());
        if (route == null) {
            return exchange.read(defaultBodyLimit);
        }
        return route.takesForms()
                ? exchange.readForm(route.bodyLimit())
                : exchange.read(Math.toIntExact(route.bodyLimit()));
    }

    ApiAnswer answer(ApiRequest request) {
        try {
            ApiAnswer answer = accept(request);
            records.counters().increment(Counter.ACCEPTED);
            return answer;
        } catch (ContractViolation violation) {
            return refuse(request, violation);
        }
    }

    private ApiAnswer accept(ApiRequest request) {
        Route route = routes.get(request.path());
        if (route == null) {
            throw ContractViolation.of(404, request.path() + ": no such address");
        }
        rules.check(request, route);
        return route.endpoint().answer(request);
    }

    private ApiAnswer refuse(ApiRequest request, ContractViolation violation) {
        records.counters().increment(Counter.REFUSED);
        records.refusals()
                .add(new Refusal(
                        Instant.now(),
                        request.method(),
                        request.path(),
                        violation.status(),
                        violation.getMessage(),
                        request.excerpt()));
        return violation.answer();
    }
}
