using System.Diagnostics;
using System.Globalization;
using Karl.Training.Data;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>Runs the steps of one phase from where its last saved state is to the end.</summary>
/// <param name="phase">The phase.</param>
/// <param name="images">What it is trained on.</param>
/// <param name="samplesBefore">Images that earlier phases of the same stage have seen: where its epochs are counted from.</param>
/// <param name="folder">Where everything goes.</param>
/// <param name="options">The run.</param>
internal sealed class PhaseLoop(IPhase phase, TrainingImages images, long samplesBefore, RunFolder folder, TrainingOptions options)
{
    private readonly AdversaryTraining? _adversaries = phase.Adversaries;
    private readonly IReadOnlyList<StateTensor> _state = [.. phase.Step.State, .. phase.Adversaries?.State ?? []];
    private readonly IReadOnlyList<string> _reported = [.. phase.Step.Reported, .. phase.Adversaries is null ? Array.Empty<string>() : [AdversaryTraining.LossName]];

    /// <summary>Trains; afterwards the folder holds the state after the last step.</summary>
    /// <exception cref="InvalidOperationException">A loss is no number any more.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        var (state, first) = Begin();
        if (first >= phase.Options.Steps) return;
        StepRunnerOptions running = new() { Device = options.Device, Threads = options.Threads };
        using StepRunner runner = new(phase.Step, state, running with { Replicas = PhaseReplicas.Of(options, phase) });
        using var adversaries = _adversaries;
        adversaries?.Begin(state, running);
        using LossLog log = new(folder.Log(phase.Name), _reported, first);
        using BatchReader batches = images.Open(first);
        var schedule = phase.Options.Schedule();
        var (begun, saved) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        for (var step = first; step < phase.Options.Steps; step++)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Save(runner, log, step);
                cancellationToken.ThrowIfCancellationRequested();
            }

            var outputs = RunStep(runner, batches, step, schedule.At(step));
            var losses = _reported.ToDictionary(name => name, name => outputs[name][0], StringComparer.Ordinal);
            RequireNumbers(losses, step);
            phase.After(step, outputs);
            log.Add(step + 1, losses, schedule.At(step));
            var isLast = step + 1 == phase.Options.Steps;
            if (isLast || Stopwatch.GetElapsedTime(saved) >= options.SaveEvery)
            {
                Save(runner, log, step + 1);
                saved = Stopwatch.GetTimestamp();
            }

            if (isLast || (step + 1) % options.SheetEvery == 0)
            {
                phase.Preview(name => runner.Read(StateTensor.Average + name), folder.Sheet(phase.Name, step + 1), [.. images.Paths.Take(options.SheetImages)], step + 1);
            }

            options.Progress?.Report(Progress(step + 1, first, losses, Stopwatch.GetElapsedTime(begun), batches.Waited));
        }
    }

    private (IReadOnlyDictionary<string, float[]> State, int CompletedSteps) Begin()
    {
        var path = folder.State(phase.Name);
        if (!File.Exists(path)) return (FirstState(), 0);
        var (state, completed, remembered) = StateFile.Load(path, _state);
        phase.Recall(remembered);
        if (completed < phase.Options.Steps) options.Report?.Invoke($"{phase.Name}: going on after step {completed} of {phase.Options.Steps}.");
        return (state, completed);
    }

    private Dictionary<string, float[]> FirstState()
    {
        Dictionary<string, float[]> state = new(phase.FirstState(), StringComparer.Ordinal);
        if (_adversaries is not null)
        {
            foreach (var (name, values) in _adversaries.FirstState()) state.Add(name, values);
        }
        return state;
    }

    private IReadOnlyDictionary<string, float[]> RunStep(StepRunner runner, BatchReader batches, int step, double learningRate)
    {
        using ImageBatch batch = batches.Next();
        Dictionary<string, OrtValue> data = new(StringComparer.Ordinal)
        {
            ["image"] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, batch.Pixels, [batch.Count, 3, batch.Size, batch.Size]),
            [AdamW.LearningRate] = OrtValue.CreateTensorValueFromMemory(new[] { (float)learningRate }, []),
            [AdamW.Step] = OrtValue.CreateTensorValueFromMemory(new[] { step + 1f }, []),
        };
        try
        {
            foreach (var (name, value) in phase.Inputs(step, batch.Count)) data.Add(name, value);
            return _adversaries is null ? runner.Run(data) : RunAgainst(_adversaries, runner, data, step, learningRate);
        }
        finally
        {
            foreach (var value in data.Values) value.Dispose();
        }
    }

    /// <summary>A step that is to please adversaries too, and one of theirs.</summary>
    private Dictionary<string, float[]> RunAgainst(AdversaryTraining adversaries, StepRunner runner, Dictionary<string, OrtValue> data, int step, double learningRate)
    {
        var epoch = (int)((samplesBefore + ((long)step * phase.Options.BatchSize)) / images.Count);
        data.Add(AdversaryStep.AdversarialWeight, OrtValue.CreateTensorValueFromMemory(new[] { adversaries.Weight(epoch) }, []));
        var given = new Dictionary<string, OrtValue>(data, StringComparer.Ordinal);
        foreach (var (name, value) in adversaries.Inputs()) given.Add(name, value);
        var outputs = new Dictionary<string, float[]>(runner.Run(given), StringComparer.Ordinal);
        outputs[AdversaryTraining.LossName] = [adversaries.Learn(data["image"], outputs, epoch, learningRate, step + 1)];
        return outputs;
    }

    private void RequireNumbers(Dictionary<string, float> losses, int step)
    {
        var bad = losses.Where(loss => !float.IsFinite(loss.Value)).Select(loss => $"{loss.Key} is {loss.Value}").ToList();
        if (bad.Count == 0) return;
        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"Step {step + 1} of phase '{phase.Name}' gave no numbers: {string.Join(", ", bad)}. The last good state is in '{folder.State(phase.Name)}'; lower the learning rate ({phase.Options.LearningRate}) and begin a new run, or look at the images for broken ones."));
    }

    private void Save(StepRunner runner, LossLog log, int completedSteps)
    {
        log.Flush();
        StateFile.Save(folder.State(phase.Name), _state, Read, completedSteps, phase.Remember());

        float[] Read(string name) => name.StartsWith(AdversaryTraining.NamePrefix, StringComparison.Ordinal) ? _adversaries!.Read(name) : runner.Read(name);
    }

    private TrainingProgress Progress(int done, int first, Dictionary<string, float> losses, TimeSpan elapsed, TimeSpan waited)
    {
        var perStep = elapsed / (done - first);
        return new(
            phase.Name, done, phase.Options.Steps, losses, phase.Options.BatchSize / perStep.TotalSeconds, perStep * (phase.Options.Steps - done), waited / elapsed);
    }
}
