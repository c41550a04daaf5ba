using Karl.Networks;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>
/// The adversaries of a phase: after each step of the tokenizer, the one whose range the drawn number of tokens lies in learns from what that step reconstructed. As released, the
/// tokenizer has one step in nine and adversaries the others; here both have every step, which costs no reconstruction that nobody but an adversary sees.
/// </summary>
internal sealed class AdversaryTraining : IDisposable
{
    /// <summary>Name of a reported number: the mean hinge loss of a step's adversary, 0 before they take part.</summary>
    public const string LossName = "adversary.loss";

    /// <summary>What the names of their state begin with, and those of no other.</summary>
    public const string NamePrefix = "adversary.";

    private readonly AdversaryOptions _options;
    private readonly FamilyStep _judged;
    private readonly string? _earlier;
    private readonly int _seed;
    private readonly TrainingStep _step;
    private readonly int _count;
    private readonly List<StepRunner> _runners = [];

    /// <summary>Describes them.</summary>
    /// <param name="options">The networks and when they take part.</param>
    /// <param name="architecture">Whose reconstructions they judge.</param>
    /// <param name="judged">The steps that give them.</param>
    /// <param name="phase">How they learn: as the tokenizer.</param>
    /// <param name="earlier">The saved state of the phase that they go on from; null begins new ones.</param>
    /// <param name="seed">Where all chance comes from.</param>
    public AdversaryTraining(AdversaryOptions options, ITokenizerArchitecture architecture, FamilyStep judged, PhaseOptions phase, string? earlier, int seed)
    {
        (_options, _judged, _earlier, _seed) = (options, judged, earlier, seed);
        _step = AdversaryStep.Describe(options.Architecture, architecture.ImageSize, phase.Optimizer() with { AverageDecay = null });
        _count = options.Schedule.Buckets(architecture.MaximumLatents);
        State = [.. Enumerable.Range(0, _count).SelectMany(number => _step.State.Select(tensor => tensor with { Name = Prefix(number) + tensor.Name }))];
    }

    /// <summary>Weights and moments of all of them, each adversary's under a prefix of its own.</summary>
    public IReadOnlyList<StateTensor> State { get; }

    /// <summary>The state before the first step.</summary>
    public IReadOnlyDictionary<string, float[]> FirstState()
    {
        if (_earlier is not null) return StateFile.Load(_earlier, State).State;
        var shapes = _step.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape, StringComparer.Ordinal);
        var values = Enumerable.Range(0, _count).SelectMany(number =>
            Steps.FirstState.Of(_step, name => WeightInitializer.Create(name, shapes[name], _seed + number)).Select(entry => (Name: Prefix(number) + entry.Key, entry.Value)));
        return values.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
    }

    /// <summary>Loads them with a state.</summary>
    public void Begin(IReadOnlyDictionary<string, float[]> state, StepRunnerOptions options)
    {
        for (var number = 0; number < _count; number++)
        {
            var own = _step.State.ToDictionary(tensor => tensor.Name, tensor => state[Prefix(number) + tensor.Name], StringComparer.Ordinal);
            _runners.Add(new StepRunner(_step, own, options));
        }
    }

    /// <summary>What the tokenizer's step is given of the adversary of the drawn number of tokens. Its weights stay those of <see cref="StepRunner.Lend"/>.</summary>
    public IEnumerable<(string Name, OrtValue Value)> Inputs() =>
        from weight in _step.State.Where(tensor => !tensor.IsMoment)
        from prefix in _judged.Reconstructions.Keys
        select ($"{prefix}adversary.{weight.Name}", Current.Lend(weight.Name));

    /// <summary>How much it counts in an epoch of the second stage.</summary>
    public float Weight(int epoch) => _options.Schedule.Weight(epoch);

    /// <summary>Lets the adversary learn, where they take part already, and gives its mean loss.</summary>
    /// <param name="image">The real images.</param>
    /// <param name="outputs">What the tokenizer's step gave.</param>
    /// <param name="epoch">Of the second stage.</param>
    /// <param name="learningRate">Of the optimizer.</param>
    /// <param name="step">Steps of the phase, with this one.</param>
    public float Learn(OrtValue image, IReadOnlyDictionary<string, float[]> outputs, int epoch, double learningRate, int step)
    {
        if (Weight(epoch) == 0) return 0;
        using var rate = OrtValue.CreateTensorValueFromMemory(new[] { (float)learningRate }, []);
        var shape = image.GetTensorTypeAndShape().Shape;
        var losses = _judged.Reconstructions.Values.Select((name, pass) =>
        {
            using var number = OrtValue.CreateTensorValueFromMemory(new[] { ((step - 1f) * _judged.Reconstructions.Count) + pass + 1 }, []);
            using var found = OrtValue.CreateTensorValueFromMemory(outputs[name], shape);
            return Current.Run(new Dictionary<string, OrtValue> { ["real"] = image, ["found"] = found, [AdamW.LearningRate] = rate, [AdamW.Step] = number })[TrainingStep.Loss][0];
        });
        return losses.ToArray().Average();
    }

    /// <summary>Copies a tensor of <see cref="State"/> out.</summary>
    public float[] Read(string name)
    {
        var number = Enumerable.Range(0, _count).Single(number => name.StartsWith(Prefix(number), StringComparison.Ordinal));
        return _runners[number].Read(name[Prefix(number).Length..]);
    }

    public void Dispose() => _runners.ForEach(runner => runner.Dispose());

    private StepRunner Current => _runners[_options.Schedule.BucketOf(_judged.Draws.Tokens)];

    private static string Prefix(int number) => $"{NamePrefix}{number}.";
}
