using Karl.Graphs;
using Karl.Testing;

namespace Karl.Networks;

[TestClass]
public sealed class OneDPieceEncoderTests
{
    private static readonly OneDPieceArchitecture Architecture = new(
        new VqganArchitecture { Channels = 32, ChannelMultipliers = [1, 1], BlocksPerLevel = 1, CodebookSize = 8, CodeWidth = 4 }, new(12, 1, 2), new(12, 1, 2))
    {
        LatentCodebookSize = 9,
        LatentWidth = 5,
        MaximumLatents = 7,
        ImageSize = 8,
    };

    [TestMethod]
    public void Describe_Latents_AreMadeOfOutputsReadAsAMapAndNotTransposed()
    {
        const int Width = 12, Latents = 7, Features = 5;
        TinyWeights weights = new(3);
        var graph = OneDPieceEncoder.Describe(Architecture);
        var part = graph.Subgraph(["image"], ["encoder.latent_outputs", "factorized_latents"]);
        WeightDictionary values = [];
        foreach (var parameter in part.Parameters) values.Add(parameter.Name, TensorData.From(weights.Get(parameter.Name, parameter.Shape.ToFixed()), parameter.Shape.ToFixed()));
        var image = Enumerable.Range(0, 3 * 8 * 8).Select(index => (float)(0.5 + 0.4 * Math.Sin(index))).ToArray();
        var found = OnnxRun.Run(part, new Dictionary<string, TensorData> { ["image"] = TensorData.From(image, 1, 3, 8, 8) }, values);
        var outputs = found["encoder.latent_outputs"].AsSpan<float>().ToArray();
        var (weight, bias) = (weights.Get("encoder.latents.output.weight", Features, Width, 1, 1), weights.Get("encoder.latents.output.bias", Features));
        var expected = new float[Latents * Features];
        for (var latent = 0; latent < Latents; latent++)
        {
            for (var feature = 0; feature < Features; feature++)
            {
                double sum = bias[feature];
                for (var channel = 0; channel < Width; channel++) sum += weight[(feature * Width) + channel] * (double)outputs[(channel * Latents) + latent];
                expected[(latent * Features) + feature] = (float)sum;
            }
        }

        TensorAssert.AreClose(expected, found["factorized_latents"].AsSpan<float>().ToArray(), 1e-5, Latents, Features);
    }
}
