using System.Runtime.InteropServices;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Checkpoints;

/// <summary>A tensor to be written: what it is, and how to get its bytes when its turn comes.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">The length of each dimension.</param>
/// <param name="ReadBytes">Gives the elements, little-endian and in C order; called once, so that only one tensor is in memory.</param>
public sealed record SafetensorsTensor(string Name, ArrayElementType Type, IReadOnlyList<long> Shape, Func<ReadOnlyMemory<byte>> ReadBytes)
{
    /// <summary>A float32 tensor whose values are computed or copied when its turn comes.</summary>
    public static SafetensorsTensor FromSingles(string name, IReadOnlyList<long> shape, Func<float[]> read) =>
        new(name, ArrayElementType.Float32, shape, () => MemoryMarshal.AsBytes(read().AsSpan()).ToArray());
}
