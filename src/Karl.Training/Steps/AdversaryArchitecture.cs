using Karl.Graphs;

namespace Karl.Training.Steps;

/// <summary>
/// A small convolutional network that scores patches of an image: above 0 for real ones, below 0 for reconstructions (arXiv 1611.07004, appendix 6.1.2). Groups of channels
/// are normalized where the paper normalizes batches, so that an image's score does not depend on the others.
/// </summary>
public sealed record AdversaryArchitecture
{
    private const int MostGroups = 32;
    private const double NegativeSlope = 0.2;

    /// <summary>Channels of the first layer; each further one has twice as many, up to eight times. Higher sees finer differences and costs its square.</summary>
    public int Channels { get; init; } = 64;

    /// <summary>Layers that halve height and width. Higher judges larger patches.</summary>
    public int Levels { get; init; } = 3;

    /// <summary>Checks that such a network can exist for images of a size.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public void Validate(int imageSize)
    {
        if (Channels < 1 || (Channels > MostGroups && Channels % MostGroups != 0)) throw new ArgumentException($"The adversary has {Channels} channels; wanted 1 to {MostGroups}, or a multiple of {MostGroups}.");
        if (Levels is < 1 or > 8 || imageSize >> Levels < 4) throw new ArgumentException($"The adversary halves images of {imageSize} pixels {Levels} times; wanted at least once, and 4 pixels left.");
    }

    /// <summary>Scores of patches, <c>[batch, 1, rows, columns]</c>.</summary>
    /// <param name="image"><c>[batch, 3, size, size]</c>, 0 to 1.</param>
    /// <param name="weight">Gives a weight by name and shape.</param>
    internal Tensor Score(Tensor image, Func<string, Dimension[], Tensor> weight)
    {
        Validate((int)image.Shape[2].Value);
        var map = image * 2 - 1;
        for (var layer = 0; layer <= Levels; layer++)
        {
            map = Convolved(map, layer, Channels << Math.Min(layer, 3), layer < Levels ? 2 : 1);
            if (layer > 0) map = Normalized(map, layer);
            map = map.Max(map * NegativeSlope);
        }
        return Convolved(map, Levels + 1, 1, stride: 1);

        Tensor Convolved(Tensor input, int layer, int channels, int stride) =>
            input.Convolution(weight($"layers.{layer}.weight", [channels, input.Shape[1], 4, 4]), weight($"layers.{layer}.bias", [channels]), stride, padding: 1);

        Tensor Normalized(Tensor input, int layer)
        {
            var channels = input.Shape[1];
            return input.GroupNormalization((int)Math.Min(MostGroups, channels.Value), weight($"layers.{layer}.norm.weight", [channels]), weight($"layers.{layer}.norm.bias", [channels]), 1e-5f);
        }
    }
}
