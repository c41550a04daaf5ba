using System.Numerics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>Noise in squares of equal size, each of a random value.</summary>
internal static class NoiseVariants
{
    /// <summary>Squares along a side; where there are more than pixels, each pixel is one.</summary>
    private static readonly int[] Grains = [32, 64, 128];

    public static RgbImage Draw(int seed, int size)
    {
        VariantRandom random = new(seed);
        int grain = Math.Min(size, Grains[random.Below(Grains.Length)]), distribution = random.Below(3);
        bool isGrey = random.Below(2) == 0;
        float contrast = random.Between(0.6f, 1), middle = random.Between(0.4f, 0.6f);
        Vector3[] values = new Vector3[grain * grain];
        foreach (ref Vector3 value in values.AsSpan())
        {
            float one = Value();
            value = isGrey ? new Vector3(one) : new Vector3(one, Value(), Value());
        }

        return Canvas.Paint(size, 1, (x, y) => values[((int)(y * grain) * grain) + (int)(x * grain)]);

        float Value() => middle + (contrast * distribution switch
        {
            0 => random.Between(-0.5f, 0.5f),
            1 => random.Bell() / 4,
            _ => random.Below(2) - 0.5f,
        });
    }
}
