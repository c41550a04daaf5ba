using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Verification.Internals;

/// <summary>The noise that samples of a VAE's posterior were recorded with.</summary>
internal static class RecordedNoise
{
    /// <summary>Its key.</summary>
    public const string Key = "noise";

    /// <summary>The noise that an image's sample was made with, <c>[channels, grid, grid]</c>.</summary>
    /// <param name="archive">The recording.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="image">Number of the image.</param>
    /// <param name="channels">Channels that the model takes.</param>
    /// <param name="grid">Edge of its grid.</param>
    /// <exception cref="KarlFormatException">There is none, or of another shape.</exception>
    public static float[] Read(NpzArchive archive, string name, int image, int channels, int grid)
    {
        if (!archive.TryRead(Key, out var noise))
        {
            throw new KarlFormatException($"Recording '{name}': holds samples of a posterior but no '{Key}', without which they cannot be made again.");
        }

        long[] shape = [.. noise.Shape];
        if (shape.Length != 4 || image >= shape[0] || shape[1] != channels || shape[2] != grid || shape[3] != grid || noise.Type != ArrayElementType.Float32)
        {
            throw new KarlFormatException($"Recording '{name}': '{Key}' is {noise}; float32 [more than {image}, {channels}, {grid}, {grid}] was expected for image {image} and this model.");
        }

        var length = channels * grid * grid;
        return noise.AsSpan<float>().Slice(image * length, length).ToArray();
    }
}
