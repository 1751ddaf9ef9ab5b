package com.sipstack.asterisk.sink;

import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;

/**
 * What is posted to the API.
 *
 * @param hostname of the PBX that it comes from; empty where there is not one
 * @param idempotencyKey the same on every attempt
 * @param body as it is now; an attempt that follows may say another time of shipping
 * @param allowance how much longer than usual it may take
 */
record ApiRequest(
        HttpUrl url, Optional<String> hostname, String idempotencyKey, RequestBody body, Duration allowance) {}
