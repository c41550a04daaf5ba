using Karl.Graphs;
using Karl.Networks;
using Karl.Networks.Internals;
using Karl.Training.Optimizers;
using Karl.Training.Steps.Internals;

namespace Karl.Training.Steps;

/// <summary>
/// The first stage of One-D-Piece's training: any first tokens learn to say what a finished base tokenizer says of an image. Over a VQGAN these are its codes, as published; over a VAE its
/// latent.
/// </summary>
/// <remarks>
/// Inputs beside the state: <c>image</c> float32 <c>[batch, 3, size, size]</c>, 0 to 1; <c>budget</c> int64 <c>[1]</c>, how many first tokens of all images the decoder is given, as
/// published any from 1 to all, equally probable; over a VAE <c>noise</c> float32 <c>[batch, channels, grid, grid]</c>, zeros for the posterior's mean; those that the options ask for, and
/// those of <see cref="AdamW"/>.
/// </remarks>
public static class OneDPieceDistillationStep
{
    /// <summary>Describes the step.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="baseWeights">Values of the base tokenizer's weights, encoder included, whose names begin with <c>base.</c>.</param>
    /// <param name="options">Numbers of the step; null is the released code's.</param>
    /// <exception cref="ArgumentException">The network or the step cannot be built.</exception>
    public static TrainingStep Describe(OneDPieceArchitecture architecture, IWeightSource baseWeights, OneDPieceStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(baseWeights);
        options ??= new();
        if (architecture.Base is VaeArchitecture && options.FeatureWeight == 0) throw new ArgumentException("The weight of features is 0, and over a VAE they are all that there is to learn: give a weight above 0.", nameof(options));
        var builder = new StepBuilder("one-d-piece-distillation", architecture, options);
        var pass = OneDPiecePass.Of(builder, architecture);
        builder.AddBaseLosses(string.Empty, pass.Tokens, BaseTargets.Of(architecture.Base, BaseNetwork.Map(architecture.Base, pass.Image)));
        builder.AddQuantizerLosses(string.Empty, pass.Tokens);
        return builder.Finish(baseWeights, StepBuilder.IsBaseTokenizer);
    }
}
