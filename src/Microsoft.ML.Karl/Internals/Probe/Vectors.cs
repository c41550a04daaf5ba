using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Karl.Internals.Probe;

/// <summary>The two loops that a linear model spends its time in.</summary>
internal static class Vectors
{
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ReadOnlySpan<Vector<float>> wideLeft = MemoryMarshal.Cast<float, Vector<float>>(left);
        ReadOnlySpan<Vector<float>> wideRight = MemoryMarshal.Cast<float, Vector<float>>(right);
        Vector<float> sums = Vector<float>.Zero;
        for (int index = 0; index < wideLeft.Length; index++)
        {
            sums += wideLeft[index] * wideRight[index];
        }

        float sum = Vector.Sum(sums);
        for (int index = wideLeft.Length * Vector<float>.Count; index < left.Length; index++)
        {
            sum += left[index] * right[index];
        }

        return sum;
    }

    /// <summary>Adds a multiple of one vector to another.</summary>
    public static void AddScaled(Span<float> target, ReadOnlySpan<float> added, float factor)
    {
        Span<Vector<float>> wideTarget = MemoryMarshal.Cast<float, Vector<float>>(target);
        ReadOnlySpan<Vector<float>> wideAdded = MemoryMarshal.Cast<float, Vector<float>>(added);
        for (int index = 0; index < wideTarget.Length; index++)
        {
            wideTarget[index] += wideAdded[index] * factor;
        }

        for (int index = wideTarget.Length * Vector<float>.Count; index < target.Length; index++)
        {
            target[index] += added[index] * factor;
        }
    }
}
