using System.Numerics;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>Tiles of two stones.</summary>
internal static class SceneFloor
{
    private static readonly Vector3 Light = Canvas.Color(0xD9CDB8);
    private static readonly Vector3 Dark = Canvas.Color(0x8E8479);

    /// <summary>What the floor gives back to what lies on it.</summary>
    public static Vector3 Glow { get; } = new(0.28f, 0.22f, 0.16f);

    /// <summary>Colour at a place; tiles that are too far away to be told apart become one.</summary>
    public static Vector3 Color(Vector3 place, float distance)
    {
        float x = place.X + 0.5f, z = place.Z + 0.5f;
        bool isLight = ((int)MathF.Floor(x) + (int)MathF.Floor(z)) % 2 == 0;
        float contrast = MathF.Exp(-MathF.Max(0, distance - 6) * 0.06f);
        Vector3 tile = Vector3.Lerp((Light + Dark) / 2, isLight ? Light : Dark, contrast);
        float grain = SceneNoise.At(place.X * 3, place.Z * 3) + (0.5f * SceneNoise.At(place.X * 11, place.Z * 11));
        float joint = MathF.Min(Edge(x), Edge(z));
        return tile * (0.93f + (0.09f * grain * contrast)) * (1 - (0.3f * contrast * (1 - Math.Clamp(joint * 40, 0, 1))));
    }

    private static float Edge(float coordinate)
    {
        float part = coordinate - MathF.Floor(coordinate);
        return MathF.Min(part, 1 - part);
    }
}
