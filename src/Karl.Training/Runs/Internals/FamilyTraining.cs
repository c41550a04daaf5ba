using Karl.Export.Naming;
using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Steps;

namespace Karl.Training.Runs.Internals;

/// <summary>What one model family does otherwise than the others when it is trained. See <c>docs/families.md</c>.</summary>
/// <param name="preset">What is trained.</param>
/// <param name="seed">Where all chance comes from.</param>
/// <param name="judges">Whom the second stage's reconstructions are to please.</param>
internal abstract class FamilyTraining(TrainingPreset preset, int seed, Judges judges)
{
    private const string LatentEmbedding = "decoder.latent_embedding.weight";

    /// <summary>The published names of the weights.</summary>
    public abstract NameMap WeightNames { get; }

    /// <summary>The architecture as the model is to have it.</summary>
    public virtual ITokenizerArchitecture Trained => Preset.Architecture;

    /// <summary>What is trained.</summary>
    protected TrainingPreset Preset { get; } = preset;

    /// <summary>Where all chance comes from.</summary>
    protected int Seed { get; } = seed;

    /// <summary>Whom the second stage's reconstructions are to please.</summary>
    protected Judges Judges { get; } = judges;

    /// <summary>The family of a preset's network.</summary>
    /// <exception cref="ArgumentException">It is of none that can be trained.</exception>
    public static FamilyTraining Of(TrainingPreset preset, int seed, Judges judges) => preset.Architecture switch
    {
        KarlArchitecture karl => new KarlTraining(preset, karl, seed, judges),
        AlitArchitecture alit => new AlitTraining(preset, alit, seed, judges),
        OneDPieceArchitecture piece => new OneDPieceTraining(preset, piece, seed, judges),
        var other => throw new ArgumentException($"Preset '{preset.Name}' has a {other.GetType().Name}, and there is no training for that.", nameof(preset)),
    };

    /// <summary>The step of the first stage: the transformers, over a base tokenizer that stays as it is.</summary>
    public abstract FamilyStep Distillation(PhaseOptions phase, IWeightSource baseWeights);

    /// <summary>The step of the second stage: everything together on pixels.</summary>
    public abstract FamilyStep Pixels(PhaseOptions phase, IWeightSource weights);

    /// <summary>The step of the second stage's last part, where the preset has one.</summary>
    public virtual FamilyStep Finish(PhaseOptions phase, IWeightSource weights) => Pixels(phase, weights);

    /// <summary>
    /// What a weight begins with that no earlier phase has trained. Codes have length 1, continuous latents begin as long as the root of their width: the decoder takes them in as much weaker,
    /// or they would drown the positions by which it tells them apart.
    /// </summary>
    public virtual float[] FirstValue(string name, Shape shape)
    {
        var values = WeightInitializer.Create(name, shape, Seed);
        if (Preset.Architecture.Quantized || name != LatentEmbedding) return values;
        var scale = 1 / MathF.Sqrt(shape[-1].Value);
        return Array.ConvertAll(values, value => value * scale);
    }

    /// <summary>The preset's numbers that all families have.</summary>
    protected T Numbers<T>(T options, PhaseOptions phase) where T : StepOptions => (T)((StepOptions)options with
    {
        Optimizer = phase.Optimizer(),
        FeatureWeight = Preset.FeatureWeight,
        PixelWeight = Preset.PixelWeight,
        QuantizerWeight = Preset.QuantizerWeight,
        EntropyWeight = Preset.EntropyWeight,
    });

    /// <summary>The same for the first stage, in which latents may be quantized little by little.</summary>
    protected T DistillationNumbers<T>(T options, PhaseOptions phase) where T : StepOptions =>
        (T)((StepOptions)Numbers(options, phase) with { QuantizesGradually = Preset.Architecture.Quantized && Preset.QuantizationSteps > 0 });
}

/// <summary>A step with what it is given by chance.</summary>
/// <param name="Step">The step.</param>
/// <param name="Draws">What it is given.</param>
internal sealed record FamilyStep(TrainingStep Step, IStepDraws Draws)
{
    /// <summary>Outputs of the second stage that adversaries judge, by what the names of each one's inputs begin with.</summary>
    public IReadOnlyDictionary<string, string> Reconstructions { get; init; } = new Dictionary<string, string>();
}
