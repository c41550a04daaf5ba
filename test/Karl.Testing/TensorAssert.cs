using System.Globalization;
using System.Numerics;
using Karl.Graphs;

namespace Karl.Testing;

/// <summary>Compares tensors, and says where and by how much they differ.</summary>
public static class TensorAssert
{
    /// <summary>Fails unless every element differs by at most <paramref name="tolerance"/>; NaN equals only NaN, an infinity only itself.</summary>
    public static void AreClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, params long[] shape)
    {
        if (expected.Length != actual.Length)
        {
            throw new AssertFailedException($"Expected {expected.Length} elements, found {actual.Length}.");
        }
        var (worst, worstIndex) = (-1.0, -1);
        for (var index = 0; index < expected.Length; index++)
        {
            var difference = Difference(expected[index], actual[index]);
            if (difference > worst) (worst, worstIndex) = (difference, index);
        }
        if (worst > tolerance)
        {
            throw new AssertFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Shape [{string.Join(", ", shape.Length > 0 ? shape : [expected.Length])}]: at {Place(worstIndex, shape)} expected {expected[worstIndex]:G9}, found {actual[worstIndex]:G9}; they differ by {worst:G4}, allowed {tolerance:G4}."));
        }
    }

    /// <summary>Fails unless type and shape are the same and every element differs by at most <paramref name="tolerance"/>.</summary>
    public static void AreClose(TensorData expected, TensorData actual, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        if (expected.Type != actual.Type || !expected.Shape.SequenceEqual(actual.Shape))
        {
            throw new AssertFailedException($"Expected {expected}, found {actual}.");
        }
        AreClose(ToSingles(expected), ToSingles(actual), tolerance, [.. expected.Shape]);
    }

    /// <summary>The elements as float32.</summary>
    public static float[] ToSingles(TensorData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Type switch
        {
            ElementType.Float32 => data.AsSpan<float>().ToArray(),
            ElementType.Float16 => Convert<Half>(data),
            ElementType.Float64 => Convert<double>(data),
            ElementType.Int32 => Convert<int>(data),
            ElementType.Int64 => Convert<long>(data),
            ElementType.UInt8 => Convert<byte>(data),
            ElementType.Int8 => Convert<sbyte>(data),
            _ => [.. data.AsSpan<bool>().ToArray().Select(value => value ? 1f : 0f)],
        };
    }

    private static float[] Convert<T>(TensorData data) where T : unmanaged, INumber<T> =>
        [.. data.AsSpan<T>().ToArray().Select(float.CreateTruncating)];

    private static double Difference(float expected, float actual)
    {
        if (expected.Equals(actual)) return 0;
        var difference = Math.Abs((double)expected - actual);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private static string Place(int index, long[] shape)
    {
        if (shape.Length == 0) return $"[{index}]";
        var place = new long[shape.Length];
        for (var (axis, rest) = (shape.Length - 1, (long)index); axis >= 0; axis--)
        {
            place[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return $"[{string.Join(", ", place)}]";
    }
}
