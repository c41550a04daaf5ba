namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>Smooth random values over a plane: one for each point with whole coordinates, blended between.</summary>
internal static class SceneNoise
{
    /// <summary>0 to 1.</summary>
    public static float At(float x, float y)
    {
        int column = (int)MathF.Floor(x), row = (int)MathF.Floor(y);
        float across = Blend(x - column), down = Blend(y - row);
        float top = float.Lerp(Corner(column, row), Corner(column + 1, row), across);
        return float.Lerp(top, float.Lerp(Corner(column, row + 1), Corner(column + 1, row + 1), across), down);
    }

    private static float Blend(float part) => part * part * (3 - (2 * part));

    private static float Corner(int column, int row)
    {
        uint hash = ((uint)column * 0x85EBCA6B) ^ ((uint)row * 0xC2B2AE35);
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6D;
        hash = (hash ^ (hash >> 12)) * 0x297A2D39;
        return (hash ^ (hash >> 15)) * (1f / uint.MaxValue);
    }
}
