package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.URIUtil;

/** The stub's own addresses behind {@code /_stub}: what it received, and which faults it does. */
final class InspectionApi {
    static final int BODY_LIMIT = 1024 * 1024;

    private static final Pattern ONE_CALL = Pattern.compile("/_stub/calls/([^/]+)/([^/]+)");
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1_000;

    private final StubRecords records;
    private final Faults faults;

    InspectionApi(StubRecords records, Faults faults) {
        this.records = records;
        this.faults = faults;
    }

    ApiAnswer answer(ApiRequest request) {
        try {
            return dispatch(request);
        } catch (ContractViolation violation) {
            return violation.answer();
        }
    }

    private ApiAnswer dispatch(ApiRequest request) {
        Matcher oneCall = ONE_CALL.matcher(request.path());
        if (oneCall.matches() && request.method().equals("GET")) {
            return call(URIUtil.decodePath(oneCall.group(1)), URIUtil.decodePath(oneCall.group(2)));
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /_stub/calls" -> calls(request);
            case "DELETE /_stub/calls" -> forgetCalls();
            case "GET /_stub/stats" ->
                ApiAnswer.json(200, Json.MAPPER.valueToTree(records.counters().snapshot()));
            case "GET /_stub/raw" ->
                ApiAnswer.json(200, array(records.rawBatches().toList(), ReceivedJson::of));
            case "GET /_stub/uploads" ->
                ApiAnswer.json(200, array(records.uploads().toList(), ReceivedJson::of));
            case "GET /_stub/refusals" -> refusals();
            case "GET /_stub/faults" -> faults();
            case "POST /_stub/faults" -> addFaults(request.json());
            case "DELETE /_stub/faults" -> endFaults();
            default -> throw ContractViolation.of(404, request.method() + " " + request.path() + ": no such address");
        };
    }

    private ApiAnswer calls(ApiRequest request) {
        int offset = number(request, "offset", 0, Integer.MAX_VALUE);
        int limit = number(request, "limit", DEFAULT_LIMIT, MOST);
        ObjectNode page = Json.MAPPER.createObjectNode();
        page.put("total", records.calls().size()).put("offset", offset).put("limit", limit);
        page.set("calls", array(records.calls().page(offset, limit), ReceivedJson::of));
        return ApiAnswer.json(200, page);
    }

    private static int number(ApiRequest request, String name, int otherwise, int most) {
        String text = request.queryParameter(name).orElse(String.valueOf(otherwise));
        if (!text.matches("[0-9]{1,9}")) {
            throw ContractViolation.of(400, name + ": " + text + " is not a whole number");
        }
        return Math.min(Integer.parseInt(text), most);
    }

    private ApiAnswer call(String hostname, String linkedid) {
        return records.calls()
                .find(hostname, linkedid)
                .map(call -> ApiAnswer.json(200, ReceivedJson.of(call)))
                .orElseThrow(() -> ContractViolation.of(404, hostname + " " + linkedid + ": no such call"));
    }

    private ApiAnswer forgetCalls() {
        records.calls().clear();
        return ApiAnswer.noContent();
    }

    private ApiAnswer refusals() {
        return ApiAnswer.json(200, array(records.refusals().toList(), ReceivedJson::of));
    }

    private ApiAnswer faults() {
        return ApiAnswer.json(200, array(faults.list(), InspectionApi::faultJson));
    }

    /** Takes one fault or an array of them, all or none. */
    private ApiAnswer addFaults(JsonNode body) {
        List<JsonNode> forms = body.isArray() ? body.valueStream().toList() : List.of(body);
        List<Fault> added = forms.stream().map(FaultForm::parse).toList();
        faults.add(added.toArray(Fault[]::new));
        return ApiAnswer.json(201, array(added, InspectionApi::faultJson));
    }

    private ApiAnswer endFaults() {
        faults.clear();
        return ApiAnswer.noContent();
    }

    private static JsonNode faultJson(Fault fault) {
        return Json.MAPPER.valueToTree(FaultForm.of(fault));
    }

    private static <T> ArrayNode array(Collection<T> items, Function<T, JsonNode> toJson) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        items.stream().map(toJson).forEach(array::add);
        return array;
    }
}
