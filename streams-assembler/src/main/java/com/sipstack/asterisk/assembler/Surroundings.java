package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CdrFilter;
import java.util.function.Function;

/**
 * What the topology meets outside of its records. All of it is safe for any thread.
 *
 * @param interpreters the interpreter of a PBX, by its name; asked anew for each document
 * @param filters which calls of a PBX are told, by its name
 * @param topics what the topics are like
 */
record Surroundings(
        Function<String, CallInterpreter> interpreters,
        Function<String, CdrFilter> filters,
        Backlog backlog,
        TopicFacts topics,
        AssemblerMetrics metrics) {}
