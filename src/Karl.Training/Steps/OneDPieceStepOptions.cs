namespace Karl.Training.Steps;

/// <summary>Numbers of a training step of One-D-Piece; the defaults are those of its released code, which knows no base tokenizer but a VQGAN: over a VAE, give a <see cref="StepOptions.FeatureWeight"/>.</summary>
public sealed record OneDPieceStepOptions : StepOptions
{
    /// <summary>The released code's numbers.</summary>
    public OneDPieceStepOptions()
    {
        (FeatureWeight, PixelWeight, SquaredPixelWeight, PerceptualWeight) = (0, 0, 1, 0.1);
        Optimizer = new() { SecondDecay = 0.99, WeightDecay = 1e-4, LargestGradientNorm = 1 };
    }

    /// <summary>Second stage: whether encoder and codes stay as the first stage left them. False trains everything together.</summary>
    public bool KeepsEncoder { get; init; } = true;
}
