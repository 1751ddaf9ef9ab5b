package com.sipstack.asterisk.sink;

import java.util.Optional;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * What is posted to the API.
 *
 * @param hostname of the PBX that it comes from; empty where there is not one
 * @param idempotencyKey the same on every attempt
 * @param json as it is now; an attempt that follows may say another time of shipping
 */
record ApiRequest(HttpUrl url, Optional<String> hostname, String idempotencyKey, ByteString json) {}
