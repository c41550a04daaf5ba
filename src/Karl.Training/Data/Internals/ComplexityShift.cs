using Karl.Tokenizers.Imaging;

namespace Karl.Training.Data.Internals;

/// <summary>
/// Makes some samples simpler, down to one flat colour, and some more complex, up to plain noise, so that a network knows both ends of what images can be.
/// </summary>
internal static class ComplexityShift
{
    /// <summary>Changes a sample, or leaves it.</summary>
    /// <param name="pixels"><c>[3, size, size]</c>, 0 to 1.</param>
    /// <param name="options">The shares.</param>
    /// <param name="random">The sample's own chance.</param>
    public static void Apply(Span<float> pixels, TrainingImageOptions options, ref SampleRandom random)
    {
        if (options.FadedShare + options.NoisyShare == 0)
        {
            return;
        }

        double place = random.Unit();
        if (place < options.FadedShare)
        {
            Fade(pixels, ref random);
        }
        else if (place < options.FadedShare + options.NoisyShare)
        {
            AddNoise(pixels, ref random);
        }
    }

    /// <summary>Draws each channel towards one brightness; the less contrast is left, the more probable. Half of them are drawn towards their own mean, half to another.</summary>
    private static void Fade(Span<float> pixels, ref SampleRandom random)
    {
        double unit = random.Unit();
        float contrast = (float)(unit * unit);
        bool isRecolored = random.Unit() < 0.5;
        int length = pixels.Length / RgbImage.Channels;
        for (int channel = 0; channel < RgbImage.Channels; channel++)
        {
            Span<float> plane = pixels.Slice(channel * length, length);
            float sum = 0;
            foreach (float value in plane)
            {
                sum += value;
            }

            float mean = sum / length, target = isRecolored ? (float)random.Unit() : mean;
            for (int index = 0; index < plane.Length; index++)
            {
                plane[index] = Math.Clamp(target + ((plane[index] - mean) * contrast), 0, 1);
            }
        }
    }

    /// <summary>Mixes with uniform noise, another number for each channel of each pixel; much noise is more probable than little.</summary>
    private static void AddNoise(Span<float> pixels, ref SampleRandom random)
    {
        float share = (float)Math.Sqrt(random.Unit());
        foreach (ref float value in pixels)
        {
            value += ((float)random.Unit() - value) * share;
        }
    }
}
