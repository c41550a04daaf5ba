using Karl.Graphs;
using Karl.Networks;
using Karl.Networks.Internals;
using Karl.Training.Steps.Internals;

namespace Karl.Training.Steps;

/// <summary>The second stage of One-D-Piece's training: the decoders, or everything together, learn to give back the pixels from any first tokens.</summary>
/// <remarks>
/// Inputs beside the state: <c>image</c> and <c>budget</c> as in <see cref="OneDPieceDistillationStep"/>, those that the options ask for, and those of <see cref="Optimizers.AdamW"/>; with
/// an adversary also <see cref="AdversaryStep.AdversarialWeight"/> and its weights under <c>adversary.</c>. Outputs: the reported numbers, and <see cref="Reconstruction"/>.
/// </remarks>
public static class OneDPiecePixelStep
{
    /// <summary>Name of an output, float32 <c>[batch, 3, size, size]</c>: what the first tokens made of the images.</summary>
    public const string Reconstruction = "reconstruction";

    /// <summary>Describes the step.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="encoderWeights">Values of the weights that <see cref="OneDPieceStepOptions.KeepsEncoder"/> keeps: of the encoder and of the codes. Of no effect where it is false.</param>
    /// <param name="options">Numbers of the step; null is the released code's.</param>
    /// <param name="perceptual">A network that says how different images look, as in <see cref="KarlPixelStep.Describe"/>; null goes without.</param>
    /// <param name="adversary">The network that tells reconstructions from real images; null goes without.</param>
    /// <exception cref="ArgumentException">The network or the step cannot be built, or the perceptual network is another.</exception>
    public static TrainingStep Describe(
        OneDPieceArchitecture architecture, IWeightSource encoderWeights, OneDPieceStepOptions? options = null, Graph? perceptual = null, AdversaryArchitecture? adversary = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(encoderWeights);
        options ??= new();
        var builder = new StepBuilder("one-d-piece-pixels", architecture, options);
        var pass = OneDPiecePass.Of(builder, architecture);
        var found = BaseNetwork.Image(architecture.Base, pass.Tokens.DecodedTokens, architecture.GridSize);
        new PixelLosses(builder, options, perceptual, adversary).Add(string.Empty, found, pass.Image);
        if (!options.KeepsEncoder) builder.AddQuantizerLosses(string.Empty, pass.Tokens);
        builder.Graph.Output(Reconstruction, found);
        return builder.Finish(encoderWeights, weight => options.KeepsEncoder && !weight.Name.StartsWith("decoder.", StringComparison.Ordinal) && !StepBuilder.IsBaseTokenizer(weight));
    }
}
