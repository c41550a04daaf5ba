using Karl.Networks;
using Karl.Training.Optimizers;

namespace Karl.Training.Steps;

/// <summary>Numbers that the training steps of all families have; the defaults are those of KARL's released code.</summary>
public abstract record StepOptions
{
    /// <summary>First stage: how much it counts to predict the base codes (VQGAN); higher trains the decoder for the likeliest code.</summary>
    public double CodeWeight { get; init; } = 1;

    /// <summary>First stage: how much the squared error of what the base decoder is given counts; higher trains for the mean.</summary>
    public double FeatureWeight { get; init; } = 1;

    /// <summary>Second stage: how much the mean absolute error of pixels counts; higher trains for the right pixels rather than for the right look.</summary>
    public double PixelWeight { get; init; } = 1;

    /// <summary>Second stage: how much the mean squared error of pixels counts; higher punishes large mistakes more. 0 leaves it out.</summary>
    public double SquaredPixelWeight { get; init; }

    /// <summary>Second stage: how much the perceptual distance counts, where there is a network for it; higher trains for the right look.</summary>
    public double PerceptualWeight { get; init; } = 1;

    /// <summary>How much the distance of latents and codes counts (quantized latents).</summary>
    public double QuantizerWeight { get; init; } = 1;

    /// <summary>The latents' share in that distance; higher keeps the encoder closer to the codes there are.</summary>
    public double CommitmentWeight { get; init; } = 0.25;

    /// <summary>How much it counts that every latent is near one code and all codes are used (<see cref="EntropyTemperature"/>); 0, as published, leaves it out. Raise it where few codes are used.</summary>
    public double EntropyWeight { get; init; }

    /// <summary>The squared distance at which a code is <c>e</c> times less likely a latent's own than one at no distance. Lower looks at the nearest codes only.</summary>
    public double EntropyTemperature { get; init; } = 0.05;

    /// <summary>
    /// Whether the step has an input <see cref="TrainingStep.Quantization"/>, with which latents go from continuous to quantized while the network is new; as published they are
    /// quantized from the first step.
    /// </summary>
    public bool QuantizesGradually { get; init; }

    /// <summary>Numbers of the optimizer.</summary>
    public AdamWOptions Optimizer { get; init; } = new();

    /// <summary>Checks that a step of a network can be built with these.</summary>
    /// <exception cref="ArgumentException">It cannot; the message lists every reason.</exception>
    public void Validate(ITokenizerArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        Optimizer.Validate();
        List<string> problems = [.. Problems(architecture)];
        problems.AddRange(Weights().Where(weight => !(weight.Value >= 0 && double.IsFinite(weight.Value))).Select(weight => $"the weight of {weight.Name} is {weight.Value}; wanted at least 0"));
        if (problems.Count > 0) throw new ArgumentException($"The training step cannot be built: {string.Join("; ", problems)}.");
    }

    /// <summary>What else cannot be with a network, a sentence each.</summary>
    private protected virtual IEnumerable<string> Problems(ITokenizerArchitecture architecture) => [];

    /// <summary>All numbers that say how much something counts, as messages call them.</summary>
    private protected virtual IEnumerable<(string Name, double Value)> Weights() =>
    [
        ("codes", CodeWeight), ("features", FeatureWeight), ("pixels", PixelWeight), ("squared errors of pixels", SquaredPixelWeight), ("the perceptual distance", PerceptualWeight),
        ("the quantizer", QuantizerWeight), ("commitment", CommitmentWeight), ("the codes' entropy", EntropyWeight),
    ];
}
