using Karl.Networks;
using Karl.Training.Optimizers;

namespace Karl.Training.Steps;

/// <summary>Numbers of a training step of KARL; the defaults are those of the released code.</summary>
public sealed record KarlStepOptions
{
    /// <summary>Latent tokens of the second pass, in which the network learns to halt: as many as are meant to do for a difficult image.</summary>
    public int FullBudget { get; init; } = 256;

    /// <summary>First stage: how much it counts to predict the base codes (VQGAN); higher trains the decoder for the likeliest code.</summary>
    public double CodeWeight { get; init; } = 1;

    /// <summary>First stage: how much the squared error of what the base decoder is given counts; higher trains for the mean.</summary>
    public double FeatureWeight { get; init; } = 1;

    /// <summary>Second stage: how much the mean absolute error of pixels counts; higher trains for the right pixels rather than for the right look.</summary>
    public double PixelWeight { get; init; } = 1;

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
    /// Whether the step has an input <see cref="KarlDistillationStep.Quantization"/>, with which latents go from continuous to quantized while the network is new; as published they are
    /// quantized from the first step.
    /// </summary>
    public bool QuantizesGradually { get; init; }

    /// <summary>
    /// Whether the second pass is asked for other errors than the drawn budget reached, by the input <see cref="KarlDistillationStep.AskedShare"/>. Where the budget reaches what is asked,
    /// the tokens beyond it shall halt, and nothing is said of those within; where it does not, those within shall stay, and nothing is said of those beyond. So what is learned is the
    /// fewest tokens that reach an error, for every error. As published, just what was reached is asked for, and the drawn budget counts as the fewest tokens that reach it, however simple the image is.
    /// </summary>
    public bool AsksForOtherErrors { get; init; }

    /// <summary>How much halting counts; higher separates tokens to be kept and to be halted sooner.</summary>
    public double HaltingWeight { get; init; } = 1;

    /// <summary>Numbers of the optimizer.</summary>
    public AdamWOptions Optimizer { get; init; } = new();

    /// <summary>Checks that a step of a network can be built with these.</summary>
    /// <exception cref="ArgumentException">It cannot; the message lists every reason.</exception>
    public void Validate(KarlArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        Optimizer.Validate();
        List<string> problems = [];
        if (FullBudget < 1 || FullBudget > architecture.MaximumLatents) problems.Add($"the full budget is {FullBudget}; the network has 1 to {architecture.MaximumLatents} latent tokens");
        foreach (var (name, weight) in new[] { ("codes", CodeWeight), ("features", FeatureWeight), ("pixels", PixelWeight), ("the perceptual distance", PerceptualWeight), ("the quantizer", QuantizerWeight), ("commitment", CommitmentWeight), ("the codes' entropy", EntropyWeight), ("halting", HaltingWeight) })
        {
            if (!(weight >= 0 && double.IsFinite(weight))) problems.Add($"the weight of {name} is {weight}; wanted at least 0");
        }
        if (problems.Count > 0) throw new ArgumentException($"The training step cannot be built: {string.Join("; ", problems)}.");
    }
}
