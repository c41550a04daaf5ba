using System.Security.Cryptography;

namespace Karl.Graphs.Internals;

/// <summary>What a constant holds: as a key that finds equal ones, and as lengths where it is a small row of integers.</summary>
internal static class ConstantContent
{
    /// <summary>Longer rows are no shapes or axes, so their elements are not followed.</summary>
    public const int MostLengths = 64;

    public static string Key(TensorData data) =>
        $"{data} {(data.Bytes.Length <= 64 ? Convert.ToHexString(data.Bytes.Span) : Convert.ToHexString(SHA256.HashData(data.Bytes.Span)))}";

    public static IReadOnlyList<Dimension>? Lengths(TensorData data)
    {
        if (data.Shape.Count > 1 || data.ElementCount > MostLengths) return null;
        return data.Type switch
        {
            ElementType.Int64 => [.. data.AsSpan<long>().ToArray().Select(value => (Dimension)value)],
            ElementType.Int32 => [.. data.AsSpan<int>().ToArray().Select(value => (Dimension)value)],
            _ => null,
        };
    }
}
