using System.Diagnostics;
using System.Globalization;
using Karl.Training.Data;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>Runs the steps of one phase from where its last saved state is to the end.</summary>
internal sealed class PhaseLoop(IPhase phase, TrainingImages images, RunFolder folder, TrainingOptions options)
{
    /// <summary>Trains; afterwards the folder holds the state after the last step.</summary>
    /// <exception cref="InvalidOperationException">A loss is no number any more.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        var (state, first) = Begin();
        if (first >= phase.Options.Steps) return;
        using SessionOptions session = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (options.Threads is int threads) session.IntraOpNumThreads = threads;
        using StepRunner runner = new(phase.Step, state, session);
        using LossLog log = new(folder.Log(phase.Name), phase.Step.Reported, first);
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
            var losses = phase.Step.Reported.ToDictionary(name => name, name => outputs[name][0], StringComparer.Ordinal);
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
        if (!File.Exists(path)) return (phase.FirstState(), 0);
        var (state, completed, remembered) = StateFile.Load(path, phase.Step);
        phase.Recall(remembered);
        if (completed < phase.Options.Steps) options.Report?.Invoke($"{phase.Name}: going on after step {completed} of {phase.Options.Steps}.");
        return (state, completed);
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
            return runner.Run(data);
        }
        finally
        {
            foreach (var value in data.Values) value.Dispose();
        }
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
        StateFile.Save(folder.State(phase.Name), runner, phase.Step, completedSteps, phase.Remember());
    }

    private TrainingProgress Progress(int done, int first, Dictionary<string, float> losses, TimeSpan elapsed, TimeSpan waited)
    {
        var perStep = elapsed / (done - first);
        return new(
            phase.Name, done, phase.Options.Steps, losses, phase.Options.BatchSize / perStep.TotalSeconds, perStep * (phase.Options.Steps - done), waited / elapsed);
    }
}
