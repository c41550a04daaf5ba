using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Steps.Internals;

namespace Karl.Training.Steps;

/// <summary>The second stage of KARL's training: the base tokenizer and the transformers together learn to give back the pixels.</summary>
/// <remarks>
/// Inputs as in <see cref="KarlDistillationStep"/>; with an adversary also <see cref="AdversarialWeight"/>, a single float32 number, and the weights of two adversaries, one
/// for each pass, under <c>estimate.adversary.</c> and <c>tokenize.adversary.</c> and their names in <see cref="AdversaryStep"/>. Outputs as there, with the losses of pixels in
/// place of those of codes and features, and the images of both passes, <see cref="EstimateImage"/> and <see cref="TokenizeImage"/>, float32 <c>[batch, 3, size, size]</c>.
/// </remarks>
public static class KarlPixelStep
{
    /// <summary>Name of an input, a single float32 number: how much it counts to be taken for a real image.</summary>
    public const string AdversarialWeight = "adversarial_weight";

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
        var graph = builder.Graph;
        var image = builder.Passes.Image;
        var adversarialWeight = adversary is null ? null : graph.Input(AdversarialWeight, ElementType.Float32);
        builder.AddLosses((name, pass) =>
        {
            var found = name == "estimate" ? builder.Passes.EstimateImage : KarlDecoder.Image(architecture, pass.DecodedTokens);
            builder.Losses.Add($"{name}.pixels", KarlLosses.AbsoluteError(found, image), options.PixelWeight);
            if (perceptual is not null) builder.Losses.Add($"{name}.perceptual", Perceptual(perceptual, found, image), options.PerceptualWeight);
            if (adversary is not null)
            {
                var score = adversary.Score(found, (weight, shape) => graph.Input($"{name}.adversary.{weight}", ElementType.Float32, shape));
                builder.Losses.Add($"{name}.adversarial", -score.ReduceMean(), adversarialWeight!);
            }
            graph.Output(name == "estimate" ? EstimateImage : TokenizeImage, found);
        });
        return builder.Finish(new WeightDictionary(), _ => false);
    }

    private static Tensor Perceptual(Graph network, Tensor found, Tensor wanted)
    {
        if (network.Inputs.Count != 2 || network.Outputs.Count != 1 || network.Parameters.Any(parameter => parameter.Data is null))
        {
            throw new ArgumentException(
                $"The perceptual network '{network.Name}' has the inputs {string.Join(", ", network.Inputs)} and the outputs {string.Join(", ", network.Outputs)}; wanted two images, float32 [batch, 3, height, width], and one distance, and all weights with their values.",
                nameof(network));
        }
        using (found.Graph.Scope("perceptual"))
        {
            var distance = found.Graph.Insert(network, new Dictionary<string, Tensor> { [network.Inputs[0].Name] = found, [network.Inputs[1].Name] = wanted }).Values.Single();
            return distance.ReduceMean();
        }
    }
}
