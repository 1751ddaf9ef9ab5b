package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CdrFilter;
import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import java.util.function.Function;

/**
 * How the calls of each PBX are told, by the PBX's name.
 *
 * @param filters which calls are told at all
 */
record Interpretation(
        Function<String, CallInterpreter> interpreters,
        Function<String, CdrFilter> filters,
        Function<String, PbxProfile> profiles) {}
