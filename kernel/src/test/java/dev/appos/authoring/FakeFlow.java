package dev.appos.authoring;

import dev.appos.api.Approval;
import dev.appos.api.Branch;
import dev.appos.api.Door;
import dev.appos.api.Flow;
import dev.appos.api.StepOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Runs a process body at once, approves everything and notes what was asked.
final class FakeFlow implements Flow {

    final List<String> words = new ArrayList<>();

    @Override
    public Object step(StepOptions options, String ref, Object... arguments) {
        words.add("step " + options.name());
        return Door.current().run(ref, arguments);
    }

    @Override
    public Object step(StepOptions options, Supplier<?> body) {
        words.add("step " + options.name());
        return body.get();
    }

    @Override
    public void compensate(StepOptions options, String ref, Object... arguments) {
        words.add("compensate " + options.name());
    }

    @Override
    public void compensate(StepOptions options, Supplier<?> body) {
        words.add("compensate " + options.name());
    }

    @Override
    public Map<String, Object> parallel(String name, List<Branch> branches) {
        words.add("parallel " + name);
        Map<String, Object> answers = new LinkedHashMap<>();
        branches.forEach(branch -> answers.put(branch.name(), branch.body().get()));
        return answers;
    }

    @Override
    public Approval approval(String name, String group, String title) {
        words.add("approval " + name + " by " + group + ": " + title);
        return new Approval(true, "ada", "");
    }

    @Override
    public boolean patched(String id) {
        return true;
    }

    @Override
    public void sleep(Duration length) {
        words.add("sleep " + length);
    }
}
