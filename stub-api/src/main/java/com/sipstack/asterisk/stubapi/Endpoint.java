package com.sipstack.asterisk.stubapi;

/** What stands behind one address of the API. A {@link ContractViolation} refuses the request. */
@FunctionalInterface
interface Endpoint {
    ApiAnswer answer(ApiRequest request);
}
