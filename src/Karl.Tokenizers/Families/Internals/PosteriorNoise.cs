using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>Normally distributed noise that depends on a seed alone: the same on every machine and for every image.</summary>
internal static class PosteriorNoise
{
    private const int MostChannels = 4096;

    /// <summary>How many channels of noise an encoder over a VAE takes.</summary>
    /// <exception cref="KarlFormatException">No fixed number, or too many.</exception>
    public static int Channels(GraphSession encoder)
    {
        int channels = encoder.InputDimensions(GraphContract.Noise)[1];
        return channels is >= 1 and <= MostChannels
            ? channels
            : throw new KarlFormatException($"Part '{Bundle.EncoderPart}': input '{GraphContract.Noise}' has {channels} channels; a fixed number from 1 to {MostChannels} was expected.");
    }

    /// <summary>Zeros, which make the encoder take the posterior's mean, or the seed's noise, the same for each image: <c>[count, channels, grid, grid]</c>.</summary>
    public static TensorRental<float> Rent(int count, int channels, int grid, int? seed)
    {
        TensorRental<float> noise = new(count, channels, grid, grid);
        noise.Span.Clear();
        if (seed is int value)
        {
            int length = noise.Span.Length / count;
            Fill(noise.Span[..length], value);
            for (int index = 1; index < count; index++)
            {
                noise.Span[..length].CopyTo(noise.Span[(index * length)..]);
            }
        }

        return noise;
    }

    /// <summary>Fills with mean 0 and deviation 1, by Box and Muller's transform.</summary>
    public static void Fill(Span<float> noise, int seed)
    {
        SeededRandom random = new(seed);
        for (int index = 0; index < noise.Length; index += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextUnit()));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextUnit());
            noise[index] = (float)(radius * cosine);
            if (index + 1 < noise.Length)
            {
                noise[index + 1] = (float)(radius * sine);
            }
        }
    }
}
