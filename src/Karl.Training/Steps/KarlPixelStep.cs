using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Steps.Internals;

namespace Karl.Training.Steps;

/// <summary>The second stage of KARL's training: the base tokenizer and the transformers together learn to give back the pixels.</summary>
/// <remarks>
/// Inputs as in <see cref="KarlDistillationStep"/>; with an adversary also <see cref="AdversaryStep.AdversarialWeight"/>, a single float32 number, and the weights of two adversaries, one
/// for each pass, under <c>estimate.adversary.</c> and <c>tokenize.adversary.</c> and their names in <see cref="AdversaryStep"/>. Outputs as there, with the losses of pixels in
/// place of those of codes and features, and the images of both passes, <see cref="EstimateImage"/> and <see cref="TokenizeImage"/>, float32 <c>[batch, 3, size, size]</c>.
/// </remarks>
public static class KarlPixelStep
{
    /// <summary>Name of an output, float32 <c>[batch, 3, size, size]</c>: what the first pass made of the images.</summary>
    public const string EstimateImage = "estimate.image";

    /// <summary>Name of an output, float32 <c>[batch, 3, size, size]</c>: what the second pass made of the images.</summary>
    public const string TokenizeImage = "tokenize.image";

    /// <summary>Describes the step.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="options">Numbers of the step; null is the released code's.</param>
    /// <param name="perceptual">
    /// A network with its weights that says how different images look, such as one read by <see cref="Graphs.Onnx.OnnxReader"/>: two inputs float32 <c>[batch, 3, height, width]</c>, 0 to 1, and
    /// one output, the mean of which is the distance. It stays as it is. Null goes without.
    /// </param>
    /// <param name="adversary">The network that tells reconstructions from real images; null goes without.</param>
    /// <exception cref="ArgumentException">The network or the step cannot be built, or the perceptual network is another.</exception>
    public static TrainingStep Describe(KarlArchitecture architecture, KarlStepOptions? options = null, Graph? perceptual = null, AdversaryArchitecture? adversary = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        options ??= new();
        var builder = new KarlStepBuilder("karl-pixels", architecture, options);
        var losses = new PixelLosses(builder, options, perceptual, adversary);
        builder.AddLosses((prefix, pass) =>
        {
            var isEstimate = pass == builder.Passes.Estimate;
            var found = isEstimate ? builder.Passes.EstimateImage : KarlDecoder.Image(architecture, pass.DecodedTokens);
            losses.Add(prefix, found, builder.Passes.Image);
            builder.Graph.Output(isEstimate ? EstimateImage : TokenizeImage, found);
        });
        return builder.Finish(new WeightDictionary(), _ => false);
    }
}
