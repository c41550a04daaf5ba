using System.Numerics;
using Karl.Tokenizers.Families.Internals;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>What decides how a variant looks, from its seed alone.</summary>
internal sealed class VariantRandom(int seed)
{
    private SeededRandom _random = new(seed);

    /// <summary>A number between two.</summary>
    public float Between(float least, float most) => float.Lerp(least, most, (float)_random.NextUnit());

    /// <summary>A whole number from 0 to below another.</summary>
    public int Below(int count) => (int)(_random.NextUnit() * count);

    /// <summary>Any colour.</summary>
    public Vector3 Color() => new(Between(0, 1), Between(0, 1), Between(0, 1));

    /// <summary>Of a bell-shaped distribution with a mean of 0 and a deviation of 1 (Box and Muller).</summary>
    public float Bell() => MathF.Sqrt(-2 * MathF.Log(1 - Between(0, 0.999999f))) * MathF.Cos(MathF.Tau * Between(0, 1));
}
