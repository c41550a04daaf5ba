using System.Numerics;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>An evening sky with clouds and hills.</summary>
internal static class SceneSky
{
    private static readonly Vector3 Zenith = new(0.05f, 0.13f, 0.36f);
    private static readonly Vector3 Middle = new(0.30f, 0.42f, 0.68f);
    private static readonly Vector3 Horizon = new(1.25f, 0.72f, 0.42f);
    private static readonly Vector3 CloudLight = new(1.35f, 0.85f, 0.62f);
    private static readonly Vector3 Hill = new(0.055f, 0.075f, 0.13f);

    /// <summary>Where the sun stands: low, on the left, in front of the spheres.</summary>
    public static Vector3 Sun { get; } = Vector3.Normalize(new Vector3(-0.85f, 0.5f, -0.2f));

    /// <summary>Its light.</summary>
    public static Vector3 SunLight { get; } = new(2.7f, 1.95f, 1.2f);

    /// <summary>Light of the sky from above.</summary>
    public static Vector3 Ambient { get; } = new(0.22f, 0.29f, 0.46f);

    /// <summary>Light from a direction.</summary>
    public static Vector3 Color(Vector3 direction)
    {
        float height = MathF.Max(0, direction.Y);
        Vector3 sky = height < 0.18f ? Vector3.Lerp(Haze(direction), Middle, Smooth(height / 0.18f)) : Vector3.Lerp(Middle, Zenith, Smooth((height - 0.18f) / 0.5f));
        sky = Vector3.Lerp(sky, CloudLight * (0.55f + (0.6f * height)), Clouds(direction, height));
        for (int layer = 0; layer < 3; layer++)
        {
            float ridge = Ridge(direction, layer);
            Vector3 hill = Vector3.Lerp(Hill, Haze(direction), 0.68f - (0.27f * layer));
            sky = Vector3.Lerp(hill, sky, Math.Clamp(((direction.Y - ridge) * 220) + 0.5f, 0, 1));
        }

        return sky;
    }

    /// <summary>What lies over the horizon in a direction: warmer on one side.</summary>
    public static Vector3 Haze(Vector3 direction) => Vector3.Lerp(Horizon, new Vector3(0.80f, 0.52f, 0.52f), Smooth((direction.X + 0.6f) / 1.2f));

    private static float Clouds(Vector3 direction, float height)
    {
        float scale = 1 / (height + 0.12f), x = direction.X * scale * 1.1f, z = direction.Z * scale * 2.6f;
        float sum = 0, weight = 0.5f;
        for (int octave = 0; octave < 5; octave++)
        {
            sum += weight * SceneNoise.At(x + (octave * 7.3f), z - (octave * 3.1f));
            (x, z, weight) = (x * 2.03f, z * 2.03f, weight / 2);
        }

        return Smooth((sum - 0.48f) / 0.34f) * Smooth((height - 0.02f) / 0.12f) * 0.75f;
    }

    /// <summary>Height of a chain of hills over the horizon; nearer chains have larger numbers.</summary>
    private static float Ridge(Vector3 direction, int layer)
    {
        float angle = MathF.Atan2(direction.X, direction.Z) * (5 - layer);
        float sum = 0, weight = 0.6f;
        for (int octave = 0; octave < 5; octave++)
        {
            sum += weight * SceneNoise.At(angle + (layer * 19.7f), (octave * 5.5f) + layer);
            (angle, weight) = (angle * 2.1f, weight * 0.46f);
        }

        return ((0.105f - (0.028f * layer)) * sum) - (0.012f * layer) + 0.012f;
    }

    private static float Smooth(float place)
    {
        place = Math.Clamp(place, 0, 1);
        return place * place * (3 - (2 * place));
    }
}
