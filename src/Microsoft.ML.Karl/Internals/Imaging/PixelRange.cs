using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>Brings pixel values into the model's range and finds those that are not in it.</summary>
internal static class PixelRange
{
    /// <summary>Values may be as far outside of 0 to 1 as resizing puts them.</summary>
    private const float Tolerance = 0.01f;

    /// <summary>Multiplies all values.</summary>
    /// <returns>The first product that is not from 0 to 1, or null.</returns>
    public static float? Scale(Span<float> values, float scale)
    {
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> least = new(-Tolerance), most = new(1 + Tolerance);
        Vector<int> areIn = Vector<int>.AllBitsSet;
        foreach (ref Vector<float> vector in vectors)
        {
            vector *= scale;
            areIn &= Vector.GreaterThanOrEqual(vector, least) & Vector.LessThanOrEqual(vector, most);
        }

        int done = vectors.Length * Vector<float>.Count;
        foreach (ref float value in values[done..])
        {
            value *= scale;
        }

        foreach (float value in areIn == Vector<int>.AllBitsSet ? values[done..] : values)
        {
            if (!(value >= -Tolerance && value <= 1 + Tolerance))
            {
                return value;
            }
        }

        return null;
    }
}
