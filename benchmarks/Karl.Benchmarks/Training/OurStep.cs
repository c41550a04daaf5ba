using System.Diagnostics;
using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Karl.Training.Runs;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Benchmarks.Training;

/// <summary>A step of ours with its state and random data, loaded as <c>karl train</c> loads it.</summary>
internal sealed class OurStep : IDisposable
{
    private const float LearningRate = 1e-4f;
    private readonly StepRunner _runner;
    private readonly Dictionary<string, OrtValue> _data;

    public OurStep(Phase phase, TrainingPreset preset, int batchSize, int budget, int threads, int? replicas)
    {
        TrainingStep step = phase.Describe(preset);
        Replicas = replicas ?? StepRunnerOptions.SuitingReplicas(step, batchSize, threads);
        Dictionary<string, Shape> shapes = step.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape, StringComparer.Ordinal);
        TrainedNumbers = step.State.Where(tensor => tensor.Name.StartsWith(StateTensor.Average, StringComparison.Ordinal)).Sum(tensor => tensor.Shape.ElementCount.Value);
        _runner = new StepRunner(step, FirstState.Of(step, name => WeightInitializer.Create(name, shapes[name], 0)), new() { Threads = threads, Replicas = Replicas });
        _data = _runner.Data.ToDictionary(input => input.Name, input => Value(input, PhaseSteps.Network(preset), batchSize, budget), StringComparer.Ordinal);
    }

    /// <summary>How many numbers the phase trains.</summary>
    public long TrainedNumbers { get; }

    /// <summary>Into how many parts a batch is cut.</summary>
    public int Replicas { get; }

    /// <summary>Trains for one step.</summary>
    /// <returns>Milliseconds.</returns>
    public double Run()
    {
        long start = Stopwatch.GetTimestamp();
        _runner.Run(_data);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public void Dispose()
    {
        foreach (OrtValue value in _data.Values)
        {
            value.Dispose();
        }

        _runner.Dispose();
    }

    private static OrtValue Value(Tensor input, KarlArchitecture architecture, int batchSize, int budget)
    {
        Random random = new(0);
        return input.Name switch
        {
            "image" => Filled([batchSize, 3, architecture.ImageSize, architecture.ImageSize], random.NextSingle),
            "noise" => Filled([batchSize, architecture.Base.PredictionWidth, architecture.GridSize, architecture.GridSize], () => random.NextSingle() * 2 - 1),
            "epsilon" => Filled([batchSize], () => 0.05f),
            "budget" => OrtValue.CreateTensorValueFromMemory(new[] { (long)budget }, [1]),
            AdamW.LearningRate => Filled([], () => LearningRate),
            AdamW.Step => Filled([], () => 100),
            _ => throw new InvalidOperationException($"The step takes '{input.Name}', which the benchmark does not know."),
        };
    }

    private static OrtValue Filled(long[] shape, Func<float> next)
    {
        float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(_ => next())];
        return OrtValue.CreateTensorValueFromMemory(values, shape);
    }
}
