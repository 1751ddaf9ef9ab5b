package com.sipstack.asterisk.allinone.forget;

import com.sipstack.asterisk.model.CallKey;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who or what is to be forgotten, by a command's options. */
final class SubjectOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--call",
            paramLabel = "PBX LINKEDID",
            arity = "2",
            description = "A call, as often as needed. Those whose channels it met are forgotten with it.")
    private List<String> calls = new ArrayList<>();

    @Option(
            names = "--number",
            paramLabel = "NUMBER",
            converter = Numbers.Converter.class,
            description = {
                "A phone number and all calls in which it stands; as often as needed, once for each way in which your PBXs write it.",
                "+49301234567 stands for 0049301234567, 01149301234567 and 49301234567, too; 0301234567 for itself alone."
            })
    private List<String> numbers = new ArrayList<>();

    Subject subject() {
        if (calls.isEmpty() && numbers.isEmpty()) {
            throw new ParameterException(command.commandLine(), "Say what: --call PBX LINKEDID or --number NUMBER");
        }
        List<CallKey> keys = new ArrayList<>();
        try {
            for (int i = 0; i < calls.size(); i += 2) {
                keys.add(new CallKey(calls.get(i), calls.get(i + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--call: " + e.getMessage(), e);
        }
        return new Subject(keys, new Numbers(numbers));
    }
}
