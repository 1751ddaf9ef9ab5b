package com.sipstack.asterisk.stubapi;

import java.io.IOException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests come in: does faults to those of the API, and hands over. */
final class StubHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(StubHandler.class);

    private final ContractApi api;
    private final InspectionApi inspection;
    private final Faults faults;
    private final Counters counters;

    StubHandler(ContractApi api, InspectionApi inspection, Faults faults, Counters counters) {
        this.api = api;
        this.inspection = inspection;
        this.faults = faults;
        this.counters = counters;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback);
        try {
            dispatch(exchange);
        } catch (IOException e) {
            LOG.debug("A client went away before its request was read", e);
            exchange.fail(e);
        }
        return true;
    }

    private void dispatch(Exchange exchange) throws IOException {
        String path = exchange.path();
        if (path.startsWith(StubApi.BASE_PATH + "/")) {
            serve(exchange);
        } else if (path.startsWith("/_stub/")) {
            exchange.send(inspection.answer(exchange.read(InspectionApi.BODY_LIMIT)));
        } else {
            exchange.send(ApiAnswer.error(404, path + ": no such address, the API is under " + StubApi.BASE_PATH));
        }
    }

    private void serve(Exchange exchange) throws IOException {
        counters.increment(Counter.REQUESTS);
        if (exchange.isHttp2()) {
            counters.increment(Counter.HTTP2_REQUESTS);
        }
        String path = exchange.path();
        if (faults.beforeBody(path).ending().isPresent()) {
            exchange.reset();
            return;
        }
        ApiRequest request = api.read(exchange);
        FaultPlan plan = faults.afterBody(request);
        exchange.later(plan.delay(), ending(exchange, request, plan));
    }

    /** What is to be sent. The API treats the request now, however late its answer may be. */
    private Runnable ending(Exchange exchange, ApiRequest request, FaultPlan plan) {
        FaultEffect effect = plan.ending().orElse(null);
        if (effect instanceof FaultEffect.Respond respond) {
            return () -> exchange.send(injected(respond));
        }
        if (effect instanceof FaultEffect.ResetAfterBody) {
            return exchange::reset;
        }
        ApiAnswer answer = api.answer(request);
        if (effect instanceof FaultEffect.LoseAnswer) {
            LOG.debug("Losing an answer of status {}", answer.status());
            return exchange::reset;
        }
        if (effect instanceof FaultEffect.CutAnswer) {
            return () -> exchange.cut(answer);
        }
        return effect instanceof FaultEffect.Drip drip
                ? () -> exchange.drip(answer, drip.duration())
                : () -> exchange.send(answer);
    }

    private static ApiAnswer injected(FaultEffect.Respond respond) {
        ApiAnswer answer =
                respond.status() == 204 ? ApiAnswer.noContent() : ApiAnswer.error(respond.status(), "injected fault");
        return respond.retryAfter()
                .map(value -> answer.withHeader("Retry-After", value))
                .orElse(answer);
    }
}
